"""Kolada's API version 3: what is asked for, and what pages of answers say. RKA's values are free to use with "Källa: Kolada"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from styrkedja.core.indicators.ready.values import WHOLE, Part, ReadyValue
from styrkedja.core.organisations.kinds import OrganisationKind

# Kolada takes at most so many ids in each part of a path, years included, and at most so many rows a page.
MOST_IDS = 25
PAGE_ROWS = 5_000
NATION = "0000"
_SEXES = {"T": WHOLE, "K": "K", "M": "M"}


@dataclass(frozen=True)
class Page:
    """`next_url` is "" on the last page."""

    values: tuple[ReadyValue, ...]
    next_url: str


def area_id(kind: OrganisationKind, code: str) -> str | None:
    """Kolada's id of an organisation by its kind and county or municipality code; None for those that it does not know."""
    if kind == OrganisationKind.NATION:
        return NATION
    if kind == OrganisationKind.REGION and code:
        return f"00{code}"
    return code if kind == OrganisationKind.MUNICIPALITY and code else None


def data_paths(series: Sequence[str], areas: Sequence[str], years: Sequence[int]) -> Iterator[str]:
    """The paths that together ask for every series of every area and year."""
    for some in _parts(series):
        for places in _parts(areas):
            for span in _parts([str(year) for year in years]):
                yield f"/data/kpi/{','.join(some)}/municipality/{','.join(places)}/year/{','.join(span)}?per_page={PAGE_ROWS}"


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + MOST_IDS] for start in range(0, len(ids), MOST_IDS))


def read_page(answer: object) -> Page:
    """Values that have been withdrawn (`isdeleted`) are left out; null is a value that is not published. Raises AnswerFault."""
    page = Part(answer, "")
    values = [value for row in page.get("values").items() for value in _values(row)]
    following = page.get("next_url")
    return Page(tuple(values), following.text() if following.raw else "")


def _values(row: Part) -> Iterator[ReadyValue]:
    series, area = row.get("kpi").text(), row.get("municipality").text()
    year = row.get("period").whole_number()
    if not 1900 <= year <= 2999:
        raise row.get("period").fault("ett år")
    for told in row.get("values").items():
        if told.get("isdeleted").flag():
            continue
        sex = _SEXES.get(told.get("gender").text())
        if sex is None:
            raise told.get("gender").fault("T, K eller M")
        yield ReadyValue(series, area, date(year, 1, 1), date(year, 12, 31), sex, told.get("value").number())
