"""The snapshot with its ways up, down and across, each found once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

from styrkedja.core.controls.snapshot import (
    Action,
    ActionState,
    Body,
    Decision,
    Estimate,
    Goal,
    GoalIndicator,
    Indicator,
    Mandate,
    Milestone,
    RealisedEffect,
    Ref,
    Seat,
    Snapshot,
    SteeringDocument,
)

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


def grouped(items: Iterable[Item], keys: Callable[[Item], Iterable[Key]]) -> Mapping[Key, tuple[Item, ...]]:
    """The items under each of their keys, in the order given."""
    found: defaultdict[Key, list[Item]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            found[key].append(item)
    return {key: tuple(group) for key, group in found.items()}


class Chain:
    """A snapshot and what follows from it. Everything is found when it is first asked for, in time linear in the snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.on = snapshot.on
        self._body_lines: dict[str, tuple[str, ...]] = {}

    # By key

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        return {body.key: body for body in self.snapshot.bodies}

    @cached_property
    def seats(self) -> Mapping[str, Seat]:
        return {seat.key: seat for seat in self.snapshot.seats}

    @cached_property
    def documents(self) -> Mapping[str, SteeringDocument]:
        return {document.key: document for document in self.snapshot.documents}

    @cached_property
    def goals(self) -> Mapping[str, Goal]:
        return {goal.key: goal for goal in self.snapshot.goals}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        return {indicator.key: indicator for indicator in self.snapshot.indicators}

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        return {decision.key: decision for decision in self.snapshot.decisions}

    @cached_property
    def mandates(self) -> Mapping[str, Mandate]:
        return {mandate.key: mandate for mandate in self.snapshot.mandates}

    # Goals

    @cached_property
    def goals_below(self) -> Mapping[str, tuple[Goal, ...]]:
        """The goals right below a goal."""
        return grouped(self.snapshot.goals, lambda goal: (goal.parent,) if goal.parent else ())

    @cached_property
    def milestones(self) -> Mapping[Ref, tuple[Milestone, ...]]:
        return grouped(self.snapshot.milestones, lambda milestone: (milestone.of,))

    def goal_line(self, key: str) -> Iterator[Goal]:
        """The goal and those above it, up to the highest. Ends also where somebody has tied a ring."""
        seen: set[str] = set()
        while key not in seen and (goal := self.goals.get(key)):
            seen.add(key)
            yield goal
            key = goal.parent or ""

    @cached_property
    def goals_with_dated_milestones_below(self) -> frozenset[str]:
        """Goals with a dated milestone, and all goals above them."""
        dated = (of.key for of, own in self.milestones.items() if of.key in self.goals and any(milestone.due_on for milestone in own))
        found: set[str] = set()
        for key in dated:
            for goal in self.goal_line(key):
                if goal.key in found:
                    break
                found.add(goal.key)
        return frozenset(found)

    # Actions

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        return {action.key: action for action in self.snapshot.actions}

    @cached_property
    def open_actions(self) -> tuple[Action, ...]:
        return tuple(action for action in self.snapshot.actions if action.is_open)

    @cached_property
    def actions_of_goal(self) -> Mapping[str, tuple[Action, ...]]:
        return grouped(self.snapshot.actions, lambda action: action.goals)

    @cached_property
    def actions_that_correct(self) -> Mapping[Ref, tuple[Action, ...]]:
        return grouped(self.snapshot.actions, lambda action: action.corrects)

    @cached_property
    def estimates_of_action(self) -> Mapping[str, tuple[Estimate, ...]]:
        return grouped(self.snapshot.estimates, lambda estimate: (estimate.action,))

    @cached_property
    def net_effects(self) -> Mapping[tuple[str, int], int]:
        """By document and year: the calculated net effect in öre of the document's own actions that are not cancelled.

        Of several calculations of an action, the last counts.
        """
        found: Counter[tuple[str, int]] = Counter()
        for action in self.snapshot.actions:
            estimates = self.estimates_of_action.get(action.key)
            if action.document and estimates and action.state is not ActionState.CANCELLED:
                for effect in estimates[-1].effects:
                    found[action.document, effect.year] += effect.net
        return found

    @cached_property
    def realised_of_action(self) -> Mapping[str, tuple[RealisedEffect, ...]]:
        """Only what has been reported."""
        reported = (effect for effect in self.snapshot.realised if effect.amount is not None)
        return grouped(reported, lambda effect: (effect.action,))

    # Indicators

    @cached_property
    def links(self) -> Mapping[str, tuple[tuple[Goal, GoalIndicator], ...]]:
        """By indicator: the goals that it measures."""
        pairs = ((goal, link) for goal in self.snapshot.goals for link in goal.indicators)
        return grouped(pairs, lambda pair: (pair[1].indicator,))

    @cached_property
    def planned_indicators(self) -> tuple[Indicator, ...]:
        """Those that a goal or an open action in a plan is measured by."""
        used = self.links.keys() | self.actions_of_indicator.keys()
        return tuple(indicator for indicator in self.snapshot.indicators if indicator.key in used)

    @cached_property
    def actions_of_indicator(self) -> Mapping[str, tuple[Action, ...]]:
        """Open actions alone."""
        return grouped(self.open_actions, lambda action: action.indicators)

    def users(self, indicator: Indicator) -> tuple[str, ...]:
        """The bodies whose goals and open actions are measured by the indicator, each once."""
        goals = (goal.body for goal, _link in self.links.get(indicator.key, ()))
        actions = (action.body for action in self.actions_of_indicator.get(indicator.key, ()))
        return tuple(dict.fromkeys((*goals, *actions)))

    def measured_since(self, indicator: Indicator) -> date | None:
        """The first day on which a plan was measured by the indicator; None when one of them does not say."""
        goals = [goal.period.valid_from for goal, _link in self.links.get(indicator.key, ())]
        actions = [action.starts_on for action in self.actions_of_indicator.get(indicator.key, ())]
        days = [day for day in (*goals, *actions) if day is not None]
        return min(days) if days and len(days) == len(goals) + len(actions) else None

    @cached_property
    def periods(self) -> Mapping[str, frozenset[date]]:
        """By indicator: the first days of the periods that have any value."""
        return {indicator.key: frozenset(cell.period for cell in indicator.cells) for indicator in self.snapshot.indicators}

    # Bodies

    @cached_property
    def bodies_below(self) -> Mapping[str, tuple[Body, ...]]:
        """The bodies right below a body."""
        return grouped(self.snapshot.bodies, lambda body: (body.parent,) if body.parent else ())

    def body_line(self, key: str) -> tuple[str, ...]:
        """The key of the body and of those above it, up to the highest. A body that is not in the snapshot is alone."""
        if key not in self._body_lines:
            line = [key]
            while (body := self.bodies.get(line[-1])) and body.parent and body.parent not in line:
                line.append(body.parent)
            self._body_lines[key] = tuple(line)
        return self._body_lines[key]

    def stand_in_line(self, one: str, other: str) -> bool:
        """Is one of the bodies the other, or above it?"""
        return one in self.body_line(other) or other in self.body_line(one)

    def body_name(self, key: str) -> str:
        return self.bodies[key].name if key in self.bodies else key

    # Documents

    @cached_property
    def documents_below(self) -> Mapping[str, tuple[SteeringDocument, ...]]:
        """The documents right below a document."""
        return grouped(self.snapshot.documents, lambda document: document.parents)

    def document_tree(self, key: str) -> frozenset[str]:
        """The key of the document and of all documents below it."""
        found, left = {key}, [key]
        while left:
            below = {document.key for document in self.documents_below.get(left.pop(), ())} - found
            found |= below
            left += below
        return frozenset(found)
