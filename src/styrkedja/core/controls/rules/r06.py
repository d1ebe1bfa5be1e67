"""R06: what a plan wants is taken up by the plans below it."""

from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.controls.snapshot import Goal
from styrkedja.core.sentences import Sentence


def not_taken_up(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    assigned = {goal for assignment in chain.snapshot.assignments for goal in assignment.goals}
    for goal in chain.snapshot.goals:
        below = chain.documents_below.get(goal.document, ())
        if below and goal.key not in assigned and not _is_taken_up(chain, goal):
            plans = ", ".join(document.name for document in below)
            explanation = Sentence(
                "Målet tas inte upp av något mål, något uppdrag eller någon åtgärd i planerna under: %(plans)s.", plans=plans
            )
            yield gap_in(goal, explanation, others=tuple(document.ref for document in below), also_in=(document.body for document in below))


def _is_taken_up(chain: Chain, goal: Goal) -> bool:
    # A goal that its own plan has divided is taken up as its parts are.
    if chain.goals_below.get(goal.key):
        return True
    tree = chain.document_tree(goal.document) - {goal.document}
    return any(action.document in tree for action in chain.actions_of_goal.get(goal.key, ()))


def without_parent(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        document = chain.documents.get(goal.document)
        above = [chain.documents[key] for key in document.parents if key in chain.documents] if document else []
        if above and goal.parent is None:
            plans = ", ".join(plan.name for plan in above)
            explanation = Sentence("Målet hör inte till något mål i planen ovanför: %(plans)s.", plans=plans)
            yield gap_in(goal, explanation, others=tuple(plan.ref for plan in above))


def indicators_not_carried_down(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        below = [child for child in chain.goals_below.get(goal.key, ()) if child.document != goal.document]
        measured = {link.indicator for child in below for link in child.indicators}
        measured |= {key for child in below for action in chain.actions_of_goal.get(child.key, ()) for key in action.indicators}
        for link in goal.indicators if below else ():
            if link.indicator not in measured and (indicator := chain.indicators.get(link.indicator)):
                explanation = Sentence("Indikatorn ”%(name)s” följs inte i någon av planerna under.", name=indicator.name)
                others = (indicator.ref, *(child.ref for child in below))
                yield gap_in(goal, explanation, part=link.indicator, others=others, also_in=(child.body for child in below))


RULE = Rule(
    id="R06",
    title=Sentence("Mål som omsätts i planerna under"),
    source="002",
    quote="regionplanen som sedan omsätts av regionstyrelsen i en verksamhetsplan",
    severity=Severity.WARNING,
    clears=Sentence("Varje mål i planen ovanför tas upp i en plan under, och varje mål under hör till ett ovanför."),
    limits=NoLimits(),
    checks=(
        Check(
            "R06",
            Severity.WARNING,
            Sentence("Ett mål i en plan under en annan som inte hör till något mål ovanför."),
            Sentence("Målet knyts till ett mål i planen ovanför."),
            without_parent,
        ),
        Check(
            "R06b",
            Severity.INFO,
            Sentence("En indikator för ett mål ovanför som varken målen under eller deras åtgärder följs med."),
            Sentence("Minst ett mål eller en åtgärd under följs med indikatorn."),
            indicators_not_carried_down,
        ),
        Check(
            "A19",
            Severity.WARNING,
            Sentence("Ett mål som inget mål, inget uppdrag och ingen åtgärd i planerna under tar upp."),
            Sentence("Ett mål, ett uppdrag eller en åtgärd i en plan under knyts till målet."),
            not_taken_up,
        ),
    ),
)
