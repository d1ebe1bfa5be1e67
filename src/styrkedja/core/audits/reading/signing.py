"""Who signs, by function. The names above are masked already."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from styrkedja.core.audits.reading.model import Passage
from styrkedja.core.audits.reading.names import MASK, is_masked
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.mentions import AUDITORS, bodies, functions
from styrkedja.core.prose import Span

_CELLS = re.compile(r"(?:(?! {2,}|\t).)+")
_FOR = re.compile(
    r"(?:för|på\s+uppdrag\s+av)\s+\S.*|i\s+tjänsten|underskrifter?|namnförtydligande|vid\s+protokollet|(?:ort|plats)\s+och\s+datum|med\s+vänlig\s+hälsning",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s_.·–—-]*")
_PLACE_AND_DAY = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:\s+den)?\s+\d[\d\s\w-]{5,20}")
_LAST = 40  # a block of signatures stands among so many lines at the end


@dataclass(frozen=True)
class Signing:
    """`first` and `last` are the indexes of the lines of the signatures, None if nobody signs; `body` is for whom."""

    first: int | None = None
    last: int | None = None
    functions: tuple[Passage, ...] = ()
    body: str = ""


def signing(source: SourceText, *, head: int) -> Signing:
    """The last block of lines with nothing but bodies, functions and masked names; lines up to `head` are no signatures."""
    filled = [index for index, line in enumerate(source.lines) if line.text.strip() and index > head]
    run: list[int] = []
    for index in reversed(filled[-_LAST:]):
        if _is_of_signatures(source, index):
            run.append(index)
        elif _is_signed(source, run):
            break
        else:
            run = []
    run = sorted(run)
    if not _is_signed(source, run):
        return Signing()
    named = [body.name for index in run for body in bodies(source.lines[index].text) if body.name != AUDITORS]
    return Signing(run[0], run[-1], tuple(_functions(source, run)), named[0] if named else "")


def _is_of_signatures(source: SourceText, index: int) -> bool:
    text = source.lines[index].text.strip()
    return (
        is_masked(text)
        or _is_function(text)
        or _is_body(text)
        or bool(_FOR.fullmatch(text) and len(text) < 90 or _RULE.fullmatch(text) or _PLACE_AND_DAY.fullmatch(text))
        or (MASK in text and len(text) < 120)
    )


def _is_signed(source: SourceText, run: Sequence[int]) -> bool:
    """A function signs, or somebody for a body; a name alone does not."""
    texts = [source.lines[index].text.strip() for index in run]
    return any(_is_function(text) or _signs(text) for text in texts) or (
        any(MASK in text for text in texts) and any(_is_body(text) or _FOR.fullmatch(text) for text in texts)
    )


def _signs(text: str) -> bool:
    """ "[personnamn], regiondirektör": a name and a function on one line."""
    return MASK in text and any(_is_title(cell.replace(MASK, " ").strip(" ,/()")) for cell in _CELLS.findall(text))


def _is_function(text: str) -> bool:
    """Is each cell of the line a function: "Regionstyrelsens ordförande   Regiondirektör"?"""
    cells = [cell.strip() for cell in _CELLS.findall(text) if cell.strip()]
    return bool(cells) and len(text) < 160 and all(_is_title(cell) for cell in cells)


def _is_title(cell: str) -> bool:
    found = functions(cell)
    if not found or len(cell) > 90 or len(cell.split()) > 9 or re.search(r"[.!?:;\d]$|\b(?:har|är|och\s+att|ska|fick|får|kan)\b", cell):
        return False
    return found[-1].end == len(cell) or found[0].start == 0


def _is_body(text: str) -> bool:
    named = bodies(text)
    return len(named) == 1 and named[0].span == Span(0, len(text))


def _functions(source: SourceText, run: Sequence[int]) -> Iterator[Passage]:
    """Each function once for each line that it stands on, without the name beside it."""
    for index in run:
        text, start = source.lines[index].text, source.starts[index]
        for match in _CELLS.finditer(text):
            cell = match[0].replace(MASK, " ").strip(" ,/()\t")
            if cell and _is_title(cell):
                at = start + match.start() + match[0].index(cell)
                yield Passage(" ".join(cell.split()), source.place(Span(at, at + len(cell))))
