"""Calculations, realised effects, and what a plan must balance. Amounts are whole öre."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Unpack

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.steering.rules import year_faults
from styrkedja.decisions.models import Decision
from styrkedja.effects.models import BalanceRequirement, EffectEstimate, EffectRealisation, EstimateYear
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.organisations.models import Seat
from styrkedja.steering.models import Action, SteeringDocument
from styrkedja.steering.services.objects import change, create, free_key, lock
from styrkedja.steering.services.values import ObjectValues
from styrkedja.ui.clock import day
from styrkedja.ui.wording import long_month_text, sentence_text


class YearAmounts(NamedTuple):
    """The effect in a year, in öre. `low` and `high`: the interval that the net effect is thought to lie in."""

    year: int
    gross: int
    net: int
    low: int | None = None
    high: int | None = None


class EstimateValues(ObjectValues, total=False):
    action: Action
    one_off_ore: int | None
    first_effect_on: date | None
    assumptions: str
    calculated_by: Seat | None
    calculated_on: date | None
    decision: Decision | None


class RealisationValues(ObjectValues, total=False):
    action: Action
    month: date
    planned_ore: int | None
    realised_ore: int | None
    forecast_ore: int | None
    evidence: str


class RequirementValues(ObjectValues, total=False):
    document: SteeringDocument
    year: int
    amount_ore: int


@on_record_when_forbidden("object.creation_refused")
def create_estimate(*, actor: User | None, years: Sequence[YearAmounts], at: datetime, **values: Unpack[EstimateValues]) -> EffectEstimate:
    """A calculation of an action. Raises Refused without a year, for one that is there twice or lies outside its interval, else as `create`."""
    years = _checked(years)
    key = values.get("key") or free_key(EffectEstimate, values["action"].key)
    row = create(actor=actor, model=EffectEstimate, values=values | {"key": key}, at=at, also={"years": [list(year) for year in years]})
    _write(row, years)
    return row


@on_record_when_forbidden("object.change_refused")
def change_estimate(
    *,
    actor: User | None,
    estimate: EffectEstimate,
    version: int | None,
    years: Sequence[YearAmounts] | None = None,
    at: datetime,
    **values: Unpack[EstimateValues],
) -> EffectEstimate:
    """Changes a calculation; `years` are all of its years, None leaves them. Raises as `change` and `create_estimate`."""
    found = lock(actor=actor, row=estimate, at=at)
    before = amounts(found)
    after = before if years is None else _checked(years)
    also = {"years": ([list(year) for year in before], [list(year) for year in after])} if after != before else None
    changed = change(actor=actor, row=found, version=version, values=values, at=at, also=also)
    if also:
        found.years.all().delete()
        _write(changed, after)
    return changed


def create_realisation(*, actor: User | None, at: datetime, **values: Unpack[RealisationValues]) -> EffectRealisation:
    """What an action was planned to bring, and has brought, in a month.

    Raises Refused if the month is there already or if something was brought home in a month to come, else as `create`.
    """
    action, month = values["action"], values["month"]
    _refuse_to_come(month, values.get("realised_ore"), today=day(at))
    if EffectRealisation.objects.filter(action=action, month=month).exists():
        said = {"action": action, "month": long_month_text(month)}
        raise Refused(_("Hemtagningseffekten av ”%(action)s” för %(month)s finns redan. Ändra den i stället.") % said)
    key = values.get("key") or free_key(EffectRealisation, f"{action.key} {month:%Y-%m}")
    return create(actor=actor, model=EffectRealisation, values=values | {"key": key}, at=at)


def change_realisation(
    *, actor: User | None, realisation: EffectRealisation, version: int | None, at: datetime, **values: Unpack[RealisationValues]
) -> EffectRealisation:
    """Changes what a month brought, also in a plan whose year is over. Raises as `change`, and Refused for a month to come."""
    _refuse_to_come(realisation.month, values.get("realised_ore"), today=day(at))
    kept = {name: value for name, value in values.items() if name not in {"action", "month"}}
    return change(actor=actor, row=realisation, version=version, values=kept, at=at)


def _refuse_to_come(month: date, realised: int | None, *, today: date) -> None:
    """What is planned and forecast of a month can be told before it begins; nothing has been brought home in it."""
    if realised is not None and month > today:
        said = _(
            "Månaden %(month)s har inte börjat, så ingen effekt kan vara hemtagen då. Ange det planerade och prognosen, eller en annan månad."
        )
        raise Refused(said % {"month": long_month_text(month)})


def create_balance_requirement(*, actor: User | None, at: datetime, **values: Unpack[RequirementValues]) -> BalanceRequirement:
    """What the actions of a plan must bring in a year. Raises Refused if the year is there already, else as `create`."""
    document, year = values["document"], values["year"]
    if BalanceRequirement.objects.filter(document=document, year=year).exists():
        said = {"document": document, "year": year}
        raise Refused(_("Balanskravet i ”%(document)s” för %(year)s finns redan. Ändra det i stället.") % said)
    key = values.get("key") or free_key(BalanceRequirement, f"{document.key} {year}")
    return create(actor=actor, model=BalanceRequirement, values=values | {"key": key}, at=at)


def change_balance_requirement(
    *, actor: User | None, requirement: BalanceRequirement, version: int | None, at: datetime, **values: Unpack[RequirementValues]
) -> BalanceRequirement:
    """Changes the amount. Raises as `change`."""
    kept = {name: value for name, value in values.items() if name not in {"document", "year"}}
    return change(actor=actor, row=requirement, version=version, values=kept, at=at)


def amounts(estimate: EffectEstimate) -> list[YearAmounts]:
    """The years of a calculation in order."""
    rows = estimate.years.order_by("year").values_list("year", "gross_ore", "net_ore", "low_ore", "high_ore")
    return [YearAmounts(*row) for row in rows]


def _checked(years: Sequence[YearAmounts]) -> list[YearAmounts]:
    """In order. Raises Refused if they cannot be right."""
    if not years:
        raise Refused(_("Ange effekten för minst ett år."))
    found = sorted(years, key=lambda year: year.year)
    if len({year.year for year in found}) < len(found):
        raise Refused(_("Samma år finns flera gånger i beräkningen."))
    for year in found:
        if faults := year_faults(year.year, low=year.low, net=year.net, high=year.high):
            raise Refused(f"{year.year}: " + " ".join(sentence_text(fault) for fault in faults.values()))
    return found


def _write(estimate: EffectEstimate, years: Sequence[YearAmounts]) -> None:
    EstimateYear.objects.bulk_create(
        EstimateYear(estimate=estimate, year=row.year, gross_ore=row.gross, net_ore=row.net, low_ore=row.low, high_ore=row.high)
        for row in years
    )
