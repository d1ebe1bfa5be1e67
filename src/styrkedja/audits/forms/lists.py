"""What the lists are narrowed by: GET forms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.models import ReviewKind
from styrkedja.organisations.models import Body

WAITING, ANSWERED, LATE = "vantar", "besvarade", "sena"


class ReviewFilterForm(forms.Form):
    """Which reviews to show."""

    q = forms.CharField(label=_("Sök"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    slag = forms.ChoiceField(label=_("Slag"), required=False, choices=[("", _("Alla")), *ReviewKind.choices])
    organ = forms.ChoiceField(label=_("Riktad till"), required=False)
    lage = forms.ChoiceField(
        label=_("Läge"),
        required=False,
        choices=[("", _("Alla")), (WAITING, _("Väntar på svar")), (ANSWERED, _("Besvarade")), (LATE, _("Försenade"))],
    )

    def __init__(self, *args: Any, bodies: Iterable[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organ"].choices = [("", _("Alla")), *((body.key, body.name) for body in bodies)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What was asked for and can be read; "" for everything else."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
