"""`styrkedja steering`, as a planner and an operator run it."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from styrkedja.cli.main import styrkedja
from styrkedja.core.sheets.reading import read_folder, read_workbook
from styrkedja.core.sheets.tables import Limits
from styrkedja.core.sheets.writing import write_csv, write_workbook
from styrkedja.core.steering.workbook.sheets import SHEETS
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County
from styrkedja.steering.models import Action, Goal, SteeringDocument
from tests.factories.chain_tables import Rows, as_tables, chain_rows
from tests.factories.steering import make_indicator, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    county = make_region()
    make_indicator("vantetid")
    return county


@pytest.fixture
def workbook(tmp_path: Path, county: County) -> Path:
    return written(tmp_path / "kedja.xlsx", chain_rows())


def written(path: Path, rows: Rows) -> Path:
    path.write_bytes(write_workbook(as_tables(rows), {}))
    return path


def folder(path: Path, rows: Rows) -> Path:
    path.mkdir()
    for table in as_tables(rows):
        (path / f"{table.name}.csv").write_bytes(write_csv(table))
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(styrkedja, ["steering", *map(str, words)])


def stored() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (SteeringDocument, Goal, Action, ObjectVersion))


def test_a_workbook_is_brought_in_and_again_changes_nothing(workbook: Path) -> None:
    result = run("import", workbook)
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[0] == "Ny: Målbilder, rad 2: nara-vard-malbild God och nära vård"
    assert "Ny: Mål, rad 2: balans Ekonomi i balans" in lines
    assert "Ny: Antaganden, rad 2" in lines
    assert lines[-1] == f"{len(lines) - 1} nya, 0 ändrade, 0 oförändrade."
    before = stored()
    again = run("import", workbook)
    assert again.stdout == f"0 nya, 0 ändrade, {len(lines) - 1} oförändrade.\n"
    assert stored() == before


def test_a_folder_of_csv_says_the_same(workbook: Path, tmp_path: Path) -> None:
    assert run("import", workbook).exit_code == 0
    result = run("import", folder(tmp_path / "kedja", chain_rows()))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("0 nya, 0 ändrade,")


def test_a_change_is_told_by_its_columns(workbook: Path, tmp_path: Path) -> None:
    run("import", workbook)
    rows = chain_rows()
    rows["action"][0] |= {"Läge": "Klar", "Klar den": "2026-09-01"}
    result = run("import", written(tmp_path / "ny.xlsx", rows))
    assert result.stdout.splitlines()[0] == "Ändrad: Åtgärder, rad 2: inkop Samordnade inköp, Läge, Klar den"
    assert result.stdout.splitlines()[1].startswith("0 nya, 1 ändrad,")


def test_a_preview_stores_nothing(workbook: Path) -> None:
    result = run("import", workbook, "--preview")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].endswith("Inget har sparats: det var en förhandsvisning.")
    assert stored() == (0, 0, 0, 0)
    told = json.loads(run("import", workbook, "--preview", "--json").stdout)
    assert (told["preview"], told["stored"], told["faults"]) == (True, False, [])
    assert told["created"][0] == {
        "sheet": "Målbilder",
        "row": 2,
        "key": "nara-vard-malbild",
        "title": "God och nära vård",
        "columns": [],
    }


def test_faults_are_told_with_their_places_and_nothing_is_stored(tmp_path: Path, county: County) -> None:
    rows = chain_rows()
    rows["action"][0]["Slutar"] = "2026-01-01"
    rows["mandate"][0]["Beloppsgräns (kr)"] = -1
    path = written(tmp_path / "fel.xlsx", rows)
    result = run("import", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "Mandat, rad 2, kolumnen Beloppsgräns (kr): Beloppet kan inte vara negativt.",
        "Åtgärder, rad 2, kolumnen Slutar: Åtgärden slutar innan den startar. Rätta den ena dagen.",
        "2 fel. Inget har lästs in.",
    ]
    told = run("import", path, "--json")
    [first, _second] = json.loads(told.stdout)["faults"]
    assert (told.exit_code, first["sheet"], first["row"], first["column"]) == (1, "Mandat", 2, "Beloppsgräns (kr)")
    assert stored() == (0, 0, 0, 0)


def test_what_is_no_workbook_is_refused(tmp_path: Path, county: County, settings) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 200_000_000)
    (tmp_path / "text.xlsx").write_text("Nyckel;Rubrik")
    (tmp_path / "tom").mkdir()
    wide = written(tmp_path / "bred.xlsx", chain_rows())
    settings.MAX_SHEET_COLUMNS = 3
    for path, said in (
        (bomb, "Filen är för stor när den packas upp."),
        (tmp_path / "text.xlsx", "Filen är ingen Excelfil"),
        (tmp_path / "saknas.xlsx", "finns inte. Ange en arbetsbok"),
        (tmp_path / "tom", "innehåller inga CSV-filer"),
        (wide, "högst 50000 rader och 3 kolumner"),
    ):
        result = run("import", path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr
        assert "Traceback" not in result.stderr
    settings.MAX_UPLOAD_BYTES = 10
    assert "MAX_UPLOAD_BYTES" in run("import", wide).stderr
    assert stored() == (0, 0, 0, 0)


def test_what_is_written_out_can_be_read_in(workbook: Path, tmp_path: Path) -> None:
    run("import", workbook)
    rows = sum(map(len, chain_rows().values()))
    for name in ("ut.xlsx", "ut"):
        result = run("export", tmp_path / name)
        assert (result.exit_code, result.stdout) == (0, f"{tmp_path / name}: {rows} rader i {len(SHEETS)} blad.\n")
        assert run("import", tmp_path / name).stdout == f"0 nya, 0 ändrade, {rows - 1} oförändrade.\n"
    files = {path.stem: path.read_bytes() for path in (tmp_path / "ut").glob("*.csv")}
    assert set(files) == {sheet.name for sheet in SHEETS}
    assert files["Hinder"].decode().splitlines()[1].startswith("motstand;Förändringsmotstånd;Vana;")
    run("export", tmp_path / "igen")
    assert {path.stem: path.read_bytes() for path in (tmp_path / "igen").glob("*.csv")} == files


def test_the_template_is_a_workbook_to_fill_in(tmp_path: Path, county: County) -> None:
    result = run("template", tmp_path / "mall.xlsx")
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'mall.xlsx'}: mallen är skriven.\n")
    found = read_workbook((tmp_path / "mall.xlsx").read_bytes(), limits=Limits())
    assert [table.name for table in found] == ["Läs mig", *(sheet.name for sheet in SHEETS)]
    assert [table.header for table in found[1:]] == [tuple(column.name for column in sheet.columns) for sheet in SHEETS]
    assert run("import", tmp_path / "mall.xlsx").stdout == "0 nya, 0 ändrade, 0 oförändrade.\n"
    run("template", tmp_path / "mall")
    assert len(read_folder({path.stem: path.read_bytes() for path in (tmp_path / "mall").glob("*.csv")}, limits=Limits())) == len(SHEETS)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    result = run("template", tmp_path / "fil" / "mall.xlsx")
    assert (result.exit_code, "Det går inte att skriva" in result.stderr) == (1, True)
