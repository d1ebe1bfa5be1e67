"""What the answer tells of the review, of other answers, of a vision and of figures that should be there."""

import re
from collections.abc import Iterator, Sequence

from styrkedja.core.audits.reading.model import Passage, Review
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.mentions import AUDITORS, bodies
from styrkedja.core.prose import Span, flow

_QUESTION = re.compile(
    r"\bsyftet?\w*\b(?:\s+med\s+granskningen)?\s+(?:var|är|har\s+varit)\s+att\b|\bsyftar\s+(?:till\s+)?att\s+(?:svara|bedöma|granska)",
    re.IGNORECASE,
)
_ASSESSMENT = re.compile(
    r"\b(?:samlade?|sammanfattande|sammantagna|övergripande|sammanvägda)\s+bedömning(?:en)?\s+är\b|\b(?:revisionen|revisorerna|vi)\s+bedömer\s+sammantaget\b|"
    r"\bsammantaget\s+bedömer\s+(?:revisionen|revisorerna|vi)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:svar|yttrande)\s+(?:på|över)\s+(?:[\w:–-]+\s+){0,4}?(?P<subject>granskning(?:en)?\s+av\s+.+)", re.IGNORECASE)
_TOLD = re.compile(r"\bgenomfört\s+(?:en\s+)?(?P<subject>granskning\s+av\s+[^.]{1,300})", re.IGNORECASE)
_COUNT_WORDS = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_COUNT = re.compile(
    rf"(?<![\w.])(?P<count>\d{{1,2}}|{'|'.join(_COUNT_WORDS)})\s+(?!revision|gransk)(?:\w+\s+)?rekommendationer\b", re.IGNORECASE
)
_SPLIT = re.compile(
    r"\buppdela[dt]\b|\bdelas?\s+upp\b|\bdela[ts]?\s+upp\b|\buppdelning|\bvar\s+för\s+sig\b|\bbåda\s+delarna\b|\bgemensamt\s+svar\b|\btvå\s+delar\b",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"\bsvar\s+(?:i|på)\s+(?:samma|denna)\s+granskning|\b(?:koordiner|samordna|avstäm)\w*\b[^.]{0,200}\bsvar\b", re.IGNORECASE
)
_VISION = re.compile(
    r"\bvision(?:en)?\s*:\s*[\"”“«](?P<quoted>[^\"”“»]{3,400})[\"”“»]|\bvision(?:en)?\s*:\s*(?P<plain>[A-ZÅÄÖ][^\n]{3,300})", re.IGNORECASE
)
_REFERENCE = re.compile(
    r"\b(?:se|enligt|i|av|framgår\s+av)\s+(?P<what>(?:bild|figur|diagram|tabell|bilaga|bilagor)(?:en|n|an|et)?)(?:\s+(?P<number>\d{1,2}|[A-ZÅÄÖ](?=\W|$)))?"
    r"(?P<near>\s+(?:nedan|ovan|på\s+nästa\s+sida|i\s+bilaga))?|(?P<attached>\b(?:bifogas|bifogad|bifogat)\b[^.]{0,40})",
    re.IGNORECASE,
)


def review(source: SourceText, told: Sequence[Span], title: Passage | None) -> Review:
    """By the sentences `told` of the running text."""
    counts = [(_count(match["count"]), span) for span in told if (match := _COUNT.search(flow(span.of(source.text))))]
    return Review(
        subject=_subject(source, title),
        questions=tuple(_matching(source, told, _QUESTION)),
        assessments=tuple(_matching(source, told, _ASSESSMENT)),
        stated_count=(counts[0][0], _passage(source, counts[0][1])) if counts else None,
    )


def split(source: SourceText, told: Sequence[Span]) -> tuple[tuple[str, ...], Passage | None]:
    """The bodies that the answer is split between, and the sentence that says so."""
    for span in told:
        sentence = flow(span.of(source.text))
        named = list(dict.fromkeys(one.name for one in bodies(sentence) if one.name != AUDITORS))
        if len(named) > 1 and re.search(r"\bsvar", sentence, re.IGNORECASE) and _SPLIT.search(sentence):
            return tuple(named), _passage(source, span)
    return (), None


def related_answers(source: SourceText, told: Sequence[Span], own: str) -> tuple[Passage, ...]:
    """Sentences about another body's answer to the same review."""
    found = (span for span in told if _RELATED.search(flow(span.of(source.text))))
    return tuple(_passage(source, span) for span in found if {one.name for one in bodies(span.of(source.text))} - {own, AUDITORS})


def vision(source: SourceText) -> Passage | None:
    match = _VISION.search(source.text)
    if match is None:
        return None
    name = "quoted" if match["quoted"] else "plain"
    return _passage(source, Span(*match.span(name)))


def missing_attachments(source: SourceText) -> tuple[Passage, ...]:
    """References to a figure, a table or an attachment that the text does not hold."""
    return tuple(
        _passage(source, Span(*match.span()))
        for match in _REFERENCE.finditer(source.text)
        if _is_reference(match) and not _is_there(source, match)
    )


def _is_reference(match: re.Match[str]) -> bool:
    """ "i tabell 3", "se bild nedan", "bifogas": but not "i bild" or "av bilden" alone."""
    return bool(match["attached"] or match["number"] or match["near"] or match[0].lower().startswith(("se ", "enligt bilaga")))


def _is_there(source: SourceText, match: re.Match[str]) -> bool:
    """Does a caption with the name begin a line, or a picture or table stand close after the line?"""
    if match["attached"]:
        return any(re.match(r"\s*bilag(?:a|or)\b", line.text, re.IGNORECASE) for line in source.lines)
    word = re.match(r"bild|figur|diagram|tabell|bilag", match["what"].lower())
    assert word is not None
    caption = re.compile(rf"\s*{word[0]}\w*\s*{re.escape(match['number'] or '')}(?:\s*[:.–-]|\s+\w|$)", re.IGNORECASE)
    here = source.index_at(match.start())
    near = source.lines[max(0, here - 4) : here + 6]
    if any((line.picture and word[0] != "bilag") or (line.cells and word[0] == "tabell") for line in near):
        return True
    return any(caption.match(line.text) for index, line in enumerate(source.lines) if index != here)


def _subject(source: SourceText, title: Passage | None) -> Passage | None:
    if title and (titled := _TITLED.search(title.text)):
        return Passage(titled["subject"], title.place)
    told = _TOLD.search(source.text)
    return _passage(source, Span(*told.span("subject"))) if told else None


def _matching(source: SourceText, told: Sequence[Span], pattern: re.Pattern[str]) -> Iterator[Passage]:
    return (_passage(source, span) for span in told if pattern.search(flow(span.of(source.text))))


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _COUNT_WORDS.index(written.lower()) + 1


def _passage(source: SourceText, span: Span) -> Passage:
    return Passage(flow(span.of(source.text)), source.place(span))
