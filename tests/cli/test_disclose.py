"""`styrkedja disclose`: what may be shown of a file of counts, and what is said of one that cannot be read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from styrkedja.cli.disclose import disclose

HEADING = "region,enhet,kon,antal"
LINES = [HEADING, "R1,A,K,3", "R1,A,M,12", "R1,B,K,20", "R1,B,M,30", "R2,C,K,11", "R2,C,M,9"]


def run(folder: Path, source: str | bytes, *more: str, rows: str = "region>enhet") -> Result:
    file = folder / "antal.csv"
    file.write_bytes(source if isinstance(source, bytes) else source.encode())
    return CliRunner().invoke(disclose, [str(file), "--rows", rows, "--by", "kon", "--count", "antal", "--threshold", "5", *more])


def test_json_holds_every_node_and_category(tmp_path: Path):
    result = run(tmp_path, "\n".join(LINES), "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["audit"] == {"recoverable": 0}
    assert len(answer["cells"]) == (1 + 2 + 3) * 3
    by_key = {tuple(cell["key"].values()): (cell["count"], cell["status"]) for cell in answer["cells"]}
    assert by_key[None, None, None] == (85, "published")
    assert by_key["R1", "A", "K"] == (None, "primary")
    assert by_key["R1", "A", "M"] == (None, "complementary")
    assert by_key["R2", None, "K"] == (11, "published")


def test_without_json_it_is_a_table_and_a_sentence(tmp_path: Path):
    result = run(tmp_path, "\n".join(LINES))
    assert "R1  A  K  för få" in result.stdout
    assert "Granskning: 0 av dem går att räkna ut." in result.stdout


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "antal.csv:1: Filen är tom"),
        (HEADING, "antal.csv:1: Filen har en rubrik men inga antal."),
        ("region,enhet,antal\nR1,A,3", "antal.csv:1: Kolumnen ”kon” finns inte"),
        (f"{HEADING}\nR1,A,K,-3", "antal.csv:2: ”-3” i kolumnen antal är inget antal"),
        (f"{HEADING}\nR1,A,K,2.5", "antal.csv:2: ”2.5” i kolumnen antal är inget antal"),
        (f"{HEADING}\nR1,A,K,NaN", "antal.csv:2: ”NaN” i kolumnen antal är inget antal"),
        (f"{HEADING}\nR1,A,K,3\nR1,A,K,4", "antal.csv:3: Samma kombination finns redan på rad 2"),
        (f"{HEADING}\nR1,,K,3", "antal.csv:2: Kolumnen ”enhet” är tom"),
        (f"{HEADING}\nR1,A,K", "antal.csv:2: Antalet kolumner på raden är 3 men i rubriken 4"),
        (f"{HEADING}\nÅre,A,K,3".encode("latin-1"), "antal.csv:2: Raden har tecken som inte är UTF-8"),
        (HEADING.encode("utf-16"), "antal.csv:1: Filen är sparad som UTF-16"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, source: str | bytes, says: str):
    result = run(tmp_path, source, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_too_many_cells_are_refused(tmp_path: Path, settings):
    settings.MAX_DISCLOSURE_CELLS = 10
    result = run(tmp_path, "\n".join(LINES))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Tabellen har 18 celler" in result.stderr
