"""Adopting, reaching, reporting back, deciding."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms import ValuesForm
from styrkedja.audits.forms.fields import LongText, RowField, RowsField
from styrkedja.chain.forms.fields import AmountField, SubjectField
from styrkedja.decisions.models import DECISION_LEVELS, Decision, Mandate
from styrkedja.decisions.services import Grounds
from styrkedja.effects.models import EffectEstimate
from styrkedja.organisations.models import Body, Seat
from styrkedja.steering.models import Adoption
from styrkedja.ui.forms import DateField

LEVELS = [(level.value, label) for level, label in DECISION_LEVELS.items()]


class MeetingForm(ValuesForm):
    """When a body decided, and where that is written down."""

    decided_on = DateField(label=_("Beslutsdatum"))
    decided_until = DateField(label=_("Till och med"), required=False, help_text=_("Om sammanträdet varade flera dagar."))
    paragraph = forms.CharField(label=_("Paragraf"), max_length=20, required=False, help_text=_("Till exempel § 39."))
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40, required=False)


class AdoptForm(MeetingForm):
    """A body has adopted a document or a target state."""

    body = RowField(label=_("Organ som har antagit det"), empty=_("Välj"))
    field_order = ("body",)

    def __init__(self, *args: Any, bodies: Iterable[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].offer(bodies, lambda body: body.name)


class WithdrawForm(ValuesForm):
    """An adoption that was put on record by mistake."""

    adoption = RowField(label=_("Antagande"), empty=_("Välj"))
    reason = LongText(label=_("Skäl"), rows=2, help_text=_("Skälet sparas i historiken tillsammans med det som återtas."))

    def __init__(self, *args: Any, adoptions: Iterable[Adoption], label_of: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["adoption"].offer(adoptions, label_of)


class ReachForm(ValuesForm):
    reached_on = DateField(label=_("Nåddes den"))
    comment = LongText(label=_("Kommentar"), required=False, help_text=_("Vad som visar att delmålet är nått."))


class ReportForm(ValuesForm):
    reported_on = DateField(label=_("Återrapporterat den"))
    report = LongText(label=_("Återrapport"), rows=6)
    decision = RowField(label=_("Beslut om återrapporten"), empty=_("Inget valt"), required=False)

    def __init__(self, *args: Any, decisions: Iterable[Decision], label_of: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decision"].offer(decisions, label_of)


def _no_estimate(url: str) -> str:
    """Why there is nothing to choose among, and where a calculation is made."""
    said = _("Det finns ingen beräkning att välja: varje beräkning i länet har redan ett beslut, eller så har ingen gjorts.")
    made = _("Gör en ekonomisk beräkning av åtgärden")
    return format_html('{} <a class="ds-link" href="{}">{}</a>', said, url, made)


class DecisionForm(MeetingForm):
    """A decision outside every case: what was decided, on which mandate, and with which calculation behind it."""

    body = RowField(label=_("Beslutande organ"), empty=_("Välj"))
    outcome = forms.CharField(label=_("Kort om beslutet"), max_length=250, required=False)
    text = LongText(label=_("Beslutet"))
    level = forms.ChoiceField(
        label=_("Nivå"),
        choices=LEVELS,
        widget=forms.RadioSelect,
        help_text=_("Ett politiskt beslut fattas av de förtroendevalda, ett tjänstemannabeslut på delegation."),
    )
    seat = RowField(label=_("Beslutat av funktion"), empty=_("Organet självt"), required=False, help_text=_("Vid beslut på delegation."))
    subject = SubjectField(label=_("Ämne"), max_length=100, help_text=_("Som i mandatet, till exempel ekonomi.inköp."))
    amount = AmountField(label=_("Belopp, kronor"), required=False, minimum=0, help_text=_("Lämna tomt om beslutet inte gäller pengar."))
    mandate = RowField(
        label=_("Mandat"), empty=_("Sök organets eget"), required=False, help_text=_("Utan val söks det mandat som passar bäst.")
    )
    estimates = RowsField(label=_("Ekonomiska beräkningar bakom beslutet"), required=False)
    no_estimate_reason = LongText(
        label=_("Skäl till att beräkning saknas"), required=False, help_text=_("Fyll i om ingen beräkning är vald."), rows=2
    )
    outside_budget = forms.BooleanField(label=_("Beslutet går utanför budget"), required=False)
    exception_reason = LongText(
        label=_("Skäl till undantag"),
        required=False,
        help_text=_("Om beslutet går utanför mandatet eller budgeten. Det antecknas då som det är, och kontrollerna visar det."),
        rows=2,
    )
    field_order = ("body", "level", "seat", "subject", "amount", "mandate", "outcome", "text")

    def __init__(
        self,
        *args: Any,
        bodies: Iterable[Body],
        seats: Iterable[Seat],
        mandates: Sequence[Mandate],
        estimates: Iterable[EffectEstimate],
        estimate_url: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["registry_number"].required = True
        self.fields["body"].offer(bodies, lambda body: body.name)
        self.fields["seat"].offer_seats(seats)
        self.fields["mandate"].offer(mandates, lambda mandate: f"{mandate} ({mandate.seat or mandate.body})")
        self.fields["subject"].suggest(mandate.subject for mandate in mandates)
        self.fields["estimates"].offer(estimates)
        if not self.fields["estimates"].rows:
            self.fields["estimates"].help_text = _no_estimate(estimate_url)

    def rests_on(self) -> list[EffectEstimate]:
        return list(self.cleaned_data["estimates"])

    def grounds(self) -> Grounds:
        names = ("level", "subject", "amount", "seat", "mandate", "no_estimate_reason", "outside_budget", "exception_reason")
        return Grounds(**{name: self.cleaned_data[name] for name in names})

    def said(self) -> dict[str, Any]:
        names = ("body", "registry_number", "decided_on", "decided_until", "paragraph", "outcome", "text")
        return {name: self.cleaned_data[name] for name in names}
