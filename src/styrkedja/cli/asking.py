"""What the commands about cases have in common: who asks, which county, which case, and columns that stand in line."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from styrkedja.cli.main import fail

if TYPE_CHECKING:
    from styrkedja.accounts.models import User
    from styrkedja.cases.models import Case
    from styrkedja.organisations.models import County


def operator() -> "User":
    """Whoever may run commands has the whole database, and so reads as an administrator. Has no account and can do nothing."""
    from styrkedja.accounts.models import User

    return User(username="kommandoraden", is_administrator=True)


def named_county(key: str) -> "County":
    """The loaded county of that key, or an end with a clear line."""
    from styrkedja.organisations.selectors import county_by_key

    county = county_by_key(key)
    return county if county is not None else fail(f"Länet {key} är inte inläst. Kör styrkedja county load med länets mapp.")


def named_account(username: str) -> "User":
    """The active account of that name, or an end with a clear line."""
    from styrkedja.accounts.selectors import account_by_username

    account = account_by_username(username)
    return account if account is not None else fail(f"Det finns inget aktivt konto med användarnamnet {username}.")


def numbered_case(number: str, county: str, *, on: date) -> "Case":
    """The case of that case number or registry number, or an end with a clear line."""
    from styrkedja.cases.selectors import case_by_number
    from styrkedja.core.policies.refusal import Refused

    try:
        case = case_by_number(operator(), number, on=on, county=county)
    except Refused as refused:
        fail(f"{refused.reason} Lägg till --county.")
    return case if case is not None else fail(f"Det finns inget ärende med nummer {number}" + (f" i länet {county}." if county else "."))


def aligned(rows: Iterable[Sequence[str]], *, indent: str = "") -> list[str]:
    """The rows as lines whose columns stand under each other, two spaces apart; a column that is empty in every row is left out."""
    cells = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    shown = [place for place in range(len(cells[0])) if any(row[place] for row in cells)] if cells else []
    widths = {place: max(len(row[place]) for row in cells) for place in shown}
    return [(indent + "  ".join(row[place].ljust(widths[place]) for place in shown)).rstrip() for row in cells]
