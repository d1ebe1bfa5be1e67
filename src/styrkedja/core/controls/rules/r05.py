"""R05: nobody does what somebody else already does, and each thing has one who answers for it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.duplicates import Likeness, near_duplicates
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.snapshot import Action, Assignment
from styrkedja.core.controls.telling import in_a_row, titles
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    percent_shared: int = threshold(
        60, Sentence("Åtgärder med gemensamt mål eller gemensam indikator liknar varandra om de delar så många procent av orden.")
    )
    percent_alone: int = threshold(80, Sentence("Andra åtgärder liknar varandra om de delar så många procent av orden."))


def duplicated_actions(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for pair in near_duplicates(chain, percent_shared=limits.percent_shared, percent_alone=limits.percent_alone):
        values = {
            "other": pair.other.name,
            "shared": in_a_row([*_shared(pair), Sentence("%(percent)s %% av orden", percent=pair.percent), Sentence("två ägare")]),
            "first": _owner(chain, pair.one),
            "second": _owner(chain, pair.other),
        }
        explanation = Sentence("Åtgärden liknar ”%(other)s”: %(shared)s (%(first)s och %(second)s).", **values)
        yield gap_in(pair.one, explanation, part=pair.other.key, others=(pair.other.ref,), also_in=(pair.other.body,))


def _shared(pair: Likeness) -> list[Sentence]:
    found = (
        (pair.same_goal, Sentence("samma mål")),
        (pair.near_goal and not pair.same_goal, Sentence("närliggande mål")),
        (pair.same_indicator, Sentence("samma indikator")),
        (pair.same_unit, Sentence("samma enhet")),
    )
    return [words for is_shared, words in found if is_shared]


def _owner(chain: Chain, action: Action) -> str:
    return titles(chain, action.accountable) if action.accountable else chain.body_name(action.body)


def parallel_actions(chain: Chain, limits: Limits) -> Iterator[Gap]:
    groups: defaultdict[tuple[str, str, str], list[Action]] = defaultdict(list)
    for action in chain.open_actions:
        for goal in action.goals if action.unit else ():
            for indicator in action.indicators:
                groups[goal, indicator, action.unit or ""].append(action)
    for (key, indicator, unit), actions in groups.items():
        owners = {action.accountable or (action.body,) for action in actions}
        if len(owners) > 1 and (served := chain.goals.get(key)):
            values = {
                "count": len(owners),
                "indicator": chain.indicators[indicator].name if indicator in chain.indicators else indicator,
                "unit": chain.body_name(unit),
                "names": ", ".join(f"”{action.name}”" for action in actions),
            }
            explanation = Sentence("%(count)s ägare arbetar med ”%(indicator)s” i %(unit)s: %(names)s.", **values)
            others = tuple(action.ref for action in actions)
            yield gap_in(served, explanation, part=f"{indicator}:{unit}", others=others, also_in=(action.body for action in actions))


def several_accountable(chain: Chain, limits: Limits) -> Iterator[Gap]:
    open_assignments = (assignment for assignment in chain.snapshot.assignments if assignment.reported_on is None)
    things: tuple[Action | Assignment, ...] = (*chain.open_actions, *open_assignments)
    for thing in things:
        if len(thing.accountable) > 1:
            values = {"count": len(thing.accountable), "functions": titles(chain, thing.accountable)}
            yield gap_in(thing, Sentence("%(count)s funktioner ansvarar för samma sak: %(functions)s.", **values))


RULE = Rule(
    id="R05",
    title=Sentence("Dubbelarbete"),
    source="002",
    quote="För att undvika dubbelarbete rekommenderar revisionen att roller och ansvar tydliggörs inom organisationen",
    severity=Severity.WARNING,
    clears=Sentence("Åtgärderna slås ihop, avgränsas mot varandra eller får samma ansvariga funktion."),
    limits=Limits(),
    checks=(
        Check(
            "R05a",
            Severity.WARNING,
            Sentence("En åtgärd eller ett uppdrag som flera funktioner ansvarar för."),
            Sentence("En av funktionerna får ansvaret."),
            several_accountable,
        ),
        Check(
            "R05b",
            Severity.INFO,
            Sentence("Åtgärder av olika ägare för samma mål, indikator och enhet."),
            Sentence("Ägarna samordnar åtgärderna, eller en av dem får ansvaret för alla."),
            parallel_actions,
        ),
        Check(
            "A22",
            Severity.WARNING,
            Sentence("Två öppna åtgärder av olika ägare som säger nästan samma sak."),
            Sentence("Åtgärderna slås ihop, avgränsas mot varandra eller får samma ansvariga funktion."),
            duplicated_actions,
        ),
    ),
)
