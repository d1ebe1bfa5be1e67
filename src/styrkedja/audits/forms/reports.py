"""Reports to a board."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms.base import ValuesForm
from styrkedja.audits.forms.fields import LongText, RowField, RowsField
from styrkedja.audits.models import REPORTING_CYCLES, AuditRecommendation
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body, Seat
from styrkedja.steering.models import Goal
from styrkedja.ui.forms import DateField


class ReportForm(ValuesForm):
    """A report that a body shall hand in."""

    accountable_body = RowField(
        label=_("Organ som lämnar rapporten"), error_messages={"required": _("Välj vilket organ som lämnar rapporten.")}
    )
    cycle = forms.ChoiceField(label=_("Slag"), choices=[(cycle.value, label) for cycle, label in REPORTING_CYCLES.items()])
    title = forms.CharField(
        label=_("Rubrik"), max_length=250, required=False, help_text=_("Lämna tomt, så heter den efter slag och period.")
    )
    starts_on = DateField(label=_("Periodens första dag"), error_messages={"required": _("Ange periodens första dag.")})
    ends_on = DateField(label=_("Periodens sista dag"), error_messages={"required": _("Ange periodens sista dag.")})
    due_on = DateField(label=_("Lämnas senast"), required=False)
    accountable_seat = RowField(label=_("Ansvarig funktion"), required=False)

    def __init__(self, *args: Any, own: Iterable[Body], seats: Iterable[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["accountable_body"].offer(own, lambda body: body.name)
        self.fields["accountable_seat"].offer_seats(seats)


class CoverForm(ValuesForm):
    """What a report takes up. A list that is empty is left out."""

    recommendations = RowsField(label=_("Rekommendationer"), required=False)
    goals = RowsField(label=_("Mål"), required=False)
    indicators = RowsField(label=_("Indikatorer"), required=False)

    def __init__(
        self,
        *args: Any,
        recommendations: Iterable[AuditRecommendation],
        goals: Iterable[Goal],
        indicators: Iterable[Indicator],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["recommendations"].offer(recommendations, lambda row: f"{row.review}: {row}")
        self.fields["goals"].offer(goals)
        self.fields["indicators"].offer(indicators)
        for name in ("recommendations", "goals", "indicators"):
            if not self.fields[name].rows:
                del self.fields[name]


class HandInForm(ValuesForm):
    """The report itself: what a person writes is why, and what is proposed; figures come from the chain (source 003.4)."""

    handed_in_on = DateField(label=_("Lämnad"), error_messages={"required": _("Ange när rapporten lämnades.")})
    analysis = LongText(label=_("Analys"), required=False, rows=8, help_text=_("Varför det ser ut som det gör."))
    proposal = LongText(label=_("Förslag till beslut"), required=False)
    row_count = forms.IntegerField(
        label=_("Antal rader till nämnden"),
        required=False,
        min_value=0,
        max_value=10_000,
        help_text=_("Så att den som styr ser om rapporten blir för lång."),
    )


class ApproveForm(ValuesForm):
    """The board approves."""

    approved_on = DateField(label=_("Godkänd"), error_messages={"required": _("Ange vilken dag rapporten godkändes.")})
    paragraph = forms.CharField(label=_("Paragraf"), max_length=20, required=False, help_text=_("Till exempel § 39."))
