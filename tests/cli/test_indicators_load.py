"""`styrkedja indicators load`, as an operator runs it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from styrkedja.cli.main import styrkedja
from styrkedja.indicators.models import DataLoad, Observation
from tests.factories.small_region import HOME_VISITS, make_region, write_library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_end_of_may")]

HEADING = "visited_on;unit;patient;home;sex\n"
MARCH = HEADING + "2026-03-01;vc-a;p1;ja;K\n2026-03-02;vc-a;p1;nej;K\n2026-03-21;vc-b;p2;nej;M\n2026-03-22;vc-b;p3;nej;K\n"


@pytest.fixture
def at_the_end_of_may() -> Iterator[None]:
    with time_machine.travel("2026-05-31 12:00+00:00", tick=False):
        yield


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Path:
    """Definitions and store of the test's own."""
    settings.DEFINITIONS, settings.INDICATOR_STORE = tmp_path / "definitions", tmp_path / "store"
    write_library(tmp_path / "definitions", {"hembesok": HOME_VISITS})
    make_region()
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(styrkedja, ["indicators", *map(str, words)])


def load(place: Path, text: str, *words: str) -> Result:
    path = place / "besok.csv"
    path.write_text(text, encoding="utf-8")
    return run("load", "visits", path, *words)


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout, DataLoad.objects.count()) == (1, "", 0)
    return result.stderr.strip()


def test_a_file_is_loaded_and_its_values_computed(place: Path) -> None:
    result = load(place, MARCH)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == ["Besök: 4 rader lästa, 4 inlästa, 0 avvisade.", "2026-03 ny: 4 rader."]
    assert run("compute").exit_code == 0
    value = Observation.objects.get(body__key="region-prov", period_end="2026-03-31", dimensions={})
    assert (value.numerator, value.denominator, value.value) == (1, 4, 25)


def test_a_month_that_is_loaded_again_is_counted_once(place: Path) -> None:
    for text in (MARCH, MARCH, MARCH + "2026-03-23;vc-b;p4;ja;K\n"):
        assert load(place, text).exit_code == 0
        assert run("compute").exit_code == 0
    value = Observation.objects.get(body__key="region-prov", period_end="2026-03-31", dimensions={})
    assert (value.numerator, value.denominator) == (2, 5)
    assert DataLoad.objects.count() == 2


def test_what_is_rejected_is_told_with_row_and_reason(place: Path) -> None:
    result = load(place, MARCH + "2026-03-40;vc-a;p1;ja;K\n2026-03-05;vc-x;p1;ja;K\n2027-03-05;vc-a;p1;ja;K\n")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Besök: 7 rader lästa, 4 inlästa, 3 avvisade."
    assert lines[1] == "rad 6, visited_on: ”2026-03-40”: Värdet är inget datum. Skriv år-månad-dag, till exempel 2026-03-31."
    assert lines[2].startswith("rad 7, unit: ”vc-x”: Enheten finns inte i organisationen.")
    assert lines[3].startswith("rad 8, visited_on: ”2027-03-05”: Datumet ligger i framtiden.")
    assert lines[4:6] == ["Enheter som inte hör hemma i organisationen:", "  vc-x (unit): 1 rad, först rad 7."]


def test_json_has_the_whole_report(place: Path) -> None:
    result = load(place, MARCH + "2026-03-05;vc-x;p1;ja;K\n", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["source"], report["file"], report["changed"]) == (0, "visits", "besok.csv", True)
    assert (report["rows_read"], report["rows_loaded"], report["rows_rejected"]) == (5, 4, 1)
    assert report["months"] == [{"month": "2026-03", "rows": 4, "before": None, "change": "new", "duplicates": 0}]
    assert [(one["line"], one["column"], one["value"]) for one in report["rejected"]] == [(6, "unit", "vc-x")]
    assert report["units_not_in_tree"][0]["unit"] == "vc-x"
    again = json.loads(load(place, MARCH + "2026-03-05;vc-x;p1;ja;K\n", "--json").stdout)
    assert (again["changed"], again["months"][0]["change"]) == (False, "unchanged")


def test_personal_identity_numbers_are_refused(place: Path) -> None:
    told = refused(load(place, HEADING + "2026-03-01;vc-a;" + "19" + "121212-1212;ja;K\n"))
    assert told.startswith("Kolumnen ”patient” ser ut att hålla personnummer eller samordningsnummer, först på rad 2.")
    named = refused(load(place, MARCH.replace("patient", "personnummer")))
    assert named.startswith("Kolumnen ”personnummer” ser ut att hålla personnummer, och sådana tas inte emot.")


def test_refusals_are_json_when_json_is_asked_for(place: Path) -> None:
    result = load(place, MARCH.replace("home", "homme"), "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout)["faults"][0].startswith("Kolumnen ”homme” finns inte i källan. Menade du ”home”?")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("besök", "x.csv"), "Det finns ingen källa ”besök”. Källor: visits; färdiga värden: values."),
        (("visits", "x.csv"), "Filen x.csv finns inte. Ange en csv- eller Parquetfil."),
        (("visits", "x.csv", "--month", "mars"), "”mars” är ingen månad. Skriv år och månad, till exempel 2026-03."),
        (("visits", "x.csv", "--table", "t"), "--table hör ihop med en databas."),
        (("visits", "postgresql://x"), "Ange vilken tabell eller vy i databasen som ska läsas in med --table."),
    ],
)
def test_what_cannot_be_meant_is_told(words: tuple[str, ...], told: str) -> None:
    assert refused(run("load", *words)).startswith(told)


def test_an_organisation_with_faults_is_told(place: Path) -> None:
    from styrkedja.organisations.models import Organisation, Placement

    unit, area = (Organisation.objects.get(key=key) for key in ("vc-b", "norr"))
    Placement.objects.create(child=unit, parent=area)
    assert "vc-b är placerad under både norr och syd" in refused(load(place, MARCH))
