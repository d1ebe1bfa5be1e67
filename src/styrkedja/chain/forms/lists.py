"""What the chain's lists are to show."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.organisations.models import ORGANISATION_KINDS, County


class CountyForm(forms.Form):
    """Which county, for those who work in several. An unknown value shows the first."""

    lan = forms.ChoiceField(label=_("Län"), required=False)

    def __init__(self, *args: Any, counties: Sequence[County], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lan"].choices = [(county.key, county.name) for county in counties]
        if len(counties) < 2:
            del self.fields["lan"]

    def chosen(self, name: str) -> str:
        """The value of a field that can be used; "" for none or a wrong one."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class ListForm(CountyForm):
    q = forms.CharField(label=_("Sök"), required=False, max_length=200)
    visa = forms.ChoiceField(
        label=_("Visa"), required=False, choices=[("", _("I planer som gäller")), ("alla", _("Alla, även tidigare och utkast"))]
    )


class LevelForm(forms.Form):
    """Which level of the organisation stands side by side."""

    niva = forms.ChoiceField(label=_("Nivå"), required=False)

    def __init__(self, *args: Any, levels: Sequence[OrganisationKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["niva"].choices = [(level.value, ORGANISATION_KINDS[level]) for level in levels]

    def level(self) -> OrganisationKind | None:
        """The level that is asked for; None for none or a wrong one."""
        self.is_valid()
        given = self.cleaned_data.get("niva")
        return OrganisationKind(given) if given else None
