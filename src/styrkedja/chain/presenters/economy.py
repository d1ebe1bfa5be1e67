"""Calculations, realised effects and balances as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.chain.presenters.links import object_url
from styrkedja.chain.presenters.rows import amount
from styrkedja.effects.models import EffectEstimate, EffectRealisation
from styrkedja.effects.selectors import BalanceLine
from styrkedja.ui.components import Status

_STEPS = 20  # widths of a bar: one in twenty


@dataclass(frozen=True)
class EstimateRow:
    """A year of a calculation."""

    url: str
    year: int
    gross: str
    net: str
    interval: str
    by: str


def estimate_rows(estimates: Iterable[EffectEstimate]) -> list[EstimateRow]:
    return [
        EstimateRow(
            object_url(estimate),
            year.year,
            amount(year.gross_ore),
            amount(year.net_ore),
            _("%(low)s till %(high)s") % {"low": amount(year.low_ore), "high": amount(year.high_ore)} if year.low_ore is not None else "–",
            str(estimate.calculated_by or ""),
        )
        for estimate in estimates
        for year in estimate.years.all()
    ]


@dataclass(frozen=True)
class CalculationRow:
    """A calculation with its years."""

    name: str
    url: str
    years: tuple[EstimateRow, ...]
    by: str


def calculation_rows(estimates: Iterable[EffectEstimate]) -> list[CalculationRow]:
    return [
        CalculationRow(str(estimate), object_url(estimate), tuple(estimate_rows([estimate])), str(estimate.calculated_by or ""))
        for estimate in estimates
    ]


@dataclass(frozen=True)
class MonthRow:
    """A month of an action. `width` and `planned_width` are parts of the longest bar, in twentieths."""

    url: str
    month: date
    planned: str
    realised: str
    forecast: str
    width: int
    planned_width: int
    is_missing: bool


def month_rows(months: Sequence[EffectRealisation]) -> list[MonthRow]:
    longest = max((abs(value or 0) for row in months for value in (row.planned_ore, row.realised_ore)), default=0) or 1
    return [
        MonthRow(
            object_url(row),
            row.month,
            amount(row.planned_ore),
            amount(row.realised_ore),
            amount(row.forecast_ore),
            round(_STEPS * max(row.realised_ore or 0, 0) / longest),
            round(_STEPS * max(row.planned_ore or 0, 0) / longest),
            row.realised_ore is None,
        )
        for row in months
    ]


@dataclass(frozen=True)
class YearRow:
    year: int
    required: str
    planned: str
    realised: str
    forecast: str
    status: Status | None


def year_rows(lines: Iterable[BalanceLine]) -> list[YearRow]:
    return [
        YearRow(line.year, amount(line.required), amount(line.planned), amount(line.realised), amount(line.forecast), covered(line))
        for line in lines
    ]


def covered(line: BalanceLine) -> Status | None:
    if line.required is None:
        return None
    return Status(_("%(amount)s saknas") % {"amount": amount(line.shortfall)}, "danger") if line.shortfall else Status(_("Täckt"), "ok")
