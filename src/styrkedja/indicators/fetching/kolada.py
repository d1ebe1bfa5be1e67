"""Fetches values from Kolada, page by page."""

from collections.abc import Sequence

from styrkedja.core.indicators.ready.kolada import data_paths, read_page
from styrkedja.core.indicators.ready.values import ReadyValue
from styrkedja.indicators.fetching.web import FetchFault, Web

# More pages than all of Kolada has.
_MOST_PAGES = 10_000


def fetch_kolada(web: Web, *, series: Sequence[str], areas: Sequence[str], years: Sequence[int]) -> list[ReadyValue]:
    """Every value of the series in the areas and years, withdrawn ones left out. All of it or FetchFault, AnswerFault."""
    return [value for path in data_paths(series, areas, years) for value in _pages(web, path)]


def _pages(web: Web, first: str) -> list[ReadyValue]:
    found: list[ReadyValue] = []
    seen: set[str] = set()
    place = first
    while place:
        url = web.url(place)
        if url in seen or len(seen) >= _MOST_PAGES:
            raise FetchFault(f"{web.name} hänvisar runt mellan sina sidor. Inga värden har ändrats.")
        seen.add(url)
        page = read_page(web.get(place))
        found += page.values
        place = page.next_url
    return found
