"""Where a case stands, on the maps of its routine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.process.maps import DrawnMap
from styrkedja.core.process.model import Colour, Phase, Routine
from styrkedja.ui.components import Tab
from styrkedja.ui.wording import day_text
from styrkedja.workflows.models import HistoryEvent, ProcessInstance, WorkItem
from styrkedja.workflows.programs import maps_of, routine_of
from styrkedja.workflows.replaying import course_of

DONE, CURRENT = "done", "current"
State = dict[str, dict[str, str]]


@dataclass(frozen=True)
class CaseMap:
    """One map of a phase. `open` says that it is shown at once; the others lie in folds."""

    diagram: str
    name: str
    state: State
    open: bool


@dataclass(frozen=True)
class CaseMaps:
    """The maps of one phase for one case, and the way to the other phases."""

    phase: Phase
    url: str
    tabs: Sequence[Tab]
    maps: Sequence[CaseMap]
    colours: Sequence[Colour]


def map_state(instance: ProcessInstance, *, events: Iterable[HistoryEvent], items: Iterable[WorkItem]) -> State:
    """For every step its number, and of those that are done or open how the case stands in them, by element id.

    `events` is the whole history of the case, in any order; `items` are its open work items. A step that no longer counts since the case was
    moved to another version is not done.
    """
    routine = routine_of(instance.definition)
    counted = [done.completion.key for done in course_of(sorted(events, key=lambda event: event.sequence)).counted]
    state: State = {node.id: {"number": node.number} for node in routine.steps()}
    # The case may have been moved between two of the reader's queries: then what the routine does not know is left out.
    for node, keys in _by_node(counted).items():
        if node in state:
            state[node].update(state=DONE, badge=_done(len({_visit(key) for key in keys})))
    for node, found in _items_by_node(items).items():
        if node in state:
            state[node].update(state=CURRENT, badge=_open(found, counted))
    if instance.end_event in routine.nodes:
        state[instance.end_event] = {"state": DONE, "badge": _("här slutade ärendet")}
    return state


def _visit(key: str) -> str:
    """The opening of a step that a token belongs to: "decide#1" of "decide#1/3"."""
    return key.partition("/")[0]


def _by_node(keys: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(key.partition("#")[0], []).append(key)
    return found


def _items_by_node(items: Iterable[WorkItem]) -> dict[str, list[WorkItem]]:
    found: dict[str, list[WorkItem]] = {}
    for item in items:
        found.setdefault(item.node_id, []).append(item)
    return found


def _done(visits: int) -> str:
    return _("klar") if visits == 1 else ngettext("klar, %(times)s gång", "klar, %(times)s gånger", visits) % {"times": visits}


def _open(items: Sequence[WorkItem], counted: Iterable[str]) -> str:
    """ "här nu", of a wait its date, and of a step for many how many of them are done."""
    first = items[0]
    if first.is_wait:
        return _("väntar till %(day)s") % {"day": day_text(first.wakes_on)} if first.wakes_on else _("väntar")
    answered = sum(_visit(key) == _visit(first.token) for key in counted)
    parts = {"done": answered, "all": answered + len(items)}
    return _("här nu, %(done)s av %(all)s klara") % parts if parts["all"] > 1 else _("här nu")


def current_phase(instance: ProcessInstance, *, events: Iterable[HistoryEvent], items: Iterable[WorkItem]) -> str:
    """The id of the phase in which the case stands; of the last one that it was in when nothing is open."""
    nodes = routine_of(instance.definition).nodes
    latest = sorted(events, key=lambda event: -event.sequence)
    places = [instance.end_event, *(item.node_id for item in items), *(event.node_id for event in latest)]
    known = (nodes[place].phase for place in places if place in nodes)
    return next(known, nodes[routine_of(instance.definition).start.id].phase)


def case_maps(
    instance: ProcessInstance, *, events: Sequence[HistoryEvent], items: Sequence[WorkItem], asked: str = "", path: str = "?"
) -> CaseMaps:
    """The maps of the phase `asked` for (?fas=ID), else of the one in which the case stands. `path` is the address that "fas=ID" is put to."""
    routine = routine_of(instance.definition)
    shown = asked if asked in routine.phases else current_phase(instance, events=events, items=items)
    state = map_state(instance, events=events, items=items)
    drawn = [one for one in maps_of(instance.definition) if any(routine.nodes[node].phase == shown for node in one.nodes)]
    here = [one for one in drawn if any(state.get(node, {}).get("state") == CURRENT for node in one.nodes)]
    return CaseMaps(
        phase=routine.phases[shown],
        url=reverse("workflows:definition_bpmn", args=[instance.definition_id]),
        tabs=_tabs(routine, shown, path),
        maps=[CaseMap(one.id, one.name, _within(state, one), one in (here or drawn)) for one in drawn],
        colours=list(routine.colours.values()),
    )


def _tabs(routine: Routine, shown: str, path: str) -> list[Tab]:
    return [Tab(f"{phase.number} {phase.name}", f"{path}fas={phase.id}#karta", phase.id == shown) for phase in routine.phases.values()]


def _within(state: State, drawn: DrawnMap) -> State:
    return {node: state[node] for node in (*drawn.nodes, *drawn.outside) if node in state}
