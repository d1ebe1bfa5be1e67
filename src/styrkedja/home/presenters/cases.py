"""The case list in words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.cases.models import Case
from styrkedja.core.collation import swedish_key
from styrkedja.core.process.model import Routine
from styrkedja.home.forms import BY_DUE, CaseFilterForm
from styrkedja.home.selectors import cases as selectors
from styrkedja.home.selectors.cases import RUNNING, CaseFilter, CasePage, CountyRoutine
from styrkedja.organisations.models import County
from styrkedja.procedures.links import case_url
from styrkedja.ui.components import Status, Tone
from styrkedja.ui.wording import number_text
from styrkedja.workflows.models import InstanceStatus, ProcessInstance, WorkItem

PHASE, LATE = "fas:", "forsenade"
STATUSES = {
    "": RUNNING,
    LATE: RUNNING,
    "stoppade": (InstanceStatus.INCIDENT,),
    "avslutade": (InstanceStatus.ENDED,),
    "avskrivna": (InstanceStatus.CLOSED,),
    "alla": (),
}


@dataclass(frozen=True)
class CaseRow:
    """One case: where it stands, with whom, and the nearest date. A case that has ended has the name of its end and the day."""

    subject: str
    url: str
    reference: str
    county: str
    status: Status
    place: str
    whom: str
    due_on: date | None
    ended_at: datetime | None
    opened_at: datetime


def wanted(form: CaseFilterForm, *, counties: Sequence[County], routines: Iterable[CountyRoutine]) -> CaseFilter:
    """The filter that the form asks for; what it does not understand narrows nothing."""
    place, body = form.chosen("steg"), form.chosen("organ")
    phase, _colon, of = place.removeprefix(PHASE).partition(":") if place.startswith(PHASE) else ("", "", "")
    asked = form.chosen("lan") or of
    return CaseFilter(
        statuses=STATUSES[form.chosen("status")],
        county=next((one.pk for one in counties if one.key == asked), None),
        body=int(body) if body else None,
        number="" if phase else place,
        nodes=_nodes_in(phase, routines, {of, asked} - {""}) if phase else None,
        late=form.chosen("status") == LATE,
        text=form.chosen("q"),
        sort=selectors.BY_DUE if form.chosen("sortera") == BY_DUE else selectors.NEWEST,
    )


def _nodes_in(phase: str, routines: Iterable[CountyRoutine], keys: Collection[str]) -> frozenset[str]:
    """The steps of the phase; of every county, or of the one that `keys` names: of none where a phase of one is asked for in another."""
    chosen = (one.routine for one in routines if all(one.county.key == key for key in keys))
    return frozenset(node.id for routine in chosen for node in routine.steps() if node.phase == phase)


def places(routines: Iterable[CountyRoutine]) -> list[tuple[Any, Any]]:
    """Phases and steps to choose among, in the order of the routine. Where there are several counties each has phases of its own."""
    phases: dict[County, dict[str, str]] = {}
    numbers: set[str] = set()
    for county, routine in routines:
        known = phases.setdefault(county, {})
        for phase in routine.phases.values():
            known.setdefault(phase.id, f"{phase.number} {phase.name}")
        numbers |= {node.number for node in routine.steps()}
    steps = [(number, _("Steg %(step)s") % {"step": number}) for number in sorted(numbers, key=swedish_key)]
    return [*_phase_groups(phases), (_("Steg"), steps)]


def _phase_groups(phases: Mapping[County, Mapping[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    if len(phases) < 2:
        return [(_("Faser"), [(f"{PHASE}{phase}", name) for known in phases.values() for phase, name in known.items()])]
    return [
        (_("Faser, %(county)s") % {"county": county.name}, [(f"{PHASE}{phase}:{county.key}", name) for phase, name in known.items()])
        for county, known in phases.items()
    ]


def count_text(found: CasePage) -> str:
    """How many there are, as far as they have been counted."""
    count = found.page.paginator.count
    if found.is_capped:
        return _("Fler än %(number)s ärenden. De första %(number)s visas; begränsa urvalet för att se andra.") % {
            "number": number_text(count)
        }
    return ngettext("%(number)s ärende", "%(number)s ärenden", count) % {"number": number_text(count)}


def case_rows(found: CasePage, routines: Mapping[int, Routine], *, many_counties: bool, today: date) -> list[CaseRow]:
    return [_row(case, found.open_items.get(case.instance_id, ()), routines, many_counties, today) for case in found.cases]


def _row(case: Case, items: Sequence[WorkItem], routines: Mapping[int, Routine], many_counties: bool, today: date) -> CaseRow:
    instance = case.instance
    first = items[0] if items else None
    return CaseRow(
        subject=case.subject,
        url=case_url(case, many_counties=many_counties),
        reference=case.reference,
        county=case.county.name if many_counties else "",
        status=case_status(instance, items, today=today),
        place=_place(items) if first else end_name(instance, routines[instance.definition_id]),
        whom=_with_more(first.performer, len(items) - 1) if first else "",
        due_on=(first.due_on or first.wakes_on) if first else None,
        ended_at=instance.ended_at,
        opened_at=case.opened_at,
    )


def _place(items: Sequence[WorkItem]) -> str:
    """ "Steg 5 Samla in svar från sakkunniga", by the nearest date; other steps that are open are named by number."""
    first = items[0]
    others = sorted({item.number for item in items} - {first.number}, key=swedish_key)
    text = _("Steg %(step)s %(name)s") % {"step": first.number, "name": first.name}
    return _("%(place)s, även steg %(others)s") % {"place": text, "others": ", ".join(others)} if others else text


def _with_more(performer: str, more: int) -> str:
    return performer + (ngettext(" och %(number)s till", " och %(number)s till", more) % {"number": more} if more > 0 else "")


def end_name(instance: ProcessInstance, routine: Routine) -> str:
    """What the reached end is called; "" for a case that was written off or still runs."""
    end = routine.nodes.get(instance.end_event)
    return end.name if end else ""


def case_status(instance: ProcessInstance, items: Sequence[WorkItem], *, today: date) -> Status:
    """A case in one word."""
    if instance.status == InstanceStatus.INCIDENT:
        return Status(_("Stoppat"), Tone.DANGER)
    if instance.status == InstanceStatus.ENDED:
        return Status(_("Avslutat"), Tone.OK)
    if instance.status == InstanceStatus.CLOSED:
        return Status(_("Avskrivet"), Tone.NEUTRAL)
    if any(item.due_on and item.due_on < today for item in items):
        return Status(_("Försenat"), Tone.DANGER)
    if items and all(item.is_wait for item in items):
        return Status(_("Väntar"), Tone.NEUTRAL)
    return Status(_("Pågår"), Tone.INFO)
