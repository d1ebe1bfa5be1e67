"""Sentences of an answer that may be promised actions: taken, under way or planned. Candidates for a person to choose among."""

import re
from collections.abc import Iterable, Iterator

from styrkedja.core.audits.reading.model import Passage, Promise
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.audits.reading.stances import stance_of_sentence
from styrkedja.core.controls.snapshot.kinds import PromiseState
from styrkedja.core.mentions import owners, time_words
from styrkedja.core.prose import Span, flow, sentences

_PLANNED = re.compile(
    r"(?<!vad )\bavser\b|\bämnar\b|(?<!, )\bplanera(?:r|s)\b(?!\s+och)|\bhar\s+för\s+avsikt\b|\bkommer\s+(?!sig\b)(?:\w+\s+){0,4}?(?:att\s+\w+|prioriteras|genomföras|införas|påbörjas|"
    r"tas\s+fram|utvecklas|ses\s+över)|\btas\s+(?:\w+\s+)?vidare\b|\blyfts\s+in\b|\beftersträvar\b|"
    r"\bges\s+i\s+uppdrag\b",
    re.IGNORECASE,
)
# "ska" is a promise when a body or a function shall; else it tells how things are ("effekten ska mätas i planen").
_SHALL = re.compile(
    r"(?:nämnden|styrelsen|fullmäktige|regionen|förvaltningen|direktören|chefen|staben|ledningen)\s+(?:\w+\s+){0,2}?ska(?:ll)?\b",
    re.IGNORECASE,
)
# Said of something that happens on a day to come; without a time it tells how things are.
_WILL_HAPPEN = re.compile(
    r"\b(?:ska(?:ll)?|genomförs|påbörjas|införs|inrättas|upprättas|redovisas|återrapporteras|färdigställs|lämnas|tar\s+fram|inför|"
    r"genomför|upprättar|redovisar|återrapporterar|återkommer|färdigställer|lämnar)\b",
    re.IGNORECASE,
)
_COMMITTED = re.compile(
    r"(?:nämnden|styrelsen|fullmäktige|regionen|förvaltningen)\b[^.]{0,200}\bbehöver\s+(?:\w+\s+)?\w+(?:a|as|ras)\b", re.IGNORECASE
)
_UNDER_WAY = re.compile(
    r"(?<!som )\bpågår\b|\bär\s+(?:redan\s+)?(?:påbörja[dt]|igångsat[ts]|inled[dt])\b|\bhar\s+(?:\w+\s+){0,4}?(?:påbörja[ts]|påbörjats|inletts?|initierats?|startats?)\b|"
    r"\bsom\s+(?:redan\s+)?(?:initierats|påbörjats|inletts|startats)\b|\bpågående\s+(?:arbete|översyn|uppdrag)|\bses\s+över\b|\bföljs\s+(?:\w+\s+)?upp\b",
    re.IGNORECASE,
)
_DID = (
    r"tagit\s+fram|tagits\s+fram|beslutat|inrättat|infört|genomfört|upprättat|fastställt|antagit|skapat|samlat|reviderat|uppdaterat|förstärkt|utökat|"
    r"tillsatt|anställt|formulerat|gett\s+\w+(?:\s+\w+){0,2}\s+i\s+uppdrag|givit\s+\w+(?:\s+\w+){0,2}\s+i\s+uppdrag|\w{3,}(?:rats|lats|tats|nats|dats|ljats|sats|jats|kats|pats|gats|vats|ttats)|"
    r"inrättats|infört?s|genomförts|upprättats|fastställts|antagits|skett|getts|givits"
)
_TAKEN = re.compile(
    rf"\bhar\s+(?:[\w/-]+\s+){{0,8}}?(?:{_DID})\b|\b(?:inrättades|infördes|startade|beslutades|genomfördes|upprättades|fastställdes|antogs|påbörjades)\b",
    re.IGNORECASE,
)
# "Däremot kan styrelsen hålla med om att målbilden behöver tydliggöras i arbetet med kommande regionplan."
_CONCEDED = re.compile(r"\bbehöver\s+\w+as\s+i\s+(?:arbetet|samband)\b", re.IGNORECASE)
# What the auditors write, what others do, and how things generally are.
_NOT_OURS = re.compile(
    r"\b(?:revisionen|revisorerna|granskningen)\s+(?:rekommenderar|skriver|visar|konstaterar|bedömer|påpekar|framhåller|anser)|"
    r"\brekommenderar\s+(?:revisionen|revisorerna)\b|\bav\s+intervjuade\b|\bkonstateras\s+i\s+granskningen|"
    r"^(?:sveriges\s+kommuner|skr|staten|regeringen|socialstyrelsen|kommunerna|länets\s+kommuner|revisionen|revisorerna)\b",
    re.IGNORECASE,
)
_WORK = re.compile(r"\b(?:åtgärd|insats|aktivitet|program|arbete|uppdrag)\w*|åtgärdsprogram", re.IGNORECASE)


def promises(source: SourceText, paragraphs: Iterable[Span], points: Iterable[tuple[Span, Span | None]]) -> Iterator[Promise]:
    """The candidates of an answer: its sentences, and those of its points whose lead-in speaks of actions.

    `paragraphs` are the running text; `points` are (the point, the paragraph that leads in to it).
    """
    for paragraph in paragraphs:
        for span in sentences(source.text, paragraph):
            if is_promise(sentence := span.of(source.text)):
                yield _promise(source, span, state_of(sentence))
    for point, lead_in in points:
        last = _last_sentence(source, lead_in) if lead_in else ""
        if last.endswith(":") and _WORK.search(last):
            yield _promise(source, point, state_of(last) if is_promise(last) else PromiseState.PLANNED)


def is_promise(sentence: str) -> bool:
    """May the sentence be a promised action, of whatever state?"""
    said = flow(sentence)
    return not _NOT_OURS.search(said) and (_is_planned(said) or bool(_UNDER_WAY.search(said) or _TAKEN.search(said)))


def state_of(sentence: str) -> PromiseState | None:
    """Of a promise: planned, taken, or None for under way. A plan weighs more than what it rests on, and what goes on more than what is done."""
    said = flow(sentence)
    if _is_planned(said):
        return PromiseState.PLANNED
    return None if _UNDER_WAY.search(said) else PromiseState.TAKEN


def _is_planned(said: str) -> bool:
    if _PLANNED.search(said) or _SHALL.search(said) or (_WILL_HAPPEN.search(said) and time_words(said)):
        return True
    return bool(_CONCEDED.search(said)) or (bool(_COMMITTED.search(said)) and stance_of_sentence(said) is None)


def _last_sentence(source: SourceText, paragraph: Span) -> str:
    return [flow(span.of(source.text)) for span in sentences(source.text, paragraph)][-1]


def _promise(source: SourceText, span: Span, state: PromiseState | None) -> Promise:
    said = flow(span.of(source.text))
    who, when = owners(said), time_words(said)
    return Promise(Passage(said, source.place(span)), state, who[0].of(said) if who else "", when[0].of(said) if when else "")
