"""Every engine gives what the reference gives, for organisations, facts and definitions that hypothesis invents."""

from collections.abc import Iterator

import pyarrow as pa
import pytest
from django.db import connection

from styrkedja.core.indicators.asks import ask
from styrkedja.core.indicators.compile import FACTS, row_cells
from styrkedja.core.indicators.decoding import CellFault, kept
from styrkedja.core.indicators.definition.kinds import Aggregate
from styrkedja.indicators.engine import DuckRunner, EngineFault
from styrkedja.indicators.warehouses import PostgresRunner
from tests.apps.indicators.agreement import KINDS, agree
from tests.apps.indicators.fact_tables import schema
from tests.core.indicators.definitions import definition, measure
from tests.core.indicators.sources import SOURCES, VISITS
from tests.core.indicators.test_reference import MARCH, STRUCTURE, rows, visit


@pytest.fixture
def postgres(db: None) -> Iterator[PostgresRunner]:
    """A session of its own in the database of the tests."""
    given = connection.get_connection_params()
    runner = PostgresRunner(**{name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)})
    yield runner
    runner.close()


@pytest.mark.parametrize("kinds", KINDS)
def test_the_embedded_engine_agrees_with_the_reference(kinds: tuple[Aggregate, ...]):
    agree(kinds, None)


@pytest.mark.parametrize("kinds", KINDS)
def test_the_texts_agree_with_the_reference_on_duckdb(kinds: tuple[Aggregate, ...]):
    agree(kinds, DuckRunner())


@pytest.mark.parametrize("kinds", KINDS)
def test_the_texts_agree_with_the_reference_on_postgresql(kinds: tuple[Aggregate, ...], postgres: PostgresRunner):
    agree(kinds, postgres)


@pytest.mark.django_db
def test_a_warehouse_says_which_tables_it_has(postgres: PostgresRunner):
    for runner in (DuckRunner(), postgres):
        runner.give("visits", pa.table({"n": pa.array([], pa.int64())}))
        assert (runner.has("visits"), runner.has("episodes"), runner.has('no "such" table')) == (True, False, False)


@pytest.mark.django_db
def test_a_sum_that_does_not_fit_is_told(postgres: PostgresRunner):
    cost = definition(measure(VISITS, Aggregate.SUM, "cost"))
    asked = ask(cost.cell_measures[0], cost, SOURCES)
    given = pa.Table.from_pylist(rows(VISITS, *[visit(MARCH.first_day, "vc1", cost=2**62)] * 2), schema=schema(VISITS))
    for runner, fault in ((DuckRunner(), CellFault), (postgres, EngineFault)):
        runner.give(FACTS, given)
        with pytest.raises(fault, match="en summa är för stor för att vara rätt"):
            kept(runner.ask(row_cells([asked], runner.dialect, cut=False, by_month=False)), asked, STRUCTURE, MARCH, ["total_0"])
