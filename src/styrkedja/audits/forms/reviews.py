"""Reviews and recommendations, and what becomes of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms.base import ValuesForm
from styrkedja.audits.forms.fields import LongText, RowField, RowsField
from styrkedja.audits.models import FollowUpState, ReviewKind
from styrkedja.organisations.models import GROUP_LEVELS, Body, Seat
from styrkedja.ui.forms import DateField


class ReviewForm(ValuesForm):
    """A review, or a national recommendation."""

    kind = forms.ChoiceField(label=_("Slag"), choices=ReviewKind.choices, widget=forms.RadioSelect, initial=ReviewKind.AUDIT)
    title = forms.CharField(
        label=_("Rubrik"), max_length=250, help_text=_("Vad som har granskats, till exempel ”Ekonomisk strategi och planering”.")
    )
    reviewer = forms.CharField(
        label=_("Granskare"), max_length=200, required=False, help_text=_("Till exempel Regionens revisorer eller SKR.")
    )
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40, required=False)
    received_on = DateField(label=_("Inkommen"), required=False)
    answer_due_on = DateField(label=_("Svar senast"), required=False)
    accountable_body = RowField(
        label=_("Organ som samordnar svaret"), error_messages={"required": _("Välj det organ som samordnar svaret.")}
    )
    accountable_seat = RowField(label=_("Ansvarig funktion"), required=False)
    addressed = RowsField(
        label=_("Riktad till"),
        required=False,
        help_text=_("Alla organ som ska svara. Var och en svarar för sin del, och delarna utgör en helhet."),
    )
    question = LongText(label=_("Frågeställning"), required=False)
    assessment = LongText(label=_("Samlad bedömning"), required=False)
    vision = LongText(label=_("Vision"), required=False, help_text=_("För en nationell rekommendation."), rows=2)
    stated_count = forms.IntegerField(
        label=_("Angivet antal rekommendationer"),
        required=False,
        min_value=0,
        max_value=200,
        help_text=_("Om granskningen själv säger hur många den lämnar."),
    )

    def __init__(self, *args: Any, own: Iterable[Body], bodies: Iterable[Body], seats: Iterable[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["accountable_body"].offer(own, lambda body: body.name)
        self.fields["addressed"].offer(bodies, lambda body: body.name)
        self.fields["accountable_seat"].offer_seats(seats)


class RecommendationForm(ValuesForm):
    """What is recommended, and to whom."""

    number = forms.CharField(label=_("Nummer eller bokstav"), max_length=10)
    title = forms.CharField(label=_("Kort rubrik"), max_length=250, required=False)
    text = LongText(label=_("Rekommendationen"), error_messages={"required": _("Skriv vad som rekommenderas.")})
    areas = forms.CharField(
        label=_("Områden"), max_length=250, required=False, help_text=_("Med komma emellan, till exempel styrning, resurser, IT-stöd.")
    )
    addressees = RowsField(
        label=_("Riktad till"), required=False, help_text=_("Lämna tomt om den gäller alla organ som granskningen riktas till.")
    )
    report_due_on = DateField(label=_("Återrapporteras senast"), required=False)

    def __init__(self, *args: Any, bodies: Iterable[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["addressees"].offer(bodies, lambda body: body.name)


class ReportBackForm(ValuesForm):
    """The second column: what has been done."""

    reported_on = DateField(label=_("Återrapporterad"), error_messages={"required": _("Ange när den återrapporterades.")})
    report = LongText(label=_("Återrapport"), rows=6, error_messages={"required": _("Skriv vad som återrapporteras.")})


class DecideReportForm(ValuesForm):
    """The third column and the fourth: what was decided on the report, and which need remains."""

    decided_on = DateField(label=_("Beslutsdatum"), error_messages={"required": _("Ange vilken dag beslutet fattades.")})
    decided_until = DateField(label=_("Till och med"), required=False, help_text=_("Om sammanträdet varade flera dagar."))
    paragraph = forms.CharField(label=_("Paragraf"), max_length=20, required=False, help_text=_("Till exempel § 39."))
    decision = LongText(label=_("Vad som beslutades"), error_messages={"required": _("Skriv vad som beslutades utifrån återrapporten.")})
    remaining_need = LongText(
        label=_("Kvarstående behov"), required=False, help_text=_("Lämna tomt om det inte är utrett. Kvarstår inget: skriv det.")
    )


class CloseForm(ValuesForm):
    """Nothing more is followed up."""

    closed_on = DateField(label=_("Avslutas"), error_messages={"required": _("Ange vilken dag rekommendationen avslutas.")})
    remaining_need = LongText(
        label=_("Kvarstående behov"), error_messages={"required": _("Skriv vilka behov som kvarstår, eller att inga kvarstår.")}
    )


class FollowUpForm(ValuesForm):
    """What has happened at a level."""

    level = forms.ChoiceField(
        label=_("Nivå"), choices=[(level.value, label) for level, label in GROUP_LEVELS.items()], widget=forms.RadioSelect
    )
    state = forms.ChoiceField(label=_("Läge"), choices=FollowUpState.choices, widget=forms.RadioSelect, initial=FollowUpState.UNDER_WAY)
    followed_up_on = DateField(label=_("Uppföljt den"), error_messages={"required": _("Ange vilken dag uppföljningen gäller.")})
    text = LongText(label=_("Vad som har hänt"), error_messages={"required": _("Skriv vad som har hänt.")})
    evidence = LongText(label=_("Underlag"), required=False, help_text=_("Vad som visar det: beslut, rapport eller siffra."), rows=2)
