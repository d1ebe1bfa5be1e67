"""How services keep what a row was: every field as a JSON value, and the row itself as it stood at a moment.

The services of the app that owns a model write through `keep_new` and `keep_change`; the database takes the row's lock, the log its entry.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import connection, models
from django.utils.text import slugify

from styrkedja.core.ledger.versions import Revision, difference, values_at
from styrkedja.core.policies.versions import check_version
from styrkedja.ledger.models import ObjectVersion, Versioned
from styrkedja.ledger.services import Actor, append_version

Row = TypeVar("Row", bound=Versioned)
Links = Mapping[str, Iterable[models.Model]]
_BOOKKEEPING = frozenset({"id", "version", "created_at", "changed_at"})


def kept_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields whose values are kept: all but the bookkeeping, many-to-many ones last."""
    own = [field for field in model._meta.concrete_fields if field.name not in _BOOKKEEPING]
    return [*own, *model._meta.many_to_many]


def kept_values(row: models.Model, links: Links | None = None) -> dict[str, Any]:
    """What `row` says, as JSON values by field: a foreign key as the id, many-to-many as sorted ids. `links` spares a question to the database."""
    own = {field.name: _json(field, getattr(row, field.attname)) for field in kept_fields(type(row)) if not field.many_to_many}
    many = {field.name: _ids(row, field.name, links) for field in type(row)._meta.many_to_many}
    return own | many


def keep_new(
    *,
    actor: Actor | None,
    row: Versioned,
    links: Links,
    object_type: str,
    at: datetime,
    function: str = "",
    also: Mapping[str, Any] | None = None,
) -> None:
    """Saves the new `row` with its many-to-many `links`, keeps its first version and tells the log. `also`: values kept outside the row."""
    row.version, row.created_at, row.changed_at = 1, at, at
    row.save(force_insert=True)
    for name, others in links.items():
        getattr(row, name).set(others)
    values = kept_values(row, links) | dict(also or {})
    changes = {name: (None, value) for name, value in values.items() if value not in (None, "", [])}
    append_version(actor=actor, act="object.created", object_type=object_type, row=row, changes=changes, at=at, function=function)


def keep_change(
    *,
    actor: Actor | None,
    row: Versioned,
    expected: int | None,
    values: Mapping[str, Any],
    links: Links,
    object_type: str,
    at: datetime,
    function: str = "",
    also: Mapping[str, tuple[Any, Any]] | None = None,
) -> bool:
    """Changes `row`, which the caller has locked, and keeps what it was. Answers whether anything changed; if not, nothing is written.

    `expected` is the version that the writer has read, None for one who has read nothing. Raises Outdated if it is no longer that one.
    """
    check_version(found=row.version, expected=expected, what=str(row))
    before = kept_values(row)
    for name, value in values.items():
        setattr(row, name, value)
    for name, others in links.items():
        getattr(row, name).set(others)
    changes = difference(before, kept_values(row)) | dict(also or {})
    if not changes:
        return False
    row.version, row.changed_at = row.version + 1, at
    row.save()
    append_version(actor=actor, act="object.changed", object_type=object_type, row=row, changes=changes, at=at, function=function)
    return True


def free_key(model: type[Versioned], title: str) -> str:
    """A key after `title` that no object of `model` has, and that nobody else is given while this transaction lasts."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('styrkedja.free-key', 0))")
    base = slugify(title)[:80].strip("-_") or getattr(model, "KIND", str(model._meta.model_name))
    taken = set(model._default_manager.filter(key__startswith=base).values_list("key", flat=True))
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def revisions(object_type: str, ids: Iterable[int], *, since: datetime | None = None) -> dict[int, list[Revision]]:
    """The kept changes of each object, oldest first; with `since` those made later alone, and always the first. One query."""
    rows = ObjectVersion.objects.filter(object_type=object_type, object_id__in=list(ids))
    if since is not None:
        rows = rows.filter(models.Q(at__gt=since) | models.Q(version=1))
    found: dict[int, list[Revision]] = {}
    for row in rows.order_by("object_id", "version"):
        found.setdefault(row.object_id, []).append(Revision(row.version, row.at, row.changes))
    return found


def row_at(
    row: Row, made: Iterable[Revision], *, at: datetime, beside: Mapping[str, Any] | None = None
) -> tuple[Row, dict[str, Any]] | None:
    """`row` as it stood at the moment, with its many-to-many as ids; None if it was made later. The row that is answered is not to be saved.

    `beside` is what is kept beside its fields, as it is now; as it was then is answered with the many-to-many.
    """
    beside = dict(beside or {})
    values = values_at(kept_values(row) | beside, made, at=at)
    if values is None:
        return None
    many = {name: values[name] or [] for name in (*beside, *(field.name for field in type(row)._meta.many_to_many))}
    then = type(row)(pk=row.pk, version=row.version, created_at=row.created_at, changed_at=row.changed_at)
    for field in type(row)._meta.concrete_fields:
        if field.name in values:
            value = values[field.name]
            setattr(then, field.attname, value if field.is_relation else field.to_python(value))
    return then, many


def _ids(row: models.Model, name: str, links: Links | None) -> list[int]:
    if links is not None and name in links:
        return sorted(other.pk for other in links[name])
    return sorted(other.pk for other in getattr(row, name).all())


def _json(field: models.Field, value: Any) -> Any:
    if isinstance(value, Decimal | int | float) and isinstance(field, models.DecimalField):
        return f"{Decimal(value):.{field.decimal_places}f}"
    return value.isoformat() if isinstance(value, date) else value
