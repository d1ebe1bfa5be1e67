"""The economy of the chain, for those who may see what it belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet, Sum

from styrkedja.accounts.models import User
from styrkedja.core.controls.snapshot.kinds import ActionState
from styrkedja.effects.models import KINDS, BalanceRequirement, EffectEstimate, EffectRealisation, EstimateYear
from styrkedja.organisations.models import County
from styrkedja.steering.models import Action, ChainObject, SteeringDocument
from styrkedja.steering.selectors import Stood, sight, stood_at, visible

Row = TypeVar("Row", bound=ChainObject)


@dataclass(frozen=True)
class BalanceLine:
    """A plan's year, in öre. `planned` is the net effect of its actions that are not called off,.

    `realised` is what has been brought home so far, `forecast` what the latest month of each action expects of the year. `required` is None where
    nothing has been said; `shortfall` is what the planned effects lack of it, 0 when they suffice.
    """

    year: int
    required: int | None
    planned: int
    realised: int
    forecast: int | None

    @property
    def shortfall(self) -> int:
        return max(0, (self.required or 0) - self.planned)


def object_by_key(user: User | None, kind: str, key: str, *, on: date) -> ChainObject | None:
    """The object of that kind (a name of `effects.models.KINDS`) and key, if `user` may see it."""
    model = KINDS.get(kind)
    return visible(user, model, on=on).filter(key=key).first() if model else None


def estimates(user: User | None, *, on: date, actions: Iterable[Action] | None = None) -> QuerySet[EffectEstimate]:
    """Calculations with their years, all or those of some actions."""
    found = visible(user, EffectEstimate, on=on).select_related("action", "calculated_by__body", "decision__body").prefetch_related("years")
    return (found if actions is None else found.filter(action__in=list(actions))).order_by("action", "key")


def undecided_estimates(user: User, county: County | None, *, on: date) -> QuerySet[EffectEstimate]:
    """Calculations of the county (None: of all that `user` sees) that no decision rests on yet."""
    found = estimates(user, on=on).filter(decision=None)
    return found if county is None else found.filter(county=county)


def titles_of(keys: Iterable[str]) -> dict[str, str]:
    """What calculations are called, by key: for what names them and may be read, such as a decision."""
    return {row.key: str(row) for row in EffectEstimate.objects.filter(key__in=list(keys)).select_related("action")}


def realisations(user: User | None, *, on: date, actions: Iterable[Action] | None = None) -> QuerySet[EffectRealisation]:
    """Realised effects in order of months, all or those of some actions."""
    found = visible(user, EffectRealisation, on=on).select_related("action")
    return (found if actions is None else found.filter(action__in=list(actions))).order_by("action", "month")


def balance_requirements(user: User | None, *, on: date) -> QuerySet[BalanceRequirement]:
    return visible(user, BalanceRequirement, on=on).select_related("document").order_by("document", "year")


def balance(user: User | None, document: SteeringDocument, *, on: date) -> list[BalanceLine]:
    """What the plan requires and what its actions and those of the plans below it give, year by year: as the controls count it (R08b)."""
    seen = sight(user, on=on)
    parents = dict(seen.of(SteeringDocument).values_list("pk", "parent"))
    if document.pk not in parents:
        return []
    actions = seen.of(Action).filter(document__in=_tree(document.pk, parents)).exclude(state=ActionState.CANCELLED).values("pk")
    required = dict(BalanceRequirement.objects.filter(document=document).values_list("year", "amount_ore"))
    rows = (
        EstimateYear.objects.filter(estimate__in=counted(EffectEstimate.objects.filter(action__in=actions)))
        .values("year")
        .annotate(net=Sum("net_ore"))
        .order_by("year")
    )
    planned = dict(rows.values_list("year", "net"))
    realised: defaultdict[int, int] = defaultdict(int)
    forecasts: dict[tuple[int, int], int] = {}
    for found in EffectRealisation.objects.filter(action__in=actions).order_by("month"):
        realised[found.month.year] += found.realised_ore or 0
        if found.forecast_ore is not None:
            forecasts[found.month.year, found.action_id] = found.forecast_ore
    years = sorted({*required, *planned, *realised})
    return [BalanceLine(year, required.get(year), planned.get(year, 0), realised[year], _of_year(forecasts, year)) for year in years]


def counted(found: QuerySet[EffectEstimate]) -> QuerySet[EffectEstimate]:
    """Of several calculations of an action, the last, which is the one that counts."""
    return found.order_by("action", "-key").distinct("action").values("pk")


def _tree(top: int, parents: Mapping[int, int | None]) -> set[int]:
    """The document and all below it."""
    below: defaultdict[int | None, list[int]] = defaultdict(list)
    for document, parent in parents.items():
        below[parent].append(document)
    found, left = {top}, [top]
    while left:
        further = set(below[left.pop()]) - found
        found |= further
        left += further
    return found


def estimates_at(user: User | None, *, at: datetime, on: date) -> list[Stood]:
    """Every calculation as it stood at the moment; `links["years"]` are lists of year, gross, net, lowest and highest."""
    rows = list(estimates(user, on=on))
    beside = {row.pk: {"years": [list(_amounts(year)) for year in row.years.all()]} for row in rows}
    return stood_at(rows, EffectEstimate.KIND, at=at, beside=beside)


def _amounts(year: EstimateYear) -> tuple[int, int, int, int | None, int | None]:
    return year.year, year.gross_ore, year.net_ore, year.low_ore, year.high_ore


def _of_year(forecasts: dict[tuple[int, int], int], year: int) -> int | None:
    found = [amount for (other, _action), amount in forecasts.items() if other == year]
    return sum(found) if found else None
