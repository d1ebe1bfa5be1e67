"""`styrkedja indicators demo`, and the figures that the first start brings."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from styrkedja.cli.indicator_demo import counties_without_figures, generate
from styrkedja.cli.loading import load_folder
from styrkedja.cli.main import styrkedja
from styrkedja.indicators.models import DataLoad, Observation
from styrkedja.ui.clock import now
from tests.apps.indicators.loaded import everything
from tests.architecture.sources import ROOT

pytestmark = pytest.mark.django_db

KEYS = ("telefontillganglighet", "medicinsk-bedomning-tre-dagar")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The project's definitions with few people and two indicators, and the county loaded."""
    for part in ("sources", "national", "counties"):
        shutil.copytree(ROOT / "definitions" / part, tmp_path / "definitions" / part)
    (tmp_path / "definitions" / "indicators").mkdir()
    for key in KEYS:
        shutil.copy(ROOT / "definitions" / "indicators" / f"{key}.toml", tmp_path / "definitions" / "indicators")
    region = tmp_path / "definitions" / "counties" / "jamtland-harjedalen" / "figures" / "region.toml"
    text = region.read_text(encoding="utf-8")
    assert "share = 0.2 " in text
    region.write_text(text.replace("share = 0.2 ", "share = 0.02 "), encoding="utf-8")
    settings.DEFINITIONS, settings.INDICATOR_STORE = tmp_path / "definitions", tmp_path / "store"
    with time_machine.travel("2026-11-22 12:00+00:00", tick=False):
        load_folder(region.parents[1], at=now())
        yield tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(styrkedja, ["indicators", *words])


def test_figures_are_generated_computed_and_said_to_be_generated() -> None:
    result = run("demo")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Folkmängd: ")
    assert lines[-2].startswith("Färdiga värden: ")
    assert lines[-1].endswith("värden räknade till och med 2026-10. Allt är genererat.")
    assert set(DataLoad.objects.values_list("is_generated", flat=True)) == {True}
    sources = set(Observation.objects.filter(body__key="region-jamtland-harjedalen").values_list("source", flat=True))
    assert sources == {"computed", "kolada:N79173", "kolada:N79179"}


def test_the_first_start_generates_and_the_next_does_nothing() -> None:
    assert counties_without_figures() == {"jamtland-harjedalen": "Jämtlands län"}
    generate("jamtland-harjedalen")
    assert counties_without_figures() == {}


def test_where_there_are_real_data_nothing_is_generated(place: Path) -> None:
    DataLoad.objects.create(source="visits", sha256="", rows_read=1, rows_rejected=0, loaded_at=now())
    result = run("demo", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"faults": ["Det finns riktiga data inlästa. Genererade data läggs aldrig över dem."]}
    assert (counties_without_figures(), everything(place / "store"), Observation.objects.count()) == ({}, {}, 0)


def test_a_county_without_figures_is_told() -> None:
    result = run("demo", "--county", "vasternorrland")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.strip() == "Länet vasternorrland har inga siffror att generera. De står i länets mapp figures."
