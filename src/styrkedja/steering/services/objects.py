"""How every object of the chain is added and changed; the services of each kind say what it consists of."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, connection, models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.identities import identity_fault
from styrkedja.core.policies.refusal import Forbidden, Refused, tried_on
from styrkedja.core.steering.rules import cycle, faults
from styrkedja.ledger.keeping import free_key, keep_change, keep_new
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.organisations.models import County
from styrkedja.steering.models import ChainObject
from styrkedja.steering.policies import check_add, check_edit
from styrkedja.steering.selectors.visibility import Sight, sight
from styrkedja.ui.clock import day
from styrkedja.ui.wording import sentence_text

Row = TypeVar("Row", bound=ChainObject)
Values = Mapping[str, Any]


@on_record_when_forbidden("object.creation_refused")
def create(*, actor: User | None, model: type[Row], values: Values, at: datetime, also: Mapping[str, Any] | None = None) -> Row:
    """A new object of `model`. Without a key it is given one after its title. `actor` is None when the program does it by itself.

    Raises Refused if the values cannot be true or name what the actor may not see, if the key is taken, and unless the actor may.
    """
    own, links = _split(model, values)
    row = model(**own)
    if not row.key:
        row.key = free_key(model, str(own.get("title") or model.KIND))
    row.county = row.county or _county(row)
    seen = sight(actor, on=day(at))
    _refuse_unseen(seen, model, own, links)
    _refuse_faulty(row, links)
    function = check_add(actor, row, on=day(at))
    if model._default_manager.filter(key=row.key).exists():
        raise Refused(_("Nyckeln %(key)s finns redan. Välj en annan.") % {"key": row.key})
    try:
        with transaction.atomic():
            keep_new(actor=actor, row=row, links=links, object_type=model.KIND, at=at, function=function, also=also)
    except IntegrityError:
        raise Refused(_("Samma sak har just lagts till av någon annan. Läs sidan på nytt.")) from None
    return row


@on_record_when_forbidden("object.change_refused")
def change(
    *,
    actor: User | None,
    row: Row,
    version: int | None,
    values: Values,
    at: datetime,
    also: Mapping[str, tuple[Any, Any]] | None = None,
) -> Row:
    """Changes `row`, which the writer has read in `version` (None: has not read). What `values` does not name stays as it is.

    Raises Outdated if somebody else has changed it since, and Refused as `create`; then nothing has been written.
    """
    model = type(row)
    own, links = _split(model, values)
    if own.get("parent") is not None:
        _one_at_a_time(model)
    found = lock(actor=actor, row=row, at=at)
    function = check_edit(actor, found, on=day(at))
    _refuse_unseen(sight(actor, on=day(at)), model, own, links)
    _check_changed(actor, found, own, links, at=at)
    common = {"actor": actor, "object_type": model.KIND, "at": at, "function": function}
    keep_change(row=found, expected=version, values=own, links=links, also=also, **common)
    return found


def _check_changed(actor: User | None, found: ChainObject, own: dict[str, Any], links: Mapping[str, list[Any]], *, at: datetime) -> None:
    """What the row would become can stand, and the actor may make it so. A row without a county gets that of its new body."""
    changed = copy(found)
    for name, value in own.items():
        setattr(changed, name, value)
    _refuse_faulty(changed, links)
    if changed.county_id is None and changed.accountable_body_id != found.accountable_body_id:
        own["county"] = _county(changed)
    if getattr(changed, "document_id", None) != getattr(found, "document_id", None):
        check_add(actor, changed, on=day(at))
    if own.get("parent") is not None:
        _refuse_cycle(changed)


def lock(*, actor: User | None, row: Row, at: datetime) -> Row:
    """The row as it is now, kept by this transaction. Raises Refused if the actor may not see it."""
    seen = sight(actor, on=day(at)).of(type(row)).filter(pk=row.pk).exists()
    if not seen:
        with tried_on(row.KIND, row.pk):
            raise Forbidden(_("Det du vill ändra finns inte."))
    return type(row)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)


def _split(model: type[ChainObject], values: Values) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The values of the row itself, texts without spaces around them, and its many-to-many."""
    many = {field.name for field in model._meta.many_to_many}
    own = {name: value.strip() if isinstance(value, str) else value for name, value in values.items() if name not in many}
    links = {name: list(value) for name, value in values.items() if name in many}
    known = {field.name for field in model._meta.concrete_fields}
    if unknown := own.keys() - known:
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    return own, links


def _refuse_unseen(seen: Sight, model: type[ChainObject], own: Values, links: Mapping[str, list[Any]]) -> None:
    """What an object refers to must be seen by who writes it; else nothing tells that it exists."""
    wanted = [(name, [value]) for name, value in own.items() if isinstance(value, ChainObject)]
    wanted += [(name, rows) for name, rows in links.items() if rows and isinstance(rows[0], ChainObject)]
    for name, rows in wanted:
        ids = {row.pk for row in rows}
        if seen.of(type(rows[0])).filter(pk__in=ids).count() != len(ids):
            label = model._meta.get_field(name).verbose_name
            raise Refused(_("Det som anges som ”%(field)s” finns inte.") % {"field": label})


def _refuse_faulty(row: ChainObject, links: Mapping[str, list[Any]]) -> None:
    values = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
    found = [sentence_text(fault) for fault in faults(row.KIND, values | dict(links)).values()]
    found += [*_wrong_choices(row), *_identities(row)]
    area = getattr(row, "area", None)
    if area is not None and area.document_id != getattr(row, "document_id", None):
        found.append(_("Målområdet ”%(area)s” hör till en annan plan.") % {"area": area})
    if found:
        raise Refused(" ".join(found))


def _wrong_choices(row: ChainObject) -> Iterable[str]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.choices and not (field.blank and value == "") and value not in dict(field.flatchoices):
            yield _("”%(value)s” kan inte anges som ”%(field)s”.") % {"value": value, "field": field.verbose_name}


def _identities(row: ChainObject) -> Iterable[str]:
    """Texts are judged however they come: by a form, from a file or from a document. A key is made of the title."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name != "key" and isinstance(value, str) and (fault := identity_fault(value)):
            yield _("%(field)s: %(error)s") % {"field": capfirst(str(field.verbose_name)), "error": sentence_text(fault)}


def _one_at_a_time(model: type[ChainObject]) -> None:
    """One at a time changes what stands in what, so that two cannot close a ring together. Before any row is locked."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"styrkedja.parents.{model.KIND}"])


def _refuse_cycle(row: ChainObject) -> None:
    model = type(row)

    def parent_of(pk: int) -> int | None:
        if pk == row.pk:
            return row.parent_id
        return model._default_manager.values_list("parent_id", flat=True).get(pk=pk)

    ring = cycle(row.pk, parent_of)
    if ring:
        names = {other.pk: str(other) for other in model._default_manager.filter(pk__in=ring)}
        raise Refused(
            _("Kedjan skulle gå runt: %(ring)s. Välj ett annat överordnat.") % {"ring": " → ".join(names[pk] for pk in (*ring, row.pk))}
        )


def _county(row: models.Model) -> County | None:
    """The county that an object belongs to: its accountable body's (a forum's: its group's), else that of what it hangs in."""
    body = row.accountable_body or getattr(row, "group", None)
    if body is not None:
        return body.county or County.objects.filter(region=body).first()
    for field in row._meta.concrete_fields:
        other = getattr(row, field.name) if field.is_relation and field.name != "county" else None
        if isinstance(other, ChainObject) and other.county_id is not None:
            return other.county
    return None


__all__ = ["Values", "change", "create", "free_key", "lock"]
