"""What an object was, and who made it what it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.accounts.models import User
from styrkedja.core.mandates import kronor
from styrkedja.ledger.keeping import kept_fields, revisions, row_at
from styrkedja.ledger.models import ObjectVersion, Versioned
from styrkedja.steering.models import ChainObject
from styrkedja.steering.selectors.visibility import visible

Row = TypeVar("Row", bound=Versioned)
_DAY = timedelta(days=1)
# What is kept of an object beside its own fields.
_BESIDE = {
    "adoptions": gettext_lazy("antaganden"),
    "withdrawal_reason": gettext_lazy("skäl till återtagandet"),
    "years": gettext_lazy("effekt per år"),
}


@dataclass(frozen=True)
class FieldChange:
    """`before` and `after` as people read them, "" for nothing."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    """A version of an object. `function` is the function that was acted in; "" is the program itself or an administrator."""

    version: int
    at: datetime
    account: int | None
    function: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Stood:
    """An object as it stood at a moment; `links` are the ids of its many-to-many fields then, and what was kept beside its fields."""

    row: Any
    links: Mapping[str, list[Any]]


def is_amount(field: Any) -> bool:
    """Is it kept in öre? Nothing else is as large."""
    return isinstance(field, models.BigIntegerField)


def label_of(field: Any) -> str:
    """What a field is called where its amounts are said in kronor: without the unit that they are kept in."""
    name = str(field.verbose_name)
    return name.rpartition(", ")[0] if is_amount(field) else name


def history(user: User | None, row: ChainObject, *, on: date) -> list[HistoryLine]:
    """Every version of `row`, the latest first; nothing if `user` may not see it."""
    if not visible(user, type(row), on=on).filter(pk=row.pk).exists():
        return []
    return history_of(row, row.KIND)


def history_of(row: Versioned, object_type: str) -> list[HistoryLine]:
    """The same of a row that the reader has been found to may see. A query, and one for each model that the changes name."""
    versions = list(ObjectVersion.objects.filter(object_type=object_type, object_id=row.pk).order_by("-version"))
    names = _names(type(row), versions)
    return [
        HistoryLine(version.version, version.at, version.account, version.function, tuple(_lines(type(row), version, names)))
        for version in versions
    ]


def stood_at(rows: Iterable[Row], object_type: str, *, at: datetime, beside: Mapping[int, Mapping[str, Any]] | None = None) -> list[Stood]:
    """`rows` of one kind as they stood at the moment, those left out that were made later.

    `beside`: what is kept beside the fields, as it is now, by id. One query, and one for each many-to-many.
    """
    rows = list(rows)
    if rows:
        models.prefetch_related_objects(rows, *(field.name for field in type(rows[0])._meta.many_to_many))
    made = revisions(object_type, [row.pk for row in rows], since=at)
    found = (row_at(row, made.get(row.pk, []), at=at, beside=(beside or {}).get(row.pk)) for row in rows)
    return [Stood(*one) for one in found if one is not None]


def _lines(model: type[models.Model], version: ObjectVersion, names: Mapping[tuple[str, int], str]) -> Iterable[FieldChange]:
    fields = {field.name: field for field in kept_fields(model)}
    for name, (before, after) in version.changes.items():
        field = fields.get(name)
        label = label_of(field) if field is not None else str(_BESIDE.get(name, name))
        yield FieldChange(name, label[:1].upper() + label[1:], _said(field, before, names), _said(field, after, names))


def _said(field: Any, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    if value in (None, "", []):
        return ""
    if field is None:
        return "; ".join(_beside(one) for one in value)
    if field.is_relation:
        ids = value if isinstance(value, list) else [value]
        return ", ".join(names.get((field.name, one), str(one)) for one in ids)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(field, value)


def _plain(field: Any, value: Any) -> str:
    if is_amount(field):
        return kronor(value)
    if isinstance(field, models.BooleanField):
        return _("Ja") if value else _("Nej")
    if field.name == "valid_until":
        return str(date.fromisoformat(value) - _DAY)
    return str(value)


def _beside(value: Any) -> str:
    """An adoption as it is kept, or a year of a calculation: year, gross, net, lowest, highest."""
    if isinstance(value, str):
        return value
    year, gross, net, *interval = value
    said = {"year": year, "gross": kronor(gross), "net": kronor(net)}
    text = _("%(year)s: brutto %(gross)s, netto %(net)s") % said
    low, high = (kronor(amount) if amount is not None else "–" for amount in interval)
    return text if interval == [None, None] else f"{text} ({low} – {high})"


def _names(model: type[models.Model], versions: Iterable[ObjectVersion]) -> dict[tuple[str, int], str]:
    """What the objects that the changes refer to are called, by field and id."""
    found: dict[tuple[str, int], str] = {}
    for field in kept_fields(model):
        if field.is_relation:
            values = [value for version in versions for value in version.changes.get(field.name, ())]
            ids = {one for value in values for one in (value if isinstance(value, list) else [value]) if one is not None}
            others = field.related_model._default_manager.filter(pk__in=ids) if ids else ()
            found |= {(field.name, other.pk): str(other) for other in others}
    return found
