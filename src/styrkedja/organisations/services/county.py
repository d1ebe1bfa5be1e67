"""A county's files become its structure: what is new is made, what has changed keeps its earlier description, what is gone is closed."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.accounts.models import User
from styrkedja.core.organisations.county import County as CountyValues
from styrkedja.core.organisations.county import National
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import append
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.services.bodies import load_bodies
from styrkedja.organisations.services.load import Load, ids_of
from styrkedja.organisations.services.seats import load_lead_times, load_seats
from styrkedja.ui.clock import day

_LABELS = {
    "name": gettext_lazy("namn"),
    "code": gettext_lazy("länskod"),
    "lists": gettext_lazy("listor"),
    "functions": gettext_lazy("funktioner"),
    "closed_days": gettext_lazy("stängda dagar"),
}


@transaction.atomic
def load_national(*, actor: User | None, national: National, at: datetime) -> list[str]:
    """The nation, its regions and groups. Answers what changed, a Swedish line each; nothing is written when the data are the same.

    `actor` is None for the command line. Raises Refused unless the actor is an administrator, KeysTaken for a key that a county has.
    """
    _check_may_load(actor)
    first = not Body.objects.filter(county__isnull=True, declared=True).exists()
    load = Load(None, on=day(at), since=None if first else day(at))
    load_bodies(load, national.organisations, national.groups)
    if load.changes:
        payload = {"changes": load.changes}
        append(actor=actor, act="national.loaded", object_type="national", object_id="sverige", payload=payload, at=at)
    return load.changes


@transaction.atomic
def load_county(*, actor: User | None, values: CountyValues, at: datetime) -> tuple[County, list[str]]:
    """The county's own bodies, seats and lead times. Answers the county and what changed; nothing is written when the files are the same.

    `actor` is None for the command line. Raises Refused unless the actor is an administrator and if the national data are not loaded,
    KeysTaken for a key that is somebody else's.
    """
    _check_may_load(actor)
    county = County.objects.filter(key=values.key).first()
    load = Load(county, on=day(at), since=day(at) if county else None)
    load.county = county = _county_row(load, county, values, at)
    load_bodies(load, values.organisations, values.groups)
    region_id = ids_of([values.region])[values.region]
    if county.region_id != region_id:
        county.region_id = region_id
        county.save(update_fields=["region"])
        if not load.is_first:
            load.tell(_("Ändrat län"), values.name, _("region"))
    load_seats(load, values.seats)
    load_lead_times(load, county, values.lead_times)
    if load.changes:
        _mark(county, values, at)
        payload = {"changes": load.changes}
        append(actor=actor, act="county.loaded", object_type="county", object_id=county.key, payload=payload, at=at)
    county.refresh_from_db()
    return county, load.changes


def _check_may_load(actor: User | None) -> None:
    if actor and not actor.is_administrator:
        raise Refused(_("Bara en systemförvaltare får läsa in länets filer."))


def _county_row(load: Load, county: County | None, values: CountyValues, at: datetime) -> County:
    described = {
        "name": values.name,
        "code": values.code,
        "lists": {name: list(keys) for name, keys in values.lists.items()},
        "functions": dict(values.functions),
        "closed_days": [closed.isoformat() for closed in values.closed_days],
    }
    if county is None:
        load.tell(_("Nytt län"), values.name)
        return County.objects.create(key=values.key, content_hash=_digest(values), loaded_at=at, described_from=day(at), **described)
    changed = [name for name, value in described.items() if getattr(county, name) != value]
    if changed:
        load.tell(_("Ändrat län"), values.name, ", ".join(str(_LABELS[name]) for name in changed))
        for name in changed:
            setattr(county, name, described[name])
        county.save(update_fields=changed)
    return county


def _mark(county: County, values: CountyValues, at: datetime) -> None:
    """When the county was last changed by its files, and by which content."""
    county.content_hash, county.loaded_at = _digest(values), at
    county.save(update_fields=["content_hash", "loaded_at"])


def _digest(values: CountyValues) -> str:
    """Of what is loaded here: the series belong to the registry, and demonstration accounts are never loaded."""
    return hashlib.sha256(repr(replace(values, accounts=(), registry_series=())).encode()).hexdigest()
