"""The text of a file as numbered lines, and places in it."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate

from styrkedja.core.prose import Span
from styrkedja.core.sentences import Sentence

_BREAKS = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\v")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True)
class Line:
    """One line of the text (`number` from 1, `page` from 1).

    What the file itself says: `heading` is the level of a heading's style (0: none), `whole` that the line is a paragraph and not a piece of
    one, `cells` the cells of a row of a table, `picture` that a picture stands here.
    """

    number: int
    text: str
    page: int = 1
    heading: int = 0
    whole: bool = False
    cells: tuple[str, ...] = ()
    picture: bool = False


@dataclass(frozen=True)
class Place:
    """Where something stands: lines from–to, and characters of `SourceText.text` from `span.start` up to `span.end`."""

    first_line: int
    last_line: int
    span: Span


@dataclass(frozen=True)
class SourceText:
    """The lines, and what the reader of the file has to say about it."""

    lines: tuple[Line, ...]
    remarks: tuple[Sentence, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line begins in `text`."""
        return [0, *accumulate(len(line.text) + 1 for line in self.lines)]

    @property
    def pages(self) -> int:
        return self.lines[-1].page if self.lines else 0

    def index_at(self, position: int) -> int:
        """The index in `lines` of the line that holds a character."""
        return min(bisect_right(self.starts, position) - 1, len(self.lines) - 1)

    def span_of(self, index: int) -> Span:
        """A line's characters, white space around it left out."""
        text, start = self.lines[index].text, self.starts[index]
        return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip())) if text.strip() else Span(start, start)

    def place(self, span: Span) -> Place:
        first, last = self.index_at(span.start), self.index_at(max(span.start, span.end - 1))
        return Place(self.lines[first].number, self.lines[last].number, span)

    def without(self, indexes: Iterable[int]) -> "SourceText":
        """The same text with some lines blank: every character keeps its place."""
        gone = set(indexes)
        return replace(
            self,
            lines=tuple(
                replace(line, text=" " * len(line.text), cells=(), heading=0) if index in gone else line
                for index, line in enumerate(self.lines)
            ),
        )


def from_text(text: str, remarks: tuple[Sentence, ...] = ()) -> SourceText:
    """Plain text as lines, numbered as an editor does; a form feed begins a new page and is no line of its own."""
    lines: list[Line] = []
    for page, piece in enumerate(text.removesuffix("\f").split("\f"), 1):
        written = _BREAKS.split(piece)
        if len(written) > 1 and not written[-1].strip():
            written.pop()
        lines += [Line(len(lines) + number, tidy(line), page) for number, line in enumerate(written, 1)]
    return SourceText(tuple(lines), remarks)


def tidy(text: str) -> str:
    """Composed letters, plain spaces, no invisible characters; a soft hyphen is a hyphen where the line ends and nothing elsewhere."""
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    plain = re.sub("\u00ad(?=\\s*$)", "-", plain).replace("\u00ad", "").replace("\u2011", "-").replace("\u2010", "-")
    return _INVISIBLE.sub("", plain).rstrip()
