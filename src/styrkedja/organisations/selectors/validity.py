"""What is valid on a day. Dates are half-open everywhere: [valid_from, valid_until)."""

from datetime import date

from django.db.models import Q

from styrkedja.organisations.models import County


def valid_on(on: date, prefix: str = "") -> Q:
    """What is valid on the day `on`: [valid_from, valid_until)."""
    started = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    not_ended = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": on})
    return started & not_ended


def in_county(county: County, prefix: str = "") -> Q:
    """The county's own bodies and its region, which is national data."""
    return Q(**{f"{prefix}county": county}) | Q(**{f"{prefix}pk": county.region_id})
