"""`styrkedja county load`, as an operator runs it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from styrkedja.cases.models import RegistrySeries
from styrkedja.cli.main import styrkedja
from styrkedja.ledger.models import PendingEntry
from styrkedja.organisations.models import Body, County, Group, Seat
from tests.architecture.sources import ROOT
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

DEFINITIONS = ROOT / "definitions"


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    """A copy of the real definitions, to change."""
    for part in ("national", "counties"):
        shutil.copytree(DEFINITIONS / part, tmp_path / part)
    return tmp_path


@pytest.fixture
def folder(definitions: Path) -> Path:
    return definitions / "counties" / "vasternorrland"


def load(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(styrkedja, ["county", "load", str(folder), *options])


def change(file: Path, old: str, new: str) -> int:
    """Exchanges a text that stands once in the file; answers its line."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def stored() -> list[int]:
    return [model.objects.count() for model in (Body, Seat, County, RegistrySeries, PendingEntry)]


def test_a_county_is_loaded_and_what_is_new_is_printed(folder: Path) -> None:
    result = load(folder)
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[0] == "Ny: Sverige (sverige)"
    assert "Nytt län: Västernorrlands län" in lines
    assert "Ny diarieserie: KFVN" in lines
    assert lines[-1] == f"Västernorrlands län: {len(lines) - 1} ändringar."
    assert Group.objects.filter(key="lpo-psykisk-halsa").exists()


def test_a_second_load_says_that_nothing_has_changed(folder: Path) -> None:
    load(folder)
    before = stored()
    result = load(folder)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "Västernorrlands län: inget har ändrats.\n", "")
    assert stored() == before


def test_one_change_is_told_as_one(folder: Path) -> None:
    load(folder)
    change(folder / "groups.toml", 'name = "LPO psykisk hälsa"', 'name = "LPO psykiatri"')
    result = load(folder)
    assert result.stdout.splitlines() == [
        "Ändrad: LPO psykiatri (namn: ”LPO psykisk hälsa” blev ”LPO psykiatri”)",
        "Västernorrlands län: 1 ändring.",
    ]


def test_as_json_the_county_and_its_changes_can_be_read_by_a_program(folder: Path) -> None:
    load(folder)
    change(folder / "county.toml", 'name = "Västernorrlands län"', 'name = "Västernorrland"')
    result = load(folder, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"county": "Västernorrland", "changes": ["Ändrat län: Västernorrland (namn)"]}


def test_every_fault_is_told_with_file_and_line_and_nothing_is_stored(folder: Path) -> None:
    group = change(folder / "groups.toml", 'name = "LPO psykisk hälsa"', 'nam = "LPO psykisk hälsa"')
    county = change(folder / "county.toml", 'code = "22"', 'code = "tjugotvå"')
    result = load(folder)
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert lines[0] == f"{folder}/county.toml:{county}: ”code” har värdet ”tjugotvå” men ska vara en länskod med två siffror."
    assert lines[-1] == f"{len(lines) - 1} fel. Inget har lästs in."
    assert any(line.startswith(f"{folder}/groups.toml:{group}: ") and "”nam”" in line for line in lines)
    assert stored() == [0, 0, 0, 0, 0]


def test_as_json_the_faults_are_a_list(folder: Path) -> None:
    line = change(folder / "county.toml", 'code = "22"', 'code = "tjugotvå"')
    result = load(folder, "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    faults = json.loads(result.stdout)["faults"]
    assert faults[0] == f"{folder}/county.toml:{line}: ”code” har värdet ”tjugotvå” men ska vara en länskod med två siffror."


def test_a_fault_in_the_national_files_is_told_there(definitions: Path, folder: Path) -> None:
    line = change(definitions / "national" / "organisations.toml", 'kind = "NATION"', 'kind = "NATIONEN"')
    result = load(folder)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{definitions}/national/organisations.toml:{line}: ”kind” har det okända värdet ”NATIONEN”.")
    assert stored() == [0, 0, 0, 0, 0]


def test_a_folder_that_does_not_exist_is_one_line(tmp_path: Path) -> None:
    result = load(tmp_path / "ingenstans")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"Mappen {tmp_path}/ingenstans finns inte. Ange ett läns mapp, till exempel definitions/counties/vasternorrland.",
        "1 fel. Inget har lästs in.",
    ]


def test_an_empty_folder_lacks_its_county_file(definitions: Path) -> None:
    empty = definitions / "counties" / "tomt"
    empty.mkdir()
    result = load(empty)
    assert result.exit_code == 1
    assert f"{empty}/county.toml:1: Filen saknas. Lägg till den." in result.stderr.splitlines()


def test_both_counties_stand_beside_each_other(definitions: Path, folder: Path) -> None:
    other = definitions / "counties" / "jamtland-harjedalen"
    assert [load(path).exit_code for path in (folder, other)] == [0, 0]
    assert set(County.objects.values_list("key", flat=True)) == {"jamtland-harjedalen", "vasternorrland"}
    before = stored()
    assert [load(path).stdout for path in (folder, other)] == [
        "Västernorrlands län: inget har ändrats.\n",
        "Jämtlands län: inget har ändrats.\n",
    ]
    assert stored() == before
    assert RegistrySeries.objects.filter(key="RS").count() == 2


def test_a_key_that_another_county_has_is_told_on_its_line_and_nothing_is_stored(definitions: Path, folder: Path) -> None:
    load(folder)
    other = definitions / "counties" / "jamtland-harjedalen"
    change(other / "county.toml", '"fredagsgruppen", ', "")
    line = change(other / "groups.toml", 'key = "fredagsgruppen"', 'key = "lansledningen"')
    before = stored()
    result = load(other)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"{other}/groups.toml:{line}: Nyckeln ”lansledningen” används redan i Västernorrlands län. Välj en annan nyckel.",
        "1 fel. Inget har lästs in.",
    ]
    assert stored() == before


def test_a_national_key_that_a_county_has_is_told_in_the_national_files(definitions: Path, folder: Path) -> None:
    load(folder)
    line = change(definitions / "national" / "groups.toml", 'key = "npo-primarvard"', 'key = "lpo-kirurgi"')
    for path in definitions.rglob("groups.toml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace('"npo-primarvard", ', "").replace('"npo-primarvard"', '"npo-rehabilitering"')
        )
    before = stored()
    result = load(definitions / "counties" / "jamtland-harjedalen")
    assert result.exit_code == 1
    assert f"{definitions}/national/groups.toml:{line}: Nyckeln ”lpo-kirurgi” används redan i Västernorrlands län." in result.stderr
    assert stored() == before


def test_accounts_are_never_loaded(folder: Path, django_user_model: Callable[..., object]) -> None:
    make_user("den-enda")
    load(folder)
    assert [user.username for user in django_user_model.objects.all()] == ["den-enda"]
