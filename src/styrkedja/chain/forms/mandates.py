"""A mandate is given, changed or ended."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms import ValuesForm
from styrkedja.audits.forms.fields import LongText, RowField, RowsField
from styrkedja.chain.forms.acts import LEVELS
from styrkedja.chain.forms.fields import AmountField, LastDayField, SubjectField
from styrkedja.chain.forms.objects import Candidates
from styrkedja.decisions.models import Mandate
from styrkedja.organisations.models import Body
from styrkedja.ui.forms import DateField


class MandateForm(ValuesForm):
    """What a body, or a function in it, may decide."""

    title = forms.CharField(label=_("Rubrik"), max_length=250)
    text = LongText(label=_("Beskrivning"), required=False, rows=2)
    level = forms.ChoiceField(label=_("Nivå"), choices=LEVELS, widget=forms.RadioSelect)
    subject = SubjectField(
        label=_("Ämne"), max_length=100, help_text=_("Till exempel ekonomi.inköp. Ett mandat för ekonomi gäller allt därunder.")
    )
    amount_limit = AmountField(
        label=_("Beloppsgräns, kronor"), required=False, minimum=0, help_text=_("Lämna tomt om ingen gräns är satt.")
    )
    given_by = RowField(label=_("Givet av"), empty=_("Välj"))
    body = RowField(label=_("Innehavande organ"), empty=_("Välj"))
    seat = RowField(
        label=_("Innehavande funktion"), empty=_("Organet självt"), required=False, help_text=_("När beslutanderätten är delegerad.")
    )
    point = forms.CharField(label=_("Punkt i reglementet"), max_length=60, required=False)
    may_correct = forms.BooleanField(label=_("Får besluta om korrigerande åtgärder"), required=False)
    corrects = RowsField(label=_("Får korrigera"), required=False)
    valid_from = DateField(label=_("Gäller från"), required=False)
    valid_until = LastDayField(label=_("Gäller till"), required=False, help_text=_("Sista dagen. Lämna tomt om det gäller tills vidare."))

    def __init__(self, *args: Any, candidates: Candidates, givers: Iterable[Body], subjects: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["subject"].suggest(subjects)
        self.fields["given_by"].offer(givers, lambda body: body.name)
        for name in ("body", "corrects"):
            self.fields[name].offer(candidates(Mandate._meta.get_field(name)), lambda body: body.name)
        self.fields["seat"].offer_seats(candidates(Mandate._meta.get_field("seat")))


class EndMandateForm(ValuesForm):
    """The last day on which anything can be decided on the mandate."""

    valid_until = LastDayField(label=_("Gäller till"), help_text=_("Sista dagen som något kan beslutas med stöd av mandatet."))
