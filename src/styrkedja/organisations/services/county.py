"""A county's files become its structure: what is new is made, what has changed keeps its earlier description, what is gone is closed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.accounts.models import User
from styrkedja.core.organisations.county import County as CountyValues
from styrkedja.core.organisations.county import GroupRow, LeadTimeRow, National, OrganisationRow, SeatRow
from styrkedja.ledger.services import append
from styrkedja.organisations.models import Body, BodyVersion, Counterpart, County, Group, LeadTime, Organisation, Placement, Seat
from styrkedja.ui.clock import day

_LABELS = {
    "name": gettext_lazy("namn"),
    "short_name": gettext_lazy("kortnamn"),
    "kind": gettext_lazy("slag"),
    "level": gettext_lazy("nivå"),
    "code": gettext_lazy("kod"),
    "org_number": gettext_lazy("organisationsnummer"),
    "hsa_id": gettext_lazy("HSA-id"),
    "mandate": gettext_lazy("uppdrag"),
    "host_id": gettext_lazy("värd"),
    "municipal_participation": gettext_lazy("kommunmedverkan"),
    "areas": gettext_lazy("delområden"),
    "valid_from": gettext_lazy("gäller från"),
    "valid_until": gettext_lazy("gäller till"),
}


@dataclass
class _Load:
    """One load on its way: what has changed so far, and from when new things count (None: since always, at the first load)."""

    on: date
    since: date | None
    changes: list[str] = field(default_factory=list)

    def tell(self, what: str, body: object, detail: str = "") -> None:
        self.changes.append(f"{what}: {body}" + (f" ({detail})" if detail else ""))


@transaction.atomic
def load_national(*, actor: User | None, national: National, at: datetime) -> list[str]:
    """The nation, its regions and groups. Answers what changed, a Swedish line each; nothing when the data are the same."""
    first = not Body.objects.filter(county__isnull=True).exists()
    load = _Load(on=day(at), since=None if first else day(at))
    _bodies(load, None, national.organisations, national.groups)
    if load.changes:
        payload = {"changes": load.changes}
        append(actor=actor, act="national.loaded", object_type="national", object_id="sverige", payload=payload, at=at)
    return load.changes


@transaction.atomic
def load_county(*, actor: User | None, values: CountyValues, at: datetime) -> tuple[County, list[str]]:
    """The county's own bodies, seats and lead times. `load_national` must have run. Answers the county and what changed."""
    county = County.objects.filter(key=values.key).first()
    load = _Load(on=day(at), since=day(at) if county else None)
    county = _county_row(load, county, values, at)
    _bodies(load, county, values.organisations, values.groups)
    County.objects.filter(pk=county.pk).update(region=Organisation.objects.get(key=values.region))
    _seats(load, county, values.seats)
    _lead_times(load, county, values.lead_times)
    if load.changes:
        payload = {"changes": load.changes}
        append(actor=actor, act="county.loaded", object_type="county", object_id=county.key, payload=payload, at=at)
    county.refresh_from_db()
    return county, load.changes


def _county_row(load: _Load, county: County | None, values: CountyValues, at: datetime) -> County:
    described = {
        "name": values.name,
        "code": values.code,
        "lists": {name: list(keys) for name, keys in values.lists.items()},
        "functions": dict(values.functions),
        "closed_days": [closed.isoformat() for closed in values.closed_days],
    }
    digest = hashlib.sha256(repr(values).encode()).hexdigest()
    if county is None:
        load.tell(_("Nytt län"), values.name)
        return County.objects.create(key=values.key, content_hash=digest, loaded_at=at, **described)
    if any(getattr(county, name) != value for name, value in described.items()):
        load.tell(_("Ändrat län"), values.name, _("listor, funktioner eller kalender"))
    for name, value in described.items():
        setattr(county, name, value)
    county.content_hash, county.loaded_at = digest, at
    county.save()
    return county


def _bodies(load: _Load, county: County | None, organisations: Iterable[OrganisationRow], groups: Iterable[GroupRow]) -> None:
    organisations, groups = list(organisations), list(groups)
    for row in organisations:
        _save(load, county, Organisation, row, {"kind": row.kind.value, "code": row.code, "org_number": row.org_number, "hsa_id": row.hsa_id})
    for row in groups:
        _save(load, county, Group, row, _group_fields(row))
    keys = {row.key for row in [*organisations, *groups]}
    for gone in Body.objects.filter(county=county, declared=True, valid_until__isnull=True).exclude(key__in=keys):
        Body.objects.filter(pk=gone.pk).update(valid_until=load.on)
        Seat.objects.filter(body=gone, valid_until__isnull=True).update(valid_until=load.on)
        Placement.objects.filter(child=gone, valid_until__isnull=True).update(valid_until=load.on)
        load.tell(_("Stängd"), gone.name, gone.key)
    ids = dict(Body.objects.values_list("key", "id"))
    hosts = {row.key: ids[row.host] for row in groups if row.host}
    for row in groups:
        _change(load, Group.objects.get(key=row.key), {"host_id": hosts.get(row.key)})
    parents = {row.key: list(row.parents) for row in organisations} | {row.key: [row.parent] if row.parent else [] for row in groups}
    _links(load, Placement, "child_id", "parent_id", {ids[key]: {ids[parent] for parent in of} for key, of in parents.items()})
    _links(load, Counterpart, "local_id", "national_id", {ids[row.key]: {ids[key] for key in row.counterparts} for row in groups})


def _group_fields(row: GroupRow) -> dict[str, object]:
    return {
        "kind": row.kind.value,
        "level": row.level.value,
        "mandate": row.mandate,
        "municipal_participation": row.municipal_participation,
        "areas": list(row.areas),
    }


def _save(load: _Load, county: County | None, model: type[Organisation] | type[Group], row: OrganisationRow | GroupRow, more: Mapping[str, object]) -> None:
    wanted = {
        "name": row.name,
        "short_name": row.short_name,
        "valid_until": row.validity.valid_until,
        **more,
    }
    found = model.objects.filter(key=row.key).first()
    if found is None:
        valid_from = row.validity.valid_from or load.since
        model.objects.create(key=row.key, county=county, declared=True, valid_from=valid_from, **wanted)
        load.tell(_("Ny"), row.name, row.key)
        return
    _change(load, found, wanted)


def _change(load: _Load, body: Organisation | Group, wanted: Mapping[str, object]) -> None:
    """Sets what differs, keeping the earlier description with the day until which it held."""
    before = {name: getattr(body, name) for name in wanted if getattr(body, name) != wanted[name]}
    if not before:
        return
    described = {name: value if isinstance(value, (str, bool, int, list)) or value is None else str(value) for name, value in before.items()}
    BodyVersion.objects.create(body=body, valid_until=load.on, description=described)
    for name in before:
        setattr(body, name, wanted[name])
    body.save(update_fields=list(before))
    detail = ", ".join(f"{_LABELS.get(name, name)}" for name in before)
    if before.keys() != {"host_id"} or load.since is not None:
        load.tell(_("Ändrad"), body.name, detail)


def _links(load: _Load, model: type[Placement] | type[Counterpart], one: str, other: str, wanted: Mapping[int, set[int]]) -> None:
    rows = model.objects.filter(**{f"{one}__in": list(wanted)}, valid_until__isnull=True)
    present = {(getattr(row, one), getattr(row, other)): row for row in rows}
    asked = {(left, right) for left, rights in wanted.items() for right in rights}
    for pair in sorted(asked - present.keys()):
        model.objects.create(**{one: pair[0], other: pair[1]}, valid_from=load.since)
    for pair in sorted(present.keys() - asked):
        row = present[pair]
        row.valid_until = load.on
        row.save(update_fields=["valid_until"])
    if load.since is not None and asked ^ present.keys():
        load.tell(_("Ändrad tillhörighet"), _("%(count)d rader") % {"count": len(asked ^ present.keys())})


def _seats(load: _Load, county: County, rows: Iterable[SeatRow]) -> None:
    """A seat is the same when body, function and title are; one whose title alone changed keeps its holders."""
    bodies = {body.key: body for body in Body.objects.all()}
    left = {(seat.body.key, seat.function, seat.title): seat for seat in _open_seats(county)}
    new: list[SeatRow] = []
    for row in rows:
        seat = left.pop((row.body, row.function, row.title), None)
        if seat is None:
            new.append(row)
        elif seat.time_percent != row.time_percent:
            Seat.objects.filter(pk=seat.pk).update(time_percent=row.time_percent)
            load.tell(_("Ändrad avsatt tid"), seat)
    for row in new:
        renamed = next((key for key in left if key[:2] == (row.body, row.function)), None)
        if renamed is not None:
            Seat.objects.filter(pk=left.pop(renamed).pk).update(title=row.title, time_percent=row.time_percent)
            load.tell(_("Ändrad benämning"), row.title, row.body)
            continue
        valid_from = row.validity.valid_from or load.since
        made = Seat.objects.create(
            body=bodies[row.body],
            function=row.function,
            title=row.title,
            time_percent=row.time_percent,
            valid_from=valid_from,
            valid_until=row.validity.valid_until,
        )
        if load.since is not None:
            load.tell(_("Ny plats"), made)
    for seat in left.values():
        Seat.objects.filter(pk=seat.pk).update(valid_until=load.on)
        load.tell(_("Stängd plats"), seat)


def _open_seats(county: County) -> Iterable[Seat]:
    """The seats of declared bodies; those of working groups made by a step are not the files' business."""
    own = Seat.objects.filter(body__declared=True, valid_until__isnull=True).select_related("body")
    return own.filter(body__county=county) | own.filter(body__county__isnull=True, body=county.region_id or 0)


def _lead_times(load: _Load, county: County, rows: Iterable[LeadTimeRow]) -> None:
    ids = dict(Body.objects.values_list("key", "id"))
    present = {(row.routine, row.step): row for row in LeadTime.objects.filter(county=county)}
    for row in rows:
        body, function = row.escalate_to or ("", "")
        wanted = {
            "working_days": row.working_days,
            "remind_before": row.remind_before,
            "escalate_after": row.escalate_after,
            "escalate_to_body_id": ids.get(body),
            "escalate_to_function": function,
        }
        found = present.pop((row.routine, row.step), None)
        if found is None:
            LeadTime.objects.create(county=county, routine=row.routine, step=row.step, **wanted)
        elif any(getattr(found, name) != value for name, value in wanted.items()):
            LeadTime.objects.filter(pk=found.pk).update(**wanted)
            load.tell(_("Ändrad ledtid"), _("steg %(step)s") % {"step": row.step})
    for gone in present.values():
        gone.delete()
        load.tell(_("Borttagen ledtid"), _("steg %(step)s") % {"step": gone.step})
