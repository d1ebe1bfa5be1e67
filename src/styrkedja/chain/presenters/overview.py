"""The chain of a county at a glance."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.chain.presenters.economy import covered
from styrkedja.chain.presenters.rows import ObjectRow, amount, object_row
from styrkedja.chain.selectors.summary import Summary
from styrkedja.ui.components import Figure, Status


def figures(found: Summary) -> list[Figure]:
    standing = [one for goal in found.goals for one in found.standing.get(goal.pk, ())]
    met, missed = sum(one.is_met is True for one in standing), sum(one.is_met is False for one in standing)
    late = len(found.late_milestones) + len(found.late_assignments)
    return [
        Figure(str(len(found.goals)), _("mål"), "info", reverse("steering:goals")),
        Figure(str(met), _("målvärden nås"), "ok"),
        Figure(str(missed), _("målvärden nås inte"), "danger" if missed else "neutral"),
        Figure(str(len(found.actions)), _("åtgärder som pågår eller är planerade"), "info", reverse("steering:actions")),
        Figure(str(late), _("försenade delmål och uppdrag"), "danger" if late else "neutral"),
    ]


@dataclass(frozen=True)
class ProgrammeRow:
    row: ObjectRow
    actions: int
    planned: str
    realised: str


def programme_rows(found: Summary) -> list[ProgrammeRow]:
    return [ProgrammeRow(object_row(row), count, amount(sums.planned), amount(sums.realised)) for row, count, sums in found.programmes]


@dataclass(frozen=True)
class PlanRow:
    """A plan against what it must bring home in the year."""

    row: ObjectRow
    required: str
    planned: str
    realised: str
    status: Status | None


def plan_rows(found: Summary) -> list[PlanRow]:
    return [
        PlanRow(
            object_row(document),
            amount(line.required),
            amount(line.planned),
            amount(line.realised),
            covered(line),
        )
        for document, line in found.balances
    ]


@dataclass(frozen=True)
class LateRow:
    row: ObjectRow
    due_on: date


def late_rows(found: Summary) -> list[LateRow]:
    """The longest overdue first."""
    milestones = [LateRow(object_row(row), row.due_on) for row in found.late_milestones]
    assignments = [LateRow(object_row(row), row.report_due_on) for row in found.late_assignments]
    return sorted((*milestones, *assignments), key=lambda late: late.due_on)
