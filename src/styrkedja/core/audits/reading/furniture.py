"""What stands on the pages and is no text: numbers of pages, addresses, lines that come back on every page, and tables of contents."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby
from typing import Literal

from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.mentions import functions

Furniture = Literal["page_number", "contact", "repeated", "outline"]

_PAGE = re.compile(
    r"(?:sida\s*)?\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|av\s+\d{1,3}|/\s*\d{1,3})|sida\s+\d{1,3}|[-–]\s*\d{1,3}\s*[-–]", re.IGNORECASE
)
_LONE = re.compile(r"\d{1,3}")
_CONTACT = re.compile(
    r"(?:besöks|post|leverans|faktura)adress\b|\b(?:telefon|tel|fax|växel|mobil|e-?post|webbplats|hemsida|bankgiro|plusgiro)\b\.?\s*:|"
    r"\borg(?:anisations)?\.?\s?-?(?:nr|nummer)\b|\bwww\.|\w@\w|\[e-postadress\]|\b\d{3}\s\d{2}\s+[A-ZÅÄÖ]|\b[Bb]ox\s+\d",
    re.IGNORECASE,
)
_LED = re.compile(r"^(?P<title>.*?\w.*?)\s*(?:\.\s?){3,}\s*\d{1,3}$|^(?P<other>.*?\w.*?)(?:\t+|\s{3,}|…+\s*)\d{1,3}$")
_CONTENTS = re.compile(r"innehåll(?:sförteckning)?", re.IGNORECASE)
_OUTLINED = re.compile(r"^\s*\t|^\s*\d{1,2}(?:\.\d{1,2})*\.?\s")
_EDGE = 3  # so many lines at the top and at the foot of a page may come back
_LONG = 250  # a longer line is prose
_OUTLINE = 200  # an outline has no more lines


def furniture(source: SourceText) -> Mapping[int, Furniture]:
    """The index of every such line with its kind."""
    found: dict[int, Furniture] = dict.fromkeys(_outline(source), "outline")
    found |= dict.fromkeys(_repeated(source), "repeated")
    found |= dict.fromkeys(_contact(source), "contact")
    found |= dict.fromkeys(_page_numbers(source), "page_number")
    return found


def _page_numbers(source: SourceText) -> Iterator[int]:
    lone: list[int] = []
    for index, line in enumerate(source.lines):
        if line.cells:
            continue
        if _PAGE.fullmatch(line.text.strip()):
            yield index
        elif _LONE.fullmatch(line.text.strip()) and _is_blank(source, index - 1) and _is_blank(source, index + 1):
            lone.append(index)
    numbers = [int(source.lines[index].text) for index in lone]
    if len(numbers) > 1 and all(after == before + 1 for before, after in zip(numbers, numbers[1:], strict=False)):
        yield from lone


def _is_blank(source: SourceText, index: int) -> bool:
    return not 0 <= index < len(source.lines) or not source.lines[index].text.strip()


def _contact(source: SourceText) -> Iterator[int]:
    """A line with two marks of an address, and its neighbours with one."""
    marks = [len(_CONTACT.findall(line.text)) if len(line.text) < _LONG and not line.cells else 0 for line in source.lines]
    near = {index + step for index, count in enumerate(marks) if count > 1 for step in range(-2, 3)}
    return (index for index, count in enumerate(marks) if count > 1 or (count == 1 and index in near))


def _repeated(source: SourceText) -> Iterator[int]:
    """Lines at the edge of a page that come back, but for their numbers, on at least half of the pages and at least two; the first is kept."""
    edges = [(index, _shape(source.lines[index].text)) for index in _edges(source)]
    count = Counter(shape for _index, shape in edges)
    seen: set[str] = set()
    for index, shape in edges:
        if len(shape) > 2 and count[shape] >= max(2, source.pages / 2):
            if shape in seen:
                yield index
            seen.add(shape)


def _edges(source: SourceText) -> Iterator[int]:
    if source.pages < 2:
        return
    for _page, lines in groupby(enumerate(source.lines), key=lambda numbered: numbered[1].page):
        filled = [index for index, line in lines if line.text.strip() and not line.cells]
        yield from sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.split())).lower()


def _outline(source: SourceText) -> Iterator[int]:
    yield from _led_outline(source)
    yield from _last_outline(source)


def _led_outline(source: SourceText) -> Iterator[int]:
    """Two lines or more that end in the number of a page, with the heading "Innehåll" if there is one."""
    lines = [index for index, line in enumerate(source.lines) if line.text.strip() and not line.cells]
    begun = {squeezed for index in lines if len(squeezed := _squeezed(source.lines[index].text)) > 3}
    led = {index for index in lines if len(source.lines[index].text) < _LONG and _is_led(source.lines[index].text.strip(), begun)}
    for position, index in enumerate(lines):
        neighbours = set(lines[max(0, position - 1) : position + 2]) - {index}
        if index in led and neighbours & led or _CONTENTS.fullmatch(source.lines[index].text.strip()) and neighbours & led:
            yield index


def _is_led(text: str, lines: Set[str]) -> bool:
    """ "2 Svar ........ 3", or "2 Svar   3" where the heading begins some line: else it is a row of figures."""
    match = _LED.match(text) if text[-1:].isdigit() else None
    if match is None or match["title"]:
        return match is not None
    title = _squeezed(match["other"])
    return any(title[:length] in lines for length in range(4, len(title) + 1))


def _last_outline(source: SourceText) -> list[int]:
    """The headings once more, in a block of lines at the end: what is left when a document's own outline is converted to text."""
    filled = [(index, line.text, squeezed) for index, line in enumerate(source.lines) if (squeezed := _squeezed(line.text))]
    found: list[int] = []
    numbered = True
    for position in range(len(filled) - 1, max(-1, len(filled) - 1 - _OUTLINE), -1):
        index, text, wanted = filled[position]
        outlined = bool(_OUTLINED.match(text))
        if (functions(text) and not outlined) or not _stands_before(wanted, [squeezed for _index, _text, squeezed in filled[:position]]):
            break
        numbered &= outlined
        found.append(index)
    return found if len(found) > 2 or numbered else []


def _stands_before(wanted: str, before: Sequence[str]) -> bool:
    """Do one to four lines before, put together, say the same?"""
    begun = (first for first, squeezed in enumerate(before) if wanted.startswith(squeezed))
    return len(wanted) > 3 and any(wanted == "".join(before[first : first + count]) for first in begun for count in range(1, 5))


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
