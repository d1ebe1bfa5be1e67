"""Whatever a text looks like, every word of it is in a field, in the furniture of the page or among what has no place; and no name is kept."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.audits.reading import Reading
from styrkedja.core.audits.reading.names import MASK
from styrkedja.core.audits.reading.plain import as_plain
from tests.core.audits.texts import NAMED, read, read_file

# What only points at words that stand in another field too.
MENTIONS = {
    "source",
    "bodies",
    "other_dates",
    "other_registry_numbers",
    "missing_attachments",
    "subject",
    "vision",
    "sentences",
    "promised_actions",
    "points",
}
LABELS = re.compile(r"(?i)dnr|diarienummer|datum")
LINES = st.sampled_from(
    [
        "",
        "",
        "1(4)",
        "Dnr RS 2025/123",
        "2025-11-15 HSN/1641/2025",
        "Förnamn Efternamn",
        "Handläggare: Tilltalsnamn Släktnamn",
        "Förnamn Efternamn (S)    Tilltalsnamn Släktnamn",
        "Regionstyrelsens ordförande    Regiondirektör",
        "Hälso- och sjukvårdsnämndens svar på granskning av avtal",
        "1 Revisionens rekommendationer",
        "2 Regionstyrelsens svar",
        "2.2 Svar på rekommendation om avtal",
        "Revisionen rekommenderar nämnden att:",
        "1. Stärk kontrollen av avtalen och utveckla en samlad",
        "2. Följ upp avtalen.",
        "12) Utse en ansvarig.",
        "Rekommendation 1: Stärk kontrollen.",
        "Rekommendation 2",
        "• en punkt",
        "- en annan punkt",
        "a) att alla regioner samverkar",
        "b) att alla regioner avsätter resurser",
        "Svar: Nämnden delar revisorernas bedömning.",
        "Regionstyrelsens svar:",
        "Svar på rekommendation 1 och 2:",
        "ekonomisk plan som visar hur åtgärderna bidrar till att nå målen. Nämnden avser att",
        " följa upp under 2026.",
        "Slutligen vill nämnden understryka att läget är svårt.",
        "Svaret är fastställt av regionstyrelsen 2025-03-25—26 § 39",
        "Namn\tAntal\t12",
        "\f",
        "Se bild nedan.",
        "§§ -- **",
    ]
)


def covered(plain: object) -> set[int]:
    """The characters that stand in a field."""
    found: set[int] = set()
    if isinstance(plain, dict):
        for key, value in plain.items():
            if key in {"span", "answer_span"} and value:
                found |= set(range(*value))
            elif key not in MENTIONS:
                found |= covered(value)
    elif isinstance(plain, list):
        for value in plain:
            found |= covered(value)
    return found


def lost(reading: Reading) -> list[str]:
    """The words that stand nowhere in the reading."""
    plain = as_plain(reading)
    kept = covered(plain)
    kept |= {
        position for passage in [reading.vision] if passage for position in range(passage.place.span.start - 90, passage.place.span.end + 2)
    }
    words = re.finditer(r"\w+", reading.source.text)
    kept |= {
        position for one in plain["recommendations"] for first, last in one["repeated"] for position in _of_lines(reading, first, last)
    }  # type: ignore[attr-defined]
    return [word[0] for word in words if not set(range(*word.span())) <= kept and not LABELS.fullmatch(word[0])]


def _of_lines(reading: Reading, first: int, last: int) -> range:
    starts = reading.source.starts
    return range(starts[first - 1], starts[last])


@pytest.mark.parametrize("name", NAMED)
def test_every_word_of_a_real_text_is_somewhere(name: str) -> None:
    assert lost(read_file(name)) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_every_word_of_any_text_is_somewhere_and_no_name_is_kept(lines: list[str]) -> None:
    reading = read("\n".join(lines))
    assert lost(reading) == []
    written = json.dumps(as_plain(reading), ensure_ascii=False)
    assert not re.search(r"Förnamn|Efternamn|Tilltalsnamn|Släktnamn", written)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fall(text: str) -> None:
    assert lost(read(text)) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=20))
def test_reading_is_repeatable_and_places_hold_what_they_say(lines: list[str]) -> None:
    text = "\n".join(lines)
    reading = read(text)
    assert as_plain(reading) == as_plain(read(text))
    for one in reading.unplaced:
        # A page number may stand in the middle of a paragraph: in its place, but not in its text.
        words = iter(one.passage.place.span.of(reading.source.text).split())
        assert all(word in words for word in one.passage.text.split())


def test_a_masked_line_stands_among_what_has_no_place() -> None:
    reading = read("Text om avtal som är lång nog att vara en mening i ett stycke.\n\nFörnamn Efternamn\n\nMer text om avtal följer här.")
    assert MASK in [one.passage.text for one in reading.unplaced]
