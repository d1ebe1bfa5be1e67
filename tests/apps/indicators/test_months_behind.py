"""Rolling values are judged by the months behind them, for those who may see them."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.test import Client

from styrkedja.cli.main import styrkedja
from styrkedja.core.indicators.months import Month
from styrkedja.organisations.models import Body, County, Organisation, Placement, Seat
from tests.apps.indicators.reading import text_of
from tests.factories.accounts import make_user
from tests.factories.counties import hold, make_county
from tests.factories.small_region import HOME_VISITS, make_region, visit, write_library, write_visits

pytestmark = pytest.mark.django_db
ROLLING = HOME_VISITS.partition("[denominator]")[0].replace("percentage", "count").replace('unit = "%"', 'unit = "hembesök"')
ROLLING = ROLLING.replace('frequency = "month"', 'frequency = "month"\nmonths = 12')
FIRST, MONTHS = Month.parse("2024-06"), 24
STEADY = (6, 7, 8, 7, 6, 8)


@pytest.fixture
def computed(tmp_path: Path, settings: Any) -> Any:
    """Two years: vc-a has as many visits all the time, vc-b twice as many in the last eight months."""
    settings.DEFINITIONS, settings.INDICATOR_STORE = tmp_path / "definitions", tmp_path / "store"
    write_library(tmp_path / "definitions", {"hembesok": ROLLING})
    make_region()
    make_county()
    for number, month in enumerate(FIRST + number for number in range(MONTHS)):
        steady = STEADY[number % len(STEADY)]
        counts = {"vc-a": steady, "vc-b": steady * (2 if number >= MONTHS - 8 else 1)}
        rows = [visit(f"{month}-{day:02d}", unit, home=True) for unit, count in counts.items() for day in range(1, count + 1)]
        write_visits(tmp_path / "store", str(month), rows)
    with time_machine.travel("2026-06-15 12:00+00:00", tick=False):
        assert CliRunner().invoke(styrkedja, ["indicators", "compute"], catch_exceptions=False).exit_code == 0
        yield


def page(client: Client, place: str, **query: str) -> str:
    seat = Seat.objects.create(body=Body.objects.get(key=place), function="COORDINATOR", title="Samordnare", county=County.objects.get())
    user = make_user(f"lasare-{place}")
    hold(user, seat)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return text_of(client, "indicator", "hembesok", **query)


def test_the_months_are_judged_in_the_size_of_the_value(client: Client, computed: None) -> None:
    text = page(client, "region-prov", enhet="vc-b")
    assert "Bedömt månad för månad. Det senaste värdet ligger över den övre styrgränsen: en verklig förbättring, inte slump." in text
    assert "Därför bedöms månaderna var för sig" in text
    assert "<title>maj 2026: 192" in text  # sixteen visits, twelve times
    assert text.count('role="img"') == 4  # the values and the months, each for wide windows and for narrow
    listed = text_of(client, "indicators", enhet="region-prov").partition("Andel hembesök")[2]
    assert ("Förbättring" in listed, "Bedöms inte" in listed) == (True, False)
    steady = text_of(client, "indicator", "hembesok", enhet="vc-a")
    assert "Bedömt månad för månad. Värdena varierar bara av slump" in steady
    units = text_of(client, "indicator", "hembesok", niva="UNIT").partition("Nedbrytning")[2]
    assert ("Ingen förändring" in units, "Förbättring" in units, "Bedöms inte" in units) == (True, True, False)


def test_who_has_no_right_of_access_sees_no_months_of_a_part(client: Client, computed: None) -> None:
    text = page(client, "vc-a", enhet="vc-b")
    assert "192" not in text
    assert "Månad för månad" not in text
    assert "visas bara för den som har en funktion i eller över enheten" in text
    whole = text_of(client, "indicator", "hembesok")
    assert "Bedömt månad för månad." in whole  # nobody is told from the region's months


def test_months_that_would_tell_of_a_unit_that_has_moved_are_not_shown(client: Client, computed: None) -> None:
    other = Organisation.objects.create(key="region-annan", name="Annan", kind="REGION")
    Placement.objects.filter(child__key="vc-a", parent__key="syd").update(parent=other)
    text = page(client, "vc-b")
    assert "Serien bedöms inte mot slumpen." in text
    assert "Bedömt månad för månad" not in text
