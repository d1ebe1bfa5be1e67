"""The real definitions as values, and ways to change a row of them as somebody who edits the files would."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from styrkedja.cli.definitions import county_data, national_data
from styrkedja.config.environment import ROOT
from styrkedja.core.organisations.county import County, GroupRow, LeadTimeRow, National, OrganisationRow, SeatRow

DEFINITIONS = ROOT / "definitions"
VASTERNORRLAND = DEFINITIONS / "counties" / "vasternorrland"
JAMTLAND = DEFINITIONS / "counties" / "jamtland-harjedalen"

Files = TypeVar("Files", County, National)


@cache
def national() -> National:
    return national_data(DEFINITIONS / "national")


@cache
def vasternorrland() -> County:
    return county_data(VASTERNORRLAND, national())


@cache
def jamtland() -> County:
    return county_data(JAMTLAND, national())


def group(files: County | National, key: str) -> GroupRow:
    return next(row for row in files.groups if row.key == key)


def with_group(files: Files, key: str, **changes: Any) -> Files:
    """The files with one group described otherwise."""
    return replace(files, groups=tuple(replace(row, **changes) if row.key == key else row for row in files.groups))


def without_group(files: County, key: str) -> County:
    """The files with one group, its seats and its place in lists taken out."""
    lists = {name: tuple(body for body in keys if body != key) for name, keys in files.lists.items()}
    seats = tuple(seat for seat in files.seats if seat.body != key)
    return replace(files, groups=tuple(row for row in files.groups if row.key != key), seats=seats, lists=lists)


def plus(files: Files, *rows: OrganisationRow | GroupRow | SeatRow | LeadTimeRow) -> Files:
    """The files with rows added at the end."""
    places = {OrganisationRow: "organisations", GroupRow: "groups", SeatRow: "seats", LeadTimeRow: "lead_times"}
    for row in rows:
        place = places[type(row)]
        files = replace(files, **{place: (*getattr(files, place), row)})
    return files


def with_seats(files: County, change: Callable[[SeatRow], SeatRow | None]) -> County:
    """The files with every seat as `change` gives it; None takes it away."""
    return replace(files, seats=tuple(new for row in files.seats if (new := change(row)) is not None))
