"""What the format and the manual show is what the check says."""

import re
from datetime import date

from styrkedja.core.indicators.definition.library import read_library
from styrkedja.core.indicators.definition.schema import INDICATOR_FILE, SOURCE_FILE
from styrkedja.core.toml.shapes import Column
from styrkedja.core.toml.tables import Table
from tests.architecture.sources import ROOT

FORMAT = (ROOT / "docs" / "indicator-format.md").read_text(encoding="utf-8")
CHAPTER = (ROOT / "docs" / "handbok" / "12-skriv-en-indikator.md").read_text(encoding="utf-8")
SOURCES = {path.name: path.read_bytes() for path in (ROOT / "definitions" / "sources").glob("*.toml")}
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "handbok").glob("*.md")))
ON = date(2026, 11, 22)


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def faults(name, text):
    found = read_library(SOURCES, {name: text.encode()}, on=ON)
    return [f"definitions/{fault.file}:{fault.line}: {fault.message}" for fault in found.faults]


def test_the_chapter_shows_the_fault_that_its_first_file_has_and_its_mending_mends_it():
    written, mended = blocks(CHAPTER, "toml")
    printed = re.findall(r"^definitions/indicators/.*$", CHAPTER, re.MULTILINE)
    assert printed
    assert faults("lakarkontakter-pa-distans.toml", written) == printed
    start, end = written.index("[numerator]"), written.index("[denominator]")
    assert faults("lakarkontakter-pa-distans.toml", f"{written[:start]}{mended}\n{written[end:]}") == []


def test_the_examples_of_the_format_are_without_faults():
    source, indicator = blocks(FORMAT, "toml")
    found = read_library({**SOURCES, "visits.toml": source.encode()}, {}, on=ON)
    assert found.faults == ()
    assert faults("hembesok-av-besok.toml", indicator) == []


def test_the_format_names_every_key():
    columns = [
        *(name for file in (SOURCE_FILE, INDICATOR_FILE) for name, table in file.items() if isinstance(table, Column)),
        *(name for table in INDICATOR_FILE.values() if isinstance(table, Table) for name in table.columns),
    ]
    assert [name for name in columns if not re.search(rf"\b{name}\b", FORMAT)] == []


def test_the_chapter_names_definitions_that_exist():
    named = re.findall(r"^\| [^|]+ \| `([a-z0-9-]+)`", CHAPTER, re.MULTILINE)
    assert named
    assert [name for name in named if not (ROOT / "definitions" / "indicators" / f"{name}.toml").exists()] == []


def test_the_commands_that_the_documents_show_name_indicators_that_exist_at_that_level():
    definitions = {path.name: path.read_bytes() for path in (ROOT / "definitions" / "indicators").glob("*.toml")}
    written, mended = blocks(CHAPTER, "toml")
    start, end = written.index("[numerator]"), written.index("[denominator]")
    definitions["lakarkontakter-pa-distans.toml"] = f"{written[:start]}{mended}\n{written[end:]}".encode()
    known = read_library(SOURCES, definitions, on=ON).definitions
    shown = re.findall(r"^\s*\./styrkedja indicators show ([a-z0-9-]+)(?: --level ([A-Z]+))?", README + MANUAL, re.MULTILINE)
    assert len(shown) > 1
    assert [(key, level) for key, level in shown if key not in known or (level and level not in known[key].levels)] == []
