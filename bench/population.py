"""A county that has worked for years: many closed cases, some thousand open ones, written by the database itself.

The open steps are offered as the routine says, to the holders that the county has; every third step has been done by the registrar. What no list
reads is short: the engine's state of a case is `{}`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from bench.cases import registrar
from styrkedja.accounts.models import User
from styrkedja.cases.models import RegistrySeries
from styrkedja.core.process.engine import Completion, Execution, Token
from styrkedja.organisations.models import Membership, Seat
from styrkedja.ui.clock import day
from styrkedja.workflows.models import ProcessInstance
from styrkedja.workflows.performers import all_performers
from styrkedja.workflows.programs import program_of

STEPS_A_CASE = 10
SUBJECTS = (
    "adhd", "astma", "bröstcancer", "demens", "depression", "diabetes", "endometrios", "epilepsi", "fetma", "förmaksflimmer",
    "glaukom", "hepatit", "hjärtsvikt", "hudcancer", "höftledsartros", "järnbrist", "klimakteriet", "KOL", "levnadsvanor",
    "lungcancer", "migrän", "MS", "njursvikt", "osteoporos", "Parkinson", "prostatacancer", "psoriasis", "reumatism",
    "rosfeber", "sepsis", "självskada", "sköldkörtel", "stroke", "svårläkta-sår", "tjocktarmscancer", "tonsillit", "trycksår",
    "urininkontinens", "äggstockscancer", "ätstörning",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What the rows hang on."""

    definition: int
    county: int
    series: int
    registrar: int


def prepare(instance: ProcessInstance, *, at: datetime) -> Scene:
    """Fills the county's empty seats, and writes down the steps of the finished case `instance` with who does them."""
    definition = instance.definition
    _fill_seats(at)
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        cursor.executemany("insert into bench_step values (%s, %s, %s, %s, %s, %s, %s, %s, %s)", _steps(instance, at))
        cursor.executemany("insert into bench_offer values (%s, %s, %s)", _offers(instance, at))
        cursor.execute(
            "insert into bench_subject select ordinality - 1, word from unnest(%s::text[]) with ordinality as given (word)",
            [list(SUBJECTS)],
        )
    series = RegistrySeries.objects.filter(county=definition.county).order_by("pk").first()
    assert series is not None
    return Scene(definition.pk, definition.county_id, series.pk, registrar().pk)


def add_cases(scene: Scene, count: int, *, is_open: bool) -> None:
    """Writes `count` cases with their work items, documents and notices; numbers go on where the last call left off."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0) from workflows_processinstance")
        first = int(cursor.fetchone()[0]) + 1
        values = {**vars(scene), "first": first, "last": first + count - 1, "steps": STEPS_A_CASE}
        for statement in _OPEN if is_open else _CLOSED:
            cursor.execute(statement, values)
        for table in ("workflows_processinstance", "cases_case"):
            cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))")


def settle() -> None:
    """What the database does by itself in quiet hours."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def _fill_seats(at: datetime) -> None:
    empty = Seat.objects.filter(memberships=None, valid_until=None).order_by("pk")
    users = [User(username=f"bench-{seat.pk}", name=str(seat), password="!", created_at=at) for seat in empty.select_related("body")]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(Membership(seat=seat, account=user) for seat, user in zip(empty, users, strict=True))


def _tokens(instance: ProcessInstance) -> list[Token]:
    """Every step that was open at some time in the case, once."""
    events = instance.events.filter(kind__in=["COMPLETED", "WAIT_ENDED"]).order_by("sequence")
    execution = Execution.start(program_of(instance.definition), instance.givens)
    found = {token.key: token for token in execution.tokens()}
    for done in [Completion(event.token, event.values) for event in events]:
        execution.complete(done.key, done.values)
        found |= {token.key: token for token in execution.tokens() if token.key not in found}
    return list(found.values())


def _steps(instance: ProcessInstance, at: datetime) -> Sequence[Sequence[Any]]:
    routine = program_of(instance.definition).routine
    rows = []
    for number, (token, performers) in enumerate(_performed(instance, at)):
        node = routine.nodes[token.node_id]
        kind = node.step.kind if node.step else "wait"
        rows.append((number, token.key, node.id, node.number, node.name, kind, token.item, node.wait is not None, performers.label))
    return rows


def _offers(instance: ProcessInstance, at: datetime) -> Sequence[Sequence[Any]]:
    return [
        (number, *position) for number, (_token, performers) in enumerate(_performed(instance, at)) for position in performers.positions
    ]


def _performed(instance: ProcessInstance, at: datetime) -> list[tuple[Token, Any]]:
    tokens = _tokens(instance)
    routine, county = program_of(instance.definition).routine, instance.definition.county
    return list(zip(tokens, all_performers(routine, tokens, county=county, on=day(at)), strict=True))


_TABLES = """
create table bench_step (
    n int primary key, token text, node_id text, number text, name text, kind text, item text, is_wait bool, performer text
);
create table bench_offer (n int, body_id bigint, function text);
create table bench_subject (n int primary key, word text);
"""

# Opened evenly over the six years before last month; closed after half a year.
_INSTANCES = """
insert into workflows_processinstance (id, definition_id, status, givens, state, end_event, started_at, ended_at, last_sequence)
select id, %(definition)s, {status}, '{{}}', '{{}}', {end}, started, {ended}, %(steps)s + 1
from (select id, {started} as started from generate_series(%(first)s::bigint, %(last)s::bigint) as id) as cases
"""

_CASES = """
insert into cases_case (id, county_id, instance_id, number, subject, public_subject, registry_number, registry_series_id, registry_year,
    registry_running, opened_at, opened_by_id)
select id, %(county)s, id, extract(year from started_at) || '-B' || id, 'Nationellt vårdprogram för ' || word, '',
    'RVN/' || id + 1000000 || '/' || extract(year from started_at), %(series)s, extract(year from started_at), id + 1000000, started_at, %(registrar)s
from workflows_processinstance join bench_subject on n = id %% (select count(*) from bench_subject)
where id between %(first)s and %(last)s
"""

_DOCUMENTS = """
insert into cases_document (case_id, running_number, direction, dated_on, counterpart, title, public_title, registered_at, registered_by_id, function)
select id, 1, 'RECEIVED', opened_at::date, 'Socialstyrelsen', 'Remiss: ' || subject, '', opened_at, %(registrar)s, 'Registrator'
from cases_case where id between %(first)s and %(last)s
"""

_DONE = """
insert into workflows_workitem (instance_id, token, node_id, number, name, kind, item, is_wait, state, version, performer, claimed_by_id,
    opened_at, closed_at, due_on, waiting_for)
select instance.id, token, node_id, step.number, name, kind, item, is_wait, 'DONE', 2, performer, null,
    opened, opened + interval '9 days', (opened + interval '14 days')::date, ''
from workflows_processinstance instance
cross join generate_series(0, %(steps)s::int - 1) as k
cross join lateral (select instance.started_at + k * interval '18 days' as opened) as times
join bench_step step on step.n = (instance.id * 13 + k) %% (select count(*) from bench_step)
where instance.id between %(first)s and %(last)s
"""

_ACTS = """
insert into workflows_historyevent (instance_id, sequence, kind, definition_id, at, account_id, function, token, node_id, number, item, outcome,
    values, data)
select item.instance_id, row_number() over (partition by item.instance_id order by item.id), 'COMPLETED', %(definition)s, item.closed_at,
    case when item.id %% 3 = 0 then %(registrar)s else member.id end, item.performer, token, node_id, number, item, '', '{}', '{"note": "Klart."}'
from workflows_workitem item
join (select id, row_number() over (order by id) - 1 as place, count(*) over () as members from accounts_user) as member
    on member.place = item.id %% member.members
where item.instance_id between %(first)s and %(last)s and item.state = 'DONE'
"""

# One step of the routine, for all the bodies that do it; every fifth is taken by one of those who may.
_WAITING = """
insert into workflows_workitem (instance_id, token, node_id, number, name, kind, item, is_wait, state, version, performer, claimed_by_id,
    opened_at, claimed_at, due_on, wakes_on, waiting_for)
select instance.id, token, node_id, step.number, name, kind, item, is_wait, 'OPEN', 1, performer, taker,
    now() - interval '5 days', case when taker is null then null else now() end, current_date + (instance.id %% 60)::int - 20,
    case when is_wait then current_date + 100 end, ''
from workflows_processinstance instance
join (select node_id, row_number() over (order by min(n)) - 1 as place, count(*) over () as nodes from bench_step group by node_id) as node
    on node.place = instance.id %% node.nodes
join bench_step step using (node_id)
left join lateral (
    select min(member.account_id) as taker
    from bench_offer offer
    join organisations_seat seat on seat.body_id = offer.body_id and seat.function = offer.function
    join organisations_membership member on member.seat_id = seat.id
    where offer.n = step.n and instance.id %% 5 = 0 and not step.is_wait
) as taken on true
where instance.id between %(first)s and %(last)s and step.token in (node_id || '#1', node_id || '#1/' || split_part(token, '/', 2))
"""

_OFFERS = """
insert into workflows_offer (item_id, body_id, function)
select item.id, offer.body_id, offer.function
from workflows_workitem item
join bench_step step on step.token = item.token
join bench_offer offer on offer.n = step.n
where item.state = 'OPEN' and item.instance_id between %(first)s and %(last)s
on conflict do nothing
"""

_TOLD = """
insert into workflows_notice (account_id, kind, instance_id, item_id, created_at, read_at, by_mail)
select distinct member.account_id, 'NEW_TASK', item.instance_id, item.id, item.opened_at, null::timestamptz, false
from workflows_workitem item
join workflows_offer offer on offer.item_id = item.id
join organisations_seat seat on seat.body_id = offer.body_id and seat.function = offer.function
join organisations_membership member on member.seat_id = seat.id
where item.state = 'OPEN' and not item.is_wait and item.instance_id between %(first)s and %(last)s and item.instance_id %% 10 = 0
"""

_CLOSED = (
    _INSTANCES.format(
        status="'ENDED'",
        end="'end_closed'",
        started="now() - interval '30 days' - (id %% 2190) * interval '1 day'",
        ended="started + interval '180 days'",
    ),
    _CASES,
    _DOCUMENTS,
    _DONE,
    _ACTS,
)
_OPEN = (
    _INSTANCES.format(status="'RUNNING'", end="''", started="now() - (id %% 365) * interval '1 day'", ended="null::timestamptz"),
    _CASES,
    _DOCUMENTS,
    _DONE,
    _ACTS,
    _WAITING,
    _OFFERS,
    _TOLD,
)
