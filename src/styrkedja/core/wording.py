"""Vague wording: sentences that promise without saying when, who or how much. A help to the writer; it never blocks."""

import re
from dataclasses import dataclass

from styrkedja.core.mentions import functions, time_words
from styrkedja.core.prose import Span, sentences

# The phrases of the answers that auditors came back to (sources 002 and 003), in the forms in which they stand in a sentence.
_PHRASES = (
    r"(?<!vad )avse[rs]",
    r"avsåg",
    r"ämnar?",
    r"eftersträva[rs]?",
    r"verkar?\s+för",
    r"arbetar?\s+för(?:\s+att)?",
    r"(?:har|finns)\s+(?:en\s+|som\s+)?(?:\w+\s+)?ambition(?:en|er)?",
    r"ambitionen\s+är",
    r"(?:se[rs]?\s+)?med\s+tillförsikt",
    r"se[rs]?\s+positivt\s+på",
    r"(?:kan\s+)?vara\s+till\s+hjälp",
    r"tas\s+(?:\w+\s+)?vidare",
    r"lyfts\s+in(?:\s+i)?",
    r"vid\s+behov",
    r"löpande",
    r"ständigt\s+pågående",
    r"fortsatt\s+(?:\w+\s+){0,3}?prioritera(?:d|de|t|s)?",
    r"behöver\s+(?:\w+\s+)?utvecklas?",
    r"kan\s+utvecklas(?:\s+ytterligare)?",
    r"bör",
    r"i\s+lämpliga\s+delar",
    r"till\s+viss\s+del",
)
_VAGUE = re.compile(rf"(?<![\w-])(?:{'|'.join(_PHRASES)})(?![\w-])", re.IGNORECASE)
_NUMBER_WORD = r"två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|hälften|hundra|tusen|procent"
_NUMBER = re.compile(rf"(?<![\w])(?:\d[\d\s.,]*\d|\d)(?!\w)|(?<!\w)(?:{_NUMBER_WORD})(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_RESPONSIBLE = re.compile(r"(?<!\w)(?:ansvarar|ansvarig(?:a)?\s+(?:för|är)|ansvaret\s+(?:ligger|åvilar))(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class VagueSentence:
    """A sentence with nothing firm in it. `words` are the vague phrases as they stand, each with its place; both places are in the whole text."""

    span: Span
    text: str
    words: tuple[tuple[Span, str], ...]


def vague_sentences(text: str) -> list[VagueSentence]:
    """The sentences that hold a vague phrase but no date, no owner and no number, in order.

    An owner is a function ("ekonomidirektören"), or anybody who is said to be responsible; the board that writes is none, since it writes every
    sentence. A year is a date when the sentence says "under 2026" and no number when it belongs to a name ("Färdplan 2030").
    """
    return [found for span in sentences(text) if (found := _vague(text, span))]


def is_firm(sentence: str) -> bool:
    """Does the sentence hold a date, an owner or a number?"""
    return bool(time_words(sentence) or functions(sentence) or _RESPONSIBLE.search(sentence) or _has_number(sentence))


def _vague(text: str, span: Span) -> VagueSentence | None:
    sentence = span.of(text)
    words = tuple((Span(span.start + match.start(), span.start + match.end()), match[0]) for match in _VAGUE.finditer(sentence))
    return VagueSentence(span, sentence, words) if words and not is_firm(sentence) else None


def _has_number(sentence: str) -> bool:
    return any(not _YEAR.fullmatch(match[0]) for match in _NUMBER.finditer(sentence))
