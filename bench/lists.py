"""Inbox and case list with 100 000 cases and 1 000 000 work items: the pages through the whole server, and what closed cases cost.

The rows are made in the database by statements, not by services: what is measured is reading. 3 000 cases are open, each at one step offered
to a function of the county's seats in turn; the others have ended. The first measurement has a tenth of the closed cases.
"""

from time import perf_counter

from bench.report import Report, ms, p95

CASES = 100_000
ITEMS_A_CASE = 10
OPEN = 3_000
P95_MS = 50
TIMES = 40
GROWTH = 1.5  # closed cases may cost a little (deeper indexes), never in proportion
READERS = ("COORDINATOR", "REGISTRAR", "CHAIR", "HEAD_OF_OPERATIONS")
PAGES = {
    "inbox": "/",
    "case list": "/arenden/",
    "case list, late": "/arenden/?late=on",
    "case list, text": "/arenden/?q=sällsynt",
    "case list, ended": "/arenden/?status=ENDED",
}

_INSTANCES = """
insert into workflows_processinstance (definition_id, status, givens, state, end_event, started_at, ended_at, last_sequence)
select %(definition)s::bigint, %(status)s::text, '{}', '', %(end)s::text, timestamptz '2024-01-01' + g * interval '10 minutes',
       case when %(status)s::text = 'ENDED' then timestamptz '2024-06-01' + g * interval '10 minutes' end, 10
from generate_series(%(first)s::int, %(last)s::int) g
"""
_CASES = """
insert into cases_case (county_id, instance_id, number, subject, public_subject, registry_number, opened_at, opened_by_id)
select %(county)s::bigint, i.id, 'B' || i.id, 'Vårdprogram nummer ' || i.id || case when mod(i.id, 997) = 0 then ' sällsynt' else '' end, '', '',
       i.started_at, %(author)s::bigint
from workflows_processinstance i left join cases_case c on c.instance_id = i.id where c.id is null
"""
_CLOSED_ITEMS = """
insert into workflows_workitem (instance_id, token, node_id, number, name, kind, item, is_wait, state, version, performer, opened_at,
                                closed_at, due_on, waiting_for)
select i.id, 'prioritise#' || g, 'prioritise', '11', 'Prioritera kunskapsstödet', 'prioritise', '', false, 'DONE', 2, 'Ordförande',
       i.started_at + g * interval '1 day', i.started_at + (g + 1) * interval '1 day', (i.started_at + interval '20 days')::date, ''
from workflows_processinstance i cross join generate_series(1, %(items)s::int) g
where i.state = '' and not exists (select 1 from workflows_workitem w where w.instance_id = i.id)
"""
_OPEN_ITEMS = """
insert into workflows_workitem (instance_id, token, node_id, number, name, kind, item, is_wait, state, version, performer, opened_at,
                                due_on, waiting_for)
select i.id, 'prioritise#99', 'prioritise', '11', 'Prioritera kunskapsstödet', 'prioritise', '', false, 'OPEN', 1, 'Ordförande',
       now() - interval '10 days', current_date + mod(i.id, 40)::int - 10, ''
from workflows_processinstance i where i.status = 'RUNNING' and i.state = ''
"""
_OFFERS = """
with seats as (select body_id, function, row_number() over (order by id) - 1 as place, count(*) over () as seats from organisations_seat
               where valid_until is null)
insert into workflows_offer (item_id, body_id, function)
select w.id, s.body_id, s.function from workflows_workitem w join seats s on s.place = mod(w.id, s.seats)
where w.state = 'OPEN' and not exists (select 1 from workflows_offer o where o.item_id = w.id)
"""


def measure(report: Report, *, scale: float) -> None:
    """Fills the database twice over and reads the pages after each time."""
    from django.core.management import call_command

    from bench.cases import prepared

    call_command("collectstatic", verbosity=0, interactive=False)
    definition, author = prepared()
    cases, still_open = int(CASES * scale), int(OPEN * scale)
    report.title(f"Inbox and case list: {cases} cases, {cases * ITEMS_A_CASE} work items, {still_open} cases open")
    common = {"definition": definition.pk, "county": definition.county_id, "author": author.pk, "items": ITEMS_A_CASE}
    tenth = cases // 10
    _fill(common | {"status": "RUNNING", "end": "", "first": 1, "last": still_open}, open_items=True)
    _fill(common | {"status": "ENDED", "end": "end_closed", "first": still_open, "last": tenth})
    clients = _readers(definition.county_id)
    few = {name: _seconds(clients, address) for name, address in PAGES.items()}
    _fill(common | {"status": "ENDED", "end": "end_closed", "first": tenth, "last": cases})
    for name, address in PAGES.items():
        many = _seconds(clients, address)
        report.demand(f"{name}: p95 on the server", p95(many) * 1000, P95_MS, unit=" ms")
        grown = sorted(many)[len(many) // 2] / sorted(few[name])[len(few[name]) // 2]
        report.demand(f"  against a tenth of the closed cases (p95 {ms(p95(few[name]))})", grown, GROWTH, unit=" times")


def _fill(values: dict[str, object], *, open_items: bool = False) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in (_INSTANCES, _CASES, _CLOSED_ITEMS):
            cursor.execute(statement, values)
        if open_items:
            cursor.execute(_OPEN_ITEMS, {})
            cursor.execute(_OFFERS, {})
        cursor.execute("vacuum analyze")


def _readers(county_id: int) -> list[object]:
    """Signed-in clients of people with different functions."""
    from django.test import Client

    from styrkedja.organisations.models import Membership

    clients = []
    for function in READERS:
        held = Membership.objects.filter(seat__function=function, valid_until__isnull=True).select_related("account").first()
        if held is not None:
            client = Client(HTTP_HOST="localhost")
            client.force_login(held.account, backend="django.contrib.auth.backends.ModelBackend")
            clients.append(client)
    return clients


def _seconds(clients: list, address: str) -> list[float]:
    """Seconds of each request, after one of each reader to warm up."""
    taken = []
    for turn in range(TIMES + 1):
        for client in clients:
            started = perf_counter()
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            if turn:
                taken.append(perf_counter() - started)
    return taken
