"""Words for steps, holders and answers."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from styrkedja.core.fields import FieldSpec, FieldType, Option
from styrkedja.organisations.models import Body
from styrkedja.procedures.forms import step_form
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.procedures.presenters.answers import Wording, read
from styrkedja.procedures.presenters.items import due_status
from styrkedja.procedures.presenters.tasks import typed_texts, what_happened
from styrkedja.procedures.presenters.wording import holder, listed, whereabouts, within_sentence
from styrkedja.workflows.models import EventKind, WorkItem
from styrkedja.workflows.programs import routine_of
from tests.factories.walks import AT, World

WORDING = Wording({"lpo": "LPO äldres hälsa", "ange": "Ånge"}.get, {"CHAIR": "Ordförande"}.get)
OPTIONS = (Option("high", "Stor"), Option("low", "Liten"))


@pytest.mark.parametrize(("names", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A och B"), (["A", "B", "C"], "A, B och C")])
def test_names_are_listed_as_in_a_sentence(names: list[str], said: str) -> None:
    assert listed(names) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Områdesdirektör i RVN", "områdesdirektör i RVN"),
        ("RVN:s registrator", "RVN:s registrator"),
        ("LPO som håller samman ärendet", "LPO som håller samman ärendet"),
        ("Styrgrupp", "styrgrupp"),
    ],
)
def test_a_role_begins_small_inside_a_sentence_unless_it_is_an_abbreviation(name: str, said: str) -> None:
    assert within_sentence(name) == said


@pytest.mark.parametrize(
    ("type", "value", "text"),
    [
        (FieldType.TEXT, "Se bilagan", "Se bilagan"),
        (FieldType.LONG_TEXT, "Rad 1\nRad 2", "Rad 1\nRad 2"),
        (FieldType.NUMBER, 12500.5, "12\u202f500,5"),
        (FieldType.NUMBER, 0, "0"),
        (FieldType.DATE, "2026-11-24", "24 nov 2026"),
        (FieldType.CHOICE, "high", "Stor"),
        (FieldType.CHOICE, "gone", "gone"),
        (FieldType.CHOICES, ["low", "high"], "Liten, Stor"),
        (FieldType.YES_NO, True, "Ja"),
        (FieldType.YES_NO, False, "Nej"),
        (FieldType.ORGANISATION, "ange", "Ånge"),
        (FieldType.ORGANISATIONS, ["ange", "lpo"], "Ånge, LPO äldres hälsa"),
        (FieldType.GROUP, "lpo", "LPO äldres hälsa"),
        (FieldType.GROUPS, ["lpo"], "LPO äldres hälsa"),
        (FieldType.FUNCTION, "CHAIR", "Ordförande"),
        (FieldType.TEXT, None, ""),
        (FieldType.CHOICES, [], ""),
    ],
)
def test_a_stored_value_is_read_by_its_type(type: FieldType, value: object, text: str) -> None:
    assert read(FieldSpec("field", type, "Fält", options=OPTIONS), value, WORDING) == text


def test_every_type_but_file_and_table_can_be_read() -> None:
    for kind in set(FieldType) - {FieldType.FILE, FieldType.TABLE}:
        assert read(FieldSpec("field", kind, "Fält"), "", WORDING) == ""


@pytest.mark.parametrize(
    ("due_on", "taken", "word"),
    [
        (date(2026, 9, 15), False, "Försenad"),
        (date(2026, 9, 15), True, "Försenad"),
        (date(2026, 9, 16), False, "Snart"),
        (date(2026, 9, 23), True, "Snart"),
        (date(2026, 9, 24), True, "Pågår"),
        (date(2026, 9, 24), False, "Att göra"),
        (None, True, "Pågår"),
        (None, False, "Att göra"),
    ],
)
def test_lateness_goes_before_all_else(due_on: date | None, taken: bool, word: str) -> None:
    assert due_status(due_on=due_on, is_taken=taken, today=date(2026, 9, 16)).word == word


def item(node_id: str, number: str, pk: int, **fields: object) -> WorkItem:
    return WorkItem(pk=pk, node_id=node_id, number=number, performer="Ordförande, LPO", opened_at=AT, **fields)


def test_who_has_a_step_is_its_role_or_its_bodies(world: World) -> None:
    routine = routine_of(world.definition)
    assert holder(item("compile_response", "7", 1), routine, ()) == "RVN:s samordnare för kunskapsstyrning"
    bodies = [Body(name="LPO äldres hälsa"), Body(name="LPO kirurgi")]
    assert holder(item("assess_municipal_relevance", "4", 1), routine, bodies) == "LPO äldres hälsa och LPO kirurgi"
    assert holder(item("gone", "4", 1), routine, ()) == "Ordförande, LPO"


def test_many_bodies_are_counted_and_waits_come_last(world: World) -> None:
    routine = routine_of(world.definition)
    wait = item("until_reconsideration", "11a", 9, is_wait=True, wakes_on=date(2027, 3, 1), waiting_for="LPO omprövar.")
    items = [wait, *(item("assess_municipal_relevance", "4", n) for n in range(6))]
    bodies = {n: [Body(pk=n, name=f"LPO {n}")] for n in range(6)}
    assert whereabouts(items, routine, bodies) == ["Steg 4 är nu hos 6 organ.", "Ärendet väntar till 1 mar 2027. LPO omprövar."]


def test_what_was_typed_in_a_table_stands_row_by_row(world: World) -> None:
    node = routine_of(world.definition).nodes["propose_staffing"]
    form = step_form(node, CATALOGUE["propose_staffing"], county=world.county)
    rows = [{"function": "Dietist", "organisation": "Region", "count": "1", "time": ""}, {"function": "", "organisation": ""}]
    [staffing, functions] = typed_texts(form, {"staffing": "new", "functions": rows})
    assert (staffing.label, staffing.text) == ("Arbetsgrupp", "Ny grupp tillsätts")
    assert functions.text == "Funktion: Dietist; Huvudman eller verksamhet: Region; Antal: 1"


@pytest.mark.parametrize("kind", EventKind)
def test_whatever_happened_is_told_in_a_sentence(kind: EventKind) -> None:
    event = SimpleNamespace(kind=kind, account="Registrator", function="Registrator, RVN", at=AT)
    said = what_happened(event, at=AT)
    assert said.startswith("Registrator (Registrator, RVN) ")
    assert said.endswith(" 16 sep kl. 10:30.")


def test_what_the_program_did_by_itself_is_told_too() -> None:
    event = SimpleNamespace(kind=EventKind.WAIT_ENDED, account=None, function="", at=datetime(2026, 9, 16, 4, 0, tzinfo=AT.tzinfo))
    assert what_happened(event, at=AT) == "Styrkedja avslutade väntan 16 sep kl. 06:00."
    assert what_happened(None, at=AT) == "Uppgiften har ändrats sedan du öppnade sidan."
