"""The standing words of an answer to the auditors: "Rekommendation 2:", "Svar:", "Regionstyrelsens svar", "Svar på rekommendation om …"."""

import re
from dataclasses import dataclass

from styrkedja.core.mentions import AUDITORS, bodies, body_name

_NUMBERS = r"\d{1,2}(?:\s*(?:,|och|samt|[-–])\s*\d{1,2})*"
_SECTION = r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?"
_RECOMMENDATION = re.compile(
    rf"{_SECTION}(?-i:R)ekommendation\s+(?:nr\.?\s*|nummer\s+)?(?P<number>\d{{1,2}}|[a-zåäö](?=\s*[:.)]))\s*(?:[:.)–—-]+\s*(?P<rest>.*)|$)",
    re.IGNORECASE | re.DOTALL,
)
_ANSWER = re.compile(
    rf"{_SECTION}(?:(?P<whose>[^\W\d_][\w\-, \n]{{2,90}}?s)\s+)?"
    r"(?:svar|kommentar(?:er)?|yttrande|ställningstagande)"
    r"(?:\s*(?:/|och)\s*(?:svar|kommentar(?:er)?|yttrande|ställningstagande|åtgärd(?:er)?))*"
    r"(?:\s+från\s+(?P<by>[\w\- ]{3,90}?))?"
    r"(?P<on>\s+(?:(?:på|till|avseende|angående|gällande|över|av)\s+)?(?:(?:revisionens|revisorernas|granskningens)\s+)?rekommendation(?:en|er|erna)?)?"
    rf"(?:\s+(?:nr\.?\s*)?(?P<numbers>{_NUMBERS}))?"
    r"(?:\s+(?:om|av|gällande|avseende|angående|kring|rörande|för|vad\s+gäller)\s+(?P<topic>[^:]{2,160}?))?"
    r"\s*(?P<end>:|$)\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class RecommendationLabel:
    """`number` as it is written; `rest` begins at character `at` of the text and may be empty."""

    number: str
    rest: str
    at: int


@dataclass(frozen=True)
class AnswerLabel:
    """Who answers (basic form, "" if not said), to which numbers or on what, and what comes after the colon from character `at`."""

    body: str
    numbers: tuple[int, ...]
    topic: str
    rest: str
    at: int
    colon: bool

    @property
    def aimed(self) -> bool:
        """Does it say to which recommendation?"""
        return bool(self.numbers or self.topic)


def recommendation_label(text: str) -> RecommendationLabel | None:
    """ "Rekommendation 1: Stärk …", "Rekommendation 12", "2.1 Rekommendation 3 – Stärk …"."""
    match = _RECOMMENDATION.match(text)
    if match is None or (match["rest"] is None and match.end() < len(text.rstrip())):
        return None
    return RecommendationLabel(match["number"].lower(), match["rest"] or "", match.start("rest") if match["rest"] else len(text))


def answer_label(text: str) -> AnswerLabel | None:
    """ "Svar: …", "Svar/kommentar:", "Regionstyrelsens svar", "2.2 Svar på rekommendation om målbild", "Svar på rekommendation 1 och 2:".

    What the auditors comment is no answer, and a title ("Nämndens svar på granskning av …") is no label.
    """
    match = _ANSWER.match(text)
    if match is None or (match["topic"] and not match["on"]):
        return None
    body = _who(match["whose"] or match["by"] or "")
    if body is None:
        return None
    at = match.start("rest") if match["rest"] else len(text)
    return AnswerLabel(
        body, _numbers(match["numbers"] or ""), " ".join((match["topic"] or "").split()), match["rest"], at, match["end"] == ":"
    )


def _who(words: str) -> str | None:
    """The body, "" for nobody and for "nämndens"; None for the auditors and for what is no body."""
    if not words or words.lower() in {"nämndens", "styrelsens", "nämnden", "styrelsen", "förvaltningens", "regionens"}:
        return ""
    named = bodies(words)
    if not named or named[0].name == AUDITORS or named[0].span.start > 0:
        return None
    return body_name(named[0].span.of(words))


def _numbers(written: str) -> tuple[int, ...]:
    """ "1 och 2", "1, 2", "1–3"."""
    found: list[int] = []
    for first, last in re.findall(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?", written):
        found += range(int(first), int(last or first) + 1)
    return tuple(found)
