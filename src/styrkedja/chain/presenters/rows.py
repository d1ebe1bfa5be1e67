"""Rows of the chain's lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.chain.presenters.links import indicator_url, kind_word, object_url
from styrkedja.chain.selectors.economy import Sum
from styrkedja.chain.selectors.standing import GoalStanding
from styrkedja.core.mandates import kronor
from styrkedja.indicators.presenters.wording import unit_beside
from styrkedja.steering.models import Action, ChainObject, DocumentState, Goal, GoalState, SteeringDocument
from styrkedja.steering.selectors import Link
from styrkedja.ui.components import Status
from styrkedja.ui.wording import long_month_text, number_text

_STATES = {
    "DRAFT": "neutral",
    "DECIDED": "ok",
    "OPEN": "info",
    "REACHED": "ok",
    "DROPPED": "neutral",
    "PLANNED": "neutral",
    "STARTED": "info",
    "DONE": "ok",
    "CANCELLED": "neutral",
}


_MEASURES = {"goal-indicator", "milestone"}


def state_of(row: ChainObject, on: date | None = None) -> Status | None:
    """The state of what has one. With `on`, what was valid for a period that is over on that day is not said to be so still."""
    value = getattr(row, "state", "")
    if on is not None and is_over(row, on):
        return Status(_("Perioden är slut"), "neutral")
    return Status(row.get_state_display(), _STATES[value]) if value in _STATES else None


def is_over(row: ChainObject, on: date) -> bool:
    """Whether it is a decided plan whose period has ended, or a goal of one that nobody has said to be reached or dropped."""
    plan = row.document if isinstance(row, Goal) and row.state == GoalState.OPEN else row
    if not isinstance(plan, SteeringDocument) or plan.state != DocumentState.DECIDED:
        return False
    return plan.valid_until is not None and plan.valid_until <= on


@dataclass(frozen=True)
class ObjectRow:
    """An object in a list. `depth` is how far in it stands, `plan` the plan that it stands in where that is another than the page's own."""

    name: str
    url: str
    kind: str
    whom: str
    state: Status | None
    depth: int = 0
    plan: str = ""


def object_row(row: ChainObject, *, depth: int = 0, plan: str = "", on: date | None = None) -> ObjectRow:
    whom = row.accountable_seat or row.accountable_body
    return ObjectRow(str(row), object_url(row), kind_word(type(row)), str(whom) if whom else "", state_of(row, on), depth, plan)


def link_rows(links: Iterable[Link], *, on: date) -> list[ObjectRow]:
    """What a chain finds, each as far in as it hangs. What measures an object further away is left to that object's own page."""
    shown = [link for link in links if link.depth == 1 or link.kind not in _MEASURES]
    return [object_row(link.row, depth=link.depth, plan=_plan(link), on=on) for link in shown]


def _plan(link: Link) -> str:
    """The plan of a goal or an action, unless it hangs in something of the same plan."""
    if not isinstance(link.row, Goal | Action) or link.row.document_id is None:
        return ""
    near = {one.pk if isinstance(one, SteeringDocument) else getattr(one, "document_id", None) for one in link.towards}
    return "" if link.row.document_id in near else str(link.row.document)


@dataclass(frozen=True)
class IndicatorRow:
    name: str
    url: str
    value: str
    where: str
    baseline: str
    target: str
    target_on: date | None
    status: Status


def indicator_rows(found: Iterable[GoalStanding]) -> list[IndicatorRow]:
    return [_indicator_row(one) for one in found]


def _indicator_row(one: GoalStanding) -> IndicatorRow:
    link, unit = one.link, unit_beside(one.link.indicator.title, one.link.indicator.unit)
    gap = "\u00a0" if unit == "%" else " "
    return IndicatorRow(
        name=link.indicator.title,
        url=indicator_url(link.indicator),
        value=f"{number_text(round(one.value, link.indicator.decimals))}{gap}{unit}".rstrip() if one.value is not None else "–",
        where=f"{one.body}, {long_month_text(one.period_end)}" if one.period_end else "",
        baseline=_number(link.baseline_value),
        target=_number(link.target_value),
        target_on=link.target_on,
        status=_met(one),
    )


def _number(value: object) -> str:
    return number_text(value.normalize()) if value is not None else "–"  # type: ignore[attr-defined]


def _met(one: GoalStanding) -> Status:
    if one.is_withheld:
        return Status(_("Visas inte (röjandeskydd)"), "neutral")
    if one.value is None:
        return Status(_("Värde saknas"), "warn")
    if one.is_met is None:
        return Status(_("Följs"), "neutral")
    return Status(_("Nås"), "ok") if one.is_met else Status(_("Nås inte"), "danger")


@dataclass(frozen=True)
class GoalRow:
    row: ObjectRow
    document: str
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class GoalGroup:
    """The goals of a goal area, or of a plan that has none."""

    title: str
    goals: tuple[GoalRow, ...]


def goal_groups(goals: Sequence[Goal], standing: Mapping[int, Sequence[GoalStanding]], *, on: date) -> list[GoalGroup]:
    """By goal area, in the order in which they are met; goals without one stand under their plan."""
    gathered: dict[str, list[GoalRow]] = {}
    for goal in goals:
        title = str(goal.area or goal.document)
        rows = tuple(indicator_rows(standing.get(goal.pk, ())))
        gathered.setdefault(title, []).append(GoalRow(object_row(goal, on=on), str(goal.document), rows))
    return [GoalGroup(title, tuple(rows)) for title, rows in gathered.items()]


@dataclass(frozen=True)
class ActionRow:
    row: ObjectRow
    programme: str
    planned: str
    realised: str


def action_rows(actions: Iterable[Action], sums: Mapping[int, Sum]) -> list[ActionRow]:
    return [
        ActionRow(
            object_row(action),
            str(action.programme or ""),
            amount(sums.get(action.pk, Sum()).planned),
            amount(sums.get(action.pk, Sum()).realised),
        )
        for action in actions
    ]


def amount(ore: int | None) -> str:
    return kronor(ore) if ore is not None else "–"


def document_groups(documents: Iterable[SteeringDocument], *, on: date) -> list[tuple[str, list[ObjectRow]]]:
    """In force, to come and drafts, and those that have been."""
    groups: dict[str, list[ObjectRow]] = {_("I kraft"): [], _("Utkast och kommande"): [], _("Tidigare"): []}
    now, coming, past = groups
    for document in documents:
        ended = document.valid_until is not None and document.valid_until <= on
        begins = document.valid_from is not None and document.valid_from > on
        place = past if ended else coming if begins or document.state != DocumentState.DECIDED else now
        groups[place].append(object_row(document))
    return [(title, rows) for title, rows in groups.items() if rows]
