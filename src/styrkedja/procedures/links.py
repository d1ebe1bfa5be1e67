"""Addresses of pages that stand on other floors."""

from django.urls import NoReverseMatch, reverse

from styrkedja.cases.models import Case


def address(view: str, *args: object) -> str:
    """The address of a view; "" when its part of the house is not installed."""
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""


def case_url(case: Case, *, many_counties: bool = False) -> str:
    """The case's page. Numbers are unique in a county, so the county is said to readers who work in several."""
    county = f"?lan={case.county.key}" if many_counties else ""
    return f"{reverse('home:case', args=[case.number])}{county}"
