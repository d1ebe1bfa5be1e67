"""Filters of the start page, the case list and the statistics, and the forms for a case: open it, write it off; and for a substitute."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.accounts.models import User
from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.core.process.engine import Value
from styrkedja.core.process.model import Given, Routine
from styrkedja.core.registration import MAX_LENGTH
from styrkedja.home.selectors.statistics import Scope
from styrkedja.organisations.models import Body, County
from styrkedja.procedures.forms import form_field, plain_value
from styrkedja.procedures.forms.acts import reason_field
from styrkedja.ui.forms import DateField, KeptTextForm, SubmissionForm
from styrkedja.workflows.models import ProcessDefinition

_DAY, _YEAR = timedelta(days=1), timedelta(days=365)
ALL, LATE, SOON, UNDATED, MINE, OTHERS, WATCHED = "", "forsenade", "snart", "utan-datum", "mina", "andras", "bevakade"
NEWEST, BY_DUE = "", "datum"
Choices = Sequence[tuple[str, Any]]


class InboxFilterForm(forms.Form):
    """What of one's work to show. An unknown value shows everything."""

    visa = forms.ChoiceField(
        label=_("Visa"),
        required=False,
        choices=[
            (ALL, _("Allt att göra")),
            (LATE, _("Försenade")),
            (SOON, _("Förfaller inom 7 dagar")),
            (UNDATED, _("Utan datum")),
            (MINE, _("Tagna av mig")),
            (OTHERS, _("Tagna av andra")),
            (WATCHED, _("Bevakade av mig")),
        ],
    )
    steg = forms.ChoiceField(label=_("Steg"), required=False)
    organ = forms.ChoiceField(label=_("Organ"), required=False)
    q = forms.CharField(label=_("Sök"), required=False, max_length=200)

    def __init__(self, *args: Any, steps: Iterable[str], bodies: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["steg"].choices = [("", _("Alla steg")), *((step, _("Steg %(step)s") % {"step": step}) for step in steps)]
        self.fields["organ"].choices = [("", _("Alla organ")), *((str(pk), name) for pk, name in bodies)]
        if len(bodies) < 2:
            del self.fields["organ"]

    def chosen(self, name: str) -> str:
        """The value of a field that can be used; "" for none or a wrong one."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class CaseFilterForm(forms.Form):
    """Which cases to show, in which order."""

    q = forms.CharField(label=_("Sök"), required=False, max_length=200)
    status = forms.ChoiceField(
        label=_("Läge"),
        required=False,
        choices=[
            ("", _("Pågående")),
            ("forsenade", _("Försenade")),
            ("stoppade", _("Stoppade")),
            ("avslutade", _("Avslutade")),
            ("avskrivna", _("Avskrivna")),
            ("alla", _("Alla")),
        ],
    )
    lan = forms.ChoiceField(label=_("Län"), required=False)
    steg = forms.ChoiceField(label=_("Fas eller steg"), required=False)
    organ = forms.ChoiceField(label=_("Ligger hos"), required=False)
    sortera = forms.ChoiceField(
        label=_("Ordning"), required=False, choices=[(NEWEST, _("Senast öppnade först")), (BY_DUE, _("Närmaste datum först"))]
    )

    def __init__(self, *args: Any, counties: Sequence[County], places: Choices, bodies: Iterable[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["steg"].choices = [("", _("Alla")), *places]
        self.fields["organ"].choices = [("", _("Alla organ")), *((str(body.pk), str(body)) for body in bodies)]
        self.fields["lan"].choices = [("", _("Alla län")), *((county.key, county.name) for county in counties)]
        if len(counties) < 2:
            del self.fields["lan"]

    def chosen(self, name: str) -> str:
        """As InboxFilterForm.chosen."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class RoutineForm(forms.Form):
    """Which routine a new case follows, where there are several."""

    rutin = forms.ChoiceField(label=_("Rutin"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, definitions: Iterable[ProcessDefinition], several_counties: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rutin"].choices = [(str(one.pk), _routine_name(one, several_counties)) for one in definitions]


def _routine_name(definition: ProcessDefinition, with_county: bool) -> str:
    return f"{definition.name} ({definition.county.name})" if with_county else definition.name


class OpeningForm(SubmissionForm):
    """A new case: its wording, and what the routine asks of who opens it."""

    subject = forms.CharField(
        label=_("Ärendemening"),
        max_length=MAX_LENGTH,
        help_text=_("Kort vad ärendet rör, till exempel kunskapsstödets namn. Skriv inga personnamn eller personnummer."),
    )
    public_subject = forms.CharField(
        label=_("Offentlig ärendemening"),
        max_length=MAX_LENGTH,
        required=False,
        help_text=_(
            "Behövs bara om ärendemeningen innehåller något som inte får synas i det offentliga diariet. Då visas den här i stället."
        ),
    )

    def __init__(self, *args: Any, routine: Routine, county: County, **options: Any) -> None:
        super().__init__(*args, **options)
        self.specs = [_spec(given) for given in routine.givens.values() if not given.source]
        for spec in self.specs:
            self.fields[_given_name(spec)] = form_field(spec, county)

    def givens(self) -> dict[str, Value]:
        """The variables that the routine begins with."""
        return {spec.id: plain_value(spec, self.cleaned_data[_given_name(spec)]) for spec in self.specs}


def _spec(given: Given) -> FieldSpec:
    return FieldSpec(given.variable, FieldType(given.type), given.name, True, options=given.options)


def _given_name(spec: FieldSpec) -> str:
    """A routine may call a variable "subject" too."""
    return f"given-{spec.id}"


class CloseForm(KeptTextForm):
    reason = reason_field(_("Varför avskrivs ärendet?"), help_text=_("Skälet står i ärendets historik."))


class CloseGroupForm(KeptTextForm):
    reason = reason_field(_("Varför avslutas gruppen?"), help_text=_("Till exempel att uppdraget är slutfört."))


class SubstituteForm(SubmissionForm):
    """Who stands in, and from which day to which."""

    substitute = forms.ChoiceField(label=_("Ersättare"), help_text=_("Ersättaren får dina uppgifter och kan utföra dem i dina funktioner."))
    first = DateField(label=_("Från och med"))
    last = DateField(label=_("Till och med"))
    reason = forms.CharField(label=_("Anledning"), max_length=250, required=False, help_text=_("Till exempel semester."))

    def __init__(self, *args: Any, accounts: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.accounts = {str(account.pk): account for account in accounts}
        self.fields["substitute"].choices = [("", _("Välj")), *((key, str(account)) for key, account in self.accounts.items())]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", _("Sista dagen ligger före den första. Rätta den ena."))
        return given

    @property
    def account(self) -> User:
        return self.accounts[self.cleaned_data["substitute"]]


class StatisticsForm(forms.Form):
    """What the statistics are about. What is not said, or cannot be used, is the first routine, all its versions and the last year."""

    rutin = forms.ChoiceField(label=_("Rutin"), required=False)
    version = forms.ChoiceField(label=_("Version"), required=False)
    fran = DateField(label=_("Från och med"), required=False)
    till = DateField(label=_("Till och med"), required=False)

    def __init__(self, *args: Any, routines: Sequence[tuple[County, list[ProcessDefinition]]], today: date, **options: Any) -> None:
        self.defaults = {"fran": today - _YEAR + _DAY, "till": today}
        super().__init__(*args, initial=self.defaults, **options)
        self.routines = {f"{county.key}/{versions[0].key}": (county, versions) for county, versions in routines}
        several = len({county.pk for county, _versions in routines}) > 1
        self.fields["rutin"].choices = [(key, _routine_name(versions[0], several)) for key, (_county, versions) in self.routines.items()]
        numbers = sorted({version.version for _county, versions in routines for version in versions}, reverse=True)
        self.fields["version"].choices = [
            ("", _("Alla versioner")),
            *((str(number), _("Version %(number)s") % {"number": number}) for number in numbers),
        ]
        if len(self.routines) < 2:
            del self.fields["rutin"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("fran") and given.get("till") and given["till"] < given["fran"]:
            self.add_error("till", _("Sista dagen ligger före den första. Rätta den ena."))
        return given

    def scope(self) -> Scope:
        """Needs at least one routine."""
        self.is_valid()
        given: dict[str, Any] = getattr(self, "cleaned_data", {})
        county, versions = self.routines.get(given.get("rutin") or "", next(iter(self.routines.values())))
        chosen = [version for version in versions if str(version.version) == given.get("version")]
        first, last = given.get("fran") or self.defaults["fran"], given.get("till") or self.defaults["till"]
        if last < first:
            first = last - _YEAR + _DAY
        return Scope(county, tuple(chosen or versions), first, last)
