"""Objects of every kind are added and changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.audits.forms import ValuesForm, said_by
from styrkedja.audits.views.acting import Frame, act, posted, refuse
from styrkedja.chain import selectors as chain
from styrkedja.chain.forms.fields import in_kronor
from styrkedja.chain.forms.objects import FIELDS, ObjectForm
from styrkedja.chain.policies import check_begin
from styrkedja.chain.presenters.decided import decided_note
from styrkedja.chain.presenters.doing import NEW, choice_label, edit_title
from styrkedja.chain.presenters.links import crumbs_of, object_url
from styrkedja.chain.selectors.choices import candidates, owned_plans, writing_bodies
from styrkedja.effects.models import EffectEstimate
from styrkedja.effects.services.importing import HANDLERS
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors.readers import counties_of
from styrkedja.steering.models import ChainObject
from styrkedja.steering.policies import check_edit
from styrkedja.ui.clock import day, now


@posted
def create(request: HttpRequest, kind: str) -> HttpResponse:
    """A new object. What it hangs in may stand in the address: the key of the other, by field."""
    at = now()
    on = day(at)
    model = chain.KINDS.get(kind)
    if model is None:
        raise Http404
    begun = _begun(request, model, on)
    refuse(lambda: check_begin(request.user, model, begun, on=on))
    known = {name: value[0] if isinstance(value, list) else value for name, value in begun.items()}
    body = _own_body(request, known, on)
    own = {"giver" if kind == "assignment" else "accountable_body": body}
    county = _county(request, [*known.values(), body], on)
    form = ObjectForm(
        request.POST or None,
        model=model,
        candidates=candidates(request.user, county, on=on, begun=own | begun),
        label_of=choice_label,
        initial=_defaults(model) | own | begun,
    )
    above = next((row for row in known.values() if isinstance(row, ChainObject)), None)
    back = object_url(above) if above else reverse("steering:overview")
    lead = decided_note(model(**{name: row for name, row in begun.items() if not isinstance(row, list)}))
    frame = Frame(str(NEW[kind]), _("Spara"), back, crumbs_of(above), lead=lead)

    def do(given: ValuesForm) -> str:
        made = HANDLERS[kind].create(actor=request.user, at=at, **given.values())
        messages.success(request, _("”%(what)s” är sparat.") % {"what": made})
        return object_url(made)

    return act(request, form, frame, do, at=at)


@posted
def edit(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """An object is changed. When somebody else was first, the page says what they changed and keeps what was typed."""
    at = now()
    on = day(at)
    row = found_to_edit(request, kind, key, on=on)
    handler = HANDLERS[kind]
    county = _county(request, [row, row.accountable_body], on)
    form = ObjectForm(
        request.POST or None,
        model=type(row),
        candidates=candidates(request.user, county, on=on, kept=row),
        label_of=choice_label,
        fixed=handler.fixed,
        initial=_standing(row),
    )
    lead = " ".join(filter(None, (f"{row}.", decided_note(row))))
    frame = Frame(edit_title(type(row)), _("Spara"), object_url(row), crumbs_of(row), lead=lead, done=_("Ändringen är sparad."))

    def do(given: ValuesForm) -> None:
        handler.change(actor=request.user, version=given.read_version, at=at, **{handler.name: row}, **given.values())

    return act(request, form, frame, do, row=row, at=at)


def found_to_edit(request: HttpRequest, kind: str, key: str, *, on: date) -> ChainObject:
    """404 for what the reader does not see, 403 with the reason for who may not write on it."""
    row = chain.found_object(request.user, kind, key, on=on)
    if row is None:
        raise Http404
    refuse(lambda: check_edit(request.user, row, on=on))
    return row


def _begun(request: HttpRequest, model: type[ChainObject], on: date) -> dict[str, Any]:
    """The objects that the address names, by field."""
    found: dict[str, Any] = {}
    for name in FIELDS[model.KIND]:
        if name in request.GET and name != "years":
            field = model._meta.get_field(name)
            row = _named(request, field.related_model, request.GET[name], on)
            found[name] = [row] if field.many_to_many else row
    return found


def _named(request: HttpRequest, model: type[Model] | None, key: str, on: date) -> ChainObject:
    kind = getattr(model, "KIND", "")
    row = chain.found_object(request.user, kind, key, on=on) if kind in chain.KINDS else None
    if row is None:
        raise Http404
    return row


def _own_body(request: HttpRequest, known: Mapping[str, Any], on: date) -> Body | None:
    """Who is likely to answer for the new one: the plan's own body, else the writer's."""
    plan = known.get("document")
    if plan is not None:
        return plan.accountable_body
    plans = owned_plans(request.user, on=on)
    own = writing_bodies(request.user, on=on)
    return own[0] if len(own) == 1 else next((plan.accountable_body for plan in plans[:1] if plan.accountable_body in own), None)


def _county(request: HttpRequest, rows: list[Any], on: date) -> County | None:
    """The county that the object belongs to, or the writer's first."""
    return next((row.county for row in rows if row is not None and row.county_id), None) or counties_of(request.user, on=on).first()


def _defaults(model: type[ChainObject]) -> dict[str, Any]:
    fields = (model._meta.get_field(name) for name in FIELDS[model.KIND] if name != "years")
    return {field.name: field.default for field in fields if field.has_default()}


def _standing(row: ChainObject) -> Mapping[str, Any]:
    """What the row says, as the form begins."""
    said = dict(said_by(row, FIELDS[row.KIND]))
    if isinstance(row, EffectEstimate):
        names = {"gross": "gross_ore", "net": "net_ore", "low": "low_ore", "high": "high_ore"}
        said["years"] = [
            {"year": year.year} | {short: in_kronor(getattr(year, name)) for short, name in names.items()} for year in row.years.all()
        ]
    return said
