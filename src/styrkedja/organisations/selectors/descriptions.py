"""Bodies as they were described on a day: today's rows and what the changes since then have kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Q

from styrkedja.accounts.models import User
from styrkedja.core.organisations.descriptions import Earlier, description_on
from styrkedja.organisations.models import Body, BodyVersion, Group, Organisation
from styrkedja.organisations.selectors.validity import valid_on


@dataclass(frozen=True)
class BodyOn:
    """An organisation or a group as it was on the day `on`. What its kind does not have is empty. `county` is "" for a national body."""

    id: int
    key: str
    is_group: bool
    kind: str
    name: str
    short_name: str
    level: str
    code: str
    org_number: str
    hsa_id: str
    mandate: str
    host_id: int | None
    municipal_participation: bool
    areas: tuple[str, ...]
    county_id: int | None
    county: str
    declared: bool
    valid_from: date | None
    valid_until: date | None
    on: date

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def is_valid(self) -> bool:
        """Did the body exist that day?"""
        began = self.valid_from is None or self.valid_from <= self.on
        return began and (self.valid_until is None or self.on < self.valid_until)


_GROUP_ONLY: dict[str, Any] = {"level": "", "mandate": "", "host_id": None, "municipal_participation": False, "areas": ()}
_ORGANISATION_ONLY: dict[str, Any] = {"code": "", "org_number": "", "hsa_id": ""}
_ABSENT = _GROUP_ONLY | _ORGANISATION_ONLY
# What a change may have altered, besides the texts that only one of the two kinds has.
DESCRIBED = ("name", "short_name", "kind", "valid_until")
_COPIED = [field.name for field in fields(BodyOn) if field.name not in {"is_group", "county", "on"}]


def may_read(user: User) -> bool:
    """The structure is for everybody who has signed in."""
    return user.is_authenticated and user.is_active


def current(row: Organisation | Group) -> dict[str, Any]:
    """What holds of a body now, by the names that its versions use."""
    own = _GROUP_ONLY if isinstance(row, Group) else _ORGANISATION_ONLY
    return {name: getattr(row, name) for name in (*DESCRIBED, *own)}


def bodies_on(chosen: Q, *, on: date) -> dict[int, BodyOn]:
    """The bodies that `chosen` picks, by id, as they were described on the day. Three queries."""
    organisations = Organisation.objects.filter(chosen).select_related("county")
    groups = Group.objects.filter(chosen).select_related("county")
    rows: list[Organisation | Group] = [*organisations, *groups]
    earlier = versions_of(row.pk for row in rows)
    return {row.pk: _as_of(row, earlier[row.pk], on) for row in rows}


def existing_on(chosen: Q, *, on: date) -> dict[int, BodyOn]:
    """Those of them that existed on the day."""
    # A body that was closed and came back has its later time in the row, so that the row's dates leave out nobody who was there.
    return {pk: body for pk, body in bodies_on(chosen & valid_on(on), on=on).items() if body.is_valid}


def versions_of(bodies: Iterable[int]) -> dict[int, list[Earlier]]:
    """What each body was until its changes, in their order; of those whose versions say when they had been closed, with the day as a date."""
    found: defaultdict[int, list[Earlier]] = defaultdict(list)
    for version in BodyVersion.objects.filter(body__in=list(bodies)).order_by("body", "valid_until", "id"):
        description = dict(version.description)
        if closed := description.get("valid_until"):
            description["valid_until"] = date.fromisoformat(closed)
        found[version.body_id].append(Earlier(version.valid_until, description))
    return found


def _as_of(row: Organisation | Group, earlier: list[Earlier], on: date) -> BodyOn:
    values = {name: getattr(row, name, _ABSENT.get(name)) for name in _COPIED} | description_on(current(row), earlier, on=on)
    county = row.county.name if row.county else ""
    return BodyOn(**values | {"areas": tuple(values["areas"])}, is_group=isinstance(row, Group), county=county, on=on)


def body_on(user: User, key: str, *, on: date) -> BodyOn | None:
    """The body of that key as it was described on the day, whether or not it existed then (`is_valid`); None if there is none."""
    found = bodies_on(Q(key=key), on=on) if may_read(user) else {}
    return next(iter(found.values()), None)


def body_row(user: User, key: str) -> Body | None:
    """The row itself, for those who go on to write about it."""
    return Body.objects.select_related("county").filter(key=key).first() if may_read(user) else None


def group_row(user: User, key: str) -> Group | None:
    """The same, for a group."""
    return Group.objects.select_related("county").filter(key=key).first() if may_read(user) else None
