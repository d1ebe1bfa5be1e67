from datetime import date, datetime, timedelta
from typing import Any

import pytest

from styrkedja.accounts.models import User
from styrkedja.cases.services import open_case
from styrkedja.cases.services.closing import close_case
from styrkedja.core.periods import Period
from styrkedja.core.process.statistics import CaseRow, StepRow
from styrkedja.organisations.models import County
from styrkedja.workflows.models import ProcessDefinition, ProcessInstance
from styrkedja.workflows.selectors_statistics import case_rows, outline_of, step_rows
from styrkedja.workflows.services import claim, migrating
from tests.factories.counties import make_county, make_holder
from tests.factories.moving import do, revise
from tests.factories.workflows import AT, make_lead_time, open_item, publish, straight_routine

pytestmark = pytest.mark.django_db

ALWAYS = Period()
WHO = "Registrator, Region Exempellän"


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR")


@pytest.fixture
def definition(county: County) -> ProcessDefinition:
    make_lead_time(county, "1", 5)
    return publish(county, straight_routine(county, "a", "b"))


def started(registrar: User, definition: ProcessDefinition, *, at: datetime = AT) -> ProcessInstance:
    county = definition.county
    return open_case(actor=registrar, county=county, definition=definition, subject="Stroke", givens={}, at=at).instance


def rows(*definitions: ProcessDefinition, period: Period = ALWAYS) -> list[StepRow]:
    return list(step_rows(definitions, outline_of(definitions), period=period))


def test_a_step_is_read_with_its_days_in_swedish_time(registrar: User, definition: ProcessDefinition) -> None:
    late_evening = datetime.fromisoformat("2026-09-16T22:30:00+00:00")
    instance = started(registrar, definition)
    claim(actor=registrar, item_id=open_item(instance, "1").pk, at=AT + timedelta(hours=1))
    do(registrar, instance, "a", at=late_evening)
    first, second = rows(definition)
    assert first == StepRow(
        case=instance.pk,
        node_id="a",
        number="1",
        phase="only",
        part="",
        performer=WHO,
        opened_on=date(2026, 9, 16),
        claimed_on=date(2026, 9, 16),
        closed_on=date(2026, 9, 17),
        due_on=date(2026, 9, 23),
    )
    assert (second.node_id, second.opened_on, second.closed_on, second.due_on) == ("b", date(2026, 9, 17), None, None)


def test_cases_are_read_with_how_they_ended(county: County, registrar: User, definition: ProcessDefinition) -> None:
    running, ended, off = (started(registrar, definition) for _case in range(3))
    for step in ("a", "b"):
        do(registrar, ended, step, at=AT + timedelta(days=2))
    close_case(actor=make_holder(county, "region", "COORDINATOR"), case=off.case, reason="Dubblett.", at=AT + timedelta(days=3))
    assert sorted(case_rows([definition]), key=lambda row: row.case) == [
        CaseRow(running.pk, date(2026, 9, 16)),
        CaseRow(ended.pk, date(2026, 9, 16), date(2026, 9, 18)),
        CaseRow(off.pk, date(2026, 9, 16), date(2026, 9, 19), written_off=True),
    ]


def test_steps_that_were_withdrawn_are_left_out(county: County, registrar: User, definition: ProcessDefinition) -> None:
    instance = started(registrar, definition)
    revised = revise(county, straight_routine(county, "b"), 2)
    migrating.migrate(actor=None, instance=instance, definition_to=revised, at=AT)
    assert [row.node_id for row in rows(revised)] == ["b"]
    assert rows(definition) == []


def test_a_period_brings_whole_cases_and_everything_open(registrar: User, definition: ProcessDefinition) -> None:
    early, touched = started(registrar, definition), started(registrar, definition)
    for instance, days in ((early, 1), (touched, 1), (touched, 20)):
        do(registrar, instance, "a" if days == 1 else "b", at=AT + timedelta(days=days))
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert [(row.case, row.node_id) for row in rows(definition, period=october)] == [
        (touched.pk, "a"),
        (touched.pk, "b"),
        (early.pk, "b"),
    ]


def test_the_first_and_the_last_day_of_a_period_belong_to_it(registrar: User, definition: ProcessDefinition) -> None:
    instance = started(registrar, definition)
    for step in ("a", "b"):
        do(registrar, instance, step, at=datetime.fromisoformat("2026-09-16T21:59:59+00:00"))
    assert len(rows(definition, period=Period(date(2026, 9, 16), date(2026, 9, 17)))) == 2
    assert rows(definition, period=Period(date(2026, 9, 17), date(2026, 9, 18))) == []


def test_the_newest_version_names_a_step_and_an_older_one_what_only_it_has(county: County, definition: ProcessDefinition) -> None:
    routine = straight_routine(county, "b", "c")
    routine.nodes["b"] = routine.nodes["b"].replace("Steg b", "Nytt namn")
    outline = outline_of([definition, revise(county, routine, 2)])
    assert {node: (info.number, info.name) for node, info in outline.steps.items()} == {
        "b": ("1", "Nytt namn"),
        "c": ("2", "Steg c"),
        "a": ("1", "Steg a"),
    }
    assert outline.phases == {"only": "1 Allt"}
    assert [outline.place_of(node) for node in ("b", "c", "a", "x")] == [0, 1, 2, 3]


def test_the_number_of_queries_does_not_follow_the_number_of_cases(
    registrar: User, definition: ProcessDefinition, django_assert_num_queries: Any
) -> None:
    for _case in range(3):
        do(registrar, started(registrar, definition), "a")
    outline = outline_of([definition])
    with django_assert_num_queries(2):
        assert len(case_rows([definition])) == 3
        assert len(list(step_rows([definition], outline, period=ALWAYS))) == 6
