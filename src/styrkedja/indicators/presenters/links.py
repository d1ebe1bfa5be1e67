"""Addresses of the indicators' pages, with all that they show."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from styrkedja.indicators.selectors.places import Place


def indicator_url(key: str, body: Place | None = None, kept: Mapping[str, str] | None = None, *, view: str = "indicator") -> str:
    """A page of the indicator for the body. `kept` is what else the address says; what is empty is left out."""
    said = {"enhet": body.key if body else ""} | dict(kept or {})
    query = urlencode({name: value for name, value in said.items() if value})
    address = reverse(f"indicators:{view}", args=[key])
    return f"{address}?{query}" if query else address


def analysis_url(key: str, body: Place, kept: Mapping[str, str]) -> str:
    """The analysis page with the indicator under the body, by the same organisation, level and parts."""
    said = {name: value for name, value in kept.items() if name in ("struktur", "niva") or name.startswith("del-")}
    query = urlencode({name: value for name, value in ({"indikator": key, "inom": body.key} | said).items() if value})
    return f"{reverse('indicators:analysis')}?{query}"
