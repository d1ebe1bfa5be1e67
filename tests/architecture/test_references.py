"""The references under docs/ say what the code says."""

from collections import Counter
from pathlib import Path

import pytest
from django.utils import translation

from scripts.references import REFERENCES, environment_names, is_stale, read_names
from styrkedja.config.variables import SECTIONS

LISTED = [variable.name for section in SECTIONS for variable in section.variables]


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.name)
def test_reference_is_as_the_code_says(path: Path) -> None:
    with translation.override("sv"):  # whatever page was read last
        wanted = REFERENCES[path]()
    assert not is_stale(path, wanted), f"docs/{path.name} is not as the code says: run make fix"


def test_every_name_in_the_environment_has_its_sentence() -> None:
    assert sorted(environment_names().keys() - set(LISTED)) == []


def test_every_sentence_is_about_a_name_that_is_read_and_stands_once() -> None:
    assert sorted(set(LISTED) - environment_names().keys()) == []
    assert [name for name, count in Counter(LISTED).items() if count > 1] == []


def test_every_sentence_is_one_sentence() -> None:
    sentences = [variable.sentence for section in SECTIONS for variable in section.variables]
    assert [sentence for sentence in sentences if not sentence.endswith(".") or not sentence[0].isupper()] == []


def test_names_are_found_with_their_defaults(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(
        'import os\nA = text("A", "ett")\nB = number("B", 2 * 3)\nC = flag("C", False)\nD = os.environ.get("D")\n'
        'E = text("E", str(ROOT / "var"))\nF = something.text("F", "not a setting")\nG = number("B", 7)\n'
    )
    assert read_names([planted]) == {"A": {"ett"}, "B": {"6", "7"}, "C": {"nej"}, "D": {""}, "E": {""}}


def test_a_file_that_differs_or_is_missing_is_stale(tmp_path: Path) -> None:
    path = tmp_path / "reference.md"
    assert is_stale(path, "text\n")
    path.write_text("text\n")
    assert not is_stale(path, "text\n")
    assert is_stale(path, "another text\n")
