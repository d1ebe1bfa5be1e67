"""Units in a tree, divided or not: what is withheld of their figures cannot be had of those that are shown, now or after a refresh."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrkedja.core.indicators.definition.kinds import Aggregate, Form
from styrkedja.core.indicators.disclosure.audit import audit
from styrkedja.core.indicators.disclosure.cubes import Cube
from styrkedja.core.indicators.disclosure.dimensions import Dimension
from styrkedja.core.indicators.disclosure.figures.deciding import decide, quantities
from styrkedja.core.indicators.disclosure.figures.filling import worked_out
from styrkedja.core.indicators.disclosure.figures.forests import Forest, forests
from styrkedja.core.indicators.disclosure.tables import Quantity, Table
from styrkedja.core.indicators.evaluation import Outcomes, Side, Told
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.tree import Structure, TreeBody, TreePlacement
from styrkedja.core.indicators.tree_building import build
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period
from tests.core.indicators.definitions import definition, measure
from tests.core.indicators.disclosure.tables_of_figures import THRESHOLD, Edition, World, changed, computable, publish, worlds
from tests.core.indicators.sources import VISITS

invented = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def world(parent: tuple[int, ...], counts: dict[int, list[list[int]]]) -> World:
    shape = np.array(next(iter(counts.values()))).shape
    own = np.zeros((len(parent), *shape), dtype=np.int64)
    for unit, count in counts.items():
        own[unit] = count
    return World(parent, own)


def test_a_small_unit_takes_its_smallest_neighbours_with_it():
    found = publish(world((-1, 0, 0, 0, 0), {1: [[2, 1]], 2: [[20, 20]], 3: [[10, 9]], 4: [[12, 12]]}))
    assert found.withheld == (frozenset({1, 3, 4}), frozenset({1, 3, 4}), frozenset({1, 3, 4}))
    assert found.recoverable == 0
    assert [computable([found], own=unit) for unit in (2, 3, 4)] == [[], [], []], "nor by who has a right to one of them"


def test_of_two_units_the_whole_stays_and_the_one_may_tell_the_other():
    found = publish(world((-1, 0, 0), {1: [[2, 1]], 2: [[20, 20]]}))
    assert found.withheld[0] == {1, 2}
    assert computable([found]) == []
    assert computable([found], own=2) != []


def test_where_a_part_is_small_the_division_goes_and_the_whole_stays():
    counts = {1: [[3], [30]], 2: [[20], [25]], 3: [[40], [41]], 4: [[30], [30]]}
    assert publish(world((-1, 0, 0, 0, 0), counts)).withheld == (frozenset(), frozenset({1, 2, 4}), frozenset())


def test_a_neighbour_without_the_same_parts_does_not_help():
    counts = {1: [[3], [30]], 2: [[0], [25]], 3: [[40], [41]], 4: [[50], [50]]}
    assert publish(world((-1, 0, 0, 0, 0), counts)).withheld[1] == {1, 3, 4}


def test_those_that_have_no_part_in_common_take_the_division_of_the_whole_and_not_the_whole():
    """A private unit and one of the region's own: divided by provider, the whole would tell of each."""
    found = publish(world((-1, 0, 0, 1, 2), {3: [[4], [0]], 4: [[0], [60]]}))
    assert found.withheld[:2] == (frozenset({1, 2, 3, 4}), frozenset({0, 1, 2, 3, 4}))
    assert computable([found]) == []


def test_an_only_unit_takes_those_over_it_with_it():
    found = publish(world((-1, 0, 1, 0, 3), {2: [[4, 0]], 4: [[30, 9]]}))
    assert found.withheld[0] == {1, 2, 3, 4}


def test_what_stays_with_the_sum_itself_hides_a_small_part_of_it():
    found = publish(world((-1, 0, 0), {0: [[6, 7]], 1: [[2, 2]], 2: [[30, 30]]}))
    assert found.withheld[0] == {1}


def test_without_anything_small_all_is_shown():
    found = publish(world((-1, 0, 0), {1: [[6], [7]], 2: [[8], [9]]}))
    assert found == Edition(found.world, (frozenset(), frozenset(), frozenset()), 0)


@invented
@given(worlds())
def test_no_small_figure_can_be_computed(invented_world: World):
    found = publish(invented_world)
    for way, counts in enumerate(invented_world.ways):
        small = ((counts > 0) & (counts < THRESHOLD)).any(axis=0)
        assert frozenset(np.flatnonzero(small).tolist()) <= found.withheld[way]
    assert not computable([found]) or found.recoverable


@invented
@given(st.data())
def test_nor_of_two_editions_together(data: st.DataObject):
    first = publish(data.draw(worlds(least=1)))
    assert publish(first.world, first).withheld == first.withheld, "nothing has changed"
    second = publish(data.draw(changed(first.world)), first)
    assert all(before <= after for before, after in zip(first.withheld, second.withheld, strict=True)), "what was withheld stays so"
    assert not computable([first, second]) or first.recoverable or second.recoverable


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_the_audit_of_tables_agrees_that_counts_are_never_negative(invented_world: World):
    """The audit of `styrkedja disclose`, which knows of bounds too, over the tree and both dimensions with everything that they give together."""
    found = publish(invented_world)
    table, withheld = as_table(found)
    small = [cell for cell in audit(table, withheld).recoverable if table.quantities[0].values[cell] < THRESHOLD]
    assert not small or found.recoverable


def as_table(found: Edition) -> tuple[Table, np.ndarray]:
    """What is divided by both dimensions, and what is left of sums, is never shown."""
    parent = found.world.parent
    sums = [unit for unit in range(len(parent)) if unit in parent]
    parts = [[child for child, above in enumerate(parent) if above == unit] for unit in range(len(parent))]
    for place, unit in enumerate(sums):
        parts[unit].append(len(parent) + place)
    units = Dimension(tuple(range(len(parent) + len(sums))), (*map(tuple, parts), *[()] * len(sums)))
    ways = [Dimension((None, *range(size)), (tuple(range(1, size + 1)), *[()] * size)) for size in found.world.own.shape[1:]]
    cube = Cube((units, *ways))
    rests = [len(parent) + sums.index(unit) if unit in sums else unit for unit in range(len(parent))]
    leaves = np.zeros(cube.leaf_shape, dtype=np.int64)
    leaves[[units.leaves.index(rests[unit]) for unit in range(len(parent))]] = found.world.own
    values = cube.filled(leaves)
    withheld, minded = values > 0, np.zeros(cube.size, dtype=np.bool_)
    for cell in range(cube.size):
        unit, one, other = cube.key(cell)
        if unit < len(parent) and (one is None or other is None):
            way = 0 if one is None and other is None else 1 if other is None else 2
            withheld[cell] &= unit in found.withheld[way]
            minded[cell] = withheld[cell]
    quantity = Quantity(values, np.zeros_like(values), values > 0)
    return Table(cube, (quantity,), minded, values == 0, ~withheld & (values > 0), values), withheld


def test_the_audit_fills_in_a_sum_with_one_unknown():
    forest = Forest((0, 1, 2), (-1, 0, 0), frozenset({0, 1, 2}))
    amounts = np.array([[[9.0], [4.0], [5.0]]])
    assert worked_out(forest, amounts, np.array([[[True], [False], [True]]]), adds_up=True).all()
    assert not worked_out(forest, amounts, np.array([[[True], [False], [False]]]), adds_up=True)[0, 1:].any()


def test_the_audit_knows_that_nothing_is_left():
    forest = Forest((0, 1, 2, 3), (-1, 0, 0, 0), frozenset(range(4)))
    amounts, known = np.array([[[9.0], [9.0], [0.0], [0.0]]]), np.array([[[True], [True], [False], [False]]])
    assert worked_out(forest, amounts, known, adds_up=True).all()
    assert not worked_out(forest, amounts, known, adds_up=False)[0, 2:].any()


def organisation(*moves: TreePlacement) -> Structure:
    kinds = {"r": OrganisationKind.REGION, "a": OrganisationKind.AREA, "b": OrganisationKind.AREA}
    bodies = [TreeBody(key, kinds.get(key, OrganisationKind.UNIT)) for key in ("r", "a", "b", "x", "y", "z")]
    placements = [TreePlacement("a", "r"), TreePlacement("b", "r"), TreePlacement("x", "a"), TreePlacement("z", "b"), *moves]
    built = build(bodies, placements)
    assert isinstance(built, Structure)
    return built


@pytest.mark.parametrize(
    ("moved_on", "expected"),
    [
        (date(2026, 3, 1), [((-1, 0, 0, 1, 1, 2), set()), ((-1, 0, 0, 1, 2, 2), set())]),
        (date(2026, 2, 10), [((-1, 0, 0, 1, 1, 2), set()), ((-1, 0, 1, 1, 1), {1, 2}), ((-1, 0, 0, 1, 2, 2), set())]),
    ],
    ids=["between-months", "inside-a-month"],
)
def test_those_between_whom_somebody_moved_inside_a_period_are_taken_together(moved_on: date, expected: object):
    """y moves from a to b."""
    tree = organisation(TreePlacement("y", "a", Period(None, moved_on)), TreePlacement("y", "b", Period(moved_on, None)))
    spans = [Span.ending(Month.parse(month), 1) for month in ("2026-01", "2026-02", "2026-03")]
    found = forests(tree, ["r", "a", "b", "x", "y", "z"], spans)
    assert [(forest.parent, set(forest.merged)) for forest, _spans in found] == expected
    assert sorted(span for _forest, own in found for span in own) == [0, 1, 2]


SIDE = Side({}, {}, None, 1, (), np.zeros((1, 1), dtype=np.int64))


@pytest.mark.parametrize(
    ("form", "sides", "persons", "tested"),
    [
        (Form.COUNT, 1, ("visits",), [3]),
        (Form.PERCENTAGE, 2, (), [300, 8700]),
        (Form.RATE, 2, (), [9000, 300]),
        (Form.RATIO, 2, (), [9000]),
        (Form.RATIO, 2, ("visits",), [9000, 3, 4]),
        (Form.RATIO, 2, ("waiting",), [9000]),
    ],
)
def test_what_is_counted_is_tested_and_how_many_a_sum_is_over(form: Form, sides: int, persons: tuple[str, ...], tested: list[int]):
    """300 kr over 9 000 doses, of three rows and of four."""
    own = definition(measure(VISITS, Aggregate.SUM, "cost"), measure(VISITS) if sides == 2 else None, form=form)
    told = Told(*(np.array([[amount]]) for amount in (True, 3, 300, 4, 9000, 0.0, 0)))
    outcomes = Outcomes((), (), (), (), (SIDE,) * sides)
    assert quantities(own, told, outcomes, persons).reshape(-1).tolist() == tested


def test_where_nobody_has_any_figure_nothing_is_decided():
    nobody = Told(*(np.zeros((0, 1)) for _ in range(7)))
    outcomes = Outcomes(((),), (), (Span.ending(Month.parse("2026-01"), 1),), (nobody,), (SIDE,))
    found = decide(definition(measure(VISITS)), organisation(), outcomes, threshold=5)
    assert (list(found.in_order()), found.codes) == ([], {})


def test_more_parts_than_a_machine_word_has_bits():
    own = np.zeros((4, 70, 1), dtype=np.int64)
    own[1:] = 9
    own[1, 69] = 2
    assert publish(World((-1, 0, 0, 0), own)).withheld[1] == {1, 2, 3}
