"""`styrkedja indicators compute` and `show`, as an operator runs them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote, urlencode

import duckdb
import psycopg
import pytest
import time_machine
from click.testing import CliRunner, Result
from django.db import connection

from styrkedja.cli.main import styrkedja
from styrkedja.indicators.models import ComputedPeriod, Indicator, Observation
from styrkedja.ledger.models import PendingEntry
from styrkedja.organisations.models import Placement
from tests.factories.small_region import HOME_VISITS, PATIENTS, make_region, visit, write_library, write_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_end_of_may")]

MARCH = [
    visit("2026-03-01", "vc-a", "p1", home=True),
    visit("2026-03-02", "vc-a", "p1"),
    visit("2026-03-20", "vc-a", "p2", home=True, sex="M"),
    visit("2026-03-21", "vc-b", "p2", sex="M"),
    visit("2026-03-22", "vc-b", "p3"),
]


@pytest.fixture
def at_the_end_of_may():
    with time_machine.travel("2026-05-31 12:00+00:00", tick=False):
        yield


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Path:
    """Definitions and store of the test's own."""
    settings.DEFINITIONS, settings.INDICATOR_STORE = tmp_path / "definitions", tmp_path / "store"
    write_library(tmp_path / "definitions", {"hembesok": HOME_VISITS, "patienter": PATIENTS})
    make_region()
    write_visits(tmp_path / "store", "2026-02", [visit("2026-02-03", "vc-a"), visit("2026-02-04", "vc-b", home=True)])
    write_visits(tmp_path / "store", "2026-03", MARCH)
    return tmp_path


@pytest.fixture
def spark_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as whoever asks can see."""
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))


def run(*words: str) -> Result:
    return CliRunner().invoke(styrkedja, ["indicators", *words])


def as_json(*words: str) -> Any:
    result = run(*words, "--json")
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return json.loads(result.stdout)


def values(indicator: str, end: str = "2026-03-31", **dimensions: str) -> dict[str, tuple[Any, ...]]:
    rows = Observation.objects.filter(indicator__key=indicator, period_end=end, dimensions=dimensions)
    return {row.body.key: (row.numerator, row.denominator, row.value, row.status) for row in rows.select_related("body")}


def kept() -> list[Any]:
    """What a refusal must leave as it was."""
    observations = list(Observation.objects.order_by("pk").values_list("pk", "value"))
    return [observations, ComputedPeriod.objects.count(), PendingEntry.objects.filter(body__contains="indicators.computed").count()]


def shown(*words: str) -> dict[str, Any]:
    return {row["body"]: row["value"] for row in as_json("show", *words)["values"] if row["to"] == "2026-03-31" and not row["dimensions"]}


def test_values_are_computed_at_every_level_as_the_organisation_was():
    done = as_json("compute")
    assert (done["from"], done["to"], done["periods"]) == ("2026-02", "2026-03", {"computed": 4, "kept": 0})
    assert values("hembesok") == {
        "region-prov": (2, 5, 40, "VALUE"),
        "norr": (1, 2, 50, "VALUE"),
        "syd": (1, 3, pytest.approx(100 / 3), "VALUE"),
        "vc-a": (2, 3, pytest.approx(200 / 3), "VALUE"),
        "vc-b": (0, 2, 0, "VALUE"),
    }
    assert values("hembesok", sex="M")["vc-b"] == (0, 1, None, "TOO_FEW")
    assert {body: row[0] for body, row in values("patienter").items()} == {"region-prov": 3, "syd": 3, "vc-a": 2, "vc-b": 2}


def test_what_rests_on_the_same_is_not_computed_again():
    run("compute")
    before = kept()
    again = as_json("compute")
    assert (again["cells"]["computed"], again["periods"], again["values"]) == (0, {"computed": 0, "kept": 4}, {})
    assert kept() == before


def test_a_month_that_is_loaded_again_replaces_its_values_and_leaves_the_others(place: Path):
    run("compute")
    february = list(Observation.objects.filter(period_end="2026-02-28").order_by("pk").values_list("pk"))
    write_visits(place / "store", "2026-03", [visit("2026-03-22", "vc-b", "p3"), visit("2026-03-22", "vc-b", "p4", home=True)])
    assert as_json("compute")["periods"] == {"computed": 2, "kept": 2}
    assert values("hembesok") == dict.fromkeys(("region-prov", "syd", "vc-b"), (1, 2, 50, "VALUE"))
    assert list(Observation.objects.filter(period_end="2026-02-28").order_by("pk").values_list("pk")) == february


def test_a_changed_definition_is_computed_again_alone(place: Path):
    run("compute")
    write_library(place / "definitions", {"hembesok": HOME_VISITS.replace("home = true", "home = false")})
    done = as_json("compute")
    assert done["values"].keys() == {"hembesok"}
    assert values("hembesok")["region-prov"] == (3, 5, 60, "VALUE")
    assert Indicator.objects.get(key="hembesok").definition_hash == Observation.objects.filter(indicator__key="hembesok")[0].definition_hash


def test_a_new_title_computes_nothing(place: Path):
    run("compute")
    write_library(place / "definitions", {"hembesok": HOME_VISITS.replace("Andel hembesök", "Hembesök, andel")})
    assert as_json("compute")["periods"]["computed"] == 0
    assert Indicator.objects.get(key="hembesok").title == "Hembesök, andel"


def test_a_reorganisation_on_the_first_of_a_month_touches_no_facts():
    run("compute")
    Placement.objects.filter(child__key="vc-b").update(
        parent=Placement.objects.get(child__key="vc-a", valid_until=None).child.placements.first().parent
    )
    done = as_json("compute", "--indicator", "hembesok")
    assert done["cells"]["computed"] == 0
    assert done["periods"]["computed"] == 2
    assert values("hembesok")["norr"][:2] == (1, 4)


def test_an_indicator_whose_file_is_gone_is_closed_and_keeps_its_values(place: Path):
    run("compute")
    (place / "definitions" / "indicators" / "patienter.toml").unlink()
    run("compute")
    assert Indicator.objects.get(key="patienter").closed_at is not None
    assert values("patienter")


def test_an_indicator_in_whose_file_something_is_wrong_stays_as_it_was(place: Path):
    run("compute")
    before = values("hembesok")
    write_library(place / "definitions", {"hembesok": HOME_VISITS.replace("percentage", "percent")})
    result = run("compute")
    assert "hembesok.toml:" in result.stderr
    assert Indicator.objects.get(key="hembesok").closed_at is None
    assert values("hembesok") == before


def test_one_ledger_entry_tells_of_a_computation():
    run("compute")
    entries = [entry for entry in PendingEntry.objects.all() if '"indicators.computed"' in entry.body]
    (entry,) = entries
    assert json.loads(entry.payload)["hembesok"] == {
        "periods": ["2026-02", "2026-03"],
        "values": Observation.objects.filter(indicator__key="hembesok").count(),
    }


REFUSALS = {
    "an unknown unit": (
        "2026-04",
        visit("2026-04-01", "vc-c"),
        "visits 2026-04: 1 rad gäller enheten vc-c, som inte finns i organisationen.",
    ),
    "rows of another month": (
        "2026-04",
        visit("2026-03-01", "vc-a"),
        "Filen visits/2026-04.parquet har rader från 2026-03-01 till 2026-03-01, utanför sin månad.",
    ),
}


@pytest.mark.parametrize("fault", REFUSALS)
def test_what_cannot_be_computed_changes_no_value(fault: str, place: Path):
    run("compute")
    before = kept()
    month, row, message = REFUSALS[fault]
    write_visits(place / "store", month, [row])
    write_visits(place / "store", "2026-03", [visit("2026-03-22", "vc-b")])
    result = run("compute")
    assert result.exit_code == 1
    assert message in result.stderr
    assert kept() == before


def test_a_unit_that_did_not_exist_yet_is_refused_with_its_month(place: Path):
    Placement.objects.filter(child__key="vc-b").update(valid_from="2026-03-22")
    result = run("compute")
    assert result.exit_code == 1
    assert "visits 2026-02: 1 rad gäller enheten vc-b, som inte fanns i organisationen då." in result.stderr
    assert kept() == [[], 0, 0]


def test_placements_that_overlap_are_refused():
    Placement.objects.filter(child__key="vc-a", valid_until="2026-03-15").update(valid_until="2026-04-01")
    result = run("compute")
    assert result.exit_code == 1
    assert "vc-a är placerad under både norr och syd från 2026-03-15 till 2026-04-01." in result.stderr
    assert kept() == [[], 0, 0]


def test_a_ring_is_refused():
    Placement.objects.filter(child__key="norr").update(parent=Placement.objects.get(child__key="vc-a", valid_until=None).child)
    result = run("compute")
    assert result.exit_code == 1
    assert "går organisationen i ring" in result.stderr or "går i ring" in result.stderr
    assert kept() == [[], 0, 0]


@pytest.mark.usefixtures("spark_installed")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("compute", "--to", "2026-06"), "2026-06 har inte varit än. Ange en månad till och med 2026-05."),
        (("compute", "--from", "2026-03", "--to", "2026-02"), "--from 2026-03 ligger efter --to 2026-02."),
        (("compute", "--from", "mars"), "”mars” är ingen månad."),
        (("compute", "--indicator", "finns-inte"), "Det finns ingen indikator ”finns-inte”."),
        (("compute", "--engine", "mysql://x"), "mysql://x är ingen adress till ett datalager."),
        (("compute", "--engine", "duckdb:///finns/inte.duckdb"), "Databasfilen /finns/inte.duckdb finns inte."),
        (("compute", "--engine", "spark://local/facts"), "spark://local/facts pekar inte ut någon mapp. Skriv spark:///sökväg/till/mappen"),
        (("compute", "--engine", "spark:///finns/inte"), "Mappen /finns/inte finns inte."),
        (("compute", "--engine", "spark+connect:///schema"), "spark+connect:///schema pekar inte ut någon server."),
        (("compute", "--engine", "spark+connect://värd:port"), "spark+connect://värd:port pekar inte ut någon server."),
        (("show", "finns-inte"), "Det finns ingen indikator ”finns-inte”."),
        (("show", "hembesok", "--as", "igår"), "--as igår: skriv was, is eller ett datum"),
        (("show", "hembesok", "--level", "VÅNING"), "--level VÅNING finns inte."),
        (("show", "hembesok", "--level", "NATION"), "Indikatorn visas inte på nivån NATION."),
        (("show", "hembesok", "--unit", "vc-z"), "Det finns inget organ med nyckeln eller HSA-id:t vc-z"),
    ],
)
def test_what_cannot_be_asked_is_told(words: tuple[str, ...], message: str):
    result = run(*words)
    assert result.exit_code == 1
    assert message in result.stderr
    assert kept() == [[], 0, 0]


def test_without_the_library_for_spark_it_is_told_what_to_install(place: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    for address in (f"spark://{place}", "spark+connect://server"):
        result = run("compute", "--engine", address)
        assert result.exit_code == 1
        assert result.stderr == (
            "Biblioteket för Spark (pyspark) är inte installerat. Installera det med python3 scripts/setup.py --engines.\nInga värden har ändrats.\n"
        )
    assert kept() == [[], 0, 0]


@pytest.mark.usefixtures("spark_installed")
def test_without_java_it_is_told_what_to_install(place: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(place))
    for home, where in (("", "Java finns inte på datorn"), (str(place), f"JAVA_HOME är {place}, men där finns inget Java")):
        monkeypatch.setenv("JAVA_HOME", home)
        result = run("compute", "--engine", f"spark://{place}")
        assert result.exit_code == 1
        assert result.stderr == (
            f"Spark behöver Java 17 eller nyare: {where}. Installera det (i Debian: apt-get install openjdk-17-jre-headless).\n"
            "Inga värden har ändrats.\n"
        )
    assert kept() == [[], 0, 0]


@pytest.fixture
def warehouse() -> Iterator[str]:
    """The visits as a table in a schema of PostgreSQL, outside the transaction of the test."""
    given = connection.get_connection_params()
    known = {name: str(given[name]) for name in ("user", "password", "host", "port") if given.get(name)}
    with psycopg.connect(dbname=given["dbname"], **known, autocommit=True) as other:
        other.execute("create schema prov_facts")
        other.execute("create table prov_facts.visits (visited_on date, unit text, patient text, home boolean, sex text)")
        rows = [*MARCH, visit("2026-02-03", "vc-a"), visit("2026-02-04", "vc-b", home=True)]
        for row in rows:
            other.execute("insert into prov_facts.visits values (%(visited_on)s, %(unit)s, %(patient)s, %(home)s, %(sex)s)", row)
        yield f"postgresql:///{given['dbname']}?{urlencode(known | {'options': '-csearch_path=prov_facts'}, quote_via=quote)}"
        other.execute("drop schema prov_facts cascade")


def test_postgresql_gives_what_the_loaded_files_give(warehouse: str):
    columns = ("indicator__key", "body__key", "period_end", "dimensions", "numerator", "denominator", "value", "status")
    assert run("compute").exit_code == 0
    expected = sorted(Observation.objects.values_list(*columns), key=str)
    Observation.objects.all().delete()
    ComputedPeriod.objects.all().delete()
    assert as_json("compute", "--engine", warehouse)["periods"] == {"computed": 4, "kept": 0}
    assert sorted(Observation.objects.values_list(*columns), key=str) == expected
    assert len(expected) > 10


def test_a_warehouse_without_the_tables_of_the_sources_has_nothing(place: Path):
    duckdb.connect(str(place / "empty.duckdb")).close()
    result = run("compute", "--engine", f"duckdb://{place}/empty.duckdb")
    assert (result.exit_code, result.stdout) == (0, "Datalagret har inga rader i tabeller med källornas namn.\n")
    assert kept() == [[], 0, 0]


def test_a_month_without_data_has_no_values():
    done = as_json("compute", "--from", "2026-01", "--to", "2026-04")
    assert done["periods"]["computed"] == 4
    assert not Observation.objects.filter(period_end__in=["2026-01-31", "2026-04-30"]).exists()


def test_without_data_there_is_nothing_to_compute(place: Path, settings: Any):
    settings.INDICATOR_STORE = place / "empty"
    result = run("compute")
    assert (result.exit_code, result.stdout) == (0, "Inga data är inlästa. Läs in med styrkedja indicators load.\n")


def test_show_tells_the_top_and_what_is_under_a_body():
    assert shown("hembesok") == {"region-prov": 40}
    assert shown("hembesok", "--unit", "vc-b") == {"vc-b": 0}
    assert shown("hembesok", "--level", "UNIT").keys() == {"vc-a", "vc-b"}
    assert shown("hembesok", "--level", "UNIT", "--unit", "norr").keys() == {"vc-a"}
    assert Observation.objects.count() == 0


def test_show_by_the_organisation_as_it_is_and_as_it_was_on_a_day():
    assert shown("hembesok", "--level", "AREA", "--as", "is") == {"syd": 40}
    assert shown("hembesok", "--level", "AREA", "--as", "2026-01-01") == {"norr": pytest.approx(200 / 3), "syd": 0}
    assert shown("patienter", "--level", "AREA", "--as", "2026-01-01") == {"norr": 2, "syd": 2}


def test_show_in_a_planned_organisation(tmp_path: Path):
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'on = 2027-01-01\n\n[[new]]\nkey = "ost"\nkind = "AREA"\n\n[moves]\nost = "region-prov"\nvc-b = "ost"\n', encoding="utf-8"
    )
    asked = ("patienter", "--level", "AREA", "--as", "is", "--plan", str(plan))
    assert shown(*asked[:3], "--plan", str(plan)) == {"syd": 2, "ost": 2}
    assert as_json("show", *asked[:3], "--plan", str(plan))["as"] == "planned"


def test_a_plan_that_cannot_be_is_told_with_its_line(tmp_path: Path):
    plan = tmp_path / "plan.toml"
    plan.write_text("[moves]\nvc-b = 3\n", encoding="utf-8")
    result = run("show", "hembesok", "--plan", str(plan))
    assert result.exit_code == 1
    assert f"{plan}:2: ”vc-b”" in result.stderr
    assert f"{plan}:1: ”on” saknas" in result.stderr


def test_show_says_which_organisation_and_what_has_no_value():
    lines = run("show", "hembesok", "--unit", "vc-b", "--parts").stdout.splitlines()
    assert lines[0] == "Andel hembesök (%), som organisationen var"
    assert lines[2] == "Vc-B (vc-b)"
    assert "  2026-03–2026-03          för få  M" in lines
    assert "  2026-03–2026-03             0,0" in lines
