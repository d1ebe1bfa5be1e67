"""What is valid on a day. Dates are half-open everywhere: [valid_from, valid_until)."""

from datetime import date

from django.db.models import Q

from styrkedja.organisations.models import County, Validity


def valid_on(on: date, prefix: str = "") -> Q:
    """What is valid on the day `on`: [valid_from, valid_until)."""
    started = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    not_ended = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": on})
    return started & not_ended


def holds(row: Validity, on: date) -> bool:
    """Is the row valid on the day? The same rule as `valid_on`, for rows at hand."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_until is None or on < row.valid_until)


def in_county(county: County, prefix: str = "") -> Q:
    """The county's own bodies and its region, which is national data."""
    return Q(**{f"{prefix}county": county}) | Q(**{f"{prefix}pk": county.region_id})
