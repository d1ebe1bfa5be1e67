"""What of the findings to show, accepting one, and how the controls look."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.controls.models import SEVERITIES
from styrkedja.core.controls.life import FindingState
from styrkedja.core.controls.rules import RULES
from styrkedja.organisations.models import Body, County
from styrkedja.ui.forms import DateField, SubmissionForm
from styrkedja.ui.wording import sentence_text

BY_BODY, BY_RULE, BY_OBJECT = "", "regel", "objekt"
STATES = {FindingState.FOUND: _("Funna"), FindingState.REAPPEARED: _("Återkomna"), FindingState.ACCEPTED: _("Godtagna")}


class FindingFilterForm(forms.Form):
    """What is narrowed, how it is grouped, and of which day. An unknown value narrows nothing."""

    lan = forms.ChoiceField(label=_("Län"), required=False)
    organ = forms.ChoiceField(label=_("Organ"), required=False)
    regel = forms.ChoiceField(label=_("Regel"), required=False)
    grad = forms.ChoiceField(
        label=_("Allvarlighetsgrad"), required=False, choices=[("", _("Alla")), *((one.value, label) for one, label in SEVERITIES.items())]
    )
    lage = forms.ChoiceField(
        label=_("Läge"), required=False, choices=[("", _("Alla")), *((state.value, label) for state, label in STATES.items())]
    )
    ordna = forms.ChoiceField(
        label=_("Ordna efter"),
        required=False,
        choices=[(BY_BODY, _("Organ")), (BY_RULE, _("Regel")), (BY_OBJECT, _("Objekt"))],
    )
    dag = DateField(label=_("Som listan var den dag"), required=False)

    def __init__(self, *args: Any, counties: Sequence[County], bodies: Iterable[Body], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["lan"].choices = [("", _("Alla län")), *((county.key, county.name) for county in counties)]
        self.fields["organ"].choices = [("", _("Alla organ")), *((body.key, str(body)) for body in bodies)]
        self.fields["regel"].choices = [("", _("Alla regler")), *((rule.id, f"{rule.id} {sentence_text(rule.title)}") for rule in RULES)]
        if len(counties) < 2:
            del self.fields["lan"]

    def clean_dag(self) -> date | None:
        given: date | None = self.cleaned_data["dag"]
        if given and given > self.today:
            raise forms.ValidationError(_("Den dagen har inte varit än. Listan visas som den är i dag."))
        return given

    def chosen(self, name: str) -> str:
        """The value of a field that can be used; "" for none or a wrong one."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    def day(self) -> date:
        """The day that is asked for; today for none, a wrong one, or one that has not been, of which the field tells."""
        self.is_valid()
        return self.cleaned_data.get("dag") or self.today


class AcceptForm(SubmissionForm):
    reason = forms.CharField(label=_("Varför den godtas"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    until = DateField(label=_("Till och med"), help_text=_("Högst ett år framåt. Därefter står iakttagelsen åter som öppen."))


class SettingsForm(SubmissionForm):
    """A severity for each rule, or off; every threshold; and who may accept. `all_optional`: the page says once that what is empty is as it was."""

    all_optional = True

    def __init__(self, *args: Any, functions: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        grades = [("", _("Som regeln själv säger")), *((one.value, label) for one, label in SEVERITIES.items()), ("off", _("Stängs av"))]
        for rule in RULES:
            label = f"{rule.id} {sentence_text(rule.title)}"
            self.fields[rule.id] = forms.ChoiceField(label=label, required=False, choices=grades)
            for name, says in _thresholds(rule):
                self.fields[f"{rule.id}.{name}"] = forms.IntegerField(label=f"{rule.id}: {says}", required=False, min_value=0)
        self.fields["accepting"] = forms.MultipleChoiceField(
            label=_("Funktioner som får godta iakttagelser i sitt eget organ"), choices=list(functions), widget=forms.CheckboxSelectMultiple
        )

    def values(self) -> dict[str, Any]:
        """As services.change_settings takes it."""
        given = self.cleaned_data
        grades = {rule.id: given[rule.id] for rule in RULES if given[rule.id]}
        thresholds = {
            rule.id: {name: given[f"{rule.id}.{name}"] for name, _says in _thresholds(rule) if given[f"{rule.id}.{name}"] is not None}
            for rule in RULES
        }
        return {
            "version": given["version"],
            "severities": {rule: grade for rule, grade in grades.items() if grade != "off"},
            "off": [rule for rule, grade in grades.items() if grade == "off"],
            "thresholds": thresholds,
            "accepting": given["accepting"],
        }


def _thresholds(rule: Any) -> list[tuple[str, str]]:
    """The names of a rule's thresholds with what they mean and what they are unless set; those that are yes or no are left to programs."""
    found = []
    for name, one in rule.limits.__dataclass_fields__.items():
        default = getattr(rule.limits, name)
        if not isinstance(default, bool):
            says = sentence_text(one.metadata["says"])
            found.append((name, _("%(says)s (%(default)s om inget anges)") % {"says": says, "default": default}))
    return found
