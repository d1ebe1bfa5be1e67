"""`styrkedja audit import`, `export` and `template`, as an audit coordinator and an operator run them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from styrkedja.audits.models import AuditRecommendation, AuditReview, PromisedAction
from styrkedja.cli.main import styrkedja
from styrkedja.core.sheets.reading import read_workbook
from styrkedja.core.sheets.tables import Limits
from styrkedja.core.sheets.writing import write_csv, write_workbook
from styrkedja.core.steering.workbook.sheets_of_audits import AUDIT_SHEETS
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County
from tests.factories.audit_tables import as_audit_tables, audit_rows
from tests.factories.chain_tables import as_tables, chain_rows
from tests.factories.steering import make_indicator, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    county = make_region()
    make_indicator("vantetid")
    return county


@pytest.fixture
def folder(tmp_path: Path, county: County) -> Path:
    """Reviews, and the chain that they refer to."""
    path = tmp_path / "granskningar"
    path.mkdir()
    for table in (*as_tables(chain_rows()), *as_audit_tables(audit_rows())):
        (path / f"{table.name}.csv").write_bytes(write_csv(table))
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(styrkedja, ["audit", *map(str, words)])


def test_a_folder_is_brought_in_and_again_changes_nothing(folder: Path) -> None:
    result = run("import", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Ny: Granskningar, rad 2: nara-vard-2025 Omställningen till en god och nära vård" in result.stdout
    assert "Ny: Svar, rad 2: rs-svar Svar från Regionstyrelsen" in result.stdout
    before = ObjectVersion.objects.count()
    again = run("import", folder)
    assert again.stdout.startswith("0 nya, 0 ändrade, ")
    assert ObjectVersion.objects.count() == before


def test_what_is_written_out_can_be_read_in(folder: Path, tmp_path: Path) -> None:
    run("import", folder)
    for name in ("ut.xlsx", "ut"):
        result = run("export", tmp_path / name)
        assert (result.exit_code, result.stdout) == (0, f"{tmp_path / name}: 13 rader i 7 blad.\n")
        assert run("import", tmp_path / name).stdout == "0 nya, 0 ändrade, 13 oförändrade.\n"


def test_the_template_can_be_filled_in(tmp_path: Path) -> None:
    assert run("template", tmp_path / "mall.xlsx").exit_code == 0
    found = read_workbook((tmp_path / "mall.xlsx").read_bytes(), limits=Limits())
    assert [table.name for table in found] == ["Läs mig", *(sheet.name for sheet in AUDIT_SHEETS)]


def test_what_is_wrong_is_told_and_nothing_is_stored(folder: Path, tmp_path: Path) -> None:
    rows = audit_rows()
    rows["audit-response"][0] |= {"Paragraf": "trettionio"}
    path = tmp_path / "fel.xlsx"
    path.write_bytes(write_workbook((*as_tables(chain_rows()), *as_audit_tables(rows)), {}))
    result = run("import", path)
    assert result.exit_code == 1
    assert "Svar, rad 2: ”trettionio” är ingen paragraf som kan läsas. Skriv till exempel § 39." in result.stderr
    assert "1 fel. Inget har lästs in." in result.stderr
    assert AuditReview.objects.count() == 0
    told = json.loads(run("import", path, "--json").stdout)
    assert (told["stored"], told["faults"][0]["sheet"]) == (False, "Svar")


def test_a_preview_and_a_missing_file_store_nothing(folder: Path, tmp_path: Path) -> None:
    assert run("import", folder, "--preview").stdout.endswith("Inget har sparats: det var en förhandsvisning.\n")
    missing = run("import", tmp_path / "finns-inte.xlsx")
    assert (missing.exit_code, "finns inte. Ange en arbetsbok" in missing.stderr) == (1, True)
    assert (AuditRecommendation.objects.count(), PromisedAction.objects.count()) == (0, 0)
