"""The bodies of a county's files, and how they hang together. Used by the other services only."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.core.organisations.county import EarlierParents, GroupRow, OrganisationRow
from styrkedja.organisations.models import Body, Counterpart, Group, Organisation, Placement, Seat
from styrkedja.organisations.services.descriptions import close, keep, redescribe
from styrkedja.organisations.services.earlier import place_moved
from styrkedja.organisations.services.keys import refuse_taken_keys
from styrkedja.organisations.services.load import Load, difference, ids_of

Row = OrganisationRow | GroupRow


@dataclass(frozen=True)
class _Relation:
    """A kind of link between bodies, and how its changes are told."""

    model: type[Placement] | type[Counterpart]
    owner: str
    other: str
    label: Promise
    added: Promise
    removed: Promise


_PLACEMENT = _Relation(
    Placement,
    "child_id",
    "parent_id",
    gettext_lazy("Ändrad tillhörighet"),
    gettext_lazy("hör nu till"),
    gettext_lazy("hör inte längre till"),
)
_COUNTERPART = _Relation(
    Counterpart, "local_id", "national_id", gettext_lazy("Ändrade motsvarigheter"), gettext_lazy("nu"), gettext_lazy("inte längre")
)


def load_bodies(load: Load, organisations: Sequence[OrganisationRow], groups: Sequence[GroupRow]) -> None:
    """Makes, changes and closes the bodies of the files. Raises KeysTaken, or Refused if a body that they refer to has not been loaded."""
    rows: list[Row] = [*organisations, *groups]
    refuse_taken_keys(load, rows)
    _close_gone(load, {row.key for row in rows})
    present = _declared(load)
    new = {row.key: _make(load, row) for row in rows if row.key not in present}
    ids = ids_of(key for row in rows for key in (row.key, *_named(row)))
    for row in rows:
        if row.key in new:
            _set_host(new[row.key], row, ids)
        else:
            _update(load, present[row.key], row, ids)
    parents = {ids[row.key]: {ids[key] for key in _parents(row)} for row in rows if not _earlier(row)}
    nationals = {ids[row.key]: {ids[key] for key in row.counterparts} for row in groups}
    made = {body.pk: body for body in new.values()}
    _relate(load, _PLACEMENT, parents, made)
    _relate(load, _COUNTERPART, nationals, made)
    place_moved(load, [row for row in rows if row.key in new], new, ids, is_new=True)
    place_moved(load, [row for row in rows if row.key in present], present, ids, is_new=False)


def _parents(row: Row) -> tuple[str, ...]:
    return row.parents if isinstance(row, OrganisationRow) else (row.parent,)


def _earlier(row: Row) -> tuple[EarlierParents, ...]:
    return row.earlier if isinstance(row, OrganisationRow) else ()


def _stood_before(row: Row, start: date | None) -> bool:
    """Whether the file tells where the body hung before the day on which it is taken to have begun."""
    return start is not None and any(earlier.until <= start for earlier in _earlier(row))


def _named(row: Row) -> tuple[str, ...]:
    """The keys of the bodies that the row refers to."""
    more = (*row.counterparts, *([row.host] if row.host else [])) if isinstance(row, GroupRow) else ()
    return (*_parents(row), *(parent for earlier in _earlier(row) for parent in earlier.parents), *more)


def _declared(load: Load) -> dict[str, Organisation | Group]:
    """The bodies that earlier loads of the same files have made, closed ones too."""
    own = {"county": load.county, "declared": True}
    return {body.key: body for body in (*Organisation.objects.filter(**own), *Group.objects.filter(**own))}


def _close_gone(load: Load, keys: AbstractSet[str]) -> None:
    """Closes the bodies that the files no longer have, with their seats and links. What hangs under them stays where it hangs."""
    going_on = Q(valid_until__isnull=True) | Q(valid_until__gt=load.on)
    for gone in Body.objects.filter(going_on, county=load.county, declared=True).exclude(key__in=keys).order_by("id"):
        close(Body.objects.filter(pk=gone.pk), on=load.on)
        close(Seat.objects.filter(body=gone), on=load.on)
        close(Placement.objects.filter(child=gone), on=load.on)
        close(Counterpart.objects.filter(Q(local=gone.pk) | Q(national=gone.pk)), on=load.on)
        load.tell(_("Stängd"), gone.name, gone.key)


def _make(load: Load, row: Row) -> Organisation | Group:
    """A new body, as yet without host: the host may be new too."""
    start, end = row.validity.valid_from, row.validity.valid_until
    if start is None and not load.is_over(end) and not _stood_before(row, load.since):
        start = load.since
    model = Organisation if isinstance(row, OrganisationRow) else Group
    load.tell(_("Ny"), row.name, row.key)
    return model.objects.create(key=row.key, county=load.county, declared=True, valid_from=start, valid_until=end, **_fields(row))


def _fields(row: Row) -> dict[str, Any]:
    named = {"name": row.name, "short_name": row.short_name, "kind": row.kind.value}
    if isinstance(row, OrganisationRow):
        return named | {"code": row.code, "org_number": row.org_number, "hsa_id": row.hsa_id}
    return named | {
        "level": row.level.value,
        "mandate": row.mandate,
        "municipal_participation": row.municipal_participation,
        "areas": list(row.areas),
    }


def _host(row: Row, ids: Mapping[str, int]) -> dict[str, int | None]:
    return {"host_id": ids[row.host] if row.host else None} if isinstance(row, GroupRow) else {}


def _set_host(body: Organisation | Group, row: Row, ids: Mapping[str, int]) -> None:
    if isinstance(row, GroupRow) and row.host:
        Group.objects.filter(pk=body.pk).update(**_host(row, ids))


def _update(load: Load, body: Organisation | Group, row: Row, ids: Mapping[str, int]) -> None:
    _set_validity(load, body, row)
    before = redescribe(body, _fields(row) | _host(row, ids), on=load.on)
    if before:
        load.tell(_("Ändrad"), body.name, difference(before, body))


def _set_validity(load: Load, body: Organisation | Group, row: Row) -> None:
    """The dates that the files state are facts about all days. A body that the files have again after a gap was closed in between."""
    start = row.validity.valid_from or (None if _stood_before(row, body.valid_from) else body.valid_from)
    end = row.validity.valid_until
    if end is not None and start is not None:
        end = max(start, end)
    if (start, end) == (body.valid_from, body.valid_until):
        return
    was_over, is_over = load.is_over(body.valid_until), load.is_over(end)
    if was_over and not is_over:
        if body.valid_until != load.on:
            keep(body, {"valid_until": body.valid_until}, on=load.on)
        load.tell(_("Öppnad igen"), body.name, body.key)
    elif is_over and not was_over:
        load.tell(_("Stängd"), body.name, body.key)
    else:
        load.tell(_("Ändrad giltighetstid"), body.name, body.key)
    if start != body.valid_from:
        _move_start(body, start)
    body.valid_from, body.valid_until = start, end
    body.save(update_fields=["valid_from", "valid_until"])


def _move_start(body: Body, start: date | None) -> None:
    """What began with the body begins with it still."""
    for rows in (Placement.objects.filter(child=body), Counterpart.objects.filter(local=body.pk), Seat.objects.filter(body=body)):
        begun = rows.filter(valid_from=body.valid_from)
        (begun if start is None else begun.exclude(valid_until__lt=start)).update(valid_from=start)


def _relate(load: Load, relation: _Relation, wanted: Mapping[int, AbstractSet[int]], made: Mapping[int, Body]) -> None:
    """Opens and closes links so that each body has exactly those wanted. A new body has them from its beginning."""
    rows = list(relation.model.objects.filter(**{f"{relation.owner}__in": list(wanted)}))
    for owner, others in wanted.items():
        own = [row for row in rows if getattr(row, relation.owner) == owner]
        present = {getattr(row, relation.other): row for row in own if not load.is_over(row.valid_until)}
        added, removed = others - present.keys(), present.keys() - others
        closed_today = {getattr(row, relation.other): row for row in own if row.valid_until == load.on}
        for other in sorted(added):
            if other in closed_today:
                relation.model.objects.filter(pk=closed_today[other].pk).update(valid_until=None)
            else:
                start = made[owner].valid_from if owner in made else load.since
                relation.model.objects.create(**{relation.owner: owner, relation.other: other}, valid_from=start)
        close(relation.model.objects.filter(pk__in=[present[other].pk for other in removed]), on=load.on)
        if (added or removed) and owner not in made:
            _tell_links(load, relation, owner, added, removed)


def _tell_links(load: Load, relation: _Relation, owner: int, added: AbstractSet[int], removed: AbstractSet[int]) -> None:
    names = {body.pk: str(body) for body in Body.objects.filter(pk__in={owner, *added, *removed})}
    said = [(relation.added, added), (relation.removed, removed)]
    parts = [f"{word} {', '.join(names[pk] for pk in sorted(pks))}" for word, pks in said if pks]
    load.tell(str(relation.label), names[owner], "; ".join(parts))
