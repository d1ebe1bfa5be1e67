"""Whatever is done to a file, reading it ends in findings on lines that it has, and never in an error."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.indicators.definition.library import read_library
from tests.core.indicators.definition.files import FLAG, INDEX, INDICATOR, ON, POPULATION, STANDARD, VISITS, encoded, with_value

TEXTS = (INDICATOR, with_value(INDEX), with_value(FLAG), with_value(STANDARD))
PIECES = [
    "",
    "[",
    "]",
    "{",
    "}",
    '"',
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\x00",
    "1",
    "-1",
    "nan",
    "inf",
    "true",
    "1979-05-27T07:32:00",
    "{}",
    "[]",
    "[[x]]",
    "[value]",
    '""',
]
WORDS = [
    "visits",
    "population",
    "sex",
    "age",
    "cost",
    "patient",
    "unit",
    "count",
    "sum",
    "distinct",
    "index",
    "percentage",
    "deviation",
    "median",
    "NATION",
]


@st.composite
def damaged(draw, texts):
    """A text in which up to three stretches are exchanged for something else."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        new = draw(st.sampled_from([*PIECES, *WORDS]) | st.text(max_size=5))
        text = text[:start] + new + text[end:]
    return text


@st.composite
def rearranged(draw, texts):
    """A text in which whole lines are missing, doubled or moved, or have another right side."""
    lines = draw(st.sampled_from(texts)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines.pop(at)
        key, sign, _value = line.partition(" = ")
        other = draw(st.sampled_from([f'"{word}"' for word in WORDS] + ["0", "1.5", "true", "[]", "{}", '["sex"]', "{ age = 1 }"]))
        for new in draw(st.sampled_from([[], [line, line], [f"{key} = {other}" if sign else line]])):
            lines.insert(draw(st.integers(0, len(lines))) if draw(st.booleans()) else at, new)
    return "\n".join(lines)


def assert_sound(sources, indicators):
    found = read_library(encoded(sources), encoded(indicators), on=ON)
    texts = {f"sources/{name}": text for name, text in sources.items()} | {f"indicators/{name}": text for name, text in indicators.items()}
    for finding in (*found.faults, *found.warnings):
        assert 1 <= finding.line <= texts[finding.file].count("\n") + 1
        assert finding.message.endswith((".", "?"))
        assert not finding.message.endswith("..")
    assert list(found.faults) == sorted(found.faults)
    assert bool(found.faults) or found.definitions.keys() | {"x"} >= {name.removesuffix(".toml") for name in indicators} - {"x"}


@settings(max_examples=150, deadline=None)
@given(damaged(TEXTS) | rearranged(TEXTS))
def test_a_damaged_indicator_is_refused_on_lines_that_exist(text):
    assert_sound({"visits.toml": VISITS, "population.toml": POPULATION}, {"hembesok.toml": text})


@settings(max_examples=150, deadline=None)
@given(damaged((VISITS, POPULATION)) | rearranged((VISITS, POPULATION)))
def test_a_damaged_source_is_refused_on_lines_that_exist(text):
    assert_sound({"visits.toml": text, "population.toml": POPULATION}, {"hembesok.toml": INDICATOR})


def test_any_bytes_are_read():
    found = read_library({"visits.toml": b"\xff\xfe\x00", "x.toml": b""}, {"hembesok.toml": "å = 1".encode("latin-1")}, on=date(2026, 1, 1))
    assert {(fault.file, fault.line) for fault in found.faults} == {
        ("sources/visits.toml", 1),
        ("sources/x.toml", 1),
        ("indicators/hembesok.toml", 1),
    }


def test_a_file_of_many_megabytes_is_refused_unread():
    found = read_library({}, {"hembesok.toml": b"#" * 5_000_001}, on=ON)
    assert [fault.message for fault in found.faults] == ["Filen är större än 5 MB och läses inte. Dela upp den."]
