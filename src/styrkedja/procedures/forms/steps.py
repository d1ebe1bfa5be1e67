"""The form of a step: made from the fields of its kind and of the routine."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from styrkedja.core.decisions import estimate_fault
from styrkedja.core.fields import ESTIMATES, FieldSpec, FieldType, Option, answer_faults
from styrkedja.core.process.model import Node
from styrkedja.organisations.models import County
from styrkedja.procedures.kinds.base import StepKind, fields_of
from styrkedja.procedures.selectors import bodies_for_field, function_options
from styrkedja.ui.forms import DateField, DocumentField, NumberField, SubmissionForm, TableField, YesNoField
from styrkedja.ui.wording import sentence_text

OUTCOME = "outcome"
MAX_TEXT = 1_000
MAX_LONG_TEXT = 50_000
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """What the step asks of this performer besides what the fields themselves say: fields that are left out, fields that must be filled in,
    and by field what may be chosen, for those of which the county's files say nothing."""

    without: frozenset[str] = frozenset()
    demanded: frozenset[str] = frozenset()
    offered: Mapping[str, Choices] = field(default_factory=dict)

    def of(self, specs: Iterable[FieldSpec]) -> tuple[FieldSpec, ...]:
        return tuple(replace(spec, required=spec.required or spec.id in self.demanded) for spec in specs if spec.id not in self.without)


EVERYTHING = Asked()


class StepForm(SubmissionForm):
    """The form of one step. `carried` are files that an earlier step brought, kept unless another is chosen. `on` is the day when it is sent."""

    specs: tuple[FieldSpec, ...] = ()
    on: date | None = None

    def clean(self) -> dict[str, Any]:
        """What is chosen in a field with `among` has been chosen in that other field too, and the answers keep the rules of their fields."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for spec in self.specs:
            chosen, allowed = given.get(spec.id), given.get(spec.among)
            # A field without a value has its own fault, and then nothing can be said of what is among them.
            if chosen and allowed is not None and not set(_listed(chosen)) <= set(allowed):
                said = _("Välj ett organ som också finns bland ”%(field)s”.")
                self.add_error(spec.id, forms.ValidationError(said, "among", {"field": self.fields[spec.among].label}))
        for spec, fault in answer_faults(self.specs, given, today=self.on) if self.on else ():
            self.add_error(spec.id, forms.ValidationError(sentence_text(fault), "rule"))
        if fault := _amount_fault(given):
            self.add_error("no_estimate_reason", forms.ValidationError(sentence_text(fault), "estimate"))
        return given

    def as_data(self) -> dict[str, Any]:
        """What was filled in, in the shapes of core.fields. Files are left out: see `uploads` and `carried`."""
        plain = [spec for spec in self.specs if spec.type is not FieldType.FILE]
        return {spec.id: plain_value(spec, value) for spec in plain if (value := self.cleaned_data[spec.id]) not in (None, "", [])}

    def uploads(self) -> dict[str, UploadedFile]:
        """The files that came with the form, by field id. A field without one holds what it began with: see `carried`."""
        return {spec.id: upload for spec in self._files() if isinstance(upload := self.cleaned_data[spec.id], UploadedFile)}

    @property
    def carried(self) -> dict[str, Mapping[str, str]]:
        """Files from earlier steps, by field id: {"file": uuid, "name": file name}."""
        return {spec.id: self.initial[spec.id] for spec in self._files() if self.initial.get(spec.id)}

    @property
    def outcome(self) -> str:
        return str(self.cleaned_data.get(OUTCOME, ""))

    def as_draft(self) -> dict[str, Any]:
        """What has been typed so far, judged or not; files cannot be kept."""
        names = [spec.id for spec in self.specs if spec.type is not FieldType.FILE] + ([OUTCOME] if OUTCOME in self.fields else [])
        typed = {name: self.fields[name].widget.value_from_datadict(self.data, self.files, name) for name in names}
        return {name: value for name, value in typed.items() if value not in (None, "", [])}

    def _files(self) -> list[FieldSpec]:
        return [spec for spec in self.specs if spec.type is FieldType.FILE]


def _amount_fault(given: Mapping[str, Any]) -> str:
    """A decision on money has a calculation behind it, or the reason why not: the record asks for it, and the form says so at the field."""
    if not given.get("decision_amount") or "no_estimate_reason" not in given:
        return ""
    return estimate_fault(bool(given.get("estimates")), given["no_estimate_reason"].strip())


def _listed(chosen: str | list[str]) -> list[str]:
    return [chosen] if isinstance(chosen, str) else chosen


def plain_value(spec: FieldSpec, value: Any) -> Any:
    """A cleaned value in the shape of core.fields."""
    return value.isoformat() if spec.type is FieldType.DATE else value


def step_form(
    node: Node, kind: StepKind, *, county: County, asked: Asked = EVERYTHING, on: date | None = None, **arguments: Any
) -> StepForm:
    """The form of `node`. `on` is the day when it is sent, needed to judge the answers. `arguments` are those of a Django form (data, files, initial)."""
    specs = asked.of(fields_of(node, kind))
    carried = arguments.get("initial") or {}
    fields: dict[str, forms.Field] = {spec.id: form_field(spec, county, carried=spec.id in carried) for spec in specs}
    if node.step and node.step.outcomes:
        fields[OUTCOME] = forms.ChoiceField(label=_("Utfall"), choices=_choices(node.step.outcomes), widget=forms.RadioSelect)
    form_class = type("StepForm", (StepForm,), {**fields, "specs": specs, "on": on})
    form: StepForm = form_class(**arguments)
    for name, choices in asked.offered.items():
        if name in form.fields:
            form.fields[name].choices = choices
    return form


def _choices(options: Iterable[Option]) -> Choices:
    return [(option.value, option.name) for option in options]


def form_field(spec: FieldSpec, county: County, *, carried: bool = False) -> forms.Field:
    """The form field of a declared field. `carried`: an earlier step has brought a file, so another need not be chosen."""
    required = spec.required and not (carried and spec.type is FieldType.FILE)
    return _BUILDERS[spec.type](spec, county, {"label": spec.name, "help_text": spec.help, "required": required})


def _many(choices: Choices, options: Mapping[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)


def _many_of(spec: FieldSpec, options: Mapping[str, Any]) -> forms.Field:
    if spec.of == ESTIMATES:
        return OfferedChoices(widget=forms.CheckboxSelectMultiple, **options)
    return _many(_choices(spec.options), options)


def _one(choices: Choices, options: Mapping[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Välj")), *choices], **options)


class OfferedChoices(forms.MultipleChoiceField):
    """Any of what is offered. Whether it is there to choose is said by the service: when the same form comes twice, it is so no longer."""

    def valid_value(self, value: str) -> bool:
        return True


def _long_text(options: Mapping[str, Any]) -> forms.Field:
    """Bounded, but without a counter: nobody needs to be told of tens of thousands of letters left."""
    limit = MaxLengthValidator(MAX_LONG_TEXT, _("Texten är %(show_value)s tecken. Korta den till högst %(limit_value)s."))
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), validators=[limit], **options)


_Build = Callable[[FieldSpec, County, Mapping[str, Any]], forms.Field]
_BUILDERS: Mapping[FieldType, _Build] = {
    FieldType.TEXT: lambda spec, county, options: forms.CharField(max_length=MAX_TEXT, **options),
    FieldType.LONG_TEXT: lambda spec, county, options: _long_text(options),
    FieldType.NUMBER: lambda spec, county, options: NumberField(minimum=spec.minimum, **options),
    FieldType.DATE: lambda spec, county, options: DateField(**options),
    FieldType.CHOICE: lambda spec, county, options: forms.ChoiceField(choices=_choices(spec.options), widget=forms.RadioSelect, **options),
    FieldType.CHOICES: lambda spec, county, options: _many_of(spec, options),
    FieldType.YES_NO: lambda spec, county, options: YesNoField(**options),
    FieldType.FILE: lambda spec, county, options: DocumentField(**options),
    FieldType.ORGANISATION: lambda spec, county, options: _one(bodies_for_field(spec, county), options),
    FieldType.ORGANISATIONS: lambda spec, county, options: _many(bodies_for_field(spec, county), options),
    FieldType.GROUP: lambda spec, county, options: _one(bodies_for_field(spec, county), options),
    FieldType.GROUPS: lambda spec, county, options: _many(bodies_for_field(spec, county), options),
    FieldType.FUNCTION: lambda spec, county, options: _one(function_options(county), options),
    FieldType.TABLE: lambda spec, county, options: TableField(columns=spec.columns, **options),
}


def as_post(values: Mapping[str, Any], outcome: str) -> dict[str, Any]:
    """Answers in the shapes of core.fields as the browser would send them: for commands, so that they meet the same form."""
    sent: dict[str, Any] = {OUTCOME: outcome} if outcome else {}
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            cells = ((row, column, cell) for row, cells in enumerate(value) for column, cell in cells.items())
            sent |= {f"{name}-{row}-{column}": _as_text(cell) for row, column, cell in cells}
        else:
            sent[name] = value if isinstance(value, list) else _as_text(value)
    return sent


def _as_text(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
