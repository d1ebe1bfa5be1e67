"""Spark gives what the reference gives, as DuckDB and PostgreSQL do, and what is particular to it changes no figure."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from styrkedja.core.indicators.asks import ask
from styrkedja.core.indicators.compile import FACTS, loaded_months, row_cells
from styrkedja.core.indicators.definition.cells import OneOf
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Aggregate, ContinuityIndex, Form
from styrkedja.core.indicators.months import Span
from styrkedja.core.indicators.readings import AsWas
from styrkedja.indicators.engine import DuckRunner, EngineFault
from styrkedja.indicators.passes import Runner
from styrkedja.indicators.spark import SparkRunner, _what_matters, connect_spark, local_session
from tests.apps.indicators.agreement import KINDS, InWarehouse, agree, assert_as_the_reference
from tests.apps.indicators.fact_tables import schema
from tests.core.indicators.definitions import definition, index, measure
from tests.core.indicators.sources import SOURCES, VISITS
from tests.core.indicators.test_reference import MARCH, STRUCTURE, facts, met, rows, visit
from tests.core.indicators.worlds import World

FIRST = date(2026, 3, 1)
COST = measure(VISITS, Aggregate.SUM, "cost")


def give(runner: Runner, *given: dict[str, Any]) -> None:
    """The rows as the facts that a text is about."""
    runner.give(FACTS, pa.Table.from_pylist(rows(VISITS, *given), schema=schema(VISITS)))


def cells(runner: Runner, *definitions: Definition) -> pa.Table:
    asks = [ask(one, own, SOURCES) for own in definitions for one in own.cell_measures]
    return runner.ask(row_cells(asks, runner.dialect, cut=False, by_month=True))


def agrees(runner: Runner, definitions: Sequence[Definition], *given: dict[str, Any], root: Path) -> None:
    found = {source.id: facts(source)[source.id] for source in SOURCES.values()} | facts(VISITS, *given)
    world = World(STRUCTURE, found, tuple(definitions), AsWas(STRUCTURE))
    assert_as_the_reference(world, InWarehouse(world, runner), root)


@pytest.mark.parametrize("kinds", KINDS)
def test_the_texts_agree_with_the_reference_on_spark(kinds: tuple[Aggregate, ...], here: SparkRunner):
    agree(kinds, here)


def test_the_texts_agree_with_the_reference_through_spark_connect(remote: SparkRunner):
    agree(tuple(Aggregate), remote)


def test_the_zone_of_a_server_moves_no_day(server: str):
    """The first of a month comes as a moment, which in a zone to the east is the evening before."""
    session = local_session({"spark.sql.session.timeZone": "Europe/Stockholm"})
    assert session.conf.get("spark.sql.session.timeZone") == "Europe/Stockholm"
    runner = SparkRunner(session)
    give(runner, visit(FIRST, "vc1"), visit(date(2026, 3, 31), "vc1"))
    months = runner.ask(loaded_months(VISITS, "pyspark"))["month"]
    assert months.cast(pa.date32()).to_pylist() == [FIRST]


def test_a_table_that_is_made_is_rows_and_not_a_text(spark: SparkRunner, tmp_path: Path):
    """Else each stage would be computed anew for everyone who reads it, and of what is there by then."""
    pq.write_table(pa.table({"n": [1]}), tmp_path / "one.parquet")
    spark.make("made", f"select n from parquet.`{tmp_path}/one.parquet`")
    (tmp_path / "one.parquet").unlink()
    assert spark.ask("select n from made").to_pylist() == [{"n": 1}]
    spark.make("made", "select n + 1 as n from made")
    assert spark.ask("select n from made").to_pylist() == [{"n": 2}]


def test_a_sum_that_does_not_fit_is_refused_and_not_another_number(spark: SparkRunner, capfd: pytest.CaptureFixture[str]):
    give(spark, visit(FIRST, "vc1", cost=2**62), visit(FIRST, "vc1", cost=2**62))
    with pytest.raises(EngineFault, match="Spark kunde inte räkna: .*overflow"):
        cells(spark, definition(COST))
    assert capfd.readouterr() == ("", "")


def test_whole_numbers_come_as_such(spark: SparkRunner):
    give(spark, visit(FIRST, "vc1", cost=2**53 + 1), visit(FIRST, "vc1", cost=2))
    (row,) = cells(spark, definition(COST), definition(measure(VISITS))).to_pylist()
    assert {name: row[name] for name in ("unit", "rows", "count_0", "total_0", "count_1")} == {
        "unit": "vc1", "rows": 2, "count_0": 2, "total_0": 2**53 + 3, "count_1": 2,
    }  # fmt: skip
    assert all(isinstance(row[name], int) for name in ("count_0", "total_0"))


def test_a_month_without_rows_is_an_answer_without_rows(spark: SparkRunner):
    give(spark)
    assert cells(spark, definition(COST)).num_rows == 0


def test_codes_with_signs_of_their_own_are_codes(spark: SparkRunner):
    codes = ("o'x", "a\\b", 'q"q', "å%_")
    asked = definition(measure(VISITS, where=(OneOf("contact", codes),)))
    for runner in (DuckRunner(), spark):
        give(runner, *(visit(FIRST, "vc1", contact=code) for code in (*codes, "ab", "ox")))
        assert cells(runner, asked)["count_0"].to_pylist() == [len(codes)]


def test_a_single_visit_divides_by_nothing_and_two_on_a_day_belong_where_the_highest_number_says(spark: SparkRunner, tmp_path: Path):
    """Division by zero is a fault under ANSI, nothing comes first when sorted, and NaN would come through a sum."""
    asked = [
        definition(measure(VISITS, Aggregate.ENTITY_INDEX, attributed_to="listed", index=index(kind, own_unit_only=own)), form=Form.INDEX)
        for kind in ContinuityIndex
        for own in (False, True)
    ]
    day = date(2026, 3, 20)
    given = [
        *met(day, "x", patient="a"),
        *met(day, "x", "y", patient="b", listed=None),
        *met(day, "x", patient="b", listed="vc1", unit="vc1"),
        *met(day, "x", patient="b", listed="vc2"),
        *met(FIRST, "x", "x", "z", patient="c", listed=None),
    ]
    agrees(spark, asked, *given, root=tmp_path)


def test_what_is_no_table_is_told(spark: SparkRunner):
    assert not spark.has("visits")
    with pytest.raises(EngineFault, match="Spark kunde inte räkna: .*visits"):
        spark.show(FACTS, "visits", day="visited_on", span=Span(MARCH, MARCH))


def test_a_folder_without_files_is_no_table(server: str, tmp_path: Path):
    (tmp_path / "visits").mkdir()
    assert not connect_spark(f"spark://{tmp_path}").has("visits")
    assert not connect_spark(f"spark://{tmp_path}").has("episodes")


def test_what_hinders_a_start_is_told_without_what_java_says_of_itself():
    said = "WARNING: Using incubator modules\nUsing Spark's default\n26/11/22 10:00:00 WARN Utils: no\n\nInvalid heap\n\tat a.b.c\n"
    assert _what_matters(said) == "Invalid heap"
    assert _what_matters("WARNING: nothing else\n") == ""
