"""A TOML file as values with positions; what is no TOML is explained in Swedish."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from styrkedja.core.toml.findings import FileFinding
from styrkedja.core.toml.positions import Positions, find_positions

_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot redefine", "Duplicate inline table key")
_NO_KEY = "Raden börjar inte med en nyckel. En nyckel består av bokstäver a–z, siffror, - och _."
_NO_HEADER_END = "Tabellrubriken avslutas inte. Skriv ] i slutet, eller ]] om den börjar med [[."
_NO_TEXT_END = "Texten avslutas inte. Skriv ett citattecken i slutet."
_BAD_CHARACTER = "Här står ett tecken som inte får finnas, till exempel en radbrytning inuti en text."
_BAD_ESCAPE = "Efter ett omvänt snedstreck i en text står fel tecken. Skriv två omvända snedstreck om ett avses."
# By the beginning of tomllib's own words.
_EXPLANATIONS = {
    "Invalid statement": _NO_KEY,
    "Invalid initial character for a key": _NO_KEY,
    "Expected '=' after a key": "Efter nyckeln ska det stå ett likhetstecken och ett värde.",
    "Expected newline or end of document": "Det står något mer efter värdet. Varje nyckel ska stå på en egen rad.",
    "Expected ']": _NO_HEADER_END,
    "Expected \"'": _NO_TEXT_END,
    "Expected '\"": _NO_TEXT_END,
    "Unterminated string": _NO_TEXT_END,
    "Unclosed array": "Listan avslutas inte. Skriv ] efter sista värdet och komma mellan värdena.",
    "Unclosed inline table": "Tabellen inom klammerparentes avslutas inte. Skriv } efter sista värdet.",
    "Invalid value": "Värdet kan inte läsas. Text ska stå inom citattecken.",
    "Invalid date": "Datumet finns inte i kalendern. Skriv år-månad-dag, till exempel 2026-06-05.",
    "Illegal character": _BAD_CHARACTER,
    "Found invalid character": _BAD_CHARACTER,
    "Unescaped": _BAD_ESCAPE,
    "Invalid hex value": _BAD_ESCAPE,
    "Escaped character": _BAD_ESCAPE,
    "Cannot mutate immutable": "Tabellen är redan avslutad och kan inte fyllas på här.",
    **dict.fromkeys(_TWICE, "Nyckeln eller tabellen finns redan. Ta bort den ena."),
}
# More than a hundred times what anybody writes by hand.
MOST_BYTES = 5_000_000
_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class Document:
    name: str
    values: Mapping[str, Any]
    positions: Positions


def read_document(name: str, data: bytes) -> Document | tuple[FileFinding, ...]:
    """Read one file, or say what in it is no TOML. A byte order mark and Windows line ends are accepted."""
    if len(data) > MOST_BYTES:
        return (FileFinding(name, 1, f"Filen är större än {MOST_BYTES // 1_000_000} MB och läses inte. Dela upp den."),)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (FileFinding(name, line, "Filen är inte sparad som UTF-8. Spara om den med den teckenkodningen."),)
    try:
        return Document(name, tomllib.loads(text), find_positions(text))
    except RecursionError:
        return (FileFinding(name, 1, "Filen har listor i för många nivåer och kan inte läsas."),)
    except ValueError as error:
        return tuple(_explain(name, text, str(error)))


def _explain(name: str, text: str, fault: str) -> Iterable[FileFinding]:
    duplicates = find_positions(text).duplicates if fault.startswith(_TWICE) else ()
    if duplicates:
        return [
            FileFinding(name, duplicate.line, f"”{duplicate.name}” finns redan på rad {duplicate.first}. Ta bort den ena.")
            for duplicate in duplicates
        ]
    return _syntax(name, text, fault)


def _syntax(name: str, text: str, fault: str) -> Iterator[FileFinding]:
    place = _PLACE.search(fault)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    explanation = next((words for start, words in _EXPLANATIONS.items() if fault.startswith(start)), "Raden kan inte läsas.")
    yield FileFinding(name, line, f"Filen följer inte TOML. {explanation}")
