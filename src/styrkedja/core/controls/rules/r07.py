"""R07: actions serve goals, and goals have actions."""

from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.controls.snapshot import ActionState
from styrkedja.core.sentences import Sentence


def actions_without_goal(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if not action.goals:
            yield gap_in(action, Sentence("Åtgärden bidrar inte till något mål."))


def goals_without_action(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        actions = chain.actions_of_goal.get(goal.key, ())
        if goal.key in chain.goals_below or any(action.state is not ActionState.CANCELLED for action in actions):
            continue
        if actions:
            yield gap_in(goal, Sentence("Alla åtgärder för målet är avbrutna."), others=tuple(action.ref for action in actions))
        else:
            yield gap_in(goal, Sentence("Ingen åtgärd bidrar till målet."))


def actions_without_assignment(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if action.assignments is not None and not action.assignments:
            yield gap_in(action, Sentence("Åtgärden är inte kopplad till något uppdrag."))


RULE = Rule(
    id="R07",
    title=Sentence("Koppling mellan mål och åtgärder"),
    source="003",
    quote="Stärk kopplingen mellan mål och åtgärder.",
    severity=Severity.FAULT,
    clears=Sentence("Varje åtgärd bidrar till ett mål, och varje mål har en åtgärd."),
    limits=NoLimits(),
    checks=(
        Check(
            "R07a",
            Severity.FAULT,
            Sentence("En öppen åtgärd som inte bidrar till något mål."),
            Sentence("Åtgärden knyts till ett mål."),
            actions_without_goal,
        ),
        Check(
            "R07b",
            Severity.FAULT,
            Sentence("Ett mål utan mål under sig som ingen åtgärd bidrar till."),
            Sentence("En åtgärd knyts till målet."),
            goals_without_action,
        ),
        Check(
            "A43",
            Severity.WARNING,
            Sentence("En öppen åtgärd utan koppling till ett uppdrag."),
            Sentence("Åtgärden knyts till det uppdrag den utför."),
            actions_without_assignment,
        ),
    ),
)
