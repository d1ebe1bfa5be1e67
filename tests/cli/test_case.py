import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import rustxes
import time_machine
from click.testing import CliRunner, Result

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.services import assign_registry_number, open_case, register_document
from styrkedja.cases.services.closing import close_case
from styrkedja.cli.asking import aligned
from styrkedja.cli.main import styrkedja
from styrkedja.decisions.models import DecisionNature
from styrkedja.decisions.services import record_decision
from styrkedja.organisations.models import County
from styrkedja.workflows.models import HistoryEvent
from styrkedja.workflows.services import change_due, claim, hand_over, migrating
from tests.factories.cases import make_series
from tests.factories.counties import body, make_county, make_holder
from tests.factories.moving import do, revise
from tests.factories.workflows import AT, builder, make_lead_time, open_item, publish, straight_routine

pytestmark = pytest.mark.django_db

TODAY = AT + timedelta(days=30)


@pytest.fixture(autouse=True)
def _clock() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def case(county: County, registrar: User) -> Case:
    """Opened on 16 September with a day for each step; a was done a day later, b is open since, taken on the 18th, and late."""
    make_lead_time(county, "1", 5)
    make_lead_time(county, "2", 5)
    definition = publish(county, straight_routine(county, "a", "b", "c"))
    found = open_case(actor=registrar, county=county, definition=definition, subject="Vård vid stroke", givens={}, at=AT)
    do(registrar, found.instance, "a", at=AT + timedelta(days=1))
    claim(actor=registrar, item_id=open_item(found.instance, "2").pk, at=AT + timedelta(days=2))
    return found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(styrkedja, ["case", *arguments])


def lines(*arguments: str) -> list[str]:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines()


def values(*arguments: str) -> object:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


# open


def test_a_case_is_opened_and_shown(county: County, registrar: User) -> None:
    routine = straight_routine(county, "a").given("entry", "letter", "mail")
    publish(county, routine)
    shown = lines(
        "open",
        "--county",
        "exempellan",
        "--routine",
        "prov",
        "--subject",
        "Vård vid stroke",
        "--given",
        "entry=mail",
        "--as",
        "registrator",
    )
    case = Case.objects.get()
    assert shown[:3] == [f"Ärende {case.number} är öppnat.", "", f"{case.number} Vård vid stroke"]
    assert (case.subject, case.opened_by, case.instance.givens, case.opened_at) == ("Vård vid stroke", registrar, {"entry": "mail"}, TODAY)


def test_every_sort_of_given_is_understood(county: County, registrar: User) -> None:
    routine = straight_routine(county, "a").extension('<s:given variable="urgent" type="yesno" name="Brådskar det?"/>')
    routine.extension('<s:given variable="size" type="number" name="Hur stort?"/>')
    routine.extension('<s:given variable="lpos" type="groups" name="Vilka?"/>')
    publish(county, routine)
    options = ["--county", "exempellan", "--routine", "prov", "--subject", "Stroke", "--as", "registrator"]
    run("open", *options, "--given", "urgent=ja", "--given", "size=2,5", "--given", "lpos=lpo-exempellan,lansledning-exempellan")
    assert Case.objects.get().instance.givens == {"urgent": True, "size": 2.5, "lpos": ["lpo-exempellan", "lansledning-exempellan"]}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--given", "entry=fax"),
            "--given entry=… (Vad gäller?): Välj ett giltigt alternativ. fax finns inte bland tillgängliga alternativ.",
        ),
        ((), "--given entry=… (Vad gäller?): Detta fält måste fyllas i."),
        (("--given", "entry"), "Skriv --given som namn=värde, inte entry."),
        (("--given", "way=mail"), "Rutinen frågar inte efter way. Den frågar efter: entry."),
        (("--given", "entry=mail", "--subject", " "), "Ange kort vad ärendet rör."),
        (("--given", "entry=mail", "--as", "ingen"), "Det finns inget aktivt konto med användarnamnet ingen."),
        (("--given", "entry=mail", "--as", "ordforande"), "Bara en registrator eller en samordnare i länet kan öppna ett ärende."),
        (("--given", "entry=mail", "--routine", "annan"), "Exempellän har ingen version av rutinen annan som gäller i dag."),
        (("--given", "entry=mail", "--county", "mu"), "Länet mu är inte inläst. Kör styrkedja county load med länets mapp."),
    ],
)
def test_what_cannot_be_opened_is_one_clear_line(county: County, registrar: User, options: tuple[str, ...], message: str) -> None:
    make_holder(county, "lpo", "CHAIR", username="ordforande")
    publish(county, straight_routine(county, "a").given("entry", "letter", "mail"))
    sound = ["--county", "exempellan", "--routine", "prov", "--subject", "Stroke", "--as", "registrator"]
    result = run("open", *sound, *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.strip() == message
    assert not Case.objects.exists()
    assert not HistoryEvent.objects.exists()


# list


def test_the_list_stands_in_columns(county: County, registrar: User, case: Case) -> None:
    definition = case.instance.definition
    other = open_case(actor=registrar, county=county, definition=definition, subject="Demens", givens={}, at=TODAY - timedelta(days=1))
    series = make_series(county)
    assign_registry_number(actor=registrar, case=other, series=series, at=TODAY)
    other.refresh_from_db()
    assert lines("list") == [
        "Ärende     Diarienummer  Läge      Steg  Datum       Ärendemening",
        f"{other.number}  {other.registry_number}    Pågår     1     2026-10-22  Demens",
        f"{case.number}                Försenat  2     2026-09-24  Vård vid stroke",
        "2 ärenden.",
    ]


def test_a_column_that_nobody_fills_is_left_out() -> None:
    assert aligned([("a", "", "1"), ("bcd", "", "")], indent=" ") == [" a    1", " bcd"]
    assert aligned([]) == []


def test_the_list_is_narrowed(county: County, registrar: User, case: Case) -> None:
    definition = case.instance.definition
    other = open_case(actor=registrar, county=county, definition=definition, subject="Demens hos äldre", givens={}, at=TODAY)
    close_case(actor=make_holder(county, "region", "COORDINATOR"), case=other, reason="Dubblett.", at=TODAY)

    def numbers(*options: str) -> list[str]:
        return [row["number"] for row in values("list", *options)]

    assert numbers() == [case.number]
    assert numbers("--status", "closed") == [other.number]
    assert numbers("--status", "all") == [other.number, case.number]
    assert numbers("--status", "ended") == []
    assert numbers("--step", "2") == [case.number]
    assert numbers("--step", "1") == []
    assert numbers("--late") == [case.number]
    assert numbers("--status", "all", "--search", "demens") == [other.number]
    assert numbers("--county", "exempellan") == [case.number]
    assert numbers("--status", "all", "--limit", "1") == [other.number]
    assert lines("list", "--status", "all", "--limit", "1")[-1] == "1 av 2 ärenden."
    assert lines("list", "--status", "ended") == ["Inga ärenden."]


def test_the_list_as_json_says_who_has_what(case: Case) -> None:
    [row] = values("list")
    assert row == {
        "number": case.number,
        "registry_number": "",
        "subject": "Vård vid stroke",
        "county": "exempellan",
        "status": "RUNNING",
        "state": "Försenat",
        "opened_on": "2026-09-16",
        "open": [
            {"number": "2", "name": "Steg b", "performer": "Registrator, Region Exempellän", "due_on": "2026-09-24", "wakes_on": None}
        ],
    }


# show


def on_record(case: Case, registrar: User) -> None:
    """A document and a decision of 20 September."""
    at = AT + timedelta(days=4)
    register_document(
        actor=registrar,
        case=case,
        direction="RECEIVED",
        dated_on=date(2026, 9, 19),
        title="Remiss",
        counterpart="SKR",
        file=None,
        at=at,
    )
    record_decision(
        actor=registrar,
        case=case,
        nature=DecisionNature.DECISION,
        body=body(case.county, "lansledning"),
        decided_on=date(2026, 9, 20),
        paragraph="39",
        outcome="Bifall",
        text="Länsledningen beslutar att arbeta vidare.",
        at=at,
    )


def test_a_case_is_shown_with_where_it_stands_and_what_is_on_record(registrar: User, case: Case) -> None:
    on_record(case, registrar)
    assert lines("show", case.number) == [
        f"{case.number} Vård vid stroke",
        "  Län:     Exempellän",
        "  Rutin:   Prov, version 1",
        "  Läge:    Pågår",
        "  Öppnat:  2026-09-16",
        "",
        "Står vid",
        "  2  Steg b  Registrator, Region Exempellän  klart senast 2026-09-24 (försenat)  tagen av Registrator",
        "",
        "Handlingar",
        f"  {case.number}:1  2026-09-19  Inkommen  SKR  Remiss",
        "",
        "Beslut",
        "  2026-09-20  Länsledningen  Beslut  § 39  Bifall  Länsledningen beslutar att arbeta vidare.",
    ]


def test_an_earlier_day_is_shown_as_it_was(county: County, registrar: User, case: Case) -> None:
    on_record(case, registrar)
    colleague = make_holder(county, "region", "REGISTRAR", username="kollega")
    item = open_item(case.instance, "2")
    change_due(actor=registrar, item_id=item.pk, due_on=date(2026, 12, 1), reason="Utredningen tar tid.", at=AT + timedelta(days=5))
    hand_over(actor=registrar, item_id=item.pk, to=colleague, reason="", at=AT + timedelta(days=6))
    do(colleague, case.instance, "b", at=AT + timedelta(days=7))
    first = values("show", case.number, "--at", "2026-09-16")
    assert [(step["number"], step["due_on"], step["claimed_by"]) for step in first["open"]] == [("1", "2026-09-23", "")]
    assert (first["documents"], first["decisions"], first["at"]) == ([], [], "2026-09-16")
    second = values("show", case.number, "--at", "2026-09-20")
    assert [(step["number"], step["due_on"], step["claimed_by"]) for step in second["open"]] == [("2", "2026-09-24", "Registrator")]
    assert [document["title"] for document in second["documents"]] == ["Remiss"]
    third = values("show", case.number, "--at", "2026-09-22")
    assert [(step["due_on"], step["claimed_by"], step["late"]) for step in third["open"]] == [("2026-12-01", "kollega", False)]
    assert lines("show", case.number, "--at", "2026-09-16")[1] == "  Så såg det ut:  2026-09-16"


def test_an_earlier_day_is_shown_in_the_version_of_that_day(county: County, registrar: User, case: Case) -> None:
    revised = revise(county, straight_routine(county, "a", "new", "c"), 2)
    migrating.migrate(actor=None, instance=case.instance, definition_to=revised, at=AT + timedelta(days=10))
    today, then = values("show", case.number), values("show", case.number, "--at", "2026-09-25")
    assert (today["version"], [step["name"] for step in today["open"]]) == (2, ["Steg new"])
    assert (then["version"], [step["name"] for step in then["open"]]) == (1, ["Steg b"])


def test_a_case_that_has_come_to_its_end_or_was_written_off_says_so(county: County, registrar: User, case: Case) -> None:
    other = open_case(actor=registrar, county=county, definition=case.instance.definition, subject="Demens", givens={}, at=AT)
    close_case(actor=make_holder(county, "region", "COORDINATOR"), case=other, reason="Dubblett.", at=AT + timedelta(days=3))
    for step in ("b", "c"):
        do(registrar, case.instance, step, at=AT + timedelta(days=8))
    ended = values("show", case.number)
    assert (ended["status"], ended["state"], ended["end"], ended["open"]) == ("ENDED", "Avslutat", "Klart", [])
    assert "  Läge:    Avslutat: Klart" in lines("show", case.number)
    assert (values("show", other.number)["state"], values("show", other.number)["open"]) == ("Avskrivet", [])
    assert [values("show", number, "--at", "2026-09-18")["state"] for number in (case.number, other.number)] == ["Pågår", "Pågår"]
    assert [values("show", number, "--at", "2026-09-24")["state"] for number in (case.number, other.number)] == ["Avslutat", "Avskrivet"]


def test_an_open_wait_says_until_when(county: County, registrar: User) -> None:
    field = '<s:field id="until" type="date" name="Vänta till" required="true"/>'
    routine = (
        builder(county)
        .start()
        .task("ask", number="1", fields=[field], sets={"until": "field:until"})
        .wait("pause", "until", number="2")
        .end()
    )
    definition = publish(county, routine.path("start", "ask", "pause", "done"))
    found = open_case(actor=registrar, county=county, definition=definition, subject="Demens", givens={}, at=AT)
    do(registrar, found.instance, "ask", until="2027-01-15", at=AT)
    for options in ((), ("--at", "2026-09-16")):
        assert "  2  Väntan pause  Registrator, Region Exempellän  väntar till 2027-01-15" in lines("show", found.number, *options)


def test_a_number_that_is_not_there_or_a_day_before_the_opening_is_told(case: Case) -> None:
    missing = run("show", "1999-0001")
    assert (missing.exit_code, missing.stderr.strip()) == (1, "Det finns inget ärende med nummer 1999-0001.")
    early = run("show", case.number, "--at", "2026-09-15")
    assert (early.exit_code, early.stderr.strip()) == (1, f"Ärende {case.number} öppnades efter 2026-09-15.")


def test_a_number_that_two_counties_have_needs_the_county(case: Case) -> None:
    other = make_county("annat", name="Annat")
    registrar = make_holder(other, "region", "REGISTRAR", username="annan")
    open_case(actor=registrar, county=other, definition=publish(other, straight_routine(other, "x")), subject="Demens", givens={}, at=AT)
    both = run("show", case.number)
    assert both.exit_code == 1
    assert both.stderr.strip() == f"Flera län har ett ärende med nummer {case.number}. Ange även länet. Lägg till --county."
    assert lines("show", case.number, "--county", "annat")[0] == f"{case.number} Demens"


# history


def test_the_history_is_told_from_the_beginning(county: County, registrar: User, case: Case) -> None:
    item = open_item(case.instance, "2")
    change_due(actor=registrar, item_id=item.pk, due_on=date(2026, 12, 1), reason="Utredningen tar tid.", at=AT + timedelta(days=5))
    revised = revise(county, straight_routine(county, "new", "b"), 2)
    migrating.migrate(actor=None, instance=case.instance, definition_to=revised, at=AT + timedelta(days=6))
    who = "Registrator, Region Exempellän"
    assert lines("history", case.number) == [
        f"1  2026-09-16 10:30  {'Öppnat':<23}  {'':<8}  Registrator",
        f"2  2026-09-17 10:30  {'Utfört':<23}  1 Steg a  {who}",
        f"3  2026-09-18 10:30  {'Taget':<23}  2 Steg b  {who}",
        f"4  2026-09-21 10:30  {'Ändrat datum':<23}  2 Steg b  {'Registrator':<30}  2026-09-24 → 2026-12-01: Utredningen tar tid.",
        f"5  2026-09-22 10:30  Flyttat till ny version  {'':<8}  {'':<30}  version 1 → 2, 1 steg räknas inte",
    ]


def test_the_history_as_json_has_what_was_filled_in(registrar: User, case: Case) -> None:
    rows = values("history", case.number)
    assert [(row["sequence"], row["kind"], row["number"], row["account"]) for row in rows] == [
        (1, "STARTED", "", "Registrator"),
        (2, "COMPLETED", "1", "Registrator"),
        (3, "CLAIMED", "2", "Registrator"),
    ]
    assert rows[1]["data"] == {}
    assert rows[1]["at"] == "2026-09-17T08:30:00+00:00"


# export


def test_xes_has_a_trace_a_case_and_its_events(county: County, registrar: User, case: Case, tmp_path: Path) -> None:
    open_case(actor=registrar, county=county, definition=case.instance.definition, subject="Demens", givens={}, at=TODAY)
    file = tmp_path / "log.xes"
    assert lines("export", "xes", str(file)) == [f"{file}: 2 ärenden, 4 händelser."]
    frame, _about = rustxes.import_xes(str(file))
    assert frame.height == 4
    assert frame["concept:name"].to_list() == ["Ärendet öppnas", "1 Steg a", "2 Steg b", "Ärendet öppnas"]
    assert frame["lifecycle:transition"].to_list() == ["complete", "complete", "start", "complete"]
    assert frame["org:group"].to_list() == [None, "body:region-exempellan", "body:region-exempellan", None]
    assert set(frame["case:concept:name"].to_list()) == {case.number, Case.objects.get(subject="Demens").number}
    assert "Registrator" not in frame.columns
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.xes"]


def test_ocel_links_events_to_case_step_body_and_document(registrar: User, case: Case, tmp_path: Path) -> None:
    item = open_item(case.instance, "2")
    at = AT + timedelta(days=4)
    document = register_document(
        actor=registrar,
        case=case,
        direction="DRAWN_UP",
        dated_on=date(2026, 9, 20),
        title="Underlag",
        public_title="Handling",
        counterpart="",
        file=None,
        item=item,
        function="Registrator",
        at=at,
    )
    do(registrar, case.instance, "b", at=at)
    file = tmp_path / "log.json"
    result = values("export", "ocel", str(file))
    assert result == {"file": str(file), "cases": 1, "events": 4}
    log = rustxes.import_ocel_json(str(file))
    assert sorted(log["objects"]["ocel:type"].to_list()) == ["body", "case", "document", "work item", "work item", "work item"]
    done = f"event:{case.pk}/4"
    relations = log["relations"].filter(log["relations"]["ocel:eid"] == done)
    assert set(zip(relations["ocel:qualifier"].to_list(), relations["ocel:oid"].to_list(), strict=True)) == {
        ("case", f"case:{case.pk}"),
        ("step", f"item:{item.pk}"),
        ("performer", "body:region-exempellan"),
        ("registers", f"document:{document.pk}"),
    }
    titles = {row["ocel:oid"]: row["title"] for row in log["objects"].rows(named=True)}
    assert titles[f"document:{document.pk}"] == "Handling"


def test_an_export_is_narrowed_to_county_and_routine(case: Case, tmp_path: Path) -> None:
    make_county("annat", name="Annat")
    counts = [
        values("export", "xes", str(tmp_path / "log.xes"), *options)["cases"]
        for options in (("--county", "annat"), ("--county", "exempellan"), ("--routine", "prov"), ("--routine", "annan"))
    ]
    assert counts == [0, 1, 1, 0]


def test_a_file_that_cannot_be_written_is_told(case: Case, tmp_path: Path) -> None:
    result = run("export", "xes", str(tmp_path / "saknas" / "log.xes"))
    assert result.exit_code == 1
    assert result.stderr.strip().endswith("log.xes kunde inte skrivas: No such file or directory.")
