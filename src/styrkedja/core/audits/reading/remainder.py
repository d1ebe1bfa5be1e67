"""What has no place in a reading: every word of the text is in a field, in the furniture of the page, or here."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from styrkedja.core.audits.reading.blocks import Block
from styrkedja.core.audits.reading.model import Passage, Unplaced
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.prose import Span, flow, trimmed

_WORD = re.compile(r"\w")


def unplaced(source: SourceText, blocks: Sequence[Block], covered: Iterable[Span]) -> tuple[Unplaced, ...]:
    """The stretches of each block that no span covers, with the heading above."""
    merged = _merged(covered)
    found: list[Unplaced] = []
    under = ""
    for block in blocks:
        for span in _left(block.span, merged):
            rest = trimmed(source.text, span)
            if rest and _WORD.search(rest.of(source.text)):
                found.append(Unplaced(Passage(flow(rest.of(source.text)), source.place(rest)), under))
        if block.kind == "heading":
            under = block.said
    return tuple(found)


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _left(span: Span, covered: Sequence[Span]) -> Iterator[Span]:
    """The parts of `span` that lie outside `covered`, which is in order and does not overlap."""
    start = span.start
    for position in range(bisect_right(covered, start, key=lambda one: one.end), len(covered)):
        one = covered[position]
        if one.start >= span.end:
            break
        if one.start > start:
            yield Span(start, one.start)
        start = one.end
    if start < span.end:
        yield Span(start, span.end)
