"""What stands before the text: title, date, registry number, department; and whose answer it is."""

import re
from collections import Counter
from collections.abc import Sequence

from styrkedja.core.audits.reading.blocks import Block
from styrkedja.core.audits.reading.labels import answer_label
from styrkedja.core.audits.reading.model import BodyFound, BodyRole, DateFound, NumberFound, Passage
from styrkedja.core.audits.reading.names import is_masked
from styrkedja.core.audits.reading.numbers import is_labelled
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.audits.reading.stances import stance_of_sentence
from styrkedja.core.mentions import AUDITORS, DateMention, bodies, dates
from styrkedja.core.prose import Span, flow

_TITLE = re.compile(
    r"\b(?:svar|yttrande|granskning|revision\w*|rekommendation\w*|uppföljning|rapport|tjänsteskrivelse|rutin)\b", re.IGNORECASE
)
_STANDING = re.compile(
    r"(?:sammanfattning|bakgrund|inledning|ärendebeskrivning|ärendet|innehåll|beslutsunderlag|förslag\s+till\s+beslut|(?:\w+\s+)?rekommendationer(?:na)?|tjänsteskrivelse|rapport|bilaga\s*\d*)"
    r"(?:[\s/]+[\w/]+){0,2}",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:datum|dag)\b", re.IGNORECASE)
_LABEL = re.compile(r"(?:dnr|diarie\w*|ärende(?:nr|nummer)|beteckning|(?:dokument|besluts)?datum|dag)\b[.:\s]*$", re.IGNORECASE)
_WHOSE = re.compile(r"\s+(?:svar|yttrande|kommentar)", re.IGNORECASE)
_HEAD = 25  # so many filled lines may come before the text where there is no title


def is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and (len(block.said) > 120 or (len(block.said) > 60 and block.said.endswith(".")))


def title_block(blocks: Sequence[Block]) -> Block | None:
    """The heading before the first prose that says what the document is; a standing heading ("Sammanfattning") is no title."""
    head: list[Block] = []
    for block in blocks:
        if is_prose(block) or block.is_item:
            break
        if block.kind == "heading" and not block.number and not _STANDING.fullmatch(block.said):
            head.append(block)
    return next((block for block in head if _TITLE.search(block.said)), head[0] if head else None)


def department(source: SourceText, blocks: Sequence[Block], title: Block | None) -> Passage | None:
    """The line under the case officer's name, before the title."""
    for above, block in zip(blocks, blocks[1:], strict=False):
        if is_prose(block) or (title and block.span.start >= title.span.start):
            return None
        if is_masked(above.said) and len(block.said) < 80 and not re.search(r"[\d:@]|\.$", block.said) and not is_masked(block.said):
            return Passage(block.said, source.place(block.span))
    return None


def own_number(source: SourceText, found: Sequence[NumberFound], head_end: int) -> NumberFound | None:
    """The document's own registry number: one with the word for it, else the first before the text begins."""
    labelled = [one for one in found if is_labelled(source, one)]
    ahead = [one for one in found if one.passage.place.span.start < head_end]
    return next(iter([*labelled, *ahead]), None)


def head_end(source: SourceText, blocks: Sequence[Block], title: Block | None) -> int:
    """Where the text begins: at the first prose after the title, and without a title within the first lines."""
    first = next((block.span.start for block in blocks if is_prose(block) or block.is_item), len(source.text))
    filled = [index for index, line in enumerate(source.lines) if line.text.strip()]
    limit = source.starts[filled[_HEAD]] if len(filled) > _HEAD else len(source.text)
    return min(first, limit) if title is None else max(title.span.end, min(first, limit))


def found_dates(source: SourceText, end: int) -> tuple[DateFound | None, tuple[DateFound, ...]]:
    """The document's date (in the head, best on a line that says so) and all others."""
    mentions = dates(source.text)
    ahead = [one for one in mentions if one.span.end <= end and one.exact and _may_date(source, one)]
    labelled = [one for one in ahead if _DATED.search(_line(source, one))]
    own = next(iter([*labelled, *ahead]), None)
    others = tuple(_found(source, one) for one in mentions if own is None or one != own)
    return (_found(source, own) if own else None), others


def answering_body(source: SourceText, blocks: Sequence[Block], title: Block | None, others: Sequence[str]) -> str:
    """Whose answer it is: by the title, by the headings and labels of answers, by `others` (who signs, who decided)."""
    told = [title.said] if title else []
    for text in told:
        for one in bodies(text):
            if one.genitive and _WHOSE.match(text, one.span.end) and one.name != AUDITORS:
                return one.name
    labels = [
        label.body for block in blocks if (label := answer_label(block.said)) and label.body and (label.colon or block.kind == "heading")
    ]
    return next((name for name in [*labels, *others] if name and name != AUDITORS), "")


def speaking_body(source: SourceText, told: Sequence[Span]) -> str:
    """The one body in whose name every stance is taken; "" if there are several or none."""
    stances = [sentence for span in told if stance_of_sentence(sentence := span.of(source.text))]
    named = {one.name for sentence in stances for one in bodies(sentence) if not one.genitive and one.name != AUDITORS}
    return named.pop() if len(named) == 1 else ""


def with_label(source: SourceText, passage: Passage) -> Span:
    """A number's or date's stretch with the word before it: "Dnr RS 2025/123"."""
    span = passage.place.span
    start = source.starts[source.index_at(span.start)]
    label = _LABEL.search(source.text[start : span.start])
    return Span(start + label.start(), span.end) if label else span


def found_bodies(source: SourceText, body: str) -> tuple[BodyFound, ...]:
    """Every body with its role, in the order in which they are first named; the one that answers first."""
    mentions = bodies(source.text)
    count = Counter(one.name for one in mentions)
    first = {one.name: one for one in reversed(mentions)}
    ordered = sorted(count, key=lambda name: (name != body, first[name].span))
    return tuple(
        BodyFound(name, _role(name, body), count[name], Passage(flow(first[name].span.of(source.text)), source.place(first[name].span)))
        for name in ordered
    )


def _role(name: str, body: str) -> BodyRole:
    return "answers" if name == body else "auditors" if name == AUDITORS else "named"


def _may_date(source: SourceText, mention: DateMention) -> bool:
    """A date on a line that is no sentence and tells of no decision."""
    line = _line(source, mention)
    return len(line) < 120 and "§" not in line and not re.search(r"\b(?:fastställ|beslut|antag|revider|gäller|giltig)", line, re.IGNORECASE)


def _line(source: SourceText, mention: DateMention) -> str:
    return source.lines[source.index_at(mention.span.start)].text


def _found(source: SourceText, mention: DateMention) -> DateFound:
    span = Span(mention.span.start, mention.span.end)
    return DateFound(mention.first, mention.last, mention.shown, mention.exact, Passage(flow(span.of(source.text)), source.place(span)))
