"""The chain as a tree, plan by plan, with what is missing in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.controls.selectors.findings import Found
from styrkedja.core.controls.snapshot import ObjectKind
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import valid_on
from styrkedja.steering.models import Action, ChainObject, Goal, GoalArea, GoalState, SteeringDocument
from styrkedja.steering.selectors import visible

_KINDS: Mapping[type[ChainObject], ObjectKind] = {
    SteeringDocument: ObjectKind.DOCUMENT,
    GoalArea: ObjectKind.GOAL_AREA,
    Goal: ObjectKind.GOAL,
    Action: ObjectKind.ACTION,
}


@dataclass(frozen=True)
class Knot:
    """An object of the chain, what has been found of it, and what hangs in it."""

    row: ChainObject
    kind: ObjectKind
    found: tuple[Found, ...]
    children: tuple["Knot", ...]

    @property
    def all_found(self) -> int:
        """How much has been found here and below."""
        return len(self.found) + sum(child.all_found for child in self.children)


def knots(user: User, county: County, findings: Iterable[Found], *, on: date) -> tuple[Knot, ...]:
    """The plans in force with their goal areas, goals and actions. Goals of plans below hang in the goals that they take up. Five queries."""
    of_thing: defaultdict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in findings:
        of_thing[one.line.fault.ref.kind, one.line.fault.ref.key].append(one)
    tree = _Tree(user, county, of_thing, on)
    return tuple(tree.document(row) for row in tree.documents if row.pk in tree.planned)


class _Tree:
    """What hangs in what, read once."""

    def __init__(self, user: User, county: County, found: Mapping[tuple[str, str], list[Found]], on: date) -> None:
        self.found = found
        self.documents: Sequence[SteeringDocument] = list(
            visible(user, SteeringDocument, on=on).filter(valid_on(on), county=county, state="DECIDED").order_by("valid_from", "title")
        )
        inside = {"document__in": self.documents}
        self.areas = _by(visible(user, GoalArea, on=on).filter(**inside).order_by("position", "title"), "document_id")
        goals = list(visible(user, Goal, on=on).filter(**inside, state=GoalState.OPEN).order_by("position", "title"))
        known = {goal.pk for goal in goals}
        self.below = _by((goal for goal in goals if goal.parent_id in known), "parent_id")
        tops = [goal for goal in goals if goal.parent_id not in known]
        self.in_area = _by((goal for goal in tops if goal.area_id), "area_id")
        self.in_document = _by((goal for goal in tops if not goal.area_id), "document_id")
        self.actions: defaultdict[int, list[Action]] = defaultdict(list)
        self.without_goal: defaultdict[int, list[Action]] = defaultdict(list)
        rows = visible(user, Action, on=on).filter(**inside).exclude(state="CANCELLED").prefetch_related("goals").order_by("title")
        for action in rows:
            serving = [goal.pk for goal in action.goals.all() if goal.pk in known]
            for goal_id in serving:
                self.actions[goal_id].append(action)
            if not serving:
                self.without_goal[action.document_id].append(action)
        self.planned = {row.document_id for row in goals} | self.without_goal.keys()

    def document(self, row: SteeringDocument) -> Knot:
        areas = [self.area(area) for area in self.areas[row.pk]]
        goals = [self.goal(goal) for goal in self.in_document[row.pk]]
        return self._knot(row, [*areas, *goals, *(self._knot(action, ()) for action in self.without_goal[row.pk])])

    def area(self, row: GoalArea) -> Knot:
        return self._knot(row, [self.goal(goal) for goal in self.in_area[row.pk]])

    def goal(self, row: Goal) -> Knot:
        actions = [self._knot(action, ()) for action in self.actions[row.pk]]
        return self._knot(row, [*(self.goal(goal) for goal in self.below[row.pk]), *actions])

    def _knot(self, row: ChainObject, children: Sequence[Knot]) -> Knot:
        kind = _KINDS[type(row)]
        return Knot(row, kind, tuple(self.found.get((kind, row.key), ())), tuple(children))


def _by(rows: Iterable[ChainObject], name: str) -> defaultdict[int, list]:
    found: defaultdict[int, list] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
