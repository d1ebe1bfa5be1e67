"""`styrkedja indicators compute --engine spark…`, as an operator runs it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from math import isclose
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from click.testing import CliRunner, Result

from styrkedja.cli.main import styrkedja
from styrkedja.indicators.computing import Site
from styrkedja.indicators.demonstrating import load_figures, read_figures
from styrkedja.indicators.models import ComputedPeriod, Observation
from styrkedja.organisations.services import load_county, load_national
from tests.apps.indicators.library import library
from tests.apps.organisations import files
from tests.architecture.sources import ROOT
from tests.engines.conftest import QUICK

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
# One of each kind: rows with a population, rows that are followed, continuity over eighteen months, distinct persons; a sum of money.
KEYS = ("hembesok-per-1000", "aterinskrivning-30-dagar", "kontinuitetsindex-lakare", "unika-patienter", "nettokostnad-per-invanare")
# As whoever has many rows would have it: with programs that Spark writes for each question.
USUAL = {"spark.sql.codegen.wholeStage": "true", "spark.sql.adaptive.enabled": "true"}


@pytest.fixture
def store(tmp_path: Path, settings: Any) -> Path:
    """The generated figures of the demonstration, with few people."""
    settings.INDICATOR_STORE = tmp_path / "store"
    load_national(actor=None, national=files.national(), at=AT)
    load_county(actor=None, values=files.jamtland(), at=AT)
    figures = read_figures(ROOT / "definitions" / "counties" / "jamtland-harjedalen")
    assert figures is not None
    site = Site(library().sources, {}, tmp_path / "store")
    load_figures(site=site, figures=replace(figures, plan=replace(figures.plan, share=0.02)), at=AT)
    return tmp_path / "store"


def run(*words: str) -> Result:
    asked = [word for key in KEYS for word in ("--indicator", key)]
    with time_machine.travel(AT, tick=True):
        return CliRunner().invoke(styrkedja, ["indicators", "compute", "--from", "2026-09", "--to", "2026-10", *asked, *words])


def told() -> Mapping[tuple[Any, ...], Observation]:
    rows = Observation.objects.filter(source="computed").select_related("indicator", "body")
    return {(row.indicator.key, row.body.key, row.period_start, row.period_end, tuple(sorted(row.dimensions.items()))): row for row in rows}


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return type(one) is type(other) and one == other


@pytest.mark.parametrize("way", ["here", "connect"])
def test_spark_gives_the_observations_that_duckdb_gives(way: str, server: str, store: Path):
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    expected = told()
    assert {key[0] for key in expected} == set(KEYS)
    Observation.objects.all().delete()
    ComputedPeriod.objects.all().delete()
    if way == "connect":
        serve_tables(server, store)
    result = run("--engine", f"spark://{store}/facts?{urlencode(USUAL)}" if way == "here" else f"{server}/regionen?{urlencode(QUICK)}")
    assert (result.exit_code, result.stderr) == (0, "")
    found = told()
    assert found.keys() == expected.keys()
    for key, row in found.items():
        for name in ("numerator", "denominator", "value", "status"):
            assert same(getattr(row, name), getattr(expected[key], name)), (key, name)


def serve_tables(server: str, store: Path) -> None:
    """The fact files as tables of a schema on the server."""
    from pyspark.sql.connect.session import SparkSession

    session = SparkSession.builder.remote(server.replace("spark+connect://", "sc://")).create()
    session.sql("create database if not exists regionen").collect()
    for folder in sorted((store / "facts").iterdir()):
        session.sql(f"drop table if exists regionen.{folder.name}").collect()
        session.sql(f"create table regionen.{folder.name} using parquet location '{folder}'").collect()
    session.stop()


def test_what_spark_cannot_read_changes_nothing(server: str, store: Path):
    assert run().exit_code == 0
    before = list(Observation.objects.order_by("pk").values_list("pk", "value"))
    (store / "facts" / "visits" / "2026-10.parquet").write_bytes(b"nothing that is a table")
    result = run("--engine", f"spark://{store}/facts")
    assert result.exit_code == 1
    assert result.stderr.startswith("Spark kunde inte räkna: ")
    assert result.stderr.endswith("\nInga värden har ändrats.\n")
    assert list(Observation.objects.order_by("pk").values_list("pk", "value")) == before


def test_a_server_that_does_not_answer_is_told_at_once(server: str):
    result = CliRunner().invoke(styrkedja, ["indicators", "compute", "--engine", "spark+connect://127.0.0.1:1/regionen"])
    assert result.exit_code == 1
    assert "Spark svarar inte på 127.0.0.1:1: " in result.stderr
