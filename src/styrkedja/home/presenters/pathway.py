"""Where a case stands: every step that has been done, is open or may come, phase by phase, in the order of the routine."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.process.model import Node, Phase, Routine
from styrkedja.home.selectors.case import CaseView
from styrkedja.procedures.presenters.answers import outcome_name
from styrkedja.procedures.presenters.wording import holder
from styrkedja.ui.components import Step, StepState
from styrkedja.ui.wording import day_text, distance_text
from styrkedja.workflows.models import HistoryEvent, WorkItem
from styrkedja.workflows.replaying import course_of


@dataclass(frozen=True)
class PhaseSteps:
    """The steps of a phase that concern the case. `state` is that of the phase as a whole."""

    phase: Phase
    steps: Sequence[Step]
    state: StepState


def pathway(view: CaseView, links: Mapping[int, str], *, at: datetime) -> list[PhaseSteps]:
    """Phases in order. What can no longer come, since the case has taken another way, is left out. `links` are the open items' addresses."""
    done, opened = _done(view), _opened(view.items)
    coming = _reachable(view.routine, opened) - done.keys() - opened.keys()
    found = []
    for phase in view.routine.phases.values():
        nodes = [node for node in view.routine.steps() if node.phase == phase.id]
        steps = [
            _step(node, view, done.get(node.id, []), opened.get(node.id, []), links, at)
            for node in nodes
            if _concerns(node, done, opened, coming)
        ]
        if steps:
            found.append(PhaseSteps(phase, steps, _phase_state(steps)))
    return found


def _done(view: CaseView) -> dict[str, list[HistoryEvent]]:
    """What has been done at each step and still counts, latest first. What an earlier version of the routine had, and what a move to another
    version left to be redone, is in the history only."""
    counted = {counted.event.pk for counted in course_of(reversed(view.record.events)).counted}
    found: dict[str, list[HistoryEvent]] = {}
    for event in view.record.events:
        if event.pk in counted and event.node_id in view.routine.nodes:
            found.setdefault(event.node_id, []).append(event)
    return found


def _opened(items: Iterable[WorkItem]) -> dict[str, list[WorkItem]]:
    found: dict[str, list[WorkItem]] = {}
    for item in items:
        found.setdefault(item.node_id, []).append(item)
    return found


def _reachable(routine: Routine, start: Iterable[str]) -> set[str]:
    """Every node that some way from the open steps leads to, whatever is answered."""
    queue, seen = deque(start), set(start)
    while queue:
        node = routine.nodes.get(queue.popleft())
        for flow in node.outgoing if node else ():
            target = routine.flows[flow].target
            if target not in seen:
                seen.add(target)
                queue.append(target)
    return seen


def _concerns(node: Node, done: Mapping[str, object], opened: Mapping[str, object], coming: set[str]) -> bool:
    return node.id in done or node.id in opened or node.id in coming


def _step(
    node: Node, view: CaseView, done: Sequence[HistoryEvent], opened: Sequence[WorkItem], links: Mapping[int, str], at: datetime
) -> Step:
    if opened:
        url = links.get(opened[0].pk, "") if len(opened) == 1 else ""
        return Step(node.number, node.name, StepState.CURRENT, _current_note(opened, done, view, at), url)
    if done:
        return Step(node.number, node.name, StepState.DONE, _done_note(node, done, at))
    performed = node.step or node.wait
    return Step(node.number, node.name, StepState.COMING, view.routine.roles[performed.role].name if performed else "")


def _current_note(items: Sequence[WorkItem], done: Sequence[HistoryEvent], view: CaseView, at: datetime) -> str:
    """Who has it since when, and the nearest date; of a step for many bodies how many are done."""
    names = list(dict.fromkeys(holder(item, view.routine, view.bodies.get(item.pk, ())) for item in items))
    whose = ", ".join(names) if len(names) <= 3 else _("%(number)s organ") % {"number": len(names)}
    parts = [_("hos %(whom)s sedan %(day)s") % {"whom": whose, "day": day_text(min(item.opened_at for item in items), at)}]
    answered = len({event.item for event in done if event.item and event.token.partition("/")[0] == items[0].token.partition("/")[0]})
    if answered:
        parts.append(_("%(done)s av %(all)s klara") % {"done": answered, "all": answered + len(items)})
    dates = [day for item in items if (day := item.wakes_on if item.is_wait else item.due_on)]
    if dates:
        parts.append(_date_note(min(dates), items[0].is_wait, at))
    return ", ".join(parts)


def _date_note(day: date, is_wait: bool, at: datetime) -> str:
    said = _("väntar till %(day)s (%(distance)s)") if is_wait else _("klart senast %(day)s (%(distance)s)")
    return said % {"day": day_text(day, at), "distance": distance_text(day, at)}


def _done_note(node: Node, events: Sequence[HistoryEvent], at: datetime) -> str:
    """When, by whom and with what outcome; of several, how many and when the last."""
    latest = events[0]
    if len(events) == 1:
        parts = [day_text(latest.at, at), latest.function, outcome_name(node, latest.outcome)]
        return " · ".join(part for part in parts if part)
    parts_done = len({event.item for event in events if event.item})
    if parts_done > 1:
        said = ngettext("%(number)s organ", "%(number)s organ", parts_done) % {"number": parts_done}
    else:
        said = ngettext("%(number)s gång", "%(number)s gånger", len(events)) % {"number": len(events)}
    return " · ".join([day_text(latest.at, at), said])


def _phase_state(steps: Sequence[Step]) -> StepState:
    states = {step.state for step in steps}
    if StepState.CURRENT in states:
        return StepState.CURRENT
    return StepState.DONE if states == {StepState.DONE} else StepState.COMING
