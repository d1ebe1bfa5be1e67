"""Routines in a list, and what a routine is: versions, facts, lead times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.process.model import Node
from styrkedja.organisations.models import LeadTime
from styrkedja.ui.components import Crumb, Fact, Status, Tab, Tone
from styrkedja.ui.wording import day_text
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.presenters import roles
from styrkedja.workflows.presenters.steps import anchor
from styrkedja.workflows.selectors_routines import PublishedRoutine, RoutineView, Version

OVERVIEW, TERMS, TIMES, VERSIONS = "oversikt", "ordlista", "ledtider", "versioner"


@dataclass(frozen=True)
class VersionRow:
    """A version in a list."""

    name: str
    url: str
    file_url: str
    valid_from: date | None
    decided: str
    revised_on: date | None
    running: int
    state: Status
    checksum: str


@dataclass(frozen=True)
class RoutineRow:
    """A routine in the list of a county's routines."""

    name: str
    url: str
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True)
class LeadTimeRow:
    """The planned time of a step. A wait is nobody's to do, so nobody is reminded of it."""

    number: str
    name: str
    time: str
    remind: str
    escalate: str


@dataclass(frozen=True)
class StepIndex:
    """A step in the overview. `role` tells apart what several do alike."""

    number: str
    name: str
    role: str
    url: str


@dataclass(frozen=True)
class PhaseIndex:
    name: str
    url: str
    steps: tuple[StepIndex, ...]


def crumbs() -> list[Crumb]:
    return [Crumb(_("Rutiner"), reverse("workflows:routines"))]


def address_of(definition: ProcessDefinition) -> str:
    """The page of that very version."""
    return reverse("workflows:routine_version", args=[definition.county.key, definition.key, definition.version])


def routine_rows(routines: Iterable[PublishedRoutine], names: Mapping[str, str], *, on: date) -> list[tuple[str, list[RoutineRow]]]:
    """The routines under the name of their county. `names` are those of the bodies that have decided."""
    found: dict[str, list[RoutineRow]] = {}
    for routine in routines:
        url = reverse("workflows:routine", args=[routine.county.key, routine.newest.key])
        row = RoutineRow(routine.shown.name, url, version_rows(routine, names, on=on))
        found.setdefault(routine.county.name, []).append(row)
    return list(found.items())


def version_rows(routine: PublishedRoutine, names: Mapping[str, str], *, on: date) -> tuple[VersionRow, ...]:
    return tuple(_version_row(version, routine, names, on) for version in routine.versions)


def _version_row(version: Version, routine: PublishedRoutine, names: Mapping[str, str], on: date) -> VersionRow:
    definition = version.definition
    return VersionRow(
        name=_("Version %(number)s") % {"number": definition.version},
        url=address_of(definition),
        file_url=reverse("workflows:definition_file", args=[definition.pk]),
        valid_from=definition.valid_from,
        decided=decided(definition, names),
        revised_on=definition.revised_on,
        running=version.running,
        state=version_state(definition, routine, on=on),
        checksum=definition.sha256,
    )


def version_state(definition: ProcessDefinition, routine: PublishedRoutine, *, on: date) -> Status:
    """Whether new cases start on the version now, later or no longer."""
    if routine.valid and definition.pk == routine.valid.pk:
        return Status(_("Gäller"), Tone.OK)
    if definition.valid_from and definition.valid_from > on:
        return Status(_("Kommande"), Tone.INFO)
    return Status(_("Tidigare"), Tone.NEUTRAL)


def decided(definition: ProcessDefinition, names: Mapping[str, str]) -> str:
    """By whom and when: "Länsledningen för HälSam, 17 maj 2024"."""
    when = day_text(definition.decided_on) if definition.decided_on else ""
    return ", ".join(part for part in (names.get(definition.decided_by, definition.decided_by), when) if part)


def facts(view: RoutineView, routine: PublishedRoutine, *, on: date) -> list[Fact]:
    definition = view.definition
    running = next(version.running for version in routine.versions if version.definition.pk == definition.pk)
    started = ngettext("%(number)s ärende", "%(number)s ärenden", running) % {"number": running}
    return [
        Fact(_("Version"), f"{definition.version}"),
        Fact(_("Läge"), version_state(definition, routine, on=on).word),
        Fact(_("Gäller från"), day_text(definition.valid_from) if definition.valid_from else ""),
        Fact(_("Beslutad"), decided(definition, view.names)),
        Fact(_("Reviderad"), day_text(definition.revised_on) if definition.revised_on else ""),
        Fact(_("Pågår i versionen"), started),
    ]


def tabs(view: RoutineView, shown: str) -> list[Tab]:
    """The overview, one for each phase, then glossary, lead times and versions. `shown` is the phase or the tab that the page shows."""
    phases = [Tab(f"{phase.number} {phase.name}", f"?fas={phase.id}", phase.id == shown) for phase in view.routine.phases.values()]
    named = ((OVERVIEW, _("Översikt")), (TERMS, _("Ordlista")), (TIMES, _("Ledtider")), (VERSIONS, _("Versioner")))
    first, *others = (Tab(name, f"?flik={key}", key == shown) for key, name in named)
    return [first, *phases, *others]


def overview(view: RoutineView) -> list[PhaseIndex]:
    """Every step by its number and name, phase by phase."""
    return [
        PhaseIndex(
            f"{phase.number} {phase.name}",
            f"?fas={phase.id}",
            tuple(
                StepIndex(node.number, node.name, roles.role_of(view, node).name, f"?fas={phase.id}#{anchor(node)}")
                for node in view.routine.steps()
                if node.phase == phase.id
            ),
        )
        for phase in view.routine.phases.values()
    ]


def lead_time_rows(view: RoutineView) -> list[LeadTimeRow]:
    """One row for each step and wait, in the order of the routine."""
    return [_lead_time_row(view, node) for node in view.routine.steps()]


def _lead_time_row(view: RoutineView, node: Node) -> LeadTimeRow:
    time = roles.time(view, node)
    if node.wait or not time:
        return LeadTimeRow(node.number, node.name, time, "", "")
    planned = view.lead_times.get(node.number)
    return LeadTimeRow(node.number, node.name, time, _remind(planned), _escalate(view, planned))


def _remind(planned: LeadTime | None) -> str:
    before = planned.remind_before if planned else settings.DEFAULT_REMIND_BEFORE
    return _("%(days)s före") % {"days": roles.days(before)} if before else _("samma dag")


def _escalate(view: RoutineView, planned: LeadTime | None) -> str:
    """After how many days of lateness who is told."""
    after = planned.escalate_after if planned else settings.DEFAULT_ESCALATE_AFTER
    body = planned.escalate_to_body if planned else None
    if planned is None or body is None:
        whom = _("länets samordnare")
    else:
        whom = f"{view.county.functions.get(planned.escalate_to_function, planned.escalate_to_function)}, {body}"
    return _("efter %(days)s: %(whom)s") % {"days": roles.days(after), "whom": whom}
