"""`styrkedja indicators fetch`, `template` and `load values`, as an operator runs them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from styrkedja.cli.main import styrkedja
from styrkedja.core.indicators.ready.files import HEADINGS, SHEET
from styrkedja.core.sheets.reading import read_workbook
from styrkedja.core.sheets.tables import Limits, Table
from styrkedja.core.sheets.writing import write_workbook
from styrkedja.indicators.models import DataLoad, Observation
from styrkedja.organisations.models import Organisation
from tests.architecture.sources import ROOT
from tests.factories.publishers import Answer, kolada, publishing

pytestmark = pytest.mark.django_db

SERIES = "fast-lakarkontakt-befolkningsenkat"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Some of the project's own definitions, two bodies, and nobody to ask."""
    shutil.copytree(ROOT / "definitions" / "sources", tmp_path / "sources")
    (tmp_path / "indicators").mkdir()
    for name in ("medicinsk-bedomning-tre-dagar", "medelvardtid-utskrivningsklar", "fast-lakarkontakt", "hembesok-antal"):
        shutil.copy(ROOT / "definitions" / "indicators" / f"{name}.toml", tmp_path / "indicators")
    settings.DEFINITIONS, settings.INDICATOR_STORE = tmp_path, tmp_path / "store"
    settings.KOLADA_ADDRESS = settings.VIS_ADDRESS = "http://127.0.0.1:1"
    Organisation.objects.create(key="sverige", name="Sverige", kind="NATION")
    Organisation.objects.create(key="region-j", name="Region Jämtland Härjedalen", kind="REGION", code="23")
    with time_machine.travel("2026-09-16 12:00+00:00", tick=False):
        yield tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(styrkedja, ["indicators", *map(str, words)])


def test_values_are_fetched_and_said_to_come_from_kolada(settings: Any) -> None:
    rows = [("N79173", "0023", year, "T", 80.0 + year - 2020) for year in (2015, 2016, 2025)]
    with publishing(kolada(rows, address=lambda: "")) as publisher:
        settings.KOLADA_ADDRESS = publisher.address
        result = run("fetch", "kolada", "--indicator", "medicinsk-bedomning-tre-dagar")
        again = run("fetch", "kolada", "--indicator", "medicinsk-bedomning-tre-dagar", "--from", "2015", "--to", "2020-12", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "Källa: Kolada."
    assert result.stdout.splitlines()[0].endswith("→ medicinsk-bedomning-tre-dagar: 2 värden, 2 nya, 0 ändrade, 0 borttagna.")
    told = json.loads(again.stdout)
    assert (told["source"], told["attribution"]) == ("kolada", "Källa: Kolada")
    assert [(one["series"], one["values"], one["new"]) for one in told["series"]] == [("N79173", 2, 1)]
    assert sorted(Observation.objects.values_list("period_start__year", "value")) == [(2015, 75.0), (2016, 76.0), (2025, 85.0)]


def test_all_indicators_are_fetched_together(settings: Any) -> None:
    with publishing(kolada([("N79173", "0023", 2025, "T", 85.0), ("N20403", "0023", 2025, "T", 2.5)], address=lambda: "")) as publisher:
        settings.KOLADA_ADDRESS = publisher.address
        result = run("fetch", "kolada", "--from", "2025", "--json")
    told = {one["indicator"]: one["new"] for one in json.loads(result.stdout)["series"]}
    assert (told["medicinsk-bedomning-tre-dagar"], told["medelvardtid-utskrivningsklar"], sum(told.values())) == (1, 1, 2)
    assert len(publisher.asked) == 1


def refused(*words: str | Path) -> str:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert (Observation.objects.count(), DataLoad.objects.count()) == (0, 0)
    return result.stderr.strip()


def test_what_goes_wrong_is_one_sentence_and_nothing_is_kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    assert refused("fetch", "kolada").startswith("Kolada gav inget svar på 6 försök: det gick inte att ansluta.")
    with publishing(lambda _path, _body: Answer({"values": [{"kpi": 1}]})) as publisher:
        settings.KOLADA_ADDRESS = publisher.address
        assert refused("fetch", "kolada") == "Svaret har fel form: values[0].kpi ska vara en text, inte 1."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--from", "2025", "--to", "2020"), "--from 2025 ligger efter --to 2020."),
        (("--from", "förr"), "”förr” är inget år. Skriv det med fyra siffror, till exempel 2026."),
        (("--indicator", "borta"), "Det finns ingen indikator ”borta”. Kontrollera med styrkedja indicators check."),
        (("--indicator", "hembesok-antal"), "Indikatorn ”hembesok-antal” följer ingen serie från Kolada."),
    ],
)
def test_what_cannot_be_meant_is_told(words: tuple[str, ...], told: str) -> None:
    assert refused("fetch", "kolada", *words) == told
    as_json = run("fetch", "kolada", *words, "--json")
    assert (as_json.exit_code, json.loads(as_json.stdout)) == (1, {"faults": [told]})


def filled(place: Path, *rows: tuple[Any, ...]) -> Path:
    """The template as the command writes it, with rows in it."""
    path = place / "mall.xlsx"
    assert run("template", path, "--force").exit_code == 0
    (sheet,) = (table for table in read_workbook(path.read_bytes(), limits=Limits()) if table.name == SHEET)
    table = Table(SHEET, sheet.header, tuple((number, row) for number, row in enumerate(rows, start=2)))
    path.write_bytes(write_workbook([table], {SHEET: HEADINGS}))
    return path


def test_the_template_lists_series_and_bodies(place: Path) -> None:
    result = run("template", place / "mall.xlsx")
    assert (result.exit_code, result.stderr) == (0, "")
    tables = {table.name: table for table in read_workbook((place / "mall.xlsx").read_bytes(), limits=Limits())}
    assert list(tables) == ["Läs mig", SHEET, "Serier", "Organ"]
    assert SERIES in [cells[0] for _row, cells in tables["Serier"].rows]
    assert [cells[:3] for _row, cells in tables["Organ"].rows] == [
        ("region-j", "Region Jämtland Härjedalen", "23"),
        ("sverige", "Sverige", ""),
    ]
    assert refused("template", place / "mall.xlsx").endswith("finns redan. Skriv över den med --force.")
    assert refused("template", place / "mall.csv") == "Mallen är en Excelfil. Ge den ett namn som slutar på .xlsx."


def test_a_filled_in_template_becomes_values_of_their_own_source(place: Path) -> None:
    path = filled(place, (SERIES, "region-j", "2025", "", "", 31.5, "", ""), (SERIES, "23", "2025", "", "kvinnor", "33,1", "", ""))
    result = run("load", "values", path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.strip() == f"{SERIES}: 2 nya värden, 0 ändrade."
    found = sorted((one.source, one.value, str(one.dimensions)) for one in Observation.objects.all())
    assert found == [(f"file:{SERIES}", 31.5, "{}"), (f"file:{SERIES}", 33.1, "{'sex': 'K'}")]
    assert DataLoad.objects.get().report["file"] == "mall.xlsx"
    again = json.loads(run("load", "values", path, "--json").stdout)
    assert again["series"] == [{"series": SERIES, "new": 0, "changed": 0}]
    assert DataLoad.objects.count() == 1


def test_csv_serves_as_well(place: Path) -> None:
    path = place / "varden.csv"
    path.write_text(f"serie;organ;från;värde\n{SERIES};23;2024;30,0\n", encoding="utf-8")
    assert run("load", "values", path).exit_code == 0
    assert Observation.objects.get().value == 30.0


def test_a_sheet_with_faults_is_refused_with_all_of_them(place: Path) -> None:
    path = filled(
        place,
        (SERIES, "region-j", "2025", "", "", 31.5, "", ""),
        (SERIES, "borta", "2025", "", "", 1, "", ""),
        ("x", "23", "2025", "", "", 1, "", ""),
    )
    assert refused("load", "values", path).splitlines() == [
        "Värden, rad 3, kolumnen organ: Det finns inget organ ”borta”.",
        "Värden, rad 4, kolumnen serie: Det finns ingen serie ”x”.",
        "Inget har lästs in.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("borta.xlsx", None, "Filen borta.xlsx finns inte. Ange en ifylld mall, .xlsx eller .csv."),
        ("x.xlsx", b"text", "x.xlsx: Filen är ingen Excelfil (.xlsx), eller är skadad."),
        ("x.csv", "serie;organ;från;värde\nå".encode("cp1252"), "x.csv: Filen Värden.csv är inte sparad i UTF-8."),
        ("x.csv", "serie;organ;från;värde\n".encode(), "x.csv har inga värden. Fyll i bladet ”Värden”."),
    ],
)
def test_what_is_no_filled_in_template_is_refused(place: Path, name: str, content: bytes | None, told: str) -> None:
    if content is not None:
        (place / name).write_bytes(content)
    assert refused("load", "values", place / name).startswith(told)
