"""Which stance a sentence takes to the auditors: delar, delar delvis, delar inte."""

import re
from collections.abc import Iterable

from styrkedja.core.controls.snapshot.kinds import Stance
from styrkedja.core.prose import flow, sentences

_VIEW = r"(?:bedömning|uppfattning|slutsats|synpunkt|synsätt|syn|rekommendation|iakttagelse|åsikt|mening|analys|bild|ståndpunkt)(?:en|ar|er|arna|erna|s|ens)?"
# "Nämnden delar", not "viktiga delar i" or "delar av": a verb.
_SHARE = r"(?:delar|dela|delat)(?!\s+(?:av|som|ut|upp|in)\b|\s+i\s+(?!allt|huvudsak|sak|stor|viss|fler|några))"
_FAR = r"(?:(?!\bmen\b)[^.;:]){0,90}?"
_NOT = r"(?:inte|ej|icke|varken)"
_PART = (
    r"(?:delvis|till\s+(?:viss|stor|en)\s+del|i\s+(?:vissa|stora|flera|några)\s+delar|i\s+(?:huvudsak|stort|viss\s+mån)|"
    r"till\s+(?:stora|vissa)\s+delar|i\s+flera\s+avseenden)"
)
_AGREE = (
    rf"(?:\b{_SHARE}\b{_FAR}\b{_VIEW}\b|\binstämmer\b|\binstämma\b|\b(?:håller|hålla)\s+(?:\w+\s+){{0,2}}med\b|\bställer\s+sig\s+(?:\w+\s+){{0,2}}bakom\b|"
    r"\bställa\s+sig\s+bakom\b|\btillstyrker\b|\bbejakar\b|\bgodtar\s+rekommendation|\bdelar\s+(?:helt|fullt\s+ut)\b)"
)
_DISAGREES = re.compile(
    rf"\b{_SHARE}\s+(?:\w+\s+){{0,3}}?{_NOT}\b{_FAR}\b{_VIEW}\b|\binstämmer\s+(?:\w+\s+){{0,2}}?{_NOT}\b|\bhåller\s+(?:\w+\s+){{0,2}}?{_NOT}\s+med\b|"
    rf"\bställer\s+sig\s+(?:\w+\s+)?{_NOT}\s+bakom\b|\bavstyrker\b|\bavvisar\b|\bmotsätter\s+sig\b|"
    r"\b(?:har|är)\s+(?:\w+\s+){0,2}?(?:annan|annorlunda|avvikande)\s+(?:uppfattning|mening|bedömning|syn)\b|\b(?:kan|vill)\s+inte\s+(?:dela|instämma|ställa\s+sig)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    rf"\b(?:{_SHARE}|instämmer|ställer\s+sig|håller)\b(?:(?!\bmen\b)[^.;:]){{0,90}}?\b{_PART}(?!\w)|\b{_PART}\s+(?:{_SHARE}|instämmer|håller)\b|"
    rf"\b(?:{_SHARE}|instämmer)\s+(?:\w+\s+){{0,3}}?inte\s+(?:helt|fullt\s+ut|till\s+fullo|i\s+alla\s+delar)\b",
    re.IGNORECASE,
)
_SHARES = re.compile(_AGREE, re.IGNORECASE)
_LEANING = re.compile(r"\bser\s+positivt\s+på\b|\bställer\s+sig\s+positiv|\bvälkomnar\b|\btar\s+till\s+sig\b|\bnoterar\b", re.IGNORECASE)
# "… men vill också framhålla" adds something; any other "men" holds something back.
_HELD_BACK = re.compile(
    r",?\s+(?:men|dock\s+inte)\b(?!\s+(?:\w+\s+){0,3}?(?:vill|önskar|vill\s+också)\s+(?:\w+\s+){0,3}?(?:framhålla|understryka|påtala|betona|tillägga|lyfta|poängtera|peka|"
    r"förtydliga|påpeka|påminna|nämna))",
    re.IGNORECASE,
)
# Whose view it is that is shared or not: not what the auditors think of the board's view.
_THEIRS = re.compile(
    rf"\b(?:revisorerna|revisionen|granskningen|kommunerna|alla|båda)\s+{_SHARE}\b|\b(?:nämndens|styrelsens)\s+{_VIEW}", re.IGNORECASE
)


def stance_of_sentence(sentence: str) -> Stance | None:
    """The stance of one sentence, None if it takes none."""
    said = flow(sentence)
    if _THEIRS.search(said):
        return None
    if _PARTLY.search(said):
        return Stance.PARTLY
    if _DISAGREES.search(said):
        return Stance.DISAGREE
    if match := _SHARES.search(said):
        return Stance.PARTLY if _HELD_BACK.search(said, match.start()) else Stance.AGREE
    return None


def leans(sentence: str) -> bool:
    """Does the sentence say something of the recommendation without taking a stance: "ser positivt på"?"""
    said = flow(sentence)
    return bool(_LEANING.search(said)) and not _THEIRS.search(said)


def stance_of(text: str) -> Stance | None:
    """The stance of a whole text."""
    return combined(stance for span in sentences(text) if (stance := stance_of_sentence(span.of(text))))


def combined(stances: Iterable[Stance]) -> Stance | None:
    """To share one thing and not another is to share partly."""
    taken = set(stances)
    if len(taken) > 1:
        return Stance.PARTLY
    return taken.pop() if taken else None
