"""What actions are calculated to bring, what they have brought, what is required, and the plan of the next year."""

from styrkedja.effects.services.deciding import decide_on_estimates
from styrkedja.effects.services.economy import (
    YearAmounts,
    change_balance_requirement,
    change_estimate,
    change_realisation,
    create_balance_requirement,
    create_estimate,
    create_realisation,
)
from styrkedja.effects.services.loading import Book, Loaded, LoadedRow, load_chain
from styrkedja.effects.services.planning import plan_next_year
from styrkedja.effects.services.reporting import MonthLine, report_month

__all__ = [
    "Book",
    "Loaded",
    "LoadedRow",
    "MonthLine",
    "YearAmounts",
    "change_balance_requirement",
    "change_estimate",
    "change_realisation",
    "create_balance_requirement",
    "create_estimate",
    "create_realisation",
    "decide_on_estimates",
    "load_chain",
    "plan_next_year",
    "report_month",
]
