"""From lines to blocks: headings, items of lists, paragraphs, rows of tables. A block may go on over an empty line or a page break."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Literal

from styrkedja.core.audits.reading.labels import answer_label, recommendation_label
from styrkedja.core.audits.reading.names import is_masked
from styrkedja.core.audits.reading.source import Line, SourceText
from styrkedja.core.prose import Span, flow

Kind = Literal["heading", "numbered", "lettered", "bullet", "paragraph", "row", "picture"]

UNKNOWN = 9  # the level of a heading that has neither number nor style
_BULLET = re.compile(r"[•▪▫◦‣∙·●○■□➢»\uf0b7\uf0a7\uf0d8\uf0fc*]\s*(?=\S)|o\s+(?=[A-ZÅÄÖ])")
_DASH = re.compile(r"[-–—]\s+(?=\S)")
_NUMBERED = re.compile(r"(?P<number>\d{1,2})[.)]\s+(?=\S)")
_LETTERED = re.compile(r"(?P<number>[a-zåäö])\)\s*(?=\S)|(?P<other>[a-h])\.\s+(?=[A-ZÅÄÖ])")
_SECTION = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=[^\W\d_])|(?P<chapter>\d{1,2})\s+(?=[A-ZÅÄÖ])")
_ENDED = re.compile(r"[.!?:;][\"”’»)\]]*$")
# A row of a table, a decision, or a fact of the document.
_NO_HEADING = re.compile(
    r"\t|§|\b\d{4}-\d\d-\d\d|^(?:dnr|diarie\w*|datum|sida|handläggare|ärende(?:nr|nummer)|beslutsdatum|org\.?\s?nr)\b.*[\d:]", re.IGNORECASE
)
_STANDING = re.compile(
    r"(?:sammanfattning|bakgrund|inledning|syfte|uppdrag|allmänt|revisionens|revisorernas|granskningens)(?:[\s/]+[\w/-]+){0,6}|[\w\s]{0,60}rekommendationer(?:na)?",
    re.IGNORECASE,
)
_LONG_HEADING = 160


@dataclass(frozen=True)
class Block:
    """`span` is all of it and `body` what comes after a bullet or number, both in the source's text; `said` is the body as one line.

    `number` is as written without its mark. `level` is that of a heading (1 is the highest, UNKNOWN if nothing tells), else 0.
    """

    kind: Kind
    span: Span
    body: Span
    said: str
    index: int
    number: str = ""
    level: int = 0
    styled: bool = False
    cells: tuple[str, ...] = ()

    @property
    def is_item(self) -> bool:
        return self.kind in {"numbered", "lettered", "bullet"}


@dataclass(frozen=True)
class _Opening:
    kind: Kind
    marker: int = 0
    number: str = ""
    level: int = 0


def blocks(source: SourceText, *, gaps: frozenset[int] = frozenset()) -> list[Block]:
    """The blocks of a text in order. `gaps` are the indexes of lines that were made blank: a sentence may go on after them."""
    return _numbered_headings(_without_lists_of_headings(list(_Builder(source, gaps).build())))


class _Builder:
    """Goes through the lines once; `opening` says what a line begins, `goes_on` whether it belongs to the block above."""

    def __init__(self, source: SourceText, gaps: frozenset[int]) -> None:
        self.source = source
        self.gaps = gaps
        self.filled = [index for index, line in enumerate(source.lines) if line.text.strip()]

    @cached_property
    def width(self) -> int:
        """The length of a full line."""
        lengths = sorted(len(self.source.lines[index].text) for index in self.filled)
        return min(110, max(60, lengths[len(lengths) * 9 // 10])) if lengths else 80

    def build(self) -> Iterator[Block]:
        position = 0
        while position < len(self.filled):
            opening = self.opening(position)
            end = position + 1
            while end < len(self.filled) and self.goes_on(opening, position, end):
                end += 1
            yield self.block(opening, self.filled[position], self.filled[end - 1])
            position = end

    def block(self, opening: _Opening, first: int, last: int) -> Block:
        span = Span(self.source.span_of(first).start, self.source.span_of(last).end)
        body = Span(span.start + opening.marker, span.end)
        line = self.source.lines[first]
        return Block(
            opening.kind, span, body, flow(body.of(self.source.text)), first, opening.number, opening.level, bool(line.heading), line.cells
        )

    def line(self, position: int) -> Line:
        return self.source.lines[self.filled[position]]

    def text(self, position: int) -> str:
        return self.line(position).text.strip() if 0 <= position < len(self.filled) else ""

    def is_apart(self, position: int) -> bool:
        """Is there an empty line (or a new page) before it?"""
        return position == 0 or position >= len(self.filled) or self.filled[position] > self.filled[position - 1] + 1

    def is_fresh(self, position: int) -> bool:
        """May something new begin here, by what stands before?"""
        return (
            self.is_apart(position)
            or self.line(position).whole
            or bool(_ENDED.search(self.text(position - 1)))
            or len(self.text(position - 1)) < 0.5 * self.width
            or self.starts_box(position)
            or self.line(position - 1).heading > 0
        )

    def starts_box(self, position: int) -> bool:
        """One space before the first word: what is left of a new page or a text box in a converted text."""
        return bool(re.match(r" [^\sa-zåäö]", self.line(position).text)) and len(self.text(position - 1)) < 0.9 * self.width

    def opening(self, position: int) -> _Opening:
        line, text = self.line(position), self.text(position)
        if line.cells:
            return _Opening("row")
        if line.picture:
            return _Opening("picture")
        if line.heading:
            match = _SECTION.match(text) or _NUMBERED.match(text)
            return (
                _Opening("heading", match.end(), _written_number(match), line.heading) if match else _Opening("heading", level=line.heading)
            )
        return self.section(position) or self.item(position, text) or self.heading(position) or _Opening("paragraph")

    def item(self, position: int, text: str) -> _Opening | None:
        if match := _BULLET.match(text):
            return _Opening("bullet", match.end())
        if not (self.is_fresh(position) or self.is_item(position - 1)):
            return None
        if match := _DASH.match(text):
            return _Opening("bullet", match.end())
        if match := _NUMBERED.match(text):
            return _Opening("numbered", match.end(), match["number"])
        if match := _LETTERED.match(text):
            return _Opening("lettered", match.end(), match["number"] or match["other"])
        return None

    def is_item(self, position: int) -> bool:
        return any(pattern.match(self.text(position)) for pattern in (_BULLET, _DASH, _NUMBERED, _LETTERED))

    def section(self, position: int) -> _Opening | None:
        """A heading with the number of a section: "2 Regionstyrelsens svar", "2.2 Svar på rekommendation om …"."""
        match = _SECTION.match(self.text(position))
        if match is None or not self.is_fresh(position) or not self.is_titled(position):
            return None
        number = _written_number(match)
        return _Opening("heading", match.end(), number, number.count(".") + 1)

    def heading(self, position: int) -> _Opening | None:
        """A short line on its own: without number, style and full stop."""
        text = self.text(position)
        if not (text[:1].isupper() and self.is_fresh(position)) or _is_labelled(text) or is_masked(text) or _NO_HEADING.search(text):
            return None
        return _Opening("heading", level=UNKNOWN) if answer_label(text) or self.is_titled(position) else None

    def is_titled(self, position: int) -> bool:
        """Do this line and those that go on in small letters make a heading: short, with no stop, and with something new after it?"""
        last = self.last_of_heading(position)
        whole = " ".join(self.text(one) for one in range(position, last + 1))
        if len(whole) > _LONG_HEADING or re.search(r"[.!?:;,][\"”’»)]*$", whole) or self.line(last).cells:
            return False
        if self.text(last + 1)[:1].islower():
            return False
        return self.is_apart(last + 1) or len(self.text(last)) < 0.7 * self.width

    def last_of_heading(self, position: int) -> int:
        last = position
        while last < position + 3 and not self.is_apart(last + 1) and self.text(last + 1)[:1].islower() and not self.line(last).whole:
            last += 1
        return last

    def goes_on(self, opening: _Opening, first: int, position: int) -> bool:
        """Does the line at `position` belong to the block that began at `first`?"""
        line = self.line(position)
        if line.whole or line.cells or line.picture or line.heading or opening.kind in {"row", "picture"} or self.line(first).whole:
            return False
        if _is_bare_label(self.text(first)) or is_masked(self.text(first)) or is_masked(line.text):
            return False
        if opening.kind == "heading":
            return position <= self.last_of_heading(first)
        if _is_labelled(line.text.strip()) or self.opening(position).kind != "paragraph":
            return False
        return self.is_joined(position)

    def is_joined(self, position: int) -> bool:
        """Is the line the next one of the same paragraph?"""
        above, text = self.text(position - 1), self.text(position)
        ended = bool(_ENDED.search(above))
        if not self.is_apart(position):
            return not ended or (0.75 * self.width <= len(above) <= 160 and not self.starts_box(position))
        if ended:
            return False
        skipped = range(self.filled[position - 1] + 1, self.filled[position])
        return text[:1].islower() or (len(above) > 0.6 * self.width and any(index in self.gaps for index in skipped))


def _written_number(match: re.Match[str]) -> str:
    given = match.groupdict()
    return str(given["number"] or given.get("chapter") or "")


def _is_labelled(text: str) -> bool:
    """Does the line begin with "Rekommendation 1:" or "Svar:"?"""
    if not text[:1].isupper() and not text[:1].isdigit():
        return False
    label = answer_label(text)
    return recommendation_label(text) is not None or (label is not None and label.colon)


def _is_bare_label(text: str) -> bool:
    """Is the line a label and nothing more: "Rekommendation 1"?"""
    label = recommendation_label(text)
    return label is not None and not label.rest


def _without_lists_of_headings(found: list[Block]) -> list[Block]:
    """Three short lines or more, one under the other, are a list or what is left of a table, and no headings."""
    runs: list[list[int]] = [[]]
    for position, block in enumerate(found):
        if block.kind != "heading" or block.level != UNKNOWN or block.styled:
            continue
        if not (runs[-1] and runs[-1][-1] == position - 1 and found[position - 1].index == block.index - 1):
            runs.append([])
        runs[-1].append(position)
    listed = {position for run in runs if len(run) > 2 for position in run}
    return [replace(block, kind="paragraph", level=0) if position in listed else block for position, block in enumerate(found)]


def _numbered_headings(found: list[Block]) -> list[Block]:
    """ "2. Regionstyrelsens svar" is a heading, though it is written as an item; and so is "3. Slutord", if what was numbered 2 is one."""
    kept: list[Block] = []
    above: Block | None = None
    for one, following in zip_longest(found, found[1:]):
        block = one
        continues = above is not None and above.kind == "heading" and above.number.isdigit() and block.number == str(int(above.number) + 1)
        if block.kind == "numbered" and (_is_section(block.said) or (continues and _is_title(block.said) and _is_text(following))):
            block = replace(block, kind="heading", level=1)
        above = block if block.kind == "numbered" or (block.kind == "heading" and block.level == 1) else above
        kept.append(block)
    return kept


def _is_title(said: str) -> bool:
    return len(said) < 60 and not re.search(r"[.!?:;,]$", said)


def _is_text(block: Block | None) -> bool:
    return block is not None and block.kind == "paragraph" and not _is_labelled(block.said)


def _is_section(said: str) -> bool:
    label = answer_label(said)
    return bool(_STANDING.fullmatch(said)) or (label is not None and not label.colon)
