"""What has changed in a body over the years: its description, where it stood, its seats and who held them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import F, Q

from styrkedja.accounts.models import User
from styrkedja.core.organisations.descriptions import changes
from styrkedja.organisations.models import Body, Counterpart, Group, Membership, Organisation, Placement, Seat
from styrkedja.organisations.selectors.descriptions import BodyOn, current, may_read, versions_of
from styrkedja.organisations.selectors.members import seat_versions

# "changed" goes from `before` to `after`; the others are about `name`.
What = Literal[
    "began",
    "ended",
    "reopened",
    "changed",
    "placed",
    "moved",
    "paired",
    "parted",
    "seat_made",
    "seat_ended",
    "seat_changed",
    "appointed",
    "left",
]


@dataclass(frozen=True)
class Happening:
    """`field` is what changed ("changed", "seat_changed"); `name` the other body, the seat's title, or the holder; `seat` the holder's seat."""

    on: date
    what: What
    name: str = ""
    field: str = ""
    before: Any = None
    after: Any = None
    seat: str = ""


def happenings(user: User, body: BodyOn, *, until: date) -> list[Happening]:
    """What happened to the body up to and including `until`, the latest first. What has always been so did not happen."""
    if not may_read(user):
        return []
    own = list(_own(body))
    opened_or_closed = {item.on for item in own if item.what in {"began", "ended", "reopened"}}
    # A link or a seat that came with the body, or went with it, is no news of its own.
    found = [*own, *(item for item in (*_links(body), *_seats(body)) if item.on not in opened_or_closed), *_holders(body)]
    return sorted((item for item in found if item.on <= until), key=lambda item: item.on, reverse=True)


def _own(body: BodyOn) -> Iterator[Happening]:
    model = Group if body.is_group else Organisation
    row = model.objects.get(pk=body.id)
    if row.valid_from:
        yield Happening(row.valid_from, "began")
    told = changes(current(row), versions_of([body.id])[body.id])
    hosts = {change.before for change in told if change.name == "host_id"} | {change.after for change in told if change.name == "host_id"}
    names = {None: "", **dict(Body.objects.filter(pk__in=hosts - {None}).values_list("pk", "name"))}
    for change in told:
        if change.name == "valid_until":
            yield Happening(change.before, "ended")
            yield Happening(change.on, "reopened")
        elif change.name == "host_id":
            yield Happening(change.on, "changed", field="host", before=names[change.before], after=names[change.after])
        else:
            yield Happening(change.on, "changed", field=change.name, before=change.before, after=change.after)
    if row.valid_until:
        yield Happening(row.valid_until, "ended")


def _links(body: BodyOn) -> Iterator[Happening]:
    for placement in Placement.objects.filter(child=body.id).select_related("parent"):
        yield from _span(placement, "placed", "moved", placement.parent.name)
    for pair in Counterpart.objects.filter(Q(local=body.id) | Q(national=body.id)).select_related("local", "national"):
        other = pair.national if pair.local_id == body.id else pair.local
        yield from _span(pair, "paired", "parted", other.name)


def _seats(body: BodyOn) -> Iterator[Happening]:
    seats = list(Seat.objects.filter(body=body.id))
    earlier = seat_versions(seats)
    for seat in seats:
        yield from _span(seat, "seat_made", "seat_ended", seat.title)
        for change in changes({"title": seat.title, "time_percent": seat.time_percent}, earlier[seat.pk]):
            yield Happening(change.on, "seat_changed", seat.title, change.name, change.before, change.after)


def _span(row: Placement | Counterpart | Seat, began: What, ended: What, name: str) -> Iterator[Happening]:
    if row.valid_from:
        yield Happening(row.valid_from, began, name)
    if row.valid_until:
        yield Happening(row.valid_until, ended, name)


def _holders(body: BodyOn) -> Iterator[Happening]:
    """Who came and went. Somebody whose time ended on its first day never held the seat."""
    held = Membership.objects.filter(seat__body=body.id).exclude(valid_from=F("valid_until"))
    for membership in held.select_related("account", "seat").order_by("pk"):
        if membership.valid_from:
            yield Happening(membership.valid_from, "appointed", str(membership.account), seat=membership.seat.title)
        if membership.valid_until:
            yield Happening(membership.valid_until, "left", str(membership.account), seat=membership.seat.title)
