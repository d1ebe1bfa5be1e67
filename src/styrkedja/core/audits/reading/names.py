"""Names of persons, and the numbers and addresses that lead to one, are masked before anything is read, so that no part of a reading can hold one.

A name is known by where it stands: alone on a line, above or beside a function, after a word such as "Handläggare:", before a party's mark;
and by a common given name before another word with a capital. Any other name in the middle of a sentence is not known; `possible_names` says
which lines a person should look at.
docs/audit-reading.md says what this cannot know.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from styrkedja.core.audits.reading.source import Line, SourceText
from styrkedja.core.controls.persons import names_person
from styrkedja.core.mentions import functions

MASK = "[personnamn]"
NUMBER_MASK = "[personnummer]"
ADDRESS_MASK = "[e-postadress]"
PHONE_MASK = "[telefonnummer]"

_WORD = r"[A-ZÅÄÖÉÜÁØÆ][a-zåäöéèüáàíóøæçñ]{1,40}(?:-[A-ZÅÄÖÉÜÁØÆ][a-zåäöéèüáàíóøæçñ]{1,40})?"
_PARTICLE = r"(?:von|af|de|van|der|den|la|el|al)"
_NAME = rf"(?<!\w)(?:{_WORD}|[A-ZÅÄÖ]\.)(?:[ \t](?:{_PARTICLE}[ \t])?(?:{_WORD}|[A-ZÅÄÖ]\.(?=[ \t]))){{1,3}}"
_CAPITALS = r"(?<!\w)[A-ZÅÄÖÉ]{2,40}(?:-[A-ZÅÄÖÉ]{2,40})?(?:[ \t][A-ZÅÄÖÉ]{2,40}(?:-[A-ZÅÄÖÉ]{2,40})?){1,2}(?!\w)"
_PARTY = r"(?:S|M|C|L|V|KD|MP|SD|FP|Fi|FI|[Ss]|[Mm]|[Cc]|[Ll]|[Vv]|[Kk][Dd]|[Mm][Pp]|[Ss][Dd])"
_MARK = rf"[ \t]*\((?:{_PARTY}|[A-ZÅÄÖ]{{1,5}}|-)\)"
_TITLE = (
    r"(?i:(?<![\w-])[\w-]{0,60}?(?:direktör|chef|ordförande|sekreterare|strateg|controller|handläggare|utredare|samordnare|koordinator|ekonom|jurist|"
    r"registrator|revisor|råd|ledare|ledamot|läkare|sakkunnig)(?:en|n)?)"
)
_LABEL = (
    r"(?i:(?:ansvarig[ \t]+)?handläggare|föredragande|kontaktperson(?:er)?|kontakt|sekreterare|justerare|justeras(?:[ \t]av)?|undertecknat[ \t]av|"
    r"(?:elektroniskt[ \t]+)?(?:under)?signera[dt][ \t]av|underskrift|namnförtydligande|vid[ \t]protokollet|i[ \t]tjänsten|upprättad[ \t]av|"
    r"författare|beslutande|(?:vår|er)[ \t]referens|referens|tjänsteperson)"
)
# In a sentence: each says that what the group `name` holds is a person.
_BESIDE = (
    re.compile(rf"(?P<name>{_NAME}|{_CAPITALS})[ \t]*\({_PARTY}\)"),
    re.compile(rf"(?<!\w){_LABEL}[ \t]*[:\t][ \t]*(?P<name>{_NAME}(?:(?:,|[ \t]och)[ \t]{_NAME})*)"),
    re.compile(rf"(?<!\w)(?:{_TITLE}|{_LABEL})[ \t]+(?P<name>{_NAME})"),
    re.compile(rf"(?P<name>{_NAME})(?:,[ \t]*|[ \t]*\([ \t]*)(?:(?:tf|vice|bitr)\.?[ \t])*{_TITLE}(?!\w)"),
)
_TITLED = re.compile(rf"^(?:{_TITLE}[ \t]+)+")
_NUMBER = re.compile(r"(?<!\d)(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+]?\d{4}(?!\d)")
_ADDRESS = re.compile(r"(?<![\w.-])\w{1,64}(?:[.-]\w{1,64}){1,6}@[\w.-]{1,200}\.\w{1,20}")
# From the area code on; what is written like one but has fewer digits than a number in Sweden is let be.
_PHONE = re.compile(
    r"(?<![\w/.,-])(?:\+46[ \t-]?(?:\(0\))?[ \t]?|0)[1-9]\d{0,2}[ \t]?[-–/]?[ \t]?\d{2,3}(?:[ \t]?\d{2,3}){1,3}(?![\w/-]|[.,]\d)"
)
_PHONE_DIGITS = 8
_CELLS = re.compile(r"[ ]{2,}|\t+|[ \t]*/[ \t]*")
# A line of these is an organisation, a place or a heading, though each word begins with a capital.
_NO_NAME = re.compile(
    r"region|landsting|kommun|förbund|nämnd|styrelse|fullmäktige|förvaltning|sjukhus|sjukvård|vårdcentral|avdelning|enhet|revision|rekommendation|"
    r"svar|bilaga|tabell|datum|sammanfattning|bakgrund|inledning|åtgärd|program|projekt|universitet|direktör|ordförande|sverige|nationell|politisk|gatan|vägen|torget|"
    r"(?<!\w)(?:län|stad|box|plan|mål|bild|sida|del|nära|god|vård|barn|norra|södra|västra|östra|ort|och|för|den|det|vi)(?!\w)",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"(?i:region(?:en)?|landstinget|län(?:et)?|kommun)[ \t]+((?:{_WORD}[ \t]?)+)")
_STARTS = re.compile(r"(?:^|[.!?:;•▪▫◦➢”\"][ \t]*|^\s*[\d.]+\)?[ \t]+)$")


def mask_names(source: SourceText) -> SourceText:
    """The same lines with every name that is known masked, here and wherever else it stands in the text."""
    places = _places(source)
    names = {_bare(name) for index in range(len(source.lines)) for name in _found(source.lines, index, places)}
    everywhere = _anywhere(names)
    text = _everywhere_masked(source.text, everywhere)
    return replace(
        source,
        lines=tuple(
            replace(line, text=written, cells=tuple(_everywhere_masked(cell, everywhere) for cell in line.cells))
            for line, written in zip(source.lines, text.split("\n"), strict=True)
        ),
    )


def possible_names(source: SourceText) -> tuple[int, ...]:
    """The numbers of the lines where two words in the middle of a sentence look like a name: a person should read them."""
    places = _places(source)
    return tuple(
        line.number for line in source.lines if any(_is_possible(line.text, match, places) for match in re.finditer(_NAME, line.text))
    )


def is_masked(text: str) -> bool:
    """Is nothing left of a line but masks (and marks of parties)?"""
    return MASK in text and not re.search(r"\w", re.sub(_MARK, "", text.replace(MASK, "")))


def _found(lines: tuple[Line, ...], index: int, places: set[str]) -> Iterator[str]:
    for text in (lines[index].text, *lines[index].cells):
        told = [match["name"] for pattern in _BESIDE for match in pattern.finditer(text)]
        known = [match[0] for match in re.finditer(_NAME, text) if names_person(match[0])]
        pieces = [_TITLED.sub("", piece) for name in [*told, *known] for piece in _each(name)]
        yield from (piece for piece in pieces if " " in piece and not _is_no_name(piece, places))
    yield from _standing_alone(lines, index, places)


def _standing_alone(lines: tuple[Line, ...], index: int, places: set[str]) -> Iterator[str]:
    """The cells of a line that holds nothing but names and functions."""
    line = lines[index]
    if _goes_on(lines, index):
        return
    below = next((other.text for other in lines[index + 1 : index + 3] if other.text.strip()), "")
    form = re.compile(rf"(?:{_NAME}{f'|{_CAPITALS}' if _is_function(below) else ''})(?:{_MARK})?")
    cells = [cell.strip(" ,") for text in line.cells or (line.text,) for cell in _CELLS.split(text.strip()) if cell.strip(" ,")]
    if all(form.fullmatch(cell) or _is_function(cell) or not re.search(r"\w", cell) for cell in cells):
        yield from (cell for cell in cells if form.fullmatch(cell) and not _is_function(cell) and not _is_no_name(cell, places))


def _goes_on(lines: tuple[Line, ...], index: int) -> bool:
    """Is the line a piece of the sentence above: "… i Region ⏎ Norra Länet"?"""
    if index == 0 or lines[index].whole or lines[index].cells:
        return False
    return bool(re.search(r"(?i)(?<!\w)(?:region|landstinget|i|och|för|på|vid)$", lines[index - 1].text.rstrip()))


def _is_function(text: str) -> bool:
    return len(text.strip()) <= 80 and bool(functions(text)) and not text.strip().endswith(".")


def _is_no_name(name: str, places: set[str]) -> bool:
    return bool(_NO_NAME.search(name)) or set(name.split()) <= places


def _is_possible(text: str, match: re.Match[str], places: set[str]) -> bool:
    return not (
        _is_no_name(match[0], places) or "." in match[0] or _STARTS.search(text[: match.start()]) or set(match[0].split()[:2]) <= places
    )


def _places(source: SourceText) -> set[str]:
    """The words that follow "Region" somewhere in the text: they name a place."""
    joined = " ".join(line.text.strip() for line in source.lines)
    return {word for match in _PLACE.finditer(joined) for word in match[1].split()} | {
        f"{word}s" for match in _PLACE.finditer(joined) for word in match[1].split()
    }


def _each(names: str) -> list[str]:
    return re.split(r",[ \t]|[ \t]och[ \t]", names)


def _bare(name: str) -> str:
    return re.sub(rf"{_MARK}$", "", name).strip()


def _anywhere(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for every name, forwards and with the surname first, with its genitive and the mark of a party."""
    forms: set[str] = set()
    for name in names:
        given, _space, family = name.rpartition(" ")
        forms |= {name, f"{family} {given}", f"{family}, {given}"}
    if not forms:
        return None
    longest_first = sorted(forms, key=len, reverse=True)
    written = "|".join(r"(?:[ \t]+|[ \t]*\n[ \t]*)".join(map(re.escape, form.split())) for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{written})s?(?!\w)(?:{_MARK})?")


def _everywhere_masked(text: str, names: re.Pattern[str] | None) -> str:
    """Every line stays a line: of a name that is broken over two, the mask stands on the first."""
    masked = names.sub(lambda match: MASK + "\n" * match[0].count("\n"), text) if names else text
    return _PHONE.sub(_phone_masked, _ADDRESS.sub(ADDRESS_MASK, _NUMBER.sub(NUMBER_MASK, masked)))


def _phone_masked(found: re.Match[str]) -> str:
    return PHONE_MASK if sum(sign.isdigit() for sign in found[0]) >= _PHONE_DIGITS else found[0]
