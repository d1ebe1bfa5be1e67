"""R12: a plan can be followed: data tell whether an action succeeds, nothing falls away between two years, and words bind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.criteria import is_measurable
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.snapshot import Action, ActionState, Assignment, Goal
from styrkedja.core.sentences import Sentence
from styrkedja.core.wording import vague_sentences


@dataclass(frozen=True)
class Limits:
    days_late: int = threshold(0, Sentence("En åtgärd får vara försenad i högst så många dagar."))


def undecidable_actions(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if not action.indicators and not _has_milestone(chain, action):
            yield gap_in(action, Sentence("Åtgärden har varken indikator eller delmål, så data kan inte visa om den lyckas."))


def _has_milestone(chain: Chain, action: Action) -> bool:
    """One that can be decided: a date, and a criterion or an indicator's target."""
    return any(
        milestone.due_on and (milestone.target is not None or is_measurable(milestone.criterion))
        for milestone in chain.milestones.get(action.ref, ())
    )


def late_actions(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if action.ends_on and (chain.on - action.ends_on).days > limits.days_late:
            yield gap_in(action, Sentence("Åtgärden skulle ha varit klar %(end)s och har inget nytt datum.", end=action.ends_on))
        elif action.state is ActionState.PLANNED and action.starts_on and (chain.on - action.starts_on).days > limits.days_late:
            yield gap_in(action, Sentence("Åtgärden skulle ha börjat %(start)s.", start=action.starts_on))


def lost_between_plans(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for transfer in chain.snapshot.transfers:
        document = chain.documents.get(transfer.document)
        if document is None:
            continue
        values = {"name": transfer.previous_name}
        part, others = f"{transfer.previous.kind}:{transfer.previous.key}", (transfer.previous, *transfer.into)
        if not transfer.is_decided:
            explanation = Sentence("Det är inte bestämt vad som blir av ”%(name)s” från den förra planen.", **values)
            yield gap_in(document, explanation, part=part, others=others)
        elif not transfer.into and not transfer.reason.strip():
            yield gap_in(document, Sentence("”%(name)s” har utgått ur planen utan skäl.", **values), part=part, others=others)


def vague_goals(chain: Chain, limits: Limits) -> Iterator[Gap]:
    yield from _vague(chain.snapshot.goals)
    yield from _vague(assignment for assignment in chain.snapshot.assignments if assignment.reported_on is None)


def vague_actions(chain: Chain, limits: Limits) -> Iterator[Gap]:
    yield from _vague(chain.open_actions)


def _vague(things: Iterable[Goal | Assignment | Action]) -> Iterator[Gap]:
    for thing in things:
        found = [words for text in (thing.name, thing.text) for sentence in vague_sentences(text) for _place, words in sentence.words]
        if found:
            words = ", ".join(dict.fromkeys(" ".join(words.casefold().split()) for words in found))
            yield gap_in(thing, Sentence("Orden binder inte: %(words)s. Meningen säger varken när, vem eller hur mycket.", words=words))


RULE = Rule(
    id="R12",
    title=Sentence("Planer som går att följa upp"),
    source="003",
    quote="har varit alltför svår att följa upp",
    severity=Severity.WARNING,
    clears=Sentence("Data visar om åtgärden lyckas, den håller sina datum, och inget faller bort mellan två planer."),
    limits=Limits(),
    checks=(
        Check(
            "R12",
            Severity.WARNING,
            Sentence("En öppen åtgärd med varken indikator eller delmål som går att avgöra."),
            Sentence("Åtgärden får en indikator, eller ett delmål med datum och kriterium."),
            undecidable_actions,
        ),
        Check(
            "A06",
            Severity.WARNING,
            Sentence("En åtgärd vars start- eller slutdatum har passerat utan att den har börjat eller blivit klar."),
            Sentence("Åtgärden börjar, blir klar eller får ett nytt datum genom beslut."),
            late_actions,
        ),
        Check(
            "A14",
            Severity.INFO,
            Sentence("Ett mål eller uppdrag med ord som inte binder, i en mening utan datum, funktion eller tal."),
            Sentence("Meningen får ett datum, en funktion eller ett tal, eller skrivs om."),
            vague_goals,
        ),
        Check(
            "A48",
            Severity.INFO,
            Sentence("En åtgärd med ord som inte binder, i en mening utan datum, funktion eller tal."),
            Sentence("Meningen får ett datum, en funktion eller ett tal, eller skrivs om."),
            vague_actions,
        ),
        Check(
            "A50",
            Severity.WARNING,
            Sentence("Ett mål eller en åtgärd från förra planen där det inte framgår vad som hände."),
            Sentence("Det anges om målet eller åtgärden behålls, ändras, slås ihop eller utgår, och i så fall varför."),
            lost_between_plans,
        ),
    ),
)
