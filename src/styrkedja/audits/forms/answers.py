"""The answer of a body, what it promises, and the file that it is read from."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms.base import ValuesForm
from styrkedja.audits.forms.fields import LongText, RowField, RowsField
from styrkedja.audits.models import PROMISE_STATES, STANCES, AuditReview
from styrkedja.organisations.models import Body, Seat
from styrkedja.steering.models import Action, SteeringDocument
from styrkedja.ui.forms import DateField, UploadField

STANCE_CHOICES = [("", _("Inte angivet")), *((stance.value, label) for stance, label in STANCES.items())]
STATE_CHOICES = [("", _("Inte angivet")), *((state.value, label) for state, label in PROMISE_STATES.items())]


class ResponseForm(ValuesForm):
    """What the answer says as a whole."""

    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40, required=False)
    dated_on = DateField(label=_("Daterat"), required=False)
    text = LongText(label=_("Svaret i allmänhet"), required=False, rows=8, help_text=_("Det som inte hör till en enskild rekommendation."))
    accountable_seat = RowField(label=_("Ansvarig funktion"), required=False)
    signatories = RowsField(label=_("Undertecknas av"), required=False, help_text=_("Funktioner. Personer antecknas inte."))

    def __init__(self, *args: Any, seats: Iterable[Seat], signing: Iterable[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["accountable_seat"].offer_seats(seats)
        self.fields["signatories"].offer_seats(signing)


class AnswerForm(ValuesForm):
    """What a body answers to one recommendation."""

    stance = forms.ChoiceField(label=_("Ställningstagande"), choices=STANCE_CHOICES, widget=forms.RadioSelect, required=False)
    text = LongText(label=_("Svar"), required=False, rows=10)
    reason = LongText(label=_("Skäl"), required=False, help_text=_("När rekommendationen inte delas eller bara delvis."), rows=3)
    alternative = LongText(label=_("Alternativ åtgärd"), required=False, help_text=_("Vad organet gör i stället."), rows=3)


class PromiseForm(ValuesForm):
    """An action that the answer promises."""

    text = LongText(label=_("Utlovad åtgärd"), rows=3, error_messages={"required": _("Skriv vilken åtgärd som utlovas.")})
    state = forms.ChoiceField(label=_("Läge"), choices=STATE_CHOICES, widget=forms.RadioSelect, required=False)
    accountable_seat = RowField(label=_("Ansvarig funktion"), required=False)
    due_on = DateField(label=_("Klar senast"), required=False)

    def __init__(self, *args: Any, seats: Iterable[Seat], decided: bool = False, **options: Any) -> None:
        """`decided`: the answer is, so what it says is not changed."""
        super().__init__(*args, **options)
        self.fields["accountable_seat"].offer_seats(seats)
        if decided:
            del self.fields["text"]


class DecideForm(ValuesForm):
    """The body's decision on its answer."""

    decided_on = DateField(label=_("Beslutsdatum"), error_messages={"required": _("Ange vilken dag beslutet fattades.")})
    decided_until = DateField(label=_("Till och med"), required=False, help_text=_("Om sammanträdet varade flera dagar."))
    paragraph = forms.CharField(label=_("Paragraf"), max_length=20, required=False, help_text=_("Till exempel § 39."))
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40, required=False)


class IntoChainForm(ValuesForm):
    """The promise becomes an action of a plan."""

    document = RowField(label=_("Plan"), error_messages={"required": _("Välj vilken plan åtgärden ska stå i.")})
    title = forms.CharField(label=_("Åtgärdens rubrik"), max_length=250)

    def __init__(self, *args: Any, plans: Iterable[SteeringDocument], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document"].offer(plans)


class LinkForm(ValuesForm):
    """An action that there is already is what was promised."""

    action = RowField(label=_("Åtgärd"), error_messages={"required": _("Välj åtgärden.")})

    def __init__(self, *args: Any, actions: Iterable[Action], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["action"].offer(actions)


class UploadForm(ValuesForm):
    """A file with the answer of a body."""

    file = UploadField(
        label=_("Fil"), help_text=_("Text, Word (docx) eller PDF med text. Filen sparas inte; texten sparas utan personnamn.")
    )
    body = RowField(label=_("Vems svar det är"), error_messages={"required": _("Välj vilket organ som svarar.")})
    review = RowField(label=_("Granskning"), required=False, empty=_("En granskning som inte är registrerad än"))

    def __init__(self, *args: Any, bodies: Iterable[Body], reviews: Iterable[AuditReview], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].offer(bodies, lambda body: body.name)
        self.fields["review"].offer(reviews)
