"""An indicator's page as a workbook: the same figures, with their definition, and nothing that the page hides."""

from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.apps.indicators.reading import sign_in
from tests.factories.counties import body
from tests.factories.observations import observe, read_in
from tests.factories.steering import make_region

pytestmark = pytest.mark.django_db


def sheets(client: Client, address: str) -> dict[str, list[list[object]]]:
    response = client.get(address)
    assert response.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_file_says_what_it_is_and_hides_what_the_page_hides(client: Client) -> None:
    county = make_region()
    index = read_in("kontinuitetsindex-lakare")
    observe(index, body(county, "primarvarden"), [0.4, 0.41])
    observe(index, body(county, "alen"), [0.5, 0.51])
    observe(index, body(county, "odeborg"), [0.77, 0.88], numerator=3, denominator=4)
    sign_in(client, county, "lpo", "CHAIR")
    guide, values, below = sheets(client, f"/indikatorer/{index.key}/hamta/?enhet=primarvarden-exempellan").values()
    said = {row[0]: row[1] for row in guide if len(row) > 1}
    assert said["Gäller"] == "Primärvården"
    assert said["Ordalydelse"].startswith("Kontinuitet beräknas för listade patienter")
    assert "SKR, Primärvårdskvalitet" in said["Publicerad definition"]
    assert [row[4] for row in values[1:]] == ["", ""]
    assert {(row[0], row[4], row[5], row[6], row[7]) for row in below[1:] if row[0] == "Ödeborgs hälsocentral"} == {
        ("Ödeborgs hälsocentral", "", "", "", "Visas inte (röjandeskydd)")
    }
    assert [row[4] for row in below[1:] if row[0] == "Ålens hälsocentral"] == ["", ""]


def test_there_is_no_file_of_nothing(client: Client) -> None:
    county = make_region()
    sign_in(client, county)
    index = read_in("kontinuitetsindex-lakare")
    assert client.get(f"/indikatorer/{index.key}/hamta/").status_code == 404
