"""What the database counts for the statistics, held to the plain reckoning of the same rows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrkedja.core.periods import Period
from styrkedja.core.process.statistics import WorkingDays
from styrkedja.ui.clock import day
from styrkedja.workflows.models import InstanceStatus, ItemState, ProcessDefinition, ProcessInstance, WorkItem
from styrkedja.workflows.selectors_figures import Counting
from styrkedja.workflows.selectors_statistics import Outline, StepInfo, open_steps
from tests.factories import plain_statistics as plain
from tests.factories.counties import make_county
from tests.factories.moving import revise
from tests.factories.plain_statistics import CaseRow, StepRow
from tests.factories.workflows import publish, straight_routine

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 9, 25, 22, 30, tzinfo=UTC)  # half past midnight in Sweden, some weeks before the clocks are turned back
CLOSED = frozenset({date(2026, 10, 14)})
# Tasks "a" and "b" share a number, "w" is a wait without one, "x" stands in no version of the routine.
OUTLINE = Outline(
    {
        "a": StepInfo("1", "A", "first", 0),
        "b": StepInfo("1", "B", "first", 1),
        "c": StepInfo("2", "C", "second", 2),
        "w": StepInfo("", "W", "second", 3),
        "n": StepInfo("3", "N", "", 4),
    },
    {"first": "1", "second": "2"},
)
NUMBERS = {node: info.number for node, info in OUTLINE.steps.items()} | {"x": "9"}


@pytest.fixture
def definitions(db: None) -> list[ProcessDefinition]:
    """Two versions; cases of the second are not asked for."""
    county = make_county()
    return [publish(county, straight_routine(county, "a")), revise(county, straight_routine(county, "b"), 2)]


def later(chance: Random, at: datetime, *, most: int) -> datetime:
    """To the half hour, so that days turn in between and some things happen at the same moment."""
    return at + timedelta(minutes=30 * chance.randrange(48 * most))


def populate(chance: Random, definitions: Sequence[ProcessDefinition]) -> None:
    WorkItem.objects.all().delete()
    ProcessInstance.objects.all().delete()
    for _case in range(chance.randrange(12)):
        started = later(chance, FIRST, most=30)
        status = chance.choice([InstanceStatus.RUNNING, InstanceStatus.ENDED, InstanceStatus.ENDED, InstanceStatus.CLOSED])
        instance = ProcessInstance.objects.create(
            definition=chance.choice([*definitions, definitions[0]]),
            status=status,
            givens={},
            state={},
            started_at=started,
            ended_at=None if status == InstanceStatus.RUNNING else later(chance, started, most=40),
        )
        WorkItem.objects.bulk_create(item(chance, instance, number) for number in range(chance.randrange(9)))


def item(chance: Random, instance: ProcessInstance, number: int) -> WorkItem:
    node, opened = chance.choice("aaabbccwnx"), later(chance, instance.started_at, most=12)
    state = chance.choice([ItemState.DONE] * 5 + [ItemState.OPEN, ItemState.WITHDRAWN])
    return WorkItem(
        instance=instance,
        token=f"{node}#{number}",
        node_id=node,
        number=NUMBERS[node],
        name=node,
        kind="form",
        item=chance.choice(["", "", "x"]),
        is_wait=node == "w",
        state=state,
        performer=chance.choice(["Registrator", "Ordförande"]),
        opened_at=opened,
        claimed_at=chance.choice([None, opened]),
        closed_at=None if state == ItemState.OPEN else later(chance, opened, most=25),
        due_on=chance.choice([None, day(later(chance, opened, most=20))]),
    )


def step_rows(definition: ProcessDefinition, period: Period) -> list[StepRow]:
    """Every step of the cases in which something was done in the period, in the order in which they were done."""
    items = list(WorkItem.objects.filter(instance__definition=definition).exclude(state=ItemState.WITHDRAWN))
    done = [one for one in items if one.state == ItemState.DONE]
    touched = {one.instance_id for one in done if period.contains(day(one.closed_at))}
    ordered = sorted(items, key=lambda one: (one.closed_at is None, one.closed_at or FIRST, one.pk))
    return [row(one) for one in ordered if one.instance_id in touched]


def row(item: WorkItem) -> StepRow:
    opened, claimed, closed = (moment and day(moment) for moment in (item.opened_at, item.claimed_at, item.closed_at))
    phase = OUTLINE.steps[item.node_id].phase if item.node_id in OUTLINE.steps else ""
    who = (item.item, item.performer)
    return StepRow(item.instance_id, item.node_id, item.number, phase, *who, opened, claimed, closed, item.due_on, item.is_wait)


def case_rows(definition: ProcessDefinition) -> list[CaseRow]:
    return [
        CaseRow(one.pk, day(one.started_at), day(one.ended_at) if one.ended_at else None, one.status == InstanceStatus.CLOSED)
        for one in ProcessInstance.objects.filter(definition=definition)
    ]


def by_key(rows: Sequence[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: getattr(row, "key", None) or getattr(row, "number", ""))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False), first=st.integers(0, 60), length=st.integers(0, 90))
def test_what_the_database_counts_is_what_is_reckoned_row_by_row(
    definitions: list[ProcessDefinition], chance: Random, first: int, length: int
) -> None:
    populate(chance, definitions)
    since = FIRST.date() + timedelta(days=first)
    until = since + timedelta(days=length)
    period, asked = Period(since, until + timedelta(days=1)), definitions[0]
    steps, cases = step_rows(asked, period), case_rows(asked)
    days = WorkingDays(FIRST.date(), FIRST.date() + timedelta(days=200), closed=CLOSED)
    found = Counting([asked], OUTLINE, since, until, CLOSED)
    assert (found.opened, found.ended(written_off=False), found.ended(written_off=True)) == plain.by_day(cases)
    assert found.case_lead_time() == plain.case_lead_time(cases, period=period, days=days)
    assert found.phase_lead_times() == by_key(plain.phase_lead_times(steps, cases, period=period, days=days))
    assert found.step_lead_times() == by_key(plain.step_lead_times(steps, period=period, days=days))
    assert found.waiting_and_working() == by_key(plain.waiting_and_working(steps, period=period))
    assert found.on_time() == by_key(plain.on_time(steps, period=period))
    assert found.rework() == by_key(plain.rework(steps, period=period))
    assert found.variants() == plain.variants(steps, cases, period=period)


def test_the_number_of_queries_does_not_follow_the_number_of_cases(
    definitions: list[ProcessDefinition], django_assert_num_queries: Any
) -> None:
    populate(Random(4), definitions)
    assert ProcessInstance.objects.count() > 1
    counting = Counting(definitions, OUTLINE, FIRST.date(), FIRST.date() + timedelta(days=90), CLOSED)
    with django_assert_num_queries(9):
        assert counting.ended(written_off=False)
        for count in (counting.case_lead_time, counting.phase_lead_times, counting.step_lead_times, counting.waiting_and_working):
            assert count()
        assert counting.on_time()
        assert counting.rework()
        assert counting.variants()
        assert open_steps(definitions)


def test_a_routine_without_cases_has_no_figures(definitions: list[ProcessDefinition]) -> None:
    found = Counting(definitions, OUTLINE, FIRST.date(), FIRST.date(), CLOSED)
    assert (found.opened, found.ended(written_off=True), found.case_lead_time()) == ({}, {}, None)
    assert (found.phase_lead_times(), found.step_lead_times(), found.waiting_and_working(), found.on_time()) == ([], [], [], [])
    assert (found.rework(), found.variants(), open_steps(definitions)) == ([], [], [])
