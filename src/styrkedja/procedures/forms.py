"""The form of a step: made from the fields of its kind and of the routine."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.core.fields import FieldSpec, FieldType, Option
from styrkedja.core.process.model import Node
from styrkedja.organisations.models import County
from styrkedja.procedures.kinds.base import StepKind
from styrkedja.procedures.selectors import bodies_for_field, function_options
from styrkedja.ui.forms import DateField, SubmissionForm, TableField

OUTCOME = "outcome"
_MAX_TEXT = 1_000
_MAX_LONG_TEXT = 50_000


def fields_of(node: Node, kind: StepKind) -> tuple[FieldSpec, ...]:
    """The kind's own fields, then those that the routine declares."""
    return (*kind.fields, *(node.step.fields if node.step else ()))


class StepForm(SubmissionForm):
    """Built for one node; `as_data` gives the values in the shapes of core.fields, files apart."""

    specs: tuple[FieldSpec, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """What was filled in, as plain JSON; files are left out (the view stores them)."""
        return {spec.id: _plain(spec, self.cleaned_data[spec.id]) for spec in self.specs if spec.type is not FieldType.FILE and _given(self.cleaned_data[spec.id])}

    def uploads(self) -> dict[str, Any]:
        """The uploaded files, by field id."""
        found = {spec.id: self.cleaned_data[spec.id] for spec in self.specs if spec.type is FieldType.FILE}
        return {name: upload for name, upload in found.items() if upload}

    @property
    def outcome(self) -> str:
        return str(self.cleaned_data.get(OUTCOME, ""))


def _given(value: Any) -> bool:
    return value not in (None, "", [])


def _plain(spec: FieldSpec, value: Any) -> Any:
    if spec.type is FieldType.DATE:
        return value.isoformat()
    if spec.type is FieldType.NUMBER:
        return int(value) if value == int(value) else float(value)
    if spec.type is FieldType.YES_NO:
        return value == "yes"
    return value


def step_form(node: Node, kind: StepKind, *, county: County, **arguments: Any) -> StepForm:
    """The form of `node`. `arguments` are those of a Django form (data, files, initial)."""
    specs = fields_of(node, kind)
    fields: dict[str, forms.Field] = {spec.id: _field(spec, county) for spec in specs}
    if node.step and node.step.outcomes:
        fields[OUTCOME] = forms.ChoiceField(label=_("Utfall"), choices=_choices(node.step.outcomes), widget=forms.RadioSelect)
    form_class = type("StepForm", (StepForm,), {**fields, "specs": specs})
    form: StepForm = form_class(**arguments)
    return form


def _choices(options: Iterable[Option]) -> list[tuple[str, str]]:
    return [(option.value, option.name) for option in options]


def _field(spec: FieldSpec, county: County) -> forms.Field:
    common: dict[str, Any] = {"label": spec.name, "help_text": spec.help, "required": spec.required}
    return _BUILDERS[spec.type](spec, county, common)


def _body_choices(spec: FieldSpec, county: County) -> list[tuple[str, str]]:
    return bodies_for_field(spec, county)


_Build = Mapping[str, Any]
_BUILDERS: Mapping[FieldType, Any] = {
    FieldType.TEXT: lambda spec, county, common: forms.CharField(max_length=_MAX_TEXT, **common),
    FieldType.LONG_TEXT: lambda spec, county, common: forms.CharField(
        max_length=_MAX_LONG_TEXT, widget=forms.Textarea(attrs={"rows": 5}), **common
    ),
    FieldType.NUMBER: lambda spec, county, common: forms.DecimalField(**common),
    FieldType.DATE: lambda spec, county, common: DateField(**common),
    FieldType.CHOICE: lambda spec, county, common: forms.ChoiceField(choices=_choices(spec.options), widget=forms.RadioSelect, **common),
    FieldType.CHOICES: lambda spec, county, common: forms.MultipleChoiceField(
        choices=_choices(spec.options), widget=forms.CheckboxSelectMultiple, **common
    ),
    FieldType.YES_NO: lambda spec, county, common: forms.ChoiceField(choices=[("yes", _("Ja")), ("no", _("Nej"))], widget=forms.RadioSelect, **common),
    FieldType.FILE: lambda spec, county, common: forms.FileField(**common),
    FieldType.ORGANISATION: lambda spec, county, common: forms.ChoiceField(choices=[("", "—"), *_body_choices(spec, county)], **common),
    FieldType.ORGANISATIONS: lambda spec, county, common: forms.MultipleChoiceField(
        choices=_body_choices(spec, county), widget=forms.CheckboxSelectMultiple, **common
    ),
    FieldType.GROUP: lambda spec, county, common: forms.ChoiceField(choices=[("", "—"), *_body_choices(spec, county)], **common),
    FieldType.GROUPS: lambda spec, county, common: forms.MultipleChoiceField(
        choices=_body_choices(spec, county), widget=forms.CheckboxSelectMultiple, **common
    ),
    FieldType.FUNCTION: lambda spec, county, common: forms.ChoiceField(choices=[("", "—"), *function_options(county)], **common),
    FieldType.TABLE: lambda spec, county, common: TableField(columns=spec.columns, **common),
}
