"""One form for every kind of object, made of the fields of its model. What it gives is what the services of the kind take."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms import ValuesForm
from styrkedja.audits.forms.fields import LongText, RowField, RowsField
from styrkedja.chain.forms.fields import AmountField, LastDayField, MonthField, QuantityField, in_ore
from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.effects.services import YearAmounts
from styrkedja.organisations.models import Seat
from styrkedja.steering.models import ChainObject
from styrkedja.steering.selectors.history import is_amount, label_of
from styrkedja.ui.forms import DateField, TableField

_WHO = ("accountable_body", "accountable_seat")
# What is asked of each kind, in the order of the page. What an act of its own tells (adopted, reached, reported back) is not asked for here.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "target-state": ("kind", "title", "text", *_WHO),
    "strategy": ("target_state", "title", "text", "position", *_WHO),
    "document": (
        "kind",
        "title",
        "text",
        *_WHO,
        "valid_from",
        "valid_until",
        "registry_number",
        "parent",
        "supersedes",
        "target_state",
        "next_report_on",
        "mandates",
    ),
    "goal-area": ("document", "title", "text", "position", *_WHO),
    "goal": ("document", "area", "parent", "title", "text", *_WHO, "horizon", "due_on", "state", "resources", "strategies", "position"),
    "goal-indicator": ("goal", "indicator", "baseline_value", "baseline_on", "target_value", "target_on", "text", *_WHO),
    "milestone": ("goal", "action", "title", "text", "due_on", "criterion", "indicator", "target_value", *_WHO),
    "assignment": (
        "document",
        "title",
        "text",
        "giver",
        *_WHO,
        "area",
        "goal",
        "parent",
        "decision",
        "given_on",
        "due_on",
        "report_due_on",
        "resources",
    ),
    "programme": ("document", "title", "text", *_WHO, "starts_on", "ends_on"),
    "action": (
        "document",
        "programme",
        "title",
        "text",
        "kind",
        "time_frame",
        "state",
        *_WHO,
        "unit",
        "starts_on",
        "ends_on",
        "done_on",
        "resources",
        "goals",
        "indicators",
        "parent",
        "assignment",
        "corrects_milestone",
        "corrects_target",
        "decision",
    ),
    "obstacle": ("goal", "action", "kind", "title", "text", *_WHO, "response", "reported_on", "due_on", "resolved_on"),
    "goal-conflict": ("first", "second", "title", "text", *_WHO, "response", "decision", "resolved_on"),
    "forum": ("group", "reports_to", "text", *_WHO, "goals", "programmes", "assignments", "indicators"),
    "estimate": (
        "action",
        "one_off_ore",
        "first_effect_on",
        "years",
        "assumptions",
        "calculated_by",
        "calculated_on",
        "decision",
        *_WHO,
    ),
    "realisation": ("action", "month", "planned_ore", "realised_ore", "forecast_ore", "evidence", *_WHO),
    "balance-requirement": ("document", "year", "amount_ore", "text", *_WHO),
}
_MAY_LACK_TITLE = {"goal-conflict"}
_MONTHS = {"month", "first_effect_on"}
_HELP = {
    ("goal", "parent"): _("Målet i planen ovanför som det här tar upp."),
    ("goal", "resources"): _("Vad det får kosta i tid och pengar."),
    ("action", "parent"): _("Åtgärden på en högre nivå som det här genomför hos er."),
    ("action", "unit"): _("Den enhet eller verksamhet där åtgärden görs."),
    ("action", "corrects_milestone"): _("För en korrigerande åtgärd: det delmål som inte nåddes."),
    ("action", "corrects_target"): _("För en korrigerande åtgärd: det målvärde som inte nåddes."),
    ("document", "parent"): _("Planen som den här genomför."),
    ("document", "valid_until"): _("Sista dagen. Lämna tomt om det gäller tills vidare."),
    ("document", "mandates"): _("För reglementen och delegationsbestämmelser: de mandat som dokumentet ger."),
    ("milestone", "criterion"): _("Hur man ser att delmålet är nått, helst med ett tal."),
    ("milestone", "action"): _("Ett delmål hör till ett mål eller till en åtgärd."),
    ("obstacle", "action"): _("Ett hinder står i vägen för ett mål eller för en åtgärd."),
    ("assignment", "accountable_body"): _("Organet som har fått uppdraget."),
    ("estimate", "first_effect_on"): _("År och månad, till exempel 2026-03."),
    ("estimate", "years"): _("Belopp i kronor. Lägst och högst är det intervall som nettoeffekten tros ligga i."),
    ("realisation", "month"): _("År och månad, till exempel 2026-03."),
    ("realisation", "forecast_ore"): _("Vad hela året nu tros ge."),
}
_YEARS = (
    FieldSpec("year", FieldType.NUMBER, _("År"), required=True),
    FieldSpec("gross", FieldType.NUMBER, _("Brutto"), required=True),
    FieldSpec("net", FieldType.NUMBER, _("Netto"), required=True),
    FieldSpec("low", FieldType.NUMBER, _("Lägst")),
    FieldSpec("high", FieldType.NUMBER, _("Högst")),
)
Candidates = Callable[[models.Field], Sequence[Any]]
Label = Callable[[Any], str]


class ObjectForm(ValuesForm):
    """`candidates` says which rows a field may choose among; `fixed` fields cannot be changed and are left out."""

    def __init__(
        self,
        *args: Any,
        model: type[ChainObject],
        candidates: Candidates,
        label_of: Label = str,
        fixed: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind = model.KIND
        for name in FIELDS[model.KIND]:
            if name not in fixed:
                self.fields[name] = self._field(model, name, candidates, label_of)

    def _field(self, model: type[ChainObject], name: str, candidates: Candidates, label_of: Label) -> forms.Field:
        shown = {"help_text": _HELP.get((model.KIND, name), "")}
        if name == "years":
            return TableField(columns=_YEARS, label=_("Effekt per år"), **shown)
        source = model._meta.get_field(name)
        made = form_field(source, required=_is_required(model, source), **shown)
        if isinstance(made, RowField | RowsField):
            rows = candidates(source)
            made.offer_seats(rows) if source.related_model is Seat else made.offer(rows, label_of)
        return made

    def clean_years(self) -> list[YearAmounts]:
        """In öre, as the services take them."""
        return [
            YearAmounts(_whole_year(row["year"]), *(in_ore(row[name]) for name in ("gross", "net", "low", "high")))
            for row in self.cleaned_data["years"]
        ]


def _whole_year(number: float) -> int:
    if number != int(number):
        raise forms.ValidationError(_("Ange ett år, till exempel 2027."))
    return int(number)


def form_field(source: models.Field, *, required: bool, **shown: Any) -> forms.Field:
    """The field of a form for a field of a model."""
    options = {"label": _label(source), "required": required} | shown
    if source.many_to_many:
        return RowsField(**options)
    if source.is_relation:
        return RowField(empty=_("Välj") if required else _("Inget valt"), **options)
    if source.choices:
        blank = [("", _("Inget valt"))] if source.blank else []
        return forms.ChoiceField(choices=[*blank, *source.flatchoices], **options)
    return _plain(source, options)


def _plain(source: models.Field, options: dict[str, Any]) -> forms.Field:
    if isinstance(source, models.DateField):
        kind = MonthField if source.name in _MONTHS else LastDayField if source.name == "valid_until" else DateField
        return kind(**options)
    if is_amount(source):
        return AmountField(minimum=0, **options) if source.name in {"one_off_ore", "amount_ore", "amount_limit"} else AmountField(**options)
    if isinstance(source, models.DecimalField):
        return QuantityField(**options)
    if isinstance(source, models.PositiveSmallIntegerField):
        return forms.IntegerField(min_value=0, max_value=32_767, **options)
    if isinstance(source, models.TextField):
        return LongText(**options)
    if isinstance(source, models.BooleanField):
        return forms.BooleanField(**options | {"required": False})
    return forms.CharField(max_length=source.max_length, **options)


def _label(source: models.Field) -> str:
    name = label_of(source)
    name = _("%(what)s, kronor") % {"what": name} if is_amount(source) else name
    return name[:1].upper() + name[1:]


def _is_required(model: type[ChainObject], source: models.Field) -> bool:
    if source.name == "title":
        return model.KIND not in _MAY_LACK_TITLE
    return not source.blank
