"""Whether an engine gives what the reference gives, for organisations, facts and definitions that hypothesis invents."""

import math
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

from styrkedja.core.indicators.definition.kinds import Aggregate
from styrkedja.core.indicators.months import Month, ends
from styrkedja.core.indicators.outcome import Outcome, Part
from styrkedja.core.indicators.reference import evaluate
from styrkedja.indicators.cellstore import CellStore
from styrkedja.indicators.engine import DuckRunner
from styrkedja.indicators.passes import Passes, Runner
from styrkedja.indicators.passes.embedded import EmbeddedPasses
from styrkedja.indicators.passes.warehouse import WarehousePasses
from styrkedja.indicators.workshop import Workshop
from tests.apps.indicators.fact_tables import schema, write_files
from tests.core.indicators.sources import SOURCES
from tests.core.indicators.worlds import WITHIN, World, worlds

KINDS = [
    pytest.param((Aggregate.COUNT, Aggregate.SUM), id="additive"),
    pytest.param((Aggregate.EVENT_FLAG, Aggregate.COUNT), id="event flags"),
    pytest.param((Aggregate.ENTITY_INDEX,), id="indices"),
    pytest.param((Aggregate.DISTINCT,), id="distinct"),
    pytest.param(tuple(Aggregate), id="all together"),
]


def computed(world: World, passes: Passes, root: Path):
    """By definition: what the workshop tells, and the ends that it tells it for."""
    shop = Workshop(SOURCES, world.reading, passes, CellStore(root))
    wanted = [shop.wanted(definition, WITHIN) for definition in world.definitions]
    wanted_some = [one for one in wanted if one.ends]
    shop.prepare(wanted_some)
    return [(one, dict(shop.outcomes(one).items()) if one.ends else {}) for one in wanted]


def same_part(one: Part | None, other: Part | None) -> bool:
    if one is None or other is None:
        return one is other
    if isinstance(one.total, float) or isinstance(other.total, float):
        return one.count == other.count and math.isclose(one.total or 0, other.total or 0, rel_tol=1e-12, abs_tol=1e-12)
    return (one.count, one.total, one.months) == (other.count, other.total, other.months)


def same(one: Outcome, other: Outcome) -> bool:
    """Integers identical, floats within 1e-12."""
    sides = same_part(one.numerator, other.numerator) and same_part(one.denominator, other.denominator)
    if one.value is None or other.value is None:
        return sides and one.value is other.value and one.status == other.status
    return sides and one.status == other.status and math.isclose(one.value, other.value, rel_tol=1e-12, abs_tol=1e-12)


def assert_as_the_reference(world: World, passes: Passes, root: Path) -> None:
    for wanted, found in computed(world, passes, root):
        expected = evaluate(wanted.definition, world.facts, world.reading, ends(wanted.definition.frequency, WITHIN))
        assert found.keys() == expected.keys(), wanted.definition
        different = [(key, found[key], expected[key]) for key in found if not same(found[key], expected[key])]
        assert not different, "\n".join(map(str, different[0]))


class InWarehouse(WarehousePasses):
    """Tables made of invented facts. As files do, and tables do not, they know of months in which nothing happened."""

    def __init__(self, world: World, runner: Runner) -> None:
        for own in world.facts.values():
            runner.give(own.source.id, pa.Table.from_pylist([dict(row) for row in own.rows], schema=schema(own.source)))
        self._world = world
        super().__init__(SOURCES, world.structure, runner)

    def loaded(self, source: str) -> frozenset[Month]:
        return self._world.facts[source].months


def agree(kinds: tuple[Aggregate, ...], runner: Runner | None) -> None:
    """For worlds that hypothesis invents: in the warehouse of `runner`, or from files."""

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(worlds(kinds=kinds))
    def check(world: World) -> None:
        with TemporaryDirectory() as folder:
            root = Path(folder)
            passes = InWarehouse(world, runner) if runner else EmbeddedPasses(write_files(root, world.facts), world.structure, DuckRunner())
            assert_as_the_reference(world, passes, root)

    check()
