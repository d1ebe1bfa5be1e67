"""R17: what stands in the way is dealt with, and goals that pull apart are known to do so."""

from collections.abc import Iterator
from itertools import product

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.controls.snapshot import DesiredDirection, Goal, GoalIndicator, Indicator, ObjectKind, ObstacleKind
from styrkedja.core.controls.telling import together
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.sentences import Sentence

# What these want holds for all of the region or municipality that they govern.
_POLITICAL = (OrganisationKind.COUNCIL, OrganisationKind.EXECUTIVE_BOARD, OrganisationKind.COMMITTEE)
_OPPOSITE = {DesiredDirection.UP: DesiredDirection.DOWN, DesiredDirection.DOWN: DesiredDirection.UP}
Link = tuple[Goal, GoalIndicator]


def unattended_obstacles(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for obstacle in chain.snapshot.obstacles:
        if obstacle.closed_on is not None:
            continue
        parts = ((bool(obstacle.accountable), Sentence("ansvarig funktion")), (bool(obstacle.response.strip()), Sentence("hantering")))
        if lacking := [words for has, words in parts if not has]:
            yield gap_in(obstacle, Sentence("Hindret saknar %(lacking)s.", lacking=together(lacking)), others=obstacle.hinders)


def hidden_conflicts(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    known = _registered(chain)
    seen: set[tuple[str, str]] = set()
    for indicator, other, one, another in _pulling_apart(chain):
        first, second = sorted((one, another), key=lambda goal: goal.key)
        pair = (first.key, second.key)
        if first.key == second.key or pair in known or pair in seen:
            continue
        seen.add(pair)
        values = {"other": second.name, "indicator": indicator.name}
        if indicator.key == other.key:
            explanation = Sentence("Målet och ”%(other)s” drar ”%(indicator)s” åt olika håll. Ingen målkonflikt är registrerad.", **values)
        else:
            values["against"] = other.name
            explanation = Sentence(
                "Målet och ”%(other)s” mäts med ”%(indicator)s” och ”%(against)s”, som drar åt olika håll. Ingen målkonflikt är registrerad.",
                **values,
            )
        yield gap_in(first, explanation, part=second.key, others=(second.ref,), also_in=(second.body,))


def _registered(chain: Chain) -> set[tuple[str, str]]:
    """The pairs of goals whose conflict is known, as a conflict or as an obstacle to both."""
    pairs = [conflict.goals for conflict in chain.snapshot.conflicts]
    for obstacle in chain.snapshot.obstacles:
        goals = tuple(ref.key for ref in obstacle.hinders if ref.kind is ObjectKind.GOAL)
        if obstacle.obstacle_kind is ObstacleKind.GOAL_CONFLICT and len(goals) == 2:
            pairs.append((goals[0], goals[1]))
    return {(min(pair), max(pair)) for pair in pairs}


def _pulling_apart(chain: Chain) -> Iterator[tuple[Indicator, Indicator, Goal, Goal]]:
    """Two indicators (or one twice) with a goal of each, where reaching one goal hinders the other in the same place."""
    for key, links in chain.links.items():
        indicator = chain.indicators.get(key)
        if indicator is None:
            continue
        ups = [link for link in links if wanted(indicator, link[1]) is DesiredDirection.UP]
        downs = [link for link in links if wanted(indicator, link[1]) is DesiredDirection.DOWN]
        for one, other in product(ups, downs):
            if _same_place(chain, one, other):
                yield indicator, indicator, one[0], other[0]
        for against in indicator.opposes:
            if against in chain.indicators:
                for one, other in product(links, chain.links.get(against, ())):
                    if _same_place(chain, one, other):
                        yield indicator, chain.indicators[against], one[0], other[0]


def wanted(indicator: Indicator, link: GoalIndicator) -> DesiredDirection:
    """Which way the goal wants its indicator: as it says, as its target lies from where one stood, or else as the indicator has it."""
    if link.direction is not None:
        return link.direction
    if link.baseline is None or link.target is None or link.baseline == link.target:
        return indicator.direction
    return DesiredDirection.UP if link.target > link.baseline else DesiredDirection.DOWN


def _same_place(chain: Chain, one: Link, other: Link) -> bool:
    return any(chain.stand_in_line(first, second) for first, second in product(_places(chain, one), _places(chain, other)))


def _places(chain: Chain, link: Link) -> tuple[str, ...]:
    goal, target = link
    if target.bodies:
        return target.bodies
    body = chain.bodies.get(goal.body)
    return (body.principal,) if body and body.principal and body.body_kind in _POLITICAL else (goal.body,)


def half_conflicts(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    in_conflict = {goal for conflict in chain.snapshot.conflicts for goal in conflict.goals}
    for obstacle in chain.snapshot.obstacles:
        if obstacle.obstacle_kind is ObstacleKind.GOAL_CONFLICT and obstacle.closed_on is None:
            goals = {ref.key for ref in obstacle.hinders if ref.kind is ObjectKind.GOAL}
            if len(goals) < 2 and goals.isdisjoint(in_conflict):
                yield gap_in(obstacle, Sentence("Målkonflikten anger inte båda målen."), others=obstacle.hinders)


def undecided_conflicts(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for conflict in chain.snapshot.conflicts:
        if conflict.decision is None:
            others = tuple(chain.goals[key].ref for key in conflict.goals if key in chain.goals)
            yield gap_in(conflict, Sentence("Inget är beslutat om hur målen ska vägas mot varandra."), others=others)


RULE = Rule(
    id="R17",
    title=Sentence("Hinder och målkonflikter"),
    source="003",
    quote="Identifiera och hantera organisatoriska hinder såsom förändringsmotstånd och målkonflikter",
    severity=Severity.WARNING,
    clears=Sentence("Varje hinder har en ansvarig funktion och en hantering, och varje målkonflikt är registrerad och avgjord."),
    limits=NoLimits(),
    checks=(
        Check(
            "R17a",
            Severity.WARNING,
            Sentence("Ett hinder utan ansvarig funktion eller hantering."),
            Sentence("Hindret får en ansvarig funktion och en hantering."),
            unattended_obstacles,
        ),
        Check(
            "R17b",
            Severity.WARNING,
            Sentence("Två mål vars indikatorer drar åt olika håll utan att någon målkonflikt är registrerad."),
            Sentence("Målkonflikten registreras, eller ett av målen ändras."),
            hidden_conflicts,
        ),
        Check(
            "R17c",
            Severity.WARNING,
            Sentence("Ett hinder av slaget målkonflikt som inte anger båda målen."),
            Sentence("Båda målen anges."),
            half_conflicts,
        ),
        Check(
            "A60",
            Severity.WARNING,
            Sentence("En registrerad målkonflikt utan beslut."),
            Sentence("Beslutet om hur målen vägs mot varandra knyts till målkonflikten."),
            undecided_conflicts,
        ),
    ),
)
