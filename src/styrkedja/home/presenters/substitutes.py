"""Periods of substitution in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from styrkedja.accounts.models import User
from styrkedja.home.presenters.inbox import last_day
from styrkedja.organisations.models import Substitution
from styrkedja.ui.clock import day
from styrkedja.ui.wording import day_text


@dataclass(frozen=True)
class SubstitutionRow:
    """`name` is the other one; `first` and `last` are both within the period."""

    pk: int
    name: str
    first: str
    last: str
    reason: str
    is_now: bool


def substitution_rows(rows: Iterable[Substitution], *, user: User, at: datetime) -> dict[str, list[SubstitutionRow]]:
    """Those who stand in for `user`, and those for whom `user` stands in."""
    rows = list(rows)
    return {
        "my_substitutes": [_row(row, str(row.substitute), at) for row in rows if row.account_id == user.pk],
        "standing_in": [_row(row, str(row.account), at) for row in rows if row.substitute_id == user.pk],
    }


def _row(row: Substitution, name: str, at: datetime) -> SubstitutionRow:
    first = row.valid_from or date.min
    return SubstitutionRow(row.pk, name, day_text(first) if row.valid_from else "", last_day(row), row.reason, first <= day(at))
