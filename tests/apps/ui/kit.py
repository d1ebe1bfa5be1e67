"""A page with every component, for the tests to look at. docs/ui.md shows the same tags."""

from datetime import UTC, date, datetime
from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import URLResolver, include, path

from styrkedja.core.fields import FieldSpec, FieldType, Option
from styrkedja.ui.components import Column, Event, Fact, Figure, Step, Tab
from styrkedja.ui.forms import DateField, NumberField, SubmissionForm, TableField, UploadField, YesNoField

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GROUPS = [("lpo1", "LPO äldres hälsa"), ("lpo2", "LPO psykisk hälsa"), ("lpo3", "LPO rehabilitering")]
UNITS = [
    ("Primärvården", [(f"u{n}", f"Hälsocentralen {name}") for n, name in enumerate(("Ålen", "Ödeborg", "Arnäs", "Själevad", "Nätra"))]),
    ("Sjukhusen", [(f"s{n}", f"Avdelning {n}") for n in range(1, 16)]),
]
PLAN = (
    FieldSpec("activity", FieldType.TEXT, "Aktivitet", required=True),
    FieldSpec("cost", FieldType.NUMBER, "Kostnad"),
    FieldSpec("ready", FieldType.DATE, "Klart"),
    FieldSpec("scope", FieldType.CHOICE, "Omfattning", options=(Option("county", "Länsgemensam"), Option("own", "Intern"))),
    FieldSpec("note", FieldType.LONG_TEXT, "Anmärkning"),
)


class KitForm(SubmissionForm):
    subject = forms.CharField(label="Ärendemening", max_length=200, help_text="Så kort att den får plats på en rad.")
    grounds = forms.CharField(label="Skäl", widget=forms.Textarea, max_length=500)
    due = DateField(label="Svar senast", required=False)
    cost = NumberField(label="Kostnad", required=False, minimum=0)
    concerns = YesNoField(label="Berör ärendet kommunerna?")
    groups = forms.MultipleChoiceField(label="Grupper", choices=GROUPS, widget=forms.CheckboxSelectMultiple, required=False)
    units = forms.MultipleChoiceField(label="Enheter", choices=UNITS, widget=forms.CheckboxSelectMultiple, required=False, initial=["s15"])
    body = forms.ChoiceField(label="Beslutande organ", choices=[("", "Välj organ"), *GROUPS])
    attachment = UploadField(label="Bilaga", required=False)
    sure = forms.BooleanField(label="Jag har läst underlaget", help_text="Det behövs för att kunna besluta.")
    plan = TableField(label="Aktivitetsplan", columns=PLAN, help_text="En rad för varje aktivitet. Tomma rader sparas inte.")


class FilterForm(forms.Form):
    state = forms.ChoiceField(label="Läge", choices=[("", "Alla"), ("late", "Försenade")], required=False)
    group = forms.ChoiceField(label="Grupp", choices=[("", "Alla"), *GROUPS], required=False)


def _values() -> dict[str, object]:
    return {
        "at": AT,
        "figures": [
            Figure("1", "försenad uppgift", "danger", "/?late"),
            Figure("1", "förfaller inom 7 dagar", "warn"),
            Figure("12", "pågående ärenden"),
            Figure("81 %", "följsamhet, mål 80 %", "ok"),
        ],
        "columns": ["Ärende", "Uppgift", "Förfaller", "Läge", Column("Åtgärd", hidden=True)],
        "rows": [
            (
                "Personcentrerat och sammanhållet vårdförlopp: Demens",
                "Ta ställning: berör ärendet kommunerna?",
                date(2026, 11, 20),
                "Försenad",
                "danger",
            ),
            ("Nationellt vårdprogram: Levnadsvanor", "Sammanställ kommunernas synpunkter", date(2026, 11, 27), "Snart", "warn"),
            ("Vårdförlopp: Schizofreni, förstagångsinsjuknande", "Fastställ gap- och konsekvensanalys", date(2026, 12, 3), "Pågår", "info"),
            ("Kunskapsstöd: Obesitas hos barn", "Utse sakkunniga till LAG", date(2027, 1, 8), "Planerad", "neutral"),
        ],
        "steps": [
            Step("1–3", "Inkommer", "done"),
            Step("4", "LPO bedömer", "done", "Berör kommunerna", "/steg/4/"),
            Step("10–14", "Prioritering", "current", "Hos LPO äldres hälsa sedan 3 nov"),
            Step("15–18", "LAG och gapanalys"),
            Step("26–", "Införande"),
        ],
        "facts": [
            Fact("Diarienummer", "HSN/1641/2025"),
            Fact("Ansvarig nämnd", "Hälso- och sjukvårdsnämnden", "/n/"),
            Fact("Sekretess", ""),
        ],
        "events": [
            Event(datetime(2026, 11, 20, 13, 32, tzinfo=UTC), "Bedömde att ärendet berör kommunerna", "LPO äldres hälsa", tone="ok"),
            Event(datetime(2025, 10, 2, 8, 0, tzinfo=UTC), "Diarieförde remissen", "Registrator", "Inkom med e-post.\nTvå bilagor.", "/h/"),
        ],
        "tabs": [Tab("Att göra", "/", current=True, count=5), Tab("Väntar på andra", "/?v=1", count=0), Tab("Klart", "/?v=2")],
        "map_state": {"assess": {"number": "4", "state": "current", "badge": "här nu"}, "start": {"state": "done", "badge": "klar"}},
        "page": Paginator(range(240), 25).page(4),
    }


@login_not_required
def kit(request: HttpRequest) -> HttpResponse:
    form = KitForm(request.POST, request.FILES) if request.method == "POST" else KitForm()
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Uppgiften är slutförd.")
    filters = FilterForm(request.GET)
    template = engines["django"].from_string((Path(__file__).parent / "kit.html").read_text())
    return HttpResponse(template.render({**_values(), "form": form, "filters": filters}, request))


@login_not_required
def process_map(request: HttpRequest) -> HttpResponse:
    return HttpResponse((Path(__file__).parent / "map.bpmn").read_bytes(), content_type="application/xml")


@login_not_required
def place(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _places(space: str, **names: str) -> URLResolver:
    """Some places of the main menu, whether or not their apps are there."""
    return path("", include(([path(address, place, name=name) for name, address in names.items()], space)))


urlpatterns = [
    path("kit/", kit, name="kit"),
    path("kit/karta.bpmn", process_map, name="map"),
    path("konto/", include("styrkedja.accounts.urls")),
    path("konto/", include("styrkedja.accounts.urls.sign_in")),
    path("", include("styrkedja.ui.urls")),
    _places("home", inbox="", cases="arenden/", statistics="statistik/"),
    _places("workflows", routines="kit/"),
    _places("organisations", tree="organisation/"),
    _places("cases", registry="diarium/"),
]
handler400 = "styrkedja.ui.views.bad_request"
handler404 = "styrkedja.ui.views.not_found"
