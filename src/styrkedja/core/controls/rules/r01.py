"""R01: goals have milestones with dates, and milestones have criteria."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from styrkedja.core.controls.calendar import months_between
from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.criteria import is_measurable
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.snapshot import Goal, Milestone
from styrkedja.core.sentences import Sentence

_NUMBER_WORDS = {"två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10}
_STATED = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)}|\d{{1,2}}) (?:\w+ ){{0,2}}strategier\b", re.IGNORECASE)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    long_goal_months: int = threshold(12, Sentence("Ett mål som löper längre än så många månader är långt."))


def _months(goal: Goal) -> int:
    """How long the goal runs; 0 when it does not say."""
    first, end = goal.period.valid_from, goal.period.valid_until
    return months_between(first, end) if first and end else 0


def _without_dated(chain: Chain) -> Iterator[Goal]:
    return (goal for goal in chain.snapshot.goals if goal.key not in chain.goals_with_dated_milestones_below)


def goals_without_dated_milestone(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for goal in _without_dated(chain):
        if _months(goal) <= limits.long_goal_months:
            if chain.milestones.get(goal.ref):
                yield gap_in(goal, Sentence("Målet har delmål, men inget av dem har ett datum."))
            else:
                yield gap_in(goal, Sentence("Målet har inget delmål med datum."))


def long_goals_without_milestones(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for goal in _without_dated(chain):
        if (months := _months(goal)) > limits.long_goal_months and goal.period.valid_until:
            values = {"months": months, "first": goal.period.valid_from, "last": goal.period.valid_until - _ONE_DAY}
            yield gap_in(goal, Sentence("Målet löper i %(months)s månader (%(first)s–%(last)s) utan ett enda delmål med datum.", **values))
    for milestone in chain.snapshot.milestones:
        if milestone.follow_ups is not None and not milestone.follow_ups:
            yield gap_in(milestone, Sentence("Det är inte bestämt när delmålet ska följas upp."), others=(milestone.of,))


def milestones_without_criterion(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for milestone in chain.snapshot.milestones:
        if not _can_be_decided(milestone):
            yield gap_in(milestone, _lacking_criterion(milestone), others=(milestone.of,))


def _can_be_decided(milestone: Milestone) -> bool:
    return (milestone.indicator is not None and milestone.target is not None) or is_measurable(milestone.criterion)


def _lacking_criterion(milestone: Milestone) -> Sentence:
    if milestone.criterion.strip():
        return Sentence("Delmålets kriterium går inte att avgöra: ”%(criterion)s”.", criterion=milestone.criterion.strip().rstrip("."))
    if milestone.indicator is not None:
        return Sentence("Delmålet har en indikator men inget målvärde.")
    return Sentence("Delmålet har inget kriterium som visar när det är nått.")


def plans_without_date_or_owner(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for milestone in chain.snapshot.milestones:
        if milestone.due_on is None:
            yield gap_in(milestone, Sentence("Delmålet har inget datum."), others=(milestone.of,))
    with_goals = {goal.document for goal in chain.snapshot.goals}
    for document in chain.snapshot.documents:
        if document.key in with_goals and not document.accountable:
            yield gap_in(document, Sentence("Ingen funktion ansvarar för planen."))


def miscounted_strategies(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for vision in chain.snapshot.visions:
        if found := _STATED.search(vision.text):
            word = found[1].casefold()
            stated = _NUMBER_WORDS.get(word) or int(word)
            if stated != len(vision.strategies):
                values = {"stated": found[1], "listed": len(vision.strategies), "names": ", ".join(vision.strategies)}
                yield gap_in(vision, Sentence("Texten säger %(stated)s strategier, men %(listed)s räknas upp: %(names)s.", **values))


RULE = Rule(
    id="R01",
    title=Sentence("Mål med tidsatta delmål"),
    source="002",
    quote="saknas en tydlig och samlad strategi, samt efterlyser en mer strukturerad plan med tidsatta delmål",
    severity=Severity.FAULT,
    clears=Sentence("Varje mål har minst ett delmål med datum, och varje delmål ett kriterium som går att avgöra."),
    limits=Limits(),
    checks=(
        Check(
            "R01a",
            Severity.FAULT,
            Sentence("Ett mål som varken självt eller genom målen under det har ett delmål med datum."),
            Sentence("Målet, eller ett mål under det, får ett delmål med datum."),
            goals_without_dated_milestone,
        ),
        Check(
            "R01b",
            Severity.FAULT,
            Sentence("Ett delmål utan kriterium som går att avgöra."),
            Sentence("Delmålet får ett kriterium som går att avgöra, eller en indikator med målvärde."),
            milestones_without_criterion,
        ),
        Check(
            "A03",
            Severity.FAULT,
            Sentence("Ett långt mål utan delmål med datum, eller ett delmål utan bestämd uppföljning."),
            Sentence("Målet får ett delmål med datum, och delmålet en dag för uppföljning."),
            long_goals_without_milestones,
        ),
        Check(
            "A05",
            Severity.WARNING,
            Sentence("En målbild som säger ett annat antal strategier än den räknar upp."),
            Sentence("Antalet i texten och uppräkningen stämmer överens."),
            miscounted_strategies,
        ),
        Check(
            "A07",
            Severity.FAULT,
            Sentence("Ett delmål utan datum, eller en plan med mål som ingen funktion ansvarar för."),
            Sentence("Delmålet får ett datum, eller planen en ansvarig funktion."),
            plans_without_date_or_owner,
        ),
    ),
)
