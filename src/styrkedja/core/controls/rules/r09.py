"""R09: indicators show how actions contribute."""

from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.controls.snapshot import Action
from styrkedja.core.sentences import Sentence


def actions_without_indicator(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if not action.indicators:
            yield gap_in(action, Sentence("Ingen indikator visar hur åtgärden bidrar."))


def goals_without_indicator(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        if not goal.indicators:
            yield gap_in(goal, Sentence("Målet mäts inte med någon indikator."))


def broken_chains(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for action in chain.open_actions:
        measured = _measured(chain, action)
        if action.indicators and measured and measured.isdisjoint(action.indicators):
            goals = [chain.goals[key] for key in action.goals if key in chain.goals]
            names = ", ".join(chain.indicators[key].name if key in chain.indicators else key for key in action.indicators)
            explanation = Sentence("Åtgärden mäts med %(names)s, som varken dess mål eller målen ovanför mäts med.", names=names)
            yield gap_in(action, explanation, others=tuple(goal.ref for goal in goals))


def _measured(chain: Chain, action: Action) -> set[str]:
    """What the action's goals, and those above them, are measured by."""
    return {link.indicator for key in action.goals for goal in chain.goal_line(key) for link in goal.indicators}


RULE = Rule(
    id="R09",
    title=Sentence("Indikatorer som visar åtgärdernas bidrag"),
    source="003",
    quote="tydliga indikatorer som visar hur resultatet förbättrande åtgärder bidrar till att uppnå ekonomisk balans",
    severity=Severity.FAULT,
    clears=Sentence("Varje åtgärd följs med en indikator som också dess mål mäts med."),
    limits=NoLimits(),
    checks=(
        Check(
            "R09",
            Severity.FAULT,
            Sentence("En öppen åtgärd utan indikator."),
            Sentence("Åtgärden får en indikator."),
            actions_without_indicator,
        ),
        Check(
            "R09b",
            Severity.FAULT,
            Sentence("Ett mål utan indikator."),
            Sentence("Målet får en indikator med utgångsvärde och målvärde."),
            goals_without_indicator,
        ),
        Check(
            "A42",
            Severity.FAULT,
            Sentence("En öppen åtgärd som mäts med något annat än dess mål."),
            Sentence("Åtgärden och målet får en gemensam indikator."),
            broken_chains,
        ),
    ),
)
