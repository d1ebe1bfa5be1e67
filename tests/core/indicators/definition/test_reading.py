"""What a file says becomes values, with the defaults that its form and its source give."""

from datetime import date
from fractions import Fraction

from styrkedja.core.indicators.definition.cells import EntityIndex, FollowingEvent, Missing, OneOf, StartsWith, Within
from styrkedja.core.indicators.definition.definition import ReadySource, Target
from tests.core.indicators.definition.files import (
    COUNT,
    FLAG,
    INDEX,
    INDICATOR,
    PEOPLE,
    RATE,
    RATIO,
    REGION_ONLY,
    STANDARD,
    VISITS_COUNTED,
    changed,
    library,
    line_of,
    with_value,
)


def read(text):
    found = library(text)
    assert found.faults == ()
    return found.definitions["hembesok"]


def test_indicator_is_read_as_values():
    found = read(INDICATOR)
    assert (found.kind, found.direction, found.months, found.minimum_n) == ("INDICATOR", "up", 1, 5)
    assert found.levels == ("NATION", "REGION", "UNIT")
    assert found.reviewed_on == date(2026, 9, 1)
    assert found.numerator.where == (OneOf("contact", ("home_visit",)), Within("age", 65, None))
    assert (found.numerator.attributed_to, found.numerator.over_time, found.numerator.aggregate) == ("unit", "sum", "count")
    assert found.targets == (Target(20.0, date(2027, 12, 31), "Regionplan 2027", 12.5, date(2025, 12, 31)),)
    assert found.ready == (ReadySource("kolada", "N79173", "", "Hembesök, %", ""),)
    assert found.ready[0].key == "kolada:N79173"
    assert found.split_by == ("sex",)


def test_conditions_of_every_kind_are_read():
    where = 'planned = true, diagnosis = { starts_with = ["W0", "W1"] }, waited = { missing = true }, age = { until = 18 }, visited_on = { from = 2026-01-01 }'
    found = read(
        with_value(COUNT + f'aggregate = "count"\nwhere = {{ {where} }}\nexclude = [{{ sex = ["K", "M"] }}, {{ contact = "phone" }}]\n')
    )
    assert found.numerator.where == (
        OneOf("planned", (True,)),
        StartsWith("diagnosis", ("W0", "W1")),
        Missing("waited", True),
        Within("age", None, 18),
        Within("visited_on", "2026-01-01", None),
    )
    assert found.numerator.exclude == ((OneOf("sex", ("K", "M")),), (OneOf("contact", ("phone",)),))


def test_percentage_counts_in_hundreds_and_money_in_exact_hundredths():
    assert read(INDICATOR).value.factor == 100
    assert read(with_value(RATIO + VISITS_COUNTED)).value.factor == Fraction(1, 100)
    assert read(with_value(COUNT + 'aggregate = "count"\n')).value.factor == 1


def test_distinct_counts_the_entity_unless_another_key_is_named():
    assert read(with_value(COUNT + 'aggregate = "distinct"\n')).numerator.column == "patient"
    assert read(with_value(COUNT + 'aggregate = "distinct"\ncolumn = "caregiver"\n')).numerator.column == "caregiver"


def test_index_and_following_event_are_read():
    index = read(with_value(INDEX)).numerator
    assert index.index == EntityIndex("coc", "caregiver", 18, 3, False)
    assert (index.attributed_to, index.over_time, index.event) == ("listed_unit", "last", None)
    flag = read(with_value(FLAG + "event = { planned = false }\nevent_exclude = [{ age = 0 }]\n")).numerator
    assert flag.event == FollowingEvent((OneOf("planned", (False,)),), ((OneOf("age", (0,)),),), "visited_on", "referred_on", 30)
    assert OneOf("age", (0,)) in flag.conditions


def test_a_snapshot_holds_its_last_value_unless_the_mean_is_asked_for():
    assert read(with_value(RATE + PEOPLE, indicator=REGION_ONLY)).denominator.over_time == "last"
    assert read(with_value(RATE + PEOPLE + 'over_time = "mean"\n', indicator=REGION_ONLY)).denominator.over_time == "mean"


def test_standard_groups_are_split_by_too():
    found = read(with_value(STANDARD))
    assert found.split_by == ("sex", "age_group")
    assert found.standard.weights == {"0–17": 20, "18–64": 60, "65–": 20}


def test_indicator_with_ready_values_alone_is_not_computed():
    text = INDICATOR[: INDICATOR.index("[numerator]")] + INDICATOR[INDICATOR.index("[[ready]]") :]
    found = read(text)
    assert (found.is_computed, found.cell_measures, found.value.form) == (False, (), "percentage")


def test_review_and_target_that_have_passed_are_warned_of_and_hinder_nothing():
    text = changed(INDICATOR, 'coverage = "Alla utförare."\n', "")
    found = library(text, on=date(2028, 1, 1))
    assert found.faults == ()
    assert found.definitions
    assert [(warning.line, warning.message.split(".")[0]) for warning in found.warnings] == [
        (1, "”coverage” saknas"),
        (line_of(text, "next_review"), "Definitionen skulle ha granskats senast 2027-09-01"),
        (line_of(text, "by = "), "Målet skulle vara nått 2027-12-31"),
    ]
