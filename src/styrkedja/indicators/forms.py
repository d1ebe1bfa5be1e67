"""What the pages of the indicators are to show."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.indicators.models import PERSPECTIVES
from styrkedja.ui.forms import DateField, FoldingForm, SubmissionForm

Choices = Sequence[tuple[str, str]]
PART = "del-"
_SIGNALS = [("", _("Alla")), ("forbattring", _("Förbättring")), ("forsamring", _("Försämring")), ("mal", _("Når inte målet"))]
_GOALS = [("", _("Alla")), ("ja", _("Kopplade till mål")), ("nej", _("Utan mål"))]


class Shape(FoldingForm):
    """A wrong value is the same as none: an old address shows what it can."""

    def chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class WithStructure(Shape):
    """Which organisation. Whoever asks for a certain date finds the field for it."""

    def is_open(self) -> bool:
        return super().is_open() or ("struktur" in self.fields and self["struktur"].value() == "datum")


class ListForm(Shape):
    more = ("omrade", "mal", "kalla")

    q = forms.CharField(label=_("Sök"), required=False, max_length=200)
    perspektiv = forms.ChoiceField(
        label=_("Perspektiv"), required=False, choices=[("", _("Alla")), *((str(one), name) for one, name in PERSPECTIVES.items())]
    )
    omrade = forms.ChoiceField(label=_("Område"), required=False)
    mal = forms.ChoiceField(label=_("Mål i styrningen"), required=False, choices=_GOALS)
    kalla = forms.ChoiceField(label=_("Källa"), required=False)
    signal = forms.ChoiceField(label=_("Läge"), required=False, choices=_SIGNALS)
    enhet = forms.ChoiceField(label=_("Gäller"), required=False)

    def __init__(self, *args: Any, bodies: Choices, areas: Choices, sources: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices, every in (("enhet", bodies, []), ("omrade", areas, [("", _("Alla"))]), ("kalla", sources, [("", _("Alla"))])):
            self.fields[name].choices = [*every, *choices]
            if len(choices) < (2 if name == "enhet" else 1):
                del self.fields[name]


class PageForm(WithStructure):
    """Which period, source, part and level of an indicator. What can only be one thing is not asked."""

    more = ("kalla", "den", "diagram")
    more_prefix = PART

    enhet = forms.CharField(required=False, widget=forms.HiddenInput)
    till = forms.ChoiceField(label=_("Period"), required=False)
    kalla = forms.ChoiceField(label=_("Källa"), required=False)
    niva = forms.ChoiceField(label=_("Bryt ner till"), required=False)
    struktur = forms.ChoiceField(label=_("Organisation"), required=False)
    den = DateField(label=_("Datum för organisationen"), required=False)
    diagram = forms.ChoiceField(label=_("Diagram"), required=False)

    def __init__(
        self,
        *args: Any,
        periods: Choices,
        sources: Choices,
        levels: Choices,
        structures: Choices,
        charts: Choices,
        parts: Mapping[str, tuple[str, Choices]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("till", periods), ("kalla", sources), ("niva", levels), ("struktur", structures), ("diagram", charts)):
            self.fields[name].choices = choices
            if len(choices) < 2:
                del self.fields[name]
        if not structures:
            del self.fields["den"]
        self.columns = tuple(parts)
        for column, (label, choices) in parts.items():
            self.fields[f"{PART}{column}"] = forms.ChoiceField(label=label, required=False, choices=[("", _("Alla")), *choices])

    def parts(self) -> dict[str, str]:
        """The parts that were chosen, by dimension."""
        found = {column: self.chosen(f"{PART}{column}") for column in self.columns}
        return {column: part for column, part in found.items() if part}


class AnalysisForm(WithStructure):
    """What is held against each other. `parts` are the dimensions of the first indicator, as in PageForm."""

    more = ("fran", "till", "struktur", "den")
    more_prefix = PART

    indikator = forms.ChoiceField(label=_("Indikator"), required=False)
    med = forms.ChoiceField(label=_("Jämför med"), required=False)
    inom = forms.ChoiceField(label=_("Inom"), required=False)
    niva = forms.ChoiceField(label=_("Nivå"), required=False)
    dela = forms.ChoiceField(label=_("Dela upp efter"), required=False)
    fran = forms.ChoiceField(label=_("Från"), required=False)
    till = forms.ChoiceField(label=_("Till"), required=False)
    struktur = forms.ChoiceField(label=_("Organisation"), required=False)
    den = DateField(label=_("Datum för organisationen"), required=False)
    enhet = forms.MultipleChoiceField(label=_("Enheter"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: Mapping[str, Choices], parts: Mapping[str, tuple[str, Choices]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, own in choices.items():
            self.fields[name].choices = own
        if not choices["struktur"]:
            del self.fields["struktur"], self.fields["den"]
        if not parts:
            del self.fields["dela"]
        for column, (label, own) in parts.items():
            self.fields[f"{PART}{column}"] = forms.ChoiceField(label=label, required=False, choices=[("", _("Alla")), *own])

    def front(self) -> list[forms.BoundField]:
        """The units have a fold of their own."""
        return [field for field in super().front() if field.name != "enhet"]


def parts_of(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parts that an address names, before it is known which there are."""
    return {name.removeprefix(PART): value for name, value in given if name.startswith(PART) and value}


class CommentForm(SubmissionForm):
    """A comment under the fixed headings. `functions` are those that the reader may sign by."""

    situation = forms.CharField(
        label=_("Läget"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Skriv inga personnamn eller personnummer. En kommentar kan varken ändras eller tas bort."),
    )
    why = forms.CharField(label=_("Varför"), required=False, max_length=2000, widget=forms.Textarea)
    development = forms.CharField(label=_("Utvecklingen"), required=False, max_length=2000, widget=forms.Textarea)
    factors = forms.CharField(label=_("Påverkansfaktorer"), required=False, max_length=2000, widget=forms.Textarea)
    proposal = forms.CharField(label=_("Förslag"), required=False, max_length=2000, widget=forms.Textarea)
    signed_by = forms.ChoiceField(label=_("Signeras av"))

    def __init__(self, *args: Any, functions: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["signed_by"].choices = [(name, name) for name in functions]
