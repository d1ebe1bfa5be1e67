"""What to show of the structure, and who is to hold a seat."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.ui.forms import DateField, SubmissionForm


class WhenForm(forms.Form):
    """The day to look at, and the county where there are several: a GET form."""

    lan = forms.ChoiceField(label=_("Län"), required=False)
    datum = DateField(label=_("Så såg det ut den"), required=False)

    def __init__(self, *args: Any, counties: Iterable[County] = (), own: County | None = None, **options: Any) -> None:
        """`own` is the county that is shown when none is asked for; it stands first, so that the list says so."""
        super().__init__(*args, **options)
        ordered = sorted(counties, key=lambda county: county != own)
        self.counties = {county.key: county for county in ordered}
        self.fields["lan"].choices = [(county.key, county.name) for county in self.counties.values()]  # type: ignore[attr-defined]
        if len(self.counties) < 2:
            del self.fields["lan"]

    @property
    def is_narrowed(self) -> bool:
        """Does the page show something else than it does when nothing is asked for?"""
        return any(self.data.get(name) for name in self.fields)

    def county(self) -> County | None:
        """The county that was asked for; else the reader's own, else the first there is."""
        asked = self._given().get("lan")
        return self.counties.get(asked or "") or next(iter(self.counties.values()), None)

    def day(self, today: date) -> date:
        """The day that was asked for; today, if none was or it cannot be read."""
        return self._given().get("datum") or today

    def _given(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


class TreeForm(WhenForm):
    """The same, with a text to look for."""

    q = forms.CharField(
        label=_("Sök organ eller delområde"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    field_order = ("q", "lan", "datum")


class AppointForm(SubmissionForm):
    """Who is to hold a seat, and when."""

    account = forms.ChoiceField(label=_("Konto"), error_messages={"required": _("Välj vem som ska inneha platsen.")})
    first = DateField(label=_("Från och med"), error_messages={"required": _("Ange den första dagen.")})
    last = DateField(label=_("Till och med"), required=False, help_text=_("Lämna tomt om det gäller tills vidare."))

    replaces = forms.BooleanField(
        label=_("Avsluta det nuvarande innehavet när det nya börjar"),
        required=False,
        help_text=_("Platsen innehas av en i taget. Den som lämnar platsen innehar den till och med dagen före."),
    )

    def __init__(
        self, *args: Any, accounts: Iterable[tuple[County | None, Sequence[User]]], may_replace: bool = False, **options: Any
    ) -> None:
        """`accounts` by county, None for those without a seat in any. `may_replace`: somebody holds the seat, which is for one."""
        super().__init__(*args, **options)
        groups = list(accounts)
        self.accounts = {account.username: account for _county, found in groups for account in found}
        choices = [(county.name if county else _("Utan plats i något län"), _named(found)) for county, found in groups]
        self.fields["account"].choices = [("", ""), *choices]  # type: ignore[attr-defined]
        if not may_replace:
            del self.fields["replaces"]

    def chosen(self) -> User:
        return self.accounts[self.cleaned_data["account"]]


def _named(accounts: Iterable[User]) -> list[tuple[str, str]]:
    return [(account.username, f"{account} ({account.username})") for account in accounts]


class EndForm(SubmissionForm):
    """When somebody's time in a seat ends."""

    last = DateField(
        label=_("Sista dag"),
        help_text=_("Den sista dagen som platsen innehas. Ange dagen före den första om innehavet aldrig skulle ha antecknats."),
        error_messages={"required": _("Ange den sista dagen.")},
    )
