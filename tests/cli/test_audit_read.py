"""`styrkedja audit read`, as an audit coordinator runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from styrkedja.cli.main import styrkedja
from tests.apps.audits.files import docx, pdf
from tests.architecture.sources import ROOT

TEXTS = ROOT / "tests" / "core" / "audits" / "texts"
BOARD, COMMITTEE = TEXTS / "regionstyrelsens-svar.txt", TEXTS / "namndens-svar.txt"


def read(*arguments: str | Path) -> Result:
    return CliRunner().invoke(styrkedja, ["audit", "read", *map(str, arguments)])


def as_json(file: Path) -> dict[str, object]:
    result = read(file, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_the_command_needs_no_database() -> None:
    command = [sys.executable, "-c", "from styrkedja.cli.main import main; main()", "audit", "read", str(BOARD), "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": "none"}, capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["decision"]["shown"] == "2025-03-25--26 § 39"


def test_the_committees_answer_as_json() -> None:
    reading = as_json(COMMITTEE)
    assert (reading["registry_number"]["text"], reading["registry_number"]["lines"]) == ("HSN/1641/2025", [4, 4])
    assert (reading["document_date"]["from"], reading["body"]) == ("2025-11-15", "Hälso- och sjukvårdsnämnden")
    assert [(one["number"], one["lines"], one["answer_lines"], one["stance"]["value"]) for one in reading["recommendations"]] == [
        ("1", [34, 37], [38, 81], "AGREE"),
        ("2", [84, 86], [87, 114], "AGREE"),
        ("3", [117, 119], [120, 144], "AGREE"),
        ("4", [147, 149], [150, 161], None),
        ("5", [164, 166], [167, 189], "AGREE"),
    ]
    assert [one["function"] for one in reading["signatories"]] == [
        "Hälso- och sjukvårdsnämndens ordförande",
        "Hälso- och sjukvårdsdirektör",
    ]
    promised = [one for one in reading["recommendations"][3]["promised_actions"] if one["date"]]
    assert [(one["status"], one["owner"], one["date"], one["lines"]) for one in promised] == [("PLANNED", None, "under 2026", [160, 161])]


def test_the_boards_answer_as_json() -> None:
    reading = as_json(BOARD)
    decision = {name: reading["decision"][name] for name in ("body", "from", "until", "paragraph", "shown", "lines")}
    assert decision == {
        "body": "Regionstyrelsen",
        "from": "2025-03-25",
        "until": "2025-03-26",
        "paragraph": "§ 39",
        "shown": "2025-03-25--26 § 39",
        "lines": [227, 227],
    }
    assert reading["split_between"] == ["Regionstyrelsen", "Hälso- och sjukvårdsnämnden"]
    assert [(one["topic"], one["joined_by"]) for one in reading["recommendations"]] == [
        ("målbild och strategi", "order"),
        ("resurser i form av kompetens och IT-stöd", "order"),
        ("samordning", "order"),
        ("återrapportering", "order"),
    ]
    assert [one["text"] for one in reading["missing_attachments"]] == ["Se bild nedan"]


def test_every_field_of_the_json_is_described() -> None:
    """Field by field, also those inside; and every described field is there."""
    described = (ROOT / "docs" / "audit-reading.md").read_text(encoding="utf-8")
    names = {name for file in (BOARD, COMMITTEE, TEXTS / "nationell-rekommendation.txt") for name in fields(as_json(file))}
    assert {name for name in names if f"`{name}`" not in described} == set()


def fields(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for one in value.values() for name in fields(one)}
    return {name for one in value for name in fields(one)} if isinstance(value, list) else set()


def test_without_json_the_reading_is_told_in_swedish() -> None:
    result = read(COMMITTEE)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "5 rekommendationer, 5 besvarade.",
        "Diarienummer: HSN/1641/2025 (rad 4)",
        "Datum: 2025-11-15 (rad 4)",
        "Rubrik: Hälso- och sjukvårdsnämndens svar på granskning av ekonomisk strategi och planering (rad 18–20)",
    ]
    assert any(line.startswith("Rekommendation 4 (rad 147–149): Stärk återrapporteringen") for line in lines)
    assert "Kunde inte placeras:" in lines
    assert lines[-2:] == ["Att kontrollera:", "  – Inget beslut om att fastställa svaret hittades i texten."]


def test_a_board_that_is_joined_by_order_says_so() -> None:
    told = read(BOARD).stdout
    assert "Beslut: Regionstyrelsen, 2025-03-25--26 § 39 (rad 227)" in told
    assert "Svaret är uppdelat: Regionstyrelsen och Hälso- och sjukvårdsnämnden (rad 11–12)" in told
    assert "kopplat efter ordningen" in told


def test_the_same_answer_as_word_and_pdf_gives_the_same_recommendations(tmp_path: Path) -> None:
    text = [line.rstrip("\n") for line in COMMITTEE.read_text(encoding="utf-8").splitlines()]
    word, portable = tmp_path / "svar.docx", tmp_path / "svar.pdf"
    word.write_bytes(docx(*(" ".join(part.split()) for part in "\n".join(text).split("\n\n") if part.strip())))
    portable.write_bytes(pdf([[line.replace("▪", "•") for line in text[first : first + 50]] for first in range(0, len(text), 50)]))
    wanted = [(one["number"], one["text"]) for one in as_json(COMMITTEE)["recommendations"]]
    assert [(one["number"], one["text"]) for one in as_json(portable)["recommendations"]] == wanted
    assert as_json(portable)["registry_number"]["text"] == as_json(word)["registry_number"]["text"] == "HSN/1641/2025"


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_file_that_cannot_be_read_is_one_line_and_exit_code_1(tmp_path: Path, options: list[str]) -> None:
    file = tmp_path / "svar.pdf"
    file.write_bytes(pdf([[]]))
    result = read(file, *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{file}: Filen innehåller ingen text; den är troligen inskannad. "
        "Tolka den med textigenkänning (OCR) eller välj originalet som docx eller pdf.\n"
    )
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_over_the_limit_is_not_read_whole(tmp_path: Path, settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    file = tmp_path / "svar.txt"
    file.write_bytes(b"a" * 3 * 1024 * 1024)
    result = read(file)
    assert (result.exit_code, result.stderr) == (1, f"{file}: Filen är för stor. Den får vara högst 1.0 MB.\n")


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    gone = tmp_path / "borta.txt"
    assert (read(gone).exit_code, read(gone).stderr) == (1, f"{gone}: filen finns inte.\n")
    assert (read(tmp_path).exit_code, read(tmp_path).stderr) == (1, f"{tmp_path} är en mapp. Ange en fil.\n")
