"""`styrkedja indicators check`, as an analyst runs it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from styrkedja.cli.main import styrkedja
from tests.architecture.sources import ROOT

DEFINITIONS = ROOT / "definitions"
NAME = "hembesok-antal"
SOURCES = len(list((DEFINITIONS / "sources").glob("*.toml")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real definitions, to change."""
    for part in ("sources", "indicators"):
        shutil.copytree(DEFINITIONS / part, tmp_path / part)
    return tmp_path


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(styrkedja, ["indicators", "check", *map(str, arguments)])


def change(file: Path, old: str, new: str) -> int:
    """Exchanges a text that stands once in the file; answers its line."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_projects_own_definitions_are_clean_without_a_database() -> None:
    command = [sys.executable, "-c", "from styrkedja.cli.main import main; main()", "indicators", "check"]
    environment = {**os.environ, "DATABASE_URL": "none"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].endswith(f"{SOURCES} källor: inga fel.")


def test_json_names_what_was_checked(folder: Path) -> None:
    result = check(folder, "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["faults"], report["warnings"]) == ([], [])
    assert "visits" in report["sources"]
    listed = {row["id"]: row for row in report["indicators"]}
    assert listed[NAME]["title"] == "Hembesök, antal"
    assert len(listed[NAME]["hash"]) == 64


def test_every_fault_is_named_with_file_and_line_and_the_exit_code_is_1(folder: Path) -> None:
    file, source = folder / "indicators" / f"{NAME}.toml", folder / "sources" / "beds.toml"
    contact = change(file, '"home_visit"', '"home_vist"')
    level = change(source, 'type = "unit"', 'type = "enhet"')
    result = check(folder)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0] == f"{file}:{contact}: Kolumnen ”contact” har ingen kod ”home_vist”. Menade du ”home_visit”?"
    assert lines[1].startswith(f"{source}:{level}: ”type” har det okända värdet ”enhet”.")
    assert lines[2:] == ["2 fel."]


def test_faults_as_json(folder: Path) -> None:
    file = folder / "indicators" / f"{NAME}.toml"
    line = change(file, "minimum_n = 5", "minimum_n = 0")
    result = check(folder, "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert report["faults"] == [{"file": str(file), "line": line, "message": "”minimum_n” är 0 men ska vara från 1 till 100000."}]
    assert NAME not in [row["id"] for row in report["indicators"]]


def test_a_warning_is_shown_and_hinders_nothing(folder: Path) -> None:
    file = folder / "indicators" / f"{NAME}.toml"
    change(file, "coverage = ", "# coverage = ")
    result = check(folder)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == f"{file}:1: varning: ”coverage” saknas. Ange vilka utförare och personer som ingår."


def test_one_file_or_a_folder_of_indicators_alone_uses_the_sources_beside_or_the_projects_own(folder: Path, tmp_path: Path) -> None:
    file = folder / "indicators" / f"{NAME}.toml"
    assert check(file).stdout == f"1 indikator och {SOURCES} källor: inga fel.\n"
    (folder / "sources" / "beds.toml").unlink()
    (folder / "indicators" / "vardplatser-belagda-utskrivningsklara.toml").unlink()
    assert check(folder / "indicators").stdout.endswith(f"{SOURCES - 1} källor: inga fel.\n")
    alone = tmp_path / "egna"
    alone.mkdir()
    shutil.copy(file, alone)
    shutil.rmtree(folder / "sources")
    assert check(alone).stdout == f"1 indikator och {SOURCES} källor: inga fel.\n"


@pytest.mark.parametrize("name", ["finns-inte", "tom"])
def test_nothing_to_check_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "tom").mkdir()
    result = check(tmp_path / name)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"{tmp_path / name} ")
    assert len(result.stderr.splitlines()) == 1


def test_a_file_of_another_encoding_or_of_many_megabytes_is_told_on_a_line(folder: Path) -> None:
    latin, large = folder / "indicators" / "latin.toml", folder / "indicators" / "stor.toml"
    latin.write_bytes('id = "latin"\ntitle = "å"\n'.encode("latin-1"))
    with large.open("wb") as file:
        file.truncate(2_000_000_000)
    lines = check(folder).stdout.splitlines()
    assert lines[0] == f"{latin}:2: Filen är inte sparad som UTF-8. Spara om den med den teckenkodningen."
    assert lines[1] == f"{large}:1: Filen är större än 5 MB och läses inte. Dela upp den."
