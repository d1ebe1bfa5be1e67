"""The analysis page: what is held against each other, and for whom."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import County, Organisation, Placement
from tests.apps.indicators.reading import LEVEL, county, sign_in, text_of
from tests.factories.counties import body
from tests.factories.observations import observe, observe_years, read_in

__all__ = ["county"]
pytestmark = pytest.mark.django_db
UNITS = {"inom": "primarvarden-exempellan", "niva": "UNIT"}


@pytest.fixture
def index(county: County) -> Indicator:
    found = read_in("kontinuitetsindex-lakare")
    for number, role in enumerate(("region", "forvaltningen", "primarvarden", "alen", "arnas")):
        observe(found, body(county, role), [*LEVEL, 0.41 + number / 100])
        for sex in ("K", "M"):
            observe(found, body(county, role), [0.2, 0.3 + number / 100], dimensions={"sex": sex})
    return found


def analysed(client: Client, **query: object) -> str:
    response = client.get(reverse("indicators:analysis"), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_before_anything_is_counted_it_says_so(client: Client, county: County) -> None:
    sign_in(client, county)
    assert "Siffror har inte räknats ännu" in analysed(client)
    assert client.get(reverse("indicators:analysis_file")).status_code == 404


def test_units_stand_in_one_chart_with_their_names(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    text = analysed(client, indikator=index.key, **UNITS)
    assert "2 serier inom Primärvården, sep 2025 till okt 2026." in text
    assert "Organisationen visas som den var i varje period." in text
    assert text.count('class="indicators-line indicators-line--own-2"') == 3  # wide, narrow and the legend of the narrow
    assert ">Ålens hälsocentral 0,44</text>" in text
    assert '<th scope="row"><span class="ui-nowrap">okt 2026</span></th><td class="ui-number">0,45</td>' in text
    one = analysed(client, indikator=index.key, enhet="alen-exempellan", **UNITS)
    assert "1 serie inom Primärvården" in one
    assert 'value="alen-exempellan" id="id_enhet_1" checked' in one


def test_parts_of_the_population_are_told_apart_or_chosen(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    text = analysed(client, indikator=index.key, dela="sex", inom="region-exempellan", niva="HELA")
    assert "2 serier inom Region Exempellän, sep 2026 till okt 2026." in text
    assert "Region Exempellän, kvinnor 0,30" in text
    chosen = analysed(client, indikator=index.key, **UNITS, **{"del-sex": "K", "fran": "2026-10-31"})
    assert "2 serier inom Primärvården, okt 2026 till okt 2026." in chosen
    assert "Ålens hälsocentral 0,33" in chosen


def test_many_units_get_a_chart_each(client: Client, county: County, index: Indicator) -> None:
    for number in range(9):
        unit = Organisation.objects.create(key=f"enhet-{number}", name=f"Enhet {number}", kind="UNIT", county=county)
        Placement.objects.create(child=unit, parent=body(county, "primarvarden"))
        observe(index, unit, [0.3, 0.4])
    sign_in(client, county)
    text = analysed(client, indikator=index.key, **UNITS)
    assert "11 serier" in text
    assert text.count('role="img" aria-label="') == 11


def test_two_indicators_keep_a_scale_each(client: Client, county: County, index: Indicator) -> None:
    trust = read_in("fortroende-vardcentral")
    observe_years(trust, body(county, "region"), [57.0, 61.0], source="kolada:U70455")
    sign_in(client, county)
    text = analysed(client, indikator=index.key, med=trust.key, inom="region-exempellan", niva="HELA")
    assert "Kolada, " in text
    assert "Värdena är utgivarens egna" in text
    assert text.count('<svg class="indicators-chart__wide"') == 2


def test_who_has_no_right_of_access_sees_no_part(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county, "lpo", "CHAIR")
    text = analysed(client, indikator=index.key, **UNITS)
    assert "0,45" not in text
    assert "Inga värden kan visas" in text
    assert "Alla värden är dolda av röjandeskyddet" in text
    assert "Värdena som tabell" not in text  # columns without a value say nothing
    split = analysed(client, indikator=index.key, dela="sex", **UNITS)
    assert "Uppdelat efter kön är någon grupp för liten hos var och en" in split
    assert "<table" not in split
    response = client.get(reverse("indicators:analysis_file"), {"indikator": index.key, **UNITS})
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_name("Värden").to_python()[1:]
    assert {row[9] for row in rows} == {"Visas inte (röjandeskydd)"}
    assert {(row[6], row[7], row[8]) for row in rows} == {("", "", "")}


def test_a_series_that_is_wholly_hidden_is_left_out_and_said(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county, "alen", "UNIT_MANAGER")
    text = analysed(client, indikator=index.key, **UNITS)
    assert "1 serie är helt dold av röjandeskyddet och är utelämnad." in text
    assert "Ålens hälsocentral 0,44" in text
    table = text.partition("<table")[2]
    assert ("Ålens hälsocentral" in table, "Arnäs hälsocentral" in table) == (True, False)


def test_what_is_asked_wrongly_is_not_asked_and_said(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    text = analysed(client, indikator="finns-inte", inom="finns-inte", niva="PLANET", dela="x", fran="i går", struktur="nyss")
    for said in (
        "Indikatorn ”finns-inte” finns inte. I stället visas Kontinuitetsindex, läkare.",
        "Organet ”finns-inte” finns inte. I stället visas Region Exempellän.",
        "Nivån ”PLANET” finns inte inom Region Exempellän. I stället visas nästa nivå.",
        "Värdena går inte att dela upp efter ”x”.",
        "Från: ”i går” är inte ett datum.",
        "”nyss” är inte en dag som organisationen kan visas efter.",
    ):
        assert f"<li>{said}" in text
    backwards = analysed(client, indikator=index.key, fran="2026-10-31", till="2026-09-30", struktur="datum")
    assert "<li>Från ligger efter Till. I stället visas hela serien.</li>" in backwards
    assert "sep 2025 till okt 2026" in backwards
    assert "<li>Ange ett datum" in backwards
    assert "Allt i adressen kunde inte visas" not in analysed(client, indikator=index.key, **UNITS)
    assert f"/indikatorer/analys/?indikator={index.key}" in text_of(client, "indicator", index.key)
