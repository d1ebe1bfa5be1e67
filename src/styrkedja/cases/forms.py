"""The forms of the registry."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.cases.models import Case, Direction, RegistrySeries
from styrkedja.cases.selectors import RegistryFilter
from styrkedja.core.registration import MAX_LENGTH, document_faults, subject_faults
from styrkedja.ui.forms import DateField, DocumentField, SubmissionForm
from styrkedja.ui.wording import sentence_text


class RegistryFilterForm(forms.Form):
    """What to show of the registry, as a GET form."""

    q = forms.CharField(label=_("Sök"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    series = forms.TypedChoiceField(label=_("Diarieserie"), required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(label=_("Diarieår"), required=False, coerce=int, empty_value=None)
    direction = forms.ChoiceField(label=_("Riktning"), required=False, choices=[("", _("Alla")), *Direction.choices])
    public = forms.BooleanField(label=_("Visa som allmänheten ser det"), required=False)

    def __init__(self, *args: Any, series: Iterable[RegistrySeries], years: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["series"].choices = [("", _("Alla")), *_series_choices(list(series))]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("Alla")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]

    def wanted(self) -> RegistryFilter:
        """What was asked for; everything, if what was asked for cannot be read."""
        if not self.is_valid():
            return RegistryFilter()
        given = self.cleaned_data
        return RegistryFilter(given["series"], given["year"], given["direction"], given["q"], given["public"])


def _series_choices(rows: Sequence[RegistrySeries]) -> Iterable[tuple[int, str]]:
    """Two counties may have a series of the same name: where there are several, each says whose it is."""
    several = len({row.county_id for row in rows}) > 1
    for row in rows:
        name = f"{row.key} – {row.name}"
        yield row.pk, f"{name} ({row.county.name})" if several else name


class DocumentForm(SubmissionForm):
    """A document to register by hand: what OSL 5:2 asks for, and the file."""

    direction = forms.ChoiceField(
        label=_("Handlingen är"),
        choices=Direction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Ange om handlingen är inkommen, expedierad eller upprättad.")},
    )
    dated_on = DateField(
        label=_("Datum"),
        help_text=_("Dagen då handlingen kom in, skickades eller upprättades."),
        error_messages={"required": _("Ange vilken dag handlingen kom in, skickades eller upprättades.")},
    )
    counterpart = forms.CharField(
        label=_("Avsändare eller mottagare"),
        max_length=MAX_LENGTH,
        help_text=_("En organisation, inte en person. Behövs inte för en handling som har upprättats här."),
        error_messages={"required": _("Ange vem handlingen kom från eller skickades till.")},
    )
    title = forms.CharField(
        label=_("Rubrik"),
        max_length=MAX_LENGTH,
        help_text=_("Kort vad handlingen rör. Skriv inga personnamn eller personnummer."),
        error_messages={"required": _("Ange kort vad handlingen rör.")},
    )
    public_title = forms.CharField(
        label=_("Offentlig rubrik"),
        max_length=MAX_LENGTH,
        required=False,
        help_text=_("Visas för allmänheten i stället för rubriken, om den är känslig."),
    )
    file = DocumentField(label=_("Fil"), required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["counterpart"].required = self.data.get("direction") != Direction.DRAWN_UP

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        texts = {name: given.get(name, "") for name in ("direction", "title", "counterpart", "public_title")}
        for name, fault in document_faults(**texts, dated_on=given.get("dated_on"), today=self.today).items():
            if name not in self.errors:
                self.add_error(name, sentence_text(fault))
        return given

    def entered(self) -> dict[str, Any]:
        """What `register_upload` is called with."""
        names = ("direction", "dated_on", "title", "counterpart", "public_title")
        return {name: self.cleaned_data[name] for name in names} | {
            "upload": self.cleaned_data["file"],
            "idempotency_key": self.cleaned_data["submission"],
        }


class WordingForm(forms.Form):
    """What the case is called, in house and in public."""

    subject = forms.CharField(
        label=_("Ärendemening"),
        max_length=MAX_LENGTH,
        help_text=_("Kort vad ärendet rör. Skriv inga personnamn eller personnummer."),
        error_messages={"required": _("Ange kort vad ärendet rör.")},
    )
    public_subject = forms.CharField(
        label=_("Offentlig ärendemening"),
        max_length=MAX_LENGTH,
        required=False,
        help_text=_("Visas för allmänheten i stället för ärendemeningen, om den är känslig."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        texts = {name: given.get(name, "") for name in ("subject", "public_subject")}
        for name, fault in subject_faults(**texts).items():
            if name not in self.errors:
                self.add_error(name, sentence_text(fault))
        return given


class NumberForm(SubmissionForm):
    """The series that is to give the case its registry number."""

    series = forms.TypedChoiceField(
        label=_("Diarieserie"), coerce=int, error_messages={"required": _("Välj den serie som ärendet ska diarieföras i.")}
    )

    def __init__(self, *args: Any, case: Case, series: Iterable[RegistrySeries], **options: Any) -> None:
        super().__init__(*args, **options)
        self.series = {row.pk: row for row in series if row.county_id == case.county_id and row.closed_on is None}
        choices = [("", ""), *((row.pk, f"{row.key} – {row.name}") for row in self.series.values())]
        self.fields["series"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> RegistrySeries:
        return self.series[self.cleaned_data["series"]]
