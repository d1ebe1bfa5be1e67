"""The chain from and to tables: all or nothing, every fault with its place, and what is read in again changes nothing."""

from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation

from styrkedja.accounts.models import User
from styrkedja.core.steering.workbook import sheets_of_actions, sheets_of_decisions, sheets_of_plans
from styrkedja.core.steering.workbook.columns import Holds
from styrkedja.core.steering.workbook.sheets import SHEETS
from styrkedja.decisions.models import DECISION_LEVELS, Decision, DecisionNature, Mandate
from styrkedja.effects.models import KINDS as ECONOMY
from styrkedja.effects.models import EffectRealisation, EstimateYear
from styrkedja.effects.services import Loaded, load_chain
from styrkedja.effects.workbook.directory import MODELS
from styrkedja.effects.workbook.exporting import chain_tables, empty_tables
from styrkedja.ledger.models import ObjectVersion, PendingEntry
from styrkedja.organisations.models import County
from styrkedja.steering import models as chain
from styrkedja.steering.models import KINDS as CHAIN
from styrkedja.steering.models import Action, Adoption, Forum, Goal, GoalConflict, Milestone, SteeringDocument, Transfer
from tests.factories.chain_tables import Rows, as_tables, chain_rows
from tests.factories.counties import body, make_holder
from tests.factories.steering import make_indicator

ON = date(2026, 9, 16)
ELSEWHERE = "Skriv ”benämning, organ” om funktionen finns i ett annat organ."


@pytest.fixture(autouse=True)
def _indicator(county: County) -> None:
    make_indicator("vantetid")


def load(rows: Rows, at: datetime, *, actor: User | None = None, **options: Any) -> Loaded:
    return load_chain(actor=actor, tables=as_tables(rows), at=at, **options)


def stored() -> list[int]:
    models = [*CHAIN.values(), *ECONOMY.values(), Adoption, Transfer, Mandate, Decision, EstimateYear, ObjectVersion, PendingEntry]
    return [model.objects.count() for model in models]


def told(found: Loaded) -> list[str]:
    return [str(fault) for fault in found.faults]


def test_every_sheet_is_brought_in(county: County, at: datetime) -> None:
    found = load(chain_rows(), at)
    assert told(found) == []
    assert (len(found.created), found.changed, found.unchanged) == (sum(map(len, chain_rows().values())) - 1, (), 0)
    goal = Goal.objects.get(key="balans")
    assert (goal.parent.key, goal.area.title, goal.due_on, goal.resources, goal.horizon, goal.county) == (
        "region-balans",
        "Ekonomi i balans",
        date(2026, 12, 31),
        "Två tjänster",
        "PLAN_PERIOD",
        county,
    )
    assert str(goal.accountable_seat) == "Hälso- och sjukvårdsdirektör, Hälso- och sjukvårdsförvaltningen"
    plan = SteeringDocument.objects.get(key="namndplan-2026")
    assert (plan.state, plan.valid_until, plan.parent.key) == ("DECIDED", date(2027, 1, 1), "regionplan-2026")
    assert list(SteeringDocument.objects.get(key="reglemente").mandates.values_list("key", flat=True)) == ["namnden-ekonomi"]
    action = Action.objects.get(key="inkop")
    assert ({g.key for g in action.goals.all()}, action.kind, action.state, action.unit) == (
        {"balans", "vard"},
        "RESULT_IMPROVING",
        "STARTED",
        body(county, "alen"),
    )
    assert Action.objects.get(key="rattning").corrects_milestone.key == "avtal"
    assert list(EstimateYear.objects.values_list("year", "gross_ore", "net_ore", "low_ore", "high_ore")) == [
        (2026, 500_000_000, 400_000_050, None, None),
        (2027, 600_000_000, 500_000_000, 400_000_000, 600_000_000),
    ]
    realised = EffectRealisation.objects.get()
    assert (realised.key, realised.month, realised.planned_ore, realised.realised_ore) == (
        "inkop-2026-03",
        date(2026, 3, 1),
        40_000_000,
        -150,
    )
    mandate = Mandate.objects.get(key="namnden-ekonomi")
    assert (mandate.amount_limit, mandate.valid_until, mandate.may_correct, mandate.corrects.count()) == (
        1_000_000_000,
        date(2027, 1, 1),
        True,
        2,
    )
    assert Mandate.objects.get(key="direktoren-inkop").seat.function == "DIRECTOR"
    decision = Decision.objects.get()
    assert (decision.paragraph, decision.mandate, decision.amount, decision.level) == ("§ 39", mandate, 500_000_000, "POLITICAL")
    assert (Adoption.objects.count(), Transfer.objects.get(kind="DROPPED").reason) == (2, "Uppnått i regionplanen.")
    assert Forum.objects.get().group.key == f"lpo-{county.key}"
    assert (Milestone.objects.get(key="halvvags").target_value, GoalConflict.objects.get().key) == (70.5, "balans-vard")


def test_the_same_again_changes_nothing(at: datetime) -> None:
    load(chain_rows(), at)
    before = stored()
    again = load(chain_rows(), at)
    assert (again.created, again.changed, told(again)) == ((), (), [])
    assert again.unchanged == sum(map(len, chain_rows().values())) - 1
    assert stored() == before


def test_what_is_written_out_reads_in_again_and_gives_the_same(county: County, at: datetime) -> None:
    load(chain_rows(), at)
    written = chain_tables(None, on=ON)
    assert [table.name for table in written] == [sheet.name for sheet in SHEETS]
    assert all(table.rows for table in written)
    before = stored()
    again = load_chain(actor=None, tables=written, at=at)
    assert (again.created, again.changed, told(again)) == ((), (), [])
    assert stored() == before
    _empty()
    assert told(load_chain(actor=None, tables=written, at=at)) == []
    assert chain_tables(None, on=ON) == written


def _empty() -> None:
    """Takes the whole chain away, what leans on others first."""
    for row in Action.objects.all():
        Action.objects.filter(pk=row.pk).update(corrects_milestone=None, corrects_target=None, parent=None)
    Adoption.objects.all().delete()
    Transfer.objects.all().delete()
    waiting = [*ECONOMY.values(), *reversed(CHAIN.values()), Decision, Mandate]
    Goal.objects.update(parent=None)
    SteeringDocument.objects.update(parent=None, supersedes=None)
    Milestone.objects.all().delete()
    for name in ("GoalConflict", "Obstacle", "Forum"):
        apps.get_model("steering", name).objects.all().delete()
    for model in waiting:
        model.objects.all().delete()
    ObjectVersion.objects.all().delete()


def test_a_changed_cell_changes_that_alone_and_an_absent_column_nothing(at: datetime) -> None:
    load(chain_rows(), at)
    rows = chain_rows()
    rows["goal"][0] |= {"Resurser": "", "Rubrik": "Balans"}
    rows["estimate"][1]["Nettoeffekt (kr)"] = 4.5e6
    found = load(rows, at)
    assert [(row.sheet, row.row, row.key, row.columns) for row in found.changed] == [
        ("Mål", 2, "balans", ("Rubrik", "Resurser")),
        ("Beräkningar", 2, "inkop-kalkyl", ("År", "Bruttoeffekt (kr)", "Nettoeffekt (kr)", "Lägst (kr)", "Högst (kr)")),
    ]
    goal = Goal.objects.get(key="balans")
    assert (goal.title, goal.resources, goal.due_on, goal.version) == ("Balans", "", date(2026, 12, 31), 2)
    [table] = as_tables({"goal": [{"Nyckel": "balans", "Styrdokument": "namndplan-2026", "Rubrik": "Igen"}]})
    kept = [table.header.index(name) for name in ("Nyckel", "Styrdokument", "Rubrik")]
    narrow = type(table)(table.name, tuple(table.header[i] for i in kept), tuple((n, tuple(c[i] for i in kept)) for n, c in table.rows))
    [row] = load_chain(actor=None, tables=[narrow], at=at).changed
    assert (row.columns, Goal.objects.get(key="balans").due_on) == (("Rubrik",), date(2026, 12, 31))


def test_a_preview_says_what_would_be_and_stores_nothing(at: datetime) -> None:
    before = stored()
    found = load(chain_rows(), at, is_preview=True)
    assert (len(found.created), told(found), stored()) == (sum(map(len, chain_rows().values())) - 1, [], before)


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_stored(at: datetime) -> None:
    rows = chain_rows()
    rows["goal"][0] |= {"Ansvarigt organ": "hälsonämnden", "Ska vara nått": "vid årsskiftet"}
    rows["goal"][2] |= {"Ansvarig funktion": "Hälso- och sjukvårdsdirektör"}
    rows["goal"][3] |= {"Överordnat mål": "regionbalans"}
    rows["goal-indicator"][0]["Indikator"] = "vantetider"
    rows["milestone"][0] |= {"Mål": "vard"}
    rows["action"][0] |= {"Slutar": "2026-01-31"}
    rows["action"][1] |= {"Ansvarigt organ": "Okänt organ"}
    rows["estimate"][0]["Bruttoeffekt (kr)"] = "5 mkr"
    rows["mandate"][0]["Beloppsgräns (kr)"] = -1
    rows["forum"][0]["Grupp"] = "namnden-exempellan"
    before = stored()
    found = load(rows, at)
    assert told(found) == [
        "Beräkningar, rad 2, kolumnen Bruttoeffekt (kr): ”5 mkr” är inget belopp. Skriv ett tal i kronor, till exempel 1250000, utan text.",
        "Delmål, rad 2, kolumnen Mål: Ett delmål hör till ett mål eller till en åtgärd. Ange det ena.",
        "Forum, rad 2, kolumnen Grupp: Hälso- och sjukvårdsnämnden är ingen grupp. Ett forum är en grupp i länets filer.",
        "Mandat, rad 2, kolumnen Beloppsgräns (kr): Beloppet kan inte vara negativt.",
        "Mål, rad 2, kolumnen Ska vara nått: ”vid årsskiftet” är ingen dag. Skriv som 2026-03-31.",
        "Mål, rad 4, kolumnen Ansvarig funktion: Funktionen ”Hälso- och sjukvårdsdirektör” finns inte i Hälso- och sjukvårdsnämnden. "
        + ELSEWHERE,
        "Mål, rad 5, kolumnen Överordnat mål: Överordnat mål ”regionbalans” finns varken i filen eller i systemet. Menade du ”region-balans”?",
        "Målindikatorer, rad 2, kolumnen Indikator: Indikatorn ”vantetider” finns inte. Menade du ”vantetid”?",
        "Åtgärder, rad 2, kolumnen Slutar: Åtgärden slutar innan den startar. Rätta den ena dagen.",
        "Åtgärder, rad 3, kolumnen Ansvarigt organ: Organet ”Okänt organ” finns inte.",
    ]
    assert stored() == before


def test_a_body_that_is_misspelt_or_has_a_namesake_is_told(county: County, at: datetime) -> None:
    other = body(county, "alen")
    other.name = "Arnäs hälsocentral"
    other.save()
    rows = {
        "programme": [
            {"Nyckel": "a", "Rubrik": "A", "Ansvarigt organ": "Regionstyrelse"},
            {"Nyckel": "b", "Rubrik": "B", "Ansvarigt organ": "arnäs hälsocentral"},
        ]
    }
    assert told(load(rows, at)) == [
        "Åtgärdsprogram, rad 2, kolumnen Ansvarigt organ: Organet ”Regionstyrelse” finns inte. Menade du ”Regionstyrelsen”?",
        "Åtgärdsprogram, rad 3, kolumnen Ansvarigt organ: Flera organ heter ”arnäs hälsocentral”. Skriv organets nyckel: alen-exempellan, arnas-exempellan.",
    ]


def test_a_ring_in_the_file_or_with_what_is_there_is_told(at: datetime) -> None:
    rows = chain_rows()
    rows["goal"][1]["Överordnat mål"] = "balans"
    before = stored()
    assert told(load(rows, at)) == [
        "Mål, rad 2, kolumnen Överordnat mål: Raderna hänvisar till varandra runt: balans → region-balans → balans. Ta bort en av hänvisningarna.",
        "Mål, rad 3, kolumnen Överordnat mål: Raderna hänvisar till varandra runt: region-balans → balans → region-balans. Ta bort en av hänvisningarna.",
    ]
    assert stored() == before
    load(chain_rows(), at)
    before = stored()
    only = {"goal": [chain_rows()["goal"][1] | {"Överordnat mål": "balans"}]}
    [fault] = told(load(only, at))
    assert fault.startswith("Mål, rad 2: Kedjan skulle gå runt: En region i balans → Ekonomi i balans → En region i balans.")
    assert stored() == before


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("decision", {"Belopp (kr)": 1}, "Ett antecknat beslut kan inte ändras."),
        ("decision", {"Paragraf": "§ 40"}, "Ett antecknat beslut kan inte ändras."),
        ("adoption", {"Paragraf": "§ 13"}, "Antagandet finns redan med andra uppgifter"),
        ("transfer", {"Hur": "Ändrad"}, "Överföringen finns redan med andra uppgifter"),
        ("realisation", {"Nyckel": "inkop-2026-03", "Månad": "2026-04"}, "finns redan med ett annat värde i ”månad”, som inte kan ändras"),
        ("document", {"Läge": "Utkast"}, "är beslutat och kan inte bli utkast igen"),
    ],
)
def test_what_cannot_be_changed_is_told(kind: str, change: dict[str, Any], said: str, at: datetime) -> None:
    load(chain_rows(), at)
    before = stored()
    [fault] = told(load({kind: [chain_rows()[kind][0] | change]}, at))
    assert said in fault
    assert stored() == before


def test_a_person_brings_in_what_the_person_may_and_else_nothing(county: County, at: datetime) -> None:
    load(chain_rows(), at)
    board = make_holder(county, "styrelsen", "CONTROLLER")
    mine = {"goal": [chain_rows()["goal"][1] | {"Resurser": "Mer"}]}
    assert len(load(mine, at, actor=board).changed) == 1
    before = stored()
    theirs = {"goal": [chain_rows()["goal"][1] | {"Resurser": "Mest"}, chain_rows()["goal"][0] | {"Resurser": "Mindre"}]}
    [fault] = told(load(theirs, at, actor=board))
    assert fault.startswith("Mål, rad 3: Bara den som innehar en funktion i det ansvariga organet")
    hidden = {"goal": [chain_rows()["goal"][3] | {"Resurser": "Dold"}]}
    [fault] = told(load(hidden, at, actor=board))
    assert "finns inte" in fault
    assert stored() == before


def test_a_person_writes_out_what_the_person_sees(county: County, at: datetime) -> None:
    load(chain_rows(), at)
    board = make_holder(county, "styrelsen", "CONTROLLER")
    committee = make_holder(county, "namnden", "CONTROLLER")

    def keys(user: User, sheet: str) -> list[object]:
        table = next(table for table in chain_tables(user, on=ON) if table.name == sheet)
        return [cells[0] for _row, cells in table.rows]

    assert keys(board, "Styrdokument") == ["namndplan-2026", "regionplan-2026", "reglemente"]
    assert "namndplan-2027" in keys(committee, "Styrdokument")
    goal, hidden = Goal.objects.get(key="region-balans"), Goal.objects.get(key="balans-2027")
    forum = Forum.objects.get()
    forum.goals.add(hidden, goal)
    followed = {user: next(t for t in chain_tables(user, on=ON) if t.name == "Forum").rows[0][1][3] for user in (board, committee)}
    assert followed == {board: "region-balans; vard", committee: "balans-2027; region-balans; vard"}
    assert (keys(board, "Överföringar"), len(keys(committee, "Överföringar"))) == ([], 2)
    assert ("balans-2027" in keys(board, "Mål"), "balans-2027" in keys(committee, "Mål")) == (False, True)


def test_the_template_has_every_sheet_and_no_row() -> None:
    tables = empty_tables()
    assert [table.name for table in tables] == [sheet.name for sheet in SHEETS]
    assert all(not table.rows and table.header for table in tables)


def test_every_field_of_every_model_has_a_column() -> None:
    """What is not in a file would be lost on the way out and in."""
    kept_by_program = {"id", "version", "created_at", "changed_at", "county"}
    elsewhere = {
        "goal-indicator": set(),
        "realisation": {"title", "text"},
        "balance-requirement": {"title"},
    }
    for sheet in SHEETS:
        if sheet.kind in MODELS and sheet.kind != "decision":
            model = MODELS[sheet.kind]
            fields = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]} - kept_by_program
            columns = {column.field for column in sheet.columns} - set(sheet.joined)
            assert fields - columns - elsewhere.get(sheet.kind, set()) == set(), sheet.name
            assert columns - fields == set(), sheet.name


def test_choices_are_called_as_on_the_pages() -> None:
    plans, actions, decided = sheets_of_plans, sheets_of_actions, sheets_of_decisions
    pairs = [
        (plans.STATES, chain.DocumentState.choices),
        (plans.DOCUMENT_KINDS, chain.DOCUMENT_KINDS.items()),
        (plans.HORIZONS, chain.GoalHorizon.choices),
        (plans.GOAL_STATES, chain.GoalState.choices),
        (actions.ACTION_KINDS, chain.ACTION_KINDS.items()),
        (actions.TIME_FRAMES, chain.TIME_FRAMES.items()),
        (actions.ACTION_STATES, chain.ACTION_STATES.items()),
        (actions.OBSTACLE_KINDS, chain.OBSTACLE_KINDS.items()),
        (decided.LEVELS, DECISION_LEVELS.items()),
        (decided.NATURES, DecisionNature.choices),
        (decided.TRANSFERS, chain.TransferKind.choices),
    ]
    with translation.override("sv"):
        for written, shown in pairs:
            assert written == {str(label): str(value) for value, label in shown}


def test_columns_say_what_they_hold_as_their_fields_do() -> None:
    for sheet in SHEETS:
        if sheet.kind not in MODELS:
            continue
        for column in sheet.columns:
            if column.field in sheet.joined or column.holds == Holds.KEY:
                continue
            field = MODELS[sheet.kind]._meta.get_field(column.field)
            many = {Holds.REFERENCES, Holds.BODIES, Holds.INDICATORS}
            single = {Holds.REFERENCE, Holds.BODY, Holds.SEAT, Holds.INDICATOR}
            assert bool(field.many_to_many) == (column.holds in many), (sheet.name, column.name)
            assert bool(field.is_relation and not field.many_to_many) == (column.holds in single), (sheet.name, column.name)
