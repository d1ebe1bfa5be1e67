"""The reference evaluator against figures worked out by hand: it is what everything else is compared with."""

from datetime import date

import pytest

from styrkedja.core.indicators.definition.cells import Missing, OneOf, StartsWith, Within
from styrkedja.core.indicators.definition.kinds import Aggregate, ContinuityIndex, Form, Frequency, OverTime
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.core.indicators.readings import AsOn, AsWas
from styrkedja.core.indicators.reference import Facts, evaluate
from styrkedja.core.indicators.tree import TreeBody, TreePlacement
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period
from tests.core.indicators.definitions import definition, followed, index, measure, standard
from tests.core.indicators.organisations import built
from tests.core.indicators.sources import EPISODES, POPULATION, VISITS, WAITING

NATION, AREA, UNIT = OrganisationKind.NATION, OrganisationKind.AREA, OrganisationKind.UNIT
MOVE = date(2026, 3, 15)
BODIES = [TreeBody("nation", NATION), TreeBody("norr", AREA), TreeBody("syd", AREA), TreeBody("vc1", UNIT), TreeBody("vc2", UNIT)]
# vc1 moves from norr to syd in the middle of March.
STRUCTURE = built(
    (
        BODIES,
        [
            TreePlacement("norr", "nation"),
            TreePlacement("syd", "nation"),
            TreePlacement("vc2", "syd"),
            TreePlacement("vc1", "norr", Period(None, MOVE)),
            TreePlacement("vc1", "syd", Period(MOVE, None)),
        ],
    )
)
WAS = AsWas(STRUCTURE)
MARCH = Month.parse("2026-03")


def rows(source, *given):
    """Rows of which only what matters is said."""
    empty = dict.fromkeys((column.name for column in source.stored), None)
    return [empty | row for row in given]


def facts(source, *given, months="2026-01 2026-02 2026-03 2026-04"):
    return {source.id: Facts(source, rows(source, *given), frozenset(map(Month.parse, months.split())))}


def told(found, *dimensions, end=MARCH):
    """Value by body, in the period that ends so."""
    return {key.body: outcome.value for key, outcome in found.items() if key.dimensions == dimensions and key.span.last == end}


def visit(day, unit, **more):
    return {"visited_on": day, "unit": unit, **more}


def test_a_count_follows_each_row_where_its_unit_stood_that_day():
    data = facts(VISITS, visit(date(2026, 3, 14), "vc1"), visit(MOVE, "vc1"), visit(MOVE, "vc2"))
    found = evaluate(definition(measure(VISITS)), data, WAS, [MARCH])
    assert told(found) == {"nation": 3, "norr": 1, "syd": 2, "vc1": 2, "vc2": 1}


def test_the_same_count_as_the_organisation_is_on_a_day():
    data = facts(VISITS, visit(date(2026, 3, 14), "vc1"), visit(MOVE, "vc1"), visit(MOVE, "vc2"))
    before = evaluate(definition(measure(VISITS)), data, AsOn(STRUCTURE, date(2026, 1, 1)), [MARCH])
    after = evaluate(definition(measure(VISITS)), data, AsOn(STRUCTURE, date(2026, 12, 31)), [MARCH])
    assert told(before) == {"nation": 3, "norr": 2, "syd": 1, "vc1": 2, "vc2": 1}
    assert told(after) == {"nation": 3, "syd": 3, "vc1": 2, "vc2": 1}


def test_conditions_take_no_value_for_no():
    data = facts(
        VISITS,
        visit(MOVE, "vc2", contact="home", age=70, planned=True, cost=100),
        visit(MOVE, "vc2", contact="home", age=64),
        visit(MOVE, "vc2", contact="home"),
        visit(MOVE, "vc2"),
    )

    def count(*where, exclude=()):
        return told(evaluate(definition(measure(VISITS, where=where, exclude=exclude)), data, WAS, [MARCH]))["vc2"]

    assert count(OneOf("contact", ("home", "phone"))) == 3
    assert count(Within("age", 65, None)) == count(OneOf("age_group", ("65–",))) == 1
    assert count(Within("age", 64, 70)) == 1
    assert count(StartsWith("contact", ("ho", "x"))) == 3
    assert count(Missing("contact", True)) == count(Missing("planned", False)) == 1
    assert count(exclude=((OneOf("contact", ("home",)), Within("age", 65, None)),)) == 3
    assert count(exclude=((OneOf("contact", ("home",)),), (Missing("cost", True),))) == 0


def test_a_sum_counts_the_rows_that_have_a_value_and_a_mean_divides_by_them():
    data = facts(VISITS, visit(MOVE, "vc2", cost=100), visit(MOVE, "vc2", cost=301), visit(MOVE, "vc2"))
    cost = measure(VISITS, Aggregate.SUM, "cost")
    assert told(evaluate(definition(cost, factor="1/100"), data, WAS, [MARCH]))["vc2"] == 4.01
    assert told(evaluate(definition(cost, form=Form.MEAN), data, WAS, [MARCH]))["vc2"] == 200.5


def test_parts_and_wholes_of_dimensions():
    data = facts(VISITS, visit(MOVE, "vc2", sex="K", age=3), visit(MOVE, "vc2", sex="M", age=3), visit(MOVE, "vc2", sex="K"))
    found = evaluate(definition(measure(VISITS), dimensions=("sex", "age_group")), data, WAS, [MARCH])
    values = {key.dimensions: outcome.value for key, outcome in found.items() if key.body == "vc2"}
    assert values == {
        ("", ""): 3, ("K", ""): 2, ("M", ""): 1, ("", "0–17"): 2, ("", "?"): 1, ("K", "0–17"): 1, ("M", "0–17"): 1, ("K", "?"): 1,
    }  # fmt: skip


def test_whoever_is_met_at_two_units_is_one_above_them_by_the_last_tree_of_the_period():
    data = facts(
        VISITS,
        visit(date(2026, 3, 1), "vc1", patient="a"),
        visit(date(2026, 3, 20), "vc2", patient="a"),
        visit(date(2026, 3, 21), "vc2", patient="b"),
        visit(date(2026, 3, 22), "vc2"),
    )
    found = evaluate(definition(measure(VISITS, Aggregate.DISTINCT, "patient")), data, WAS, [MARCH])
    assert told(found) == {"nation": 2, "syd": 2, "vc1": 1, "vc2": 2}


def test_distinct_over_a_quarter_is_not_the_sum_of_its_months():
    data = facts(VISITS, *(visit(date(2026, month, 3), "vc2", patient="a") for month in (1, 2, 3)))
    persons = definition(measure(VISITS, Aggregate.DISTINCT, "patient"), frequency=Frequency.QUARTER, months=3)
    assert told(evaluate(persons, data, WAS, [MARCH]))["vc2"] == 1


def episode(admitted, discharged, patient="a", **more):
    return {"admitted_on": admitted, "discharged_on": discharged, "unit": "vc2", "patient": patient, **more}


@pytest.mark.parametrize(("days", "flagged"), [(0, 1), (30, 1), (31, 0)])
def test_a_readmission_counts_from_the_day_of_discharge_to_the_last_day_of_the_limit(days, flagged):
    discharged = date(2026, 3, 1)
    again = date.fromordinal(discharged.toordinal() + days)
    data = facts(EPISODES, episode(date(2026, 2, 20), discharged), episode(again, date(2026, 4, 30), patient="a"))
    found = evaluate(definition(measure(EPISODES, Aggregate.EVENT_FLAG, event=followed())), data, WAS, [MARCH])
    assert told(found)["vc2"] == flagged


def test_an_episode_of_one_day_is_not_its_own_readmission():
    day = date(2026, 3, 2)
    flag = definition(measure(EPISODES, Aggregate.EVENT_FLAG, event=followed()))
    assert told(evaluate(flag, facts(EPISODES, episode(day, day)), WAS, [MARCH]))["vc2"] == 0
    assert told(evaluate(flag, facts(EPISODES, episode(day, day), episode(day, day)), WAS, [MARCH]))["vc2"] == 2
    assert told(evaluate(flag, facts(EPISODES, episode(day, day), episode(day, day, patient="b")), WAS, [MARCH]))["vc2"] == 0


def test_only_the_events_that_are_asked_for_follow():
    data = facts(EPISODES, episode(date(2026, 3, 1), date(2026, 3, 2)), episode(date(2026, 3, 9), date(2026, 3, 10), urgent=False))
    urgent = measure(EPISODES, Aggregate.EVENT_FLAG, event=followed(OneOf("urgent", (True,))))
    assert told(evaluate(definition(urgent), data, WAS, [MARCH]))["vc2"] == 0


def test_the_last_month_has_no_readmissions_until_the_next_is_loaded():
    data = facts(EPISODES, episode(date(2026, 3, 1), date(2026, 3, 2)), months="2026-02 2026-03")
    flag = definition(measure(EPISODES, Aggregate.EVENT_FLAG, event=followed()))
    assert evaluate(flag, data, WAS, [MARCH]) == {}
    assert evaluate(flag, data, WAS, [MARCH - 1]) == {}


def met(day, *caregivers, patient="a", unit="vc2", listed="vc2"):
    return [visit(day, unit, patient=patient, caregiver=caregiver, listed=listed) for caregiver in caregivers]


def test_continuity_of_four_visits_to_two_caregivers():
    """3 and 1 of 4: COC = (9 + 1 - 4) / (4 · 3) = 0.5, UPC = 3/4."""
    data = facts(VISITS, *met(date(2026, 2, 3), "x", "x"), *met(date(2026, 3, 3), "x", "y"))

    def of(kind):
        asked = measure(VISITS, Aggregate.ENTITY_INDEX, attributed_to="listed", index=index(kind))
        return told(evaluate(definition(asked, form=Form.INDEX), data, WAS, [MARCH]))["vc2"]

    assert (of(ContinuityIndex.COC), of(ContinuityIndex.UPC)) == (0.5, 0.75)


def test_continuity_is_the_mean_of_the_persons_who_have_visits_enough():
    data = facts(
        VISITS, *met(date(2026, 3, 3), "x", "x"), *met(date(2026, 3, 3), "x", "y", patient="b"), *met(date(2026, 3, 3), "x", patient="c")
    )
    asked = measure(VISITS, Aggregate.ENTITY_INDEX, attributed_to="listed", index=index())
    (outcome,) = (outcome for key, outcome in evaluate(definition(asked, form=Form.INDEX), data, WAS, [MARCH]).items() if key.body == "vc2")
    assert (outcome.value, outcome.numerator.count, outcome.numerator.total) == (0.5, 2, 1)


def test_a_person_belongs_where_the_last_visit_says_and_own_unit_only_counts_the_visits_there():
    data = facts(VISITS, *met(date(2026, 2, 3), "x", "x", listed="vc1", unit="vc1"), *met(date(2026, 3, 3), "y", "y"))
    asked = measure(VISITS, Aggregate.ENTITY_INDEX, attributed_to="listed", index=index(own_unit_only=True))
    assert told(evaluate(definition(asked, form=Form.INDEX), data, WAS, [MARCH])) == {"nation": 1, "syd": 1, "vc2": 1}


def test_continuity_has_no_value_until_every_month_of_the_window_is_loaded():
    data = facts(VISITS, *met(date(2026, 3, 3), "x", "x"), months="2026-02 2026-03")
    asked = measure(VISITS, Aggregate.ENTITY_INDEX, attributed_to="listed", index=index(months=3))
    assert evaluate(definition(asked, form=Form.INDEX), data, WAS, [MARCH]) == {}


def population(day, unit, persons, **more):
    return {"counted_on": day, "unit": unit, "persons": persons, **more}


def test_a_population_holds_until_it_is_too_old_and_is_never_summed_over_months():
    data = facts(POPULATION, population(date(2026, 1, 1), "vc2", 100), months="2026-01")
    persons = measure(POPULATION, Aggregate.SUM, "persons")
    months = [Month.parse(f"2026-{month:02d}") for month in (1, 2, 3, 4)]
    found = evaluate(definition(persons), data, WAS, months)
    assert [told(found, end=month).get("vc2") for month in months] == [100, 100, 100, None]
    quarter = definition(measure(POPULATION, Aggregate.SUM, "persons", over_time=OverTime.MEAN), months=3)
    assert told(evaluate(quarter, data, WAS, [MARCH]))["vc2"] == 100


def test_a_state_stands_by_the_last_day_of_the_month():
    data = facts(WAITING, {"taken_on": date(2026, 3, 1), "unit": "vc1", "patient": "a"})
    assert told(evaluate(definition(measure(WAITING)), data, WAS, [MARCH])) == {"nation": 1, "syd": 1, "vc1": 1}


def both(visits, people):
    return visits | people


def test_a_rate_of_a_year_from_three_months():
    data = both(
        facts(VISITS, *(visit(date(2026, month, 3), "vc2") for month in (1, 2, 3))),
        facts(POPULATION, population(date(2026, 1, 1), "vc2", 200), months="2026-01"),
    )
    rate = definition(
        measure(VISITS), measure(POPULATION, Aggregate.SUM, "persons"), form=Form.RATE, factor=1000, annualised=True, months=3
    )
    assert told(evaluate(rate, data, WAS, [MARCH]))["vc2"] == 60


def test_without_anybody_to_divide_by_there_is_no_value_and_never_zero():
    data = both(facts(VISITS, visit(MOVE, "vc2")), facts(POPULATION, population(date(2026, 3, 1), "vc1", 0)))
    rate = definition(measure(VISITS), measure(POPULATION, Aggregate.SUM, "persons"), form=Form.RATE)
    found = evaluate(rate, data, WAS, [MARCH])
    assert set(told(found).values()) == {None}
    assert {"vc1", "vc2", "nation"} <= told(found).keys()
    assert {outcome.status for outcome in found.values()} == {ValueStatus.NO_DENOMINATOR}


def test_fewer_than_the_minimum_is_not_told():
    data = facts(VISITS, visit(MOVE, "vc2", planned=True), visit(MOVE, "vc2"), visit(MOVE, "vc1"))
    share = definition(measure(VISITS, where=(OneOf("planned", (True,)),)), measure(VISITS), form=Form.PERCENTAGE, factor=100, minimum_n=2)
    found = {key.body: outcome for key, outcome in evaluate(share, data, WAS, [MARCH]).items()}
    assert (found["vc2"].value, found["vc2"].status) == (50, ValueStatus.VALUE)
    assert (found["vc1"].value, found["vc1"].status) == (None, ValueStatus.TOO_FEW)


def test_what_is_undivided_is_the_whole_for_each_part():
    data = both(
        facts(VISITS, visit(MOVE, "vc2", sex="K"), visit(MOVE, "vc2", sex="M"), visit(MOVE, "vc2", sex="M")),
        facts(POPULATION, population(date(2026, 3, 1), "vc2", 10, sex="K")),
    )
    rate = definition(
        measure(VISITS), measure(POPULATION, Aggregate.SUM, "persons", undivided=("sex",)), dimensions=("sex",), form=Form.RATE
    )
    found = evaluate(rate, data, WAS, [MARCH])
    assert [told(found, part)["vc2"] for part in ("", "K", "M")] == [0.3, 0.1, 0.2]


def test_age_standardisation_weighs_the_rates_of_the_groups():
    """Rates 1/10 and 3/10 with the weights 3 and 1: (3 · 0.1 + 1 · 0.3) / 4 = 0.15."""
    data = both(
        facts(VISITS, visit(MOVE, "vc2", age=5), *(visit(MOVE, "vc2", age=40) for _ in range(3))),
        facts(POPULATION, population(date(2026, 3, 1), "vc2", 10, age=5), population(date(2026, 3, 1), "vc2", 10, age=40)),
    )
    rate = definition(
        measure(VISITS),
        measure(POPULATION, Aggregate.SUM, "persons"),
        form=Form.AGE_STANDARDISED,
        standard=standard(**{"0–17": 3, "18–64": 1, "65–": 0}),
    )
    assert told(evaluate(rate, data, WAS, [MARCH]))["vc2"] == pytest.approx(0.15, rel=1e-15)
    nobody = definition(
        measure(VISITS),
        measure(POPULATION, Aggregate.SUM, "persons"),
        form=Form.AGE_STANDARDISED,
        standard=standard(**{"0–17": 3, "18–64": 1, "65–": 1}),
    )
    assert told(evaluate(nobody, data, WAS, [MARCH]))["vc2"] is None


def test_a_deviation_is_the_share_by_which_it_differs():
    data = facts(VISITS, *(visit(MOVE, "vc2", planned=planned, cost=cost) for planned, cost in ((True, 90), (False, 100))))
    planned, other = (measure(VISITS, Aggregate.SUM, "cost", where=(OneOf("planned", (value,)),)) for value in (True, False))
    deviation = definition(planned, other, form=Form.DEVIATION, factor=100)
    assert told(evaluate(deviation, data, WAS, [MARCH]))["vc2"] == -10


def test_a_period_with_a_month_that_is_not_loaded_has_no_values():
    data = facts(VISITS, visit(MOVE, "vc2"), months="2026-01 2026-03")
    quarter = definition(measure(VISITS), frequency=Frequency.QUARTER, months=3)
    assert evaluate(quarter, data, WAS, [MARCH]) == {}
    assert told(evaluate(definition(measure(VISITS)), data, WAS, [MARCH]))["vc2"] == 1


def test_a_value_says_its_months():
    data = facts(VISITS, visit(MOVE, "vc2"), months="2026-01 2026-02 2026-03")
    (key, *_others) = evaluate(definition(measure(VISITS), months=3), data, WAS, [MARCH])
    assert key.span == Span(MARCH - 2, MARCH)
