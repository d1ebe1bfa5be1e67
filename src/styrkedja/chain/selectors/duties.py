"""What of the chain somebody is to see to, in the functions that are held: what is late, and what is due soon."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, Value

from styrkedja.accounts.models import User
from styrkedja.audits.models import ProgressReport
from styrkedja.chain.selectors.months import reportable
from styrkedja.organisations.selectors import Position, positions
from styrkedja.steering.models import Action, Assignment, ChainObject, Milestone, Obstacle
from styrkedja.steering.selectors import not_over, shown


@dataclass(frozen=True)
class Duty:
    row: ChainObject
    due_on: date


@dataclass(frozen=True)
class Duties:
    """`dated` the most urgent first; `unreported` is how many actions have no realised effect told for `month`, its first day."""

    dated: tuple[Duty, ...] = ()
    month: date | None = None
    unreported: int = 0

    def __bool__(self) -> bool:
        return bool(self.dated or self.unreported)


def duties(user: User, *, on: date) -> Duties:
    """What the chain expects of `user` at the latest DUTIES_AHEAD_DAYS from `on`. Who acts nowhere is asked for nothing.

    Most who open the start page have nothing to see to here: one query finds that out, and only what it finds is read as the pages read it.
    """
    held = positions(user, on=on)
    if not held:
        return Duties()
    bodies = {body for body, _function in held}
    near = _near(bodies, on + timedelta(days=settings.DUTIES_AHEAD_DAYS))
    dated = [duty for kind, keys in near.items() if kind in _DATED for duty in _duties(user, kind, keys, held, on)]
    month = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    unreported = _unreported(user, bodies, month, on) if Action.KIND in near else 0
    return Duties(tuple(sorted(dated, key=lambda duty: (duty.due_on, str(duty.row)))), month, unreported)


@dataclass(frozen=True)
class _Kind:
    """`day` is when it is due, `done` what says that it is no more; of some kinds what stands in a plan that is over is left out."""

    model: type[ChainObject]
    day: str
    done: str
    ends_with_plan: bool = False


_DATED = {
    one.model.KIND: one
    for one in (
        _Kind(Milestone, "due_on", "reached_on", ends_with_plan=True),
        _Kind(Assignment, "report_due_on", "reported_on"),
        _Kind(Obstacle, "due_on", "resolved_on", ends_with_plan=True),
        _Kind(ProgressReport, "due_on", "handed_in_on"),
    )
}


def _near(bodies: Collection[int], until: date) -> Mapping[str, list[int]]:
    """What the bodies answer for and has not done, whoever may see it: ids by kind; of actions one, if there is any."""
    own = Q(accountable_body__in=bodies) | Q(accountable_seat__body__in=bodies)
    first, *others = (
        one.model._default_manager.filter(own, **{f"{one.day}__lte": until, f"{one.done}": None}).values_list(Value(kind), "pk")
        for kind, one in _DATED.items()
    )
    actions = Action.objects.filter(accountable_body__in=bodies).values_list(Value(Action.KIND), "pk")[:1]
    found: dict[str, list[int]] = {}
    for kind, key in first.union(*others, actions, all=True):
        found.setdefault(kind, []).append(key)
    return found


def _duties(user: User, kind: str, keys: Collection[int], held: Collection[Position], on: date) -> Iterable[Duty]:
    """Those that `user` sees and one of the functions answers for: the function itself where one is named, else every function of the body."""
    one = _DATED[kind]
    rows = shown(user, one.model, on=on).filter(pk__in=keys)
    for row in not_over(rows, on=on) if one.ends_with_plan else rows:
        seat = row.accountable_seat
        if seat is None or (seat.body_id, seat.function) in held:
            yield Duty(row, getattr(row, one.day))


def _unreported(user: User, bodies: Collection[int], month: date, on: date) -> int:
    own = reportable(user, month, on=on).filter(accountable_body__in=bodies)
    return own.exclude(realisations__month=month).distinct().count()
