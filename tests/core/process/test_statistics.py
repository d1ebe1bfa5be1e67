"""Figures from small sets of steps that can be counted by hand. 2026-09-07 is a Monday."""

from collections import Counter
from datetime import date
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.periods import Period
from styrkedja.core.process.statistics import (
    LeadTime,
    Month,
    OnTime,
    Rework,
    Shares,
    Stalled,
    Standing,
    Variant,
    WorkingDays,
    lead_time,
    stalled,
    standing,
    throughput,
)
from styrkedja.core.working_days import working_days_between
from tests.factories.plain_statistics import (
    CaseRow,
    StepRow,
    by_day,
    case_lead_time,
    nearest_rank,
    on_time,
    open_steps,
    phase_lead_times,
    rework,
    step_lead_times,
    variants,
    waiting_and_working,
)

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
ALWAYS = Period()
DAYS = WorkingDays(date(2026, 1, 1), date(2027, 1, 31))


def sep(day: int) -> date:
    return date(2026, 9, day)


def step(
    opened: int,
    closed: int | None = None,
    *,
    case: int = 1,
    node: str = "a",
    number: str = "",
    phase: str = "first",
    part: str = "",
    performer: str = "Registrator",
    claimed: int | None = None,
    due: int | None = None,
    is_wait: bool = False,
) -> StepRow:
    """A step by the days of September 2026."""
    days = (sep(opened), claimed and sep(claimed), closed and sep(closed), due and sep(due))
    return StepRow(case, node, number or node, phase, part, performer, *days, is_wait=is_wait)


# Ranks and days


@pytest.mark.parametrize(
    ("values", "p90"), [([7], 7), ([1, 2], 2), (list(range(1, 11)), 9), (list(range(1, 12)), 10), ([5, 1, 1, 1, 1, 1, 1, 1, 1, 1], 1)]
)
def test_p90_is_the_nearest_rank(values: list[int], p90: int) -> None:
    assert nearest_rank(values, 90) == p90


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(1, 100))
def test_the_nearest_rank_is_the_smallest_value_that_enough_values_reach(values: list[int], per_cent: int) -> None:
    found = nearest_rank(values, per_cent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= per_cent * len(values)
    assert all(sum(value <= smaller for value in values) * 100 < per_cent * len(values) for smaller in values if smaller < found)


@given(st.dates(date(2025, 12, 1), date(2027, 1, 31)), st.dates(date(2025, 12, 1), date(2027, 1, 31)))
def test_counting_working_days_quickly_gives_the_same_as_counting_them_one_by_one(one: date, other: date) -> None:
    start, end = sorted([one, other])
    closed = frozenset({date(2026, 9, 10)})
    assert WorkingDays.around([start, None, end], closed=closed).between(start, end) == working_days_between(start, end, closed=closed)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=1))
def test_lengths_that_are_counted_give_the_same_as_lengths_one_by_one(lengths: list[tuple[int, int]]) -> None:
    counted = [(*length, count) for length, count in Counter(lengths).items()]
    working, calendar = zip(*lengths, strict=True)
    expected = LeadTime("a", len(lengths), median(working), nearest_rank(working, 90), median(calendar), nearest_rank(calendar, 90))
    assert lead_time("a", counted) == expected


# Lead times


def test_a_step_counts_days_after_the_first() -> None:
    [found] = step_lead_times([step(11, 14)], period=SEPTEMBER, days=DAYS)
    assert found == LeadTime("a", 1, median_working=1, p90_working=1, median_calendar=3, p90_calendar=3)


def test_a_step_done_on_the_same_day_took_no_days() -> None:
    [found] = step_lead_times([step(11, 11)], period=SEPTEMBER, days=DAYS)
    assert (found.median_working, found.median_calendar) == (0, 0)


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    rows = [step(7, 7), step(7, 8), step(7, 10), step(7, 21)]
    [found] = step_lead_times(rows, period=SEPTEMBER, days=DAYS)
    assert found == LeadTime("a", 4, median_working=2, p90_working=10, median_calendar=2, p90_calendar=14)


def test_each_task_has_its_own_lead_time_and_each_body_its_own_step() -> None:
    rows = [step(7, 8, node="a", part="x"), step(7, 10, node="a", part="y"), step(7, 9, node="b")]
    found = step_lead_times(rows, period=SEPTEMBER, days=DAYS)
    assert [(row.key, row.count, row.median_calendar) for row in found] == [("a", 2, 2), ("b", 1, 2)]


def test_open_steps_waits_and_other_periods_have_no_lead_time() -> None:
    rows = [step(7), step(7, 8, is_wait=True), step(7, 8)]
    assert step_lead_times(rows[:2], period=SEPTEMBER, days=DAYS) == []
    assert step_lead_times(rows, period=Period(sep(9), sep(30)), days=DAYS) == []


def test_a_case_takes_from_its_opening_to_its_end() -> None:
    cases = [
        CaseRow(1, sep(1), sep(8)),
        CaseRow(2, sep(1)),
        CaseRow(3, sep(1), sep(2), written_off=True),
        CaseRow(4, sep(1), date(2026, 10, 1)),
    ]
    assert case_lead_time(cases, period=SEPTEMBER, days=DAYS) == LeadTime("", 1, 5, 5, 7, 7)
    assert case_lead_time([], period=SEPTEMBER, days=DAYS) is None


def test_parallel_steps_make_a_phase_no_longer() -> None:
    rows = [step(7, 9), step(7, 14, node="b"), step(14, 15, node="c")]
    [found] = phase_lead_times(rows, [], period=SEPTEMBER, days=DAYS)
    assert found == LeadTime("first", 1, 6, 6, 8, 8)


def test_days_away_from_a_phase_are_not_counted_when_the_case_comes_back() -> None:
    rows = [step(7, 8), step(8, 20, node="b", phase="second"), step(20, 22)]
    found = phase_lead_times(rows, [], period=SEPTEMBER, days=DAYS)
    assert [(row.key, row.median_calendar) for row in found] == [("first", 3), ("second", 12)]


def test_a_phase_that_is_not_left_or_was_left_by_writing_off_is_not_counted() -> None:
    rows = [step(7, 8), step(8, node="b"), step(7, 9, case=2), step(7, 8, case=3, phase="second")]
    cases = [CaseRow(1, sep(7)), CaseRow(2, sep(7), sep(9), written_off=True), CaseRow(3, sep(7))]
    assert [row.key for row in phase_lead_times(rows, cases, period=SEPTEMBER, days=DAYS)] == ["second"]


# Waiting and working


def test_time_is_waiting_until_the_step_is_taken_and_then_working() -> None:
    [found] = waiting_and_working([step(7, 17, claimed=14)], period=SEPTEMBER)
    assert found == Shares("a", count=1, claimed=1, waiting=7, working=3, pausing=0, untold=0)
    assert found.told == 10


def test_of_a_step_done_without_being_taken_nothing_is_told() -> None:
    assert waiting_and_working([step(7, 17)], period=SEPTEMBER) == [Shares("a", 1, 0, waiting=0, working=0, pausing=0, untold=10)]


def test_waits_for_a_date_stand_apart() -> None:
    assert waiting_and_working([step(7, 27, is_wait=True)], period=SEPTEMBER) == [Shares("a", 1, 0, 0, 0, pausing=20, untold=0)]


# Rework


def test_a_case_that_does_a_step_three_times_has_two_further_rounds() -> None:
    rows = [step(7, 8), step(8, 9), step(9, 10), step(7, 8, case=2)]
    assert rework(rows, period=SEPTEMBER) == [Rework("a", cases=2, again=1, rounds=2)]


def test_tasks_that_share_a_number_and_bodies_that_share_a_task_are_no_rework() -> None:
    rows = [step(7, 8, node="a", number="17"), step(8, 9, node="b", number="17")]
    rows += [step(7, 8, node="c", number="24", part="x"), step(7, 8, node="c", number="24", part="y")]
    assert rework(rows, period=SEPTEMBER) == [Rework("17", 1, 0, 0), Rework("24", 1, 0, 0)]


def test_rounds_before_the_period_count_for_a_case_that_did_the_step_in_it() -> None:
    rows = [step(1, 2), step(2, 20), step(1, 2, case=2), step(2, 3, case=2)]
    assert rework(rows, period=Period(sep(10), sep(30))) == [Rework("a", cases=1, again=1, rounds=1)]


# In time


def test_done_on_the_due_date_is_in_time() -> None:
    rows = [step(7, 10, due=10), step(7, 11, due=10), step(7, 9, due=10), step(7, 20), step(7, due=8)]
    [found] = on_time(rows, period=SEPTEMBER)
    assert found == OnTime("a", count=3, on_time=2)
    assert found.rate == pytest.approx(2 / 3)


def test_a_step_is_stalled_from_the_day_after_its_due_date() -> None:
    rows = [step(7, due=14), step(7, due=16, case=2), step(7, 20, due=8, case=3), step(7, due=1, is_wait=True, case=4)]
    assert stalled(open_steps(rows), on=sep(14)) == []
    assert stalled(open_steps(rows), on=sep(17)) == [Stalled("a", "Registrator", cases=2, steps=2, longest=3)]


def test_a_step_without_a_due_date_stalls_after_thirty_days() -> None:
    rows = [step(1)]
    assert stalled(open_steps(rows), on=date(2026, 10, 1)) == []
    assert stalled(open_steps(rows), on=date(2026, 10, 2)) == [Stalled("a", "Registrator", 1, 1, 1)]


def test_what_has_stalled_the_longest_comes_first_and_each_performer_is_told_apart() -> None:
    rows = [step(7, due=14, performer="Ordförande"), step(7, due=9, case=2), step(7, due=10, part="x", case=2)]
    found = stalled(open_steps(rows), on=sep(19))
    assert [(row.performer, row.cases, row.steps, row.longest) for row in found] == [("Registrator", 1, 2, 10), ("Ordförande", 1, 1, 5)]


# Ways


def way(*nodes: str, case: int = 1) -> list[StepRow]:
    return [step(7, 8, case=case, node=node, number=node.split("_")[0]) for node in nodes]


def ended(*cases: int) -> list[CaseRow]:
    return [CaseRow(case, sep(1), sep(20)) for case in cases]


def test_the_most_common_way_comes_first() -> None:
    rows = [*way("1", "2"), *way("1", "3", case=2), *way("1", "3", case=3)]
    assert variants(rows, ended(1, 2, 3), period=SEPTEMBER) == [Variant(("1", "3"), 2), Variant(("1", "2"), 1)]


def test_tasks_with_one_number_and_parallel_bodies_make_no_way_of_their_own() -> None:
    rows = [*way("5_a", "6_a", "5_b", "6_b"), *way("5_b", "5_a", "6_b", "6_a", case=2)]
    assert variants(rows, ended(1, 2), period=SEPTEMBER) == [Variant(("5", "6"), 2)]


def test_each_round_stands_in_the_way() -> None:
    rows = way("17_write", "17_review", "17_write", "17_review", "18")
    assert variants(rows, ended(1), period=SEPTEMBER) == [Variant(("17", "17", "18"), 1)]


def test_cases_under_way_written_off_or_ended_in_another_period_have_no_way() -> None:
    cases = [CaseRow(1, sep(1)), CaseRow(2, sep(1), sep(2), written_off=True), CaseRow(3, sep(1), date(2026, 10, 1))]
    assert variants([*way("1"), *way("1", case=2), *way("1", case=3)], cases, period=SEPTEMBER) == []


# Flow


def test_every_month_says_what_came_what_went_and_what_is_left() -> None:
    cases = [
        CaseRow(1, date(2026, 10, 5), date(2026, 12, 1)),
        CaseRow(2, date(2026, 11, 30), date(2026, 11, 30)),
        CaseRow(3, date(2026, 12, 31)),
        CaseRow(4, date(2026, 1, 1), date(2026, 11, 2), written_off=True),
    ]
    assert throughput(*by_day(cases), first=date(2026, 10, 20), last=date(2027, 1, 1)) == [
        Month(date(2026, 10, 1), opened=1, ended=0, written_off=0, under_way=2),
        Month(date(2026, 11, 1), opened=1, ended=1, written_off=1, under_way=1),
        Month(date(2026, 12, 1), opened=1, ended=1, written_off=0, under_way=1),
        Month(date(2027, 1, 1), opened=0, ended=0, written_off=0, under_way=1),
    ]


def test_cases_stand_where_they_have_open_steps() -> None:
    rows = [step(7), step(7, part="x"), step(7, case=2), step(7, 8, case=3), step(7, node="b", case=2, is_wait=True)]
    assert standing(open_steps(rows)) == [Standing("a", cases=2, steps=3), Standing("b", cases=1, steps=1)]


def test_nothing_gives_nothing() -> None:
    days = WorkingDays.around([])
    assert (step_lead_times([], period=ALWAYS, days=days), phase_lead_times([], [], period=ALWAYS, days=days)) == ([], [])
    assert (waiting_and_working([], period=ALWAYS), rework([], period=ALWAYS), on_time([], period=ALWAYS)) == ([], [], [])
    assert (stalled([], on=sep(1)), variants([], [], period=ALWAYS), standing([])) == ([], [], [])
