"""The task page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.core.fields import FieldSpec
from styrkedja.core.mandates import kronor
from styrkedja.decisions.models import Mandate
from styrkedja.procedures.forms import OUTCOME, StepForm
from styrkedja.procedures.kinds.implementing import FORM
from styrkedja.procedures.links import case_url
from styrkedja.procedures.presenters.items import item_status
from styrkedja.procedures.selectors.tasks import Task
from styrkedja.ui.clock import day
from styrkedja.ui.components import Crumb, Fact, Status
from styrkedja.ui.wording import day_text, distance_text, moment_text
from styrkedja.workflows.models import EventKind, HistoryEvent


@dataclass(frozen=True)
class Typed:
    """Something that was typed, to be read and copied. `rows` is how high its box must be."""

    label: str
    text: str
    rows: int


def heading(task: Task) -> str:
    return task.item.name


def step_title(task: Task) -> str:
    """What stands over the form: what kind of step it is; of a form that the routine makes, what the routine calls the step."""
    return task.item.name if task.kind is None or task.kind is FORM else str(task.kind.label)


def step_lead(task: Task) -> str:
    """What is done in the step; of a form that the routine makes, the beginning of what the routine says of it."""
    if task.kind is not None and task.kind is not FORM:
        return str(task.kind.description)
    return next(iter(paragraphs(task.node.documentation)), "") if task.node else ""


def lead(task: Task) -> str:
    """ "Steg 4 · Remiss · LPO äldres hälsa"."""
    step = _("Steg %(step)s") % {"step": task.item.number}
    phase = task.routine.phases.get(task.node.phase) if task.node else None
    return " · ".join(part for part in (step, phase.name if phase else "", part_name(task)) if part)


def part_name(task: Task) -> str:
    """The body that a step for many bodies is for: the end of the performer's label."""
    return task.item.performer.rpartition(", ")[2] if task.item.item else ""


def crumbs(task: Task) -> list[Crumb]:
    """The way to what stands below the case."""
    return [
        Crumb(_("Ärenden"), reverse("home:cases")),
        Crumb(f"{task.case.reference} {task.case.subject}", url_of_case(task)),
    ]


def crumbs_below(task: Task) -> list[Crumb]:
    """The way to what stands below the task."""
    return [*crumbs(task), Crumb(f"{task.item.number} {task.item.name}", reverse("procedures:task", args=[task.item.pk]))]


def url_of_case(task: Task) -> str:
    return case_url(task.case, many_counties=task.many_counties)


def status(task: Task, *, at: datetime) -> Status:
    return item_status(task.item, today=day(at))


def facts(task: Task, *, at: datetime) -> list[Fact]:
    """What there is to know of the task at a glance."""
    item = task.item
    found = [
        Fact(_("Ärende"), task.case.subject, url_of_case(task)),
        Fact(_("Diarienummer") if task.case.registry_number else _("Ärendenummer"), task.case.reference),
        Fact(_("Utförs av"), item.performer),
    ]
    if item.is_wait:
        found.append(Fact(_("Väntar till"), day_text(item.wakes_on, at) if item.wakes_on else ""))
    else:
        found.append(Fact(_("Klar senast"), _due(task, at)))
    found.append(Fact(_("Öppnad"), day_text(item.opened_at, at)))
    if item.claimed_by and task.is_open:
        found.append(Fact(_("Tagen av"), str(item.claimed_by)))
    if item.follow_up_on and task.is_open:
        found.append(Fact(_("Bevakas"), day_text(item.follow_up_on, at)))
    return found


def _due(task: Task, at: datetime) -> str:
    due_on = task.item.due_on
    if due_on is None:
        return _("Inget datum")
    text = day_text(due_on, at)
    return _("%(day)s, %(distance)s") % {"day": text, "distance": distance_text(due_on, at)} if task.is_open else text


def mandate_lines(mandates: Iterable[Mandate], *, at: datetime) -> list[str]:
    """What the body, and functions in it, may decide: "Direktör: ekonomi.inköp, högst 500 000 kr, tjänstemannabeslut (4.2)"."""
    return [_mandate_line(row, at) for row in mandates]


def _mandate_line(row: Mandate, at: datetime) -> str:
    limit = _("högst %(amount)s") % {"amount": kronor(row.amount_limit)} if row.amount_limit is not None else _("utan beloppsgräns")
    parts = [row.subject, limit, row.get_level_display().lower(), _period(row, at)]
    said = ", ".join(part for part in parts if part)
    said = f"{row.seat.title}: {said}" if row.seat else said
    return f"{said} ({row.point})" if row.point else said


def _period(row: Mandate, at: datetime) -> str:
    """Said only of a mandate that does not hold today."""
    if row.valid_until is not None and row.valid_until <= day(at):
        return _("upphörde %(day)s") % {"day": day_text(row.valid_until, at)}
    if row.valid_from is not None and row.valid_from > day(at):
        return _("gäller från %(day)s") % {"day": day_text(row.valid_from, at)}
    return ""


def paragraphs(text: str) -> list[str]:
    """The source's text, a paragraph each."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def typed_texts(form: StepForm, data: Mapping[str, Any]) -> list[Typed]:
    """What stands in a draft or came with a form, field by field, in words."""
    names = [spec.id for spec in form.specs] + [OUTCOME]
    by_id = {spec.id: spec for spec in form.specs}
    found = [(form.fields[name], by_id.get(name), data[name]) for name in names if name in form.fields and name in data]
    texts = [(str(field.label), _typed(field, spec, value)) for field, spec, value in found]
    return [Typed(label, text, max(1, min(12, text.count("\n") + len(text) // 80 + 1))) for label, text in texts if text]


def _typed(field: forms.Field, spec: FieldSpec | None, value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "\n".join(_typed_row(spec, row) for row in value if any(row.values()))
    choices = {str(key): str(name) for key, name in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(str(one), str(one)) for one in values)


def _typed_row(spec: FieldSpec | None, row: Mapping[str, Any]) -> str:
    names = {column.id: str(column.name) for column in spec.columns} if spec else {}
    return "; ".join(f"{names.get(name, name)}: {cell}" for name, cell in row.items() if cell)


def what_happened(event: HistoryEvent | None, *, at: datetime) -> str:
    """Who did what and when, in which function: for the one who came second."""
    if event is None:
        return _("Uppgiften har ändrats sedan du öppnade sidan.")
    said = _HAPPENED.get(EventKind(event.kind), _("%(who)s ändrade uppgiften %(when)s."))
    return str(said) % {"who": _who(event), "when": moment_text(event.at, at)}


def _who(event: HistoryEvent) -> str:
    if event.account is None:
        return _("Styrkedja")
    return _("%(who)s (%(function)s)") % {"who": event.account, "function": event.function} if event.function else str(event.account)


_HAPPENED = {
    EventKind.COMPLETED: gettext_lazy("%(who)s slutförde steget %(when)s."),
    EventKind.WAIT_ENDED: gettext_lazy("%(who)s avslutade väntan %(when)s."),
    EventKind.CLAIMED: gettext_lazy("%(who)s tog uppgiften %(when)s."),
    EventKind.RELEASED: gettext_lazy("%(who)s lämnade tillbaka uppgiften %(when)s."),
    EventKind.HANDED_OVER: gettext_lazy("%(who)s överlät uppgiften %(when)s."),
    EventKind.DUE_CHANGED: gettext_lazy("%(who)s ändrade uppgiftens datum %(when)s."),
    EventKind.CLOSED: gettext_lazy("%(who)s avskrev ärendet %(when)s."),
    EventKind.MIGRATED: gettext_lazy("%(who)s flyttade ärendet till en ny version av rutinen %(when)s."),
}
