"""Decisions that the text tells of: the one that adopts the answer, and others that it refers to."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from styrkedja.core.audits.reading.model import DecisionLine, Passage
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.mentions import AUDITORS, DateMention, bodies, dates
from styrkedja.core.prose import Span, flow
from styrkedja.core.registry_numbers import format_paragraph

_PARAGRAPH = re.compile(r"§{1,2}\s*(?P<first>[1-9]\d{0,3})(?:\s*(?:(?P<range>[-–—])|,|och|samt)\s*§?\s*(?P<last>[1-9]\d{0,3})(?![\d-]))?")
_LAW = re.compile(r"\d+\s*kap\.?\s*$", re.IGNORECASE)
_DECIDED = re.compile(r"\b(?:fastställ|beslut|antag|anto[gk]|godkän)\w*", re.IGNORECASE)
_ADOPTED = re.compile(
    r"\b(?:svaret|yttrandet|dokumentet|rutinen|fastställ[dt]|antage[nt]|antagits|beslutad|beslutat\s+(?:av|i))\b", re.IGNORECASE
)
_BY = re.compile(r"\b(?:av|i)\s+(?P<body>[^\W\d_][^\d§,.;]*?)(?:\s+(?:den\s*)?$|\s*[,.;]|\s+(?:den|vid|på|och)\s)")
_NEAR = 80  # a date and a paragraph of one decision stand within so many characters


def decisions(source: SourceText, told: Iterable[Span]) -> list[DecisionLine]:
    """Every one of the sentences `told` that tells of a decision with its date, in order."""
    return [found for span in told if _is_candidate(span.of(source.text)) for found in _read(source, span)]


def is_adoption(found: DecisionLine) -> bool:
    """Does it say that a document is adopted: "Svaret är fastställt av regionstyrelsen …"?"""
    return bool(_ADOPTED.search(found.passage.text)) and found.first is not None


def adopting(found: list[DecisionLine]) -> DecisionLine | None:
    """The decision on this document: one that says so, last first; else the only one with a paragraph."""
    adopted = [one for one in found if is_adoption(one)]
    with_paragraph = [one for one in found if one.paragraphs and one.first]
    for few in ([one for one in adopted if one.paragraphs], with_paragraph if len(with_paragraph) == 1 else [], adopted):
        if few:
            return few[-1]
    return None


def shown(first: date | None, last: date | None, paragraphs: tuple[int, ...]) -> str:
    """ "2025-03-25--26 § 39"; "§§ 39–40" for several."""
    day = DateMention(Span(0, 0), first, last or first).shown if first else ""
    return " ".join(part for part in (day, shown_paragraphs(paragraphs)) if part)


def shown_paragraphs(paragraphs: tuple[int, ...]) -> str:
    if len(paragraphs) < 2:
        return format_paragraph(paragraphs[0]) if paragraphs else ""
    following = all(after == before + 1 for before, after in zip(paragraphs, paragraphs[1:], strict=False))
    return f"§§ {paragraphs[0]}–{paragraphs[-1]}" if following else f"§§ {', '.join(map(str, paragraphs))}"


def _is_candidate(sentence: str) -> bool:
    return len(sentence) < 2_000 and bool("§" in sentence or _DECIDED.search(sentence)) and bool(dates(sentence))


def _read(source: SourceText, span: Span) -> Iterator[DecisionLine]:
    """A decision for each paragraph with its nearest date; without paragraphs one for the first date after a word of deciding."""
    sentence = span.of(source.text)
    passage = Passage(flow(sentence), source.place(span))
    found = dates(sentence)
    numbers = [match for match in _PARAGRAPH.finditer(sentence) if not _LAW.search(sentence[: match.start()])]
    told = [(match, day) for match in numbers if (day := _nearest(match, found))]
    for match, day in told:
        paragraphs = _paragraphs(match)
        yield DecisionLine(
            _body(sentence, day.span.start), day.first, day.last, paragraphs, shown(day.first, day.last, paragraphs), passage
        )
    if not told and (word := _DECIDED.search(sentence)):
        day = next((one for one in found if one.span.start > word.start()), found[0])
        body = _body(sentence, day.span.start)
        if body:
            yield DecisionLine(body, day.first, day.last, (), day.shown, passage)


def _nearest(match: re.Match[str], found: list[DateMention]) -> DateMention | None:
    apart = {max(one.span.start - match.end(), match.start() - one.span.end): one for one in found}
    return apart[min(apart)] if apart and min(apart) <= _NEAR else None


def _paragraphs(match: re.Match[str]) -> tuple[int, ...]:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if match["range"]:
        return tuple(range(first, last + 1)) if 0 < last - first < 100 else (first,)
    return (first, last) if last != first else (first,)


def _body(sentence: str, before: int) -> str:
    """The body that decided: the nearest one before the date, else any in the sentence, else what stands after "av"."""
    named = [one for one in bodies(sentence) if one.name != AUDITORS]
    earlier = [one for one in named if one.span.start < before and not one.genitive]
    if earlier or named:
        return (earlier[-1] if earlier else named[0]).name
    match = next((match for match in _BY.finditer(sentence, 0, before)), None)
    return flow(match["body"]) if match else ""
