"""Values by the organisation of another day than their own, on the pages: as it is, as it was on a day and as it is planned."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from styrkedja.accounts.models import User
from styrkedja.cli.main import styrkedja
from styrkedja.indicators.computing import Bounds, Site
from styrkedja.indicators.library import definition_of, fact_sources
from styrkedja.indicators.models import Indicator
from styrkedja.indicators.selectors.retold import told_again
from styrkedja.indicators.showing import Choice, read_by, values_by
from styrkedja.organisations.models import Body, County, Organisation, Placement, Seat
from tests.factories.accounts import make_user
from tests.factories.counties import hold, make_county
from tests.factories.small_region import HOME_VISITS, PATIENTS, make_region, visit, write_library, write_visits

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 31)


@pytest.fixture(autouse=True)
def computed(tmp_path: Path, settings: Any) -> Any:
    """Two months; vc-a moves from north to south in the middle of the second."""
    settings.DEFINITIONS, settings.INDICATOR_STORE = tmp_path / "definitions", tmp_path / "store"
    write_library(tmp_path / "definitions", {"hembesok": HOME_VISITS, "patienter": PATIENTS})
    make_region()
    make_county()
    rows = [visit(f"2026-02-{day:02d}", unit, f"{unit}{day}", home=day % 2 == 0) for day in range(1, 13) for unit in ("vc-a", "vc-b")]
    write_visits(tmp_path / "store", "2026-02", rows)
    write_visits(tmp_path / "store", "2026-03", [dict(row, visited_on=row["visited_on"].replace(month=3)) for row in rows[:20]])
    with time_machine.travel("2026-05-31 12:00+00:00", tick=False):
        CliRunner().invoke(styrkedja, ["indicators", "compute"], catch_exceptions=False)
        yield


def sign_in(client: Client, body: str) -> User:
    place = Seat.objects.create(body=Body.objects.get(key=body), function="COORDINATOR", title="Samordnare", county=County.objects.get())
    user = make_user("lasare")
    hold(user, place)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page(client: Client, key: str = "hembesok", **query: str) -> str:
    response = client.get(reverse("indicators:indicator", args=[key]), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_what_is_told_again_is_what_the_engine_tells(client: Client, settings: Any) -> None:
    user = sign_in(client, "region-prov")
    ids = dict(Body.objects.values_list("pk", "key"))
    for key, parts in (("hembesok", {}), ("hembesok", {"sex": "K"}), ("patienter", {})):
        indicator = Indicator.objects.get(key=key)
        definition = definition_of(indicator, on=TODAY)
        assert definition is not None
        site = Site(fact_sources(), {key: definition}, settings.INDICATOR_STORE)
        for day in (date(2026, 1, 1), date(2026, 3, 20), TODAY):
            told = {
                (one.body, one.span.last_day): (outcome.numerator.amount, outcome.value, outcome.status)
                for level in definition.levels
                for one, outcome in values_by(
                    site=site,
                    definition=definition,
                    reading=read_by(day, None),
                    choice=Choice(level, parts=True),
                    bounds=Bounds(),
                    on=TODAY,
                )
                if one.dimensions == (parts.get("sex", ""),)
            }
            again = told_again(user, indicator, list(ids), day=day, parts=parts, as_was=lambda _some: {}, on=TODAY)
            found = {(ids[pk], one.last): (one.numerator, one.value, one.status) for pk, own in again.series.items() for one in own}
            assert found == told
            assert again.lacking == ()  # the engine has now counted the persons of that tree


def test_the_page_says_which_organisation_it_tells_by(client: Client) -> None:
    sign_in(client, "region-prov")
    was = page(client, enhet="norr")
    assert "Organisationen visas som den var i varje period." in was
    assert "Enheter har flyttats medan serien löper." in was
    assert "<strong>Norr" not in was
    today = page(client, enhet="syd", struktur="idag")
    assert "Organisationen visas som den är i dag, 31 maj 2026." in today
    assert '<td data-label="Nämnare">24</td>'.replace("<td", '<td class="ui-number"') in today  # both units in February too
    assert "struktur=idag" in today  # carried on to the unit
    assert "Det finns inga värden för Norr" in page(client, enhet="norr", struktur="idag")
    earlier = page(client, enhet="norr", struktur="datum", den="2026-01-01")
    assert "Organisationen visas som den var 1 jan 2026." in earlier
    assert "struktur=2026-01-01" in earlier
    assert "Den första ändringen av organisationen som det finns uppgift om är från 15 mar 2026." in earlier
    asked = page(client, enhet="norr", struktur="datum")
    assert "Ange ett datum" in asked
    assert '<details class="ds-details ui-fold" open>' in asked  # where the date is
    assert '<details class="ds-details ui-fold" open>' not in was


def test_a_planned_organisation(client: Client) -> None:
    planned = date(2027, 1, 1)
    east = Organisation.objects.create(key="ost", name="Öst", kind="AREA", valid_from=planned)
    Placement.objects.create(child=east, parent=Organisation.objects.get(key="region-prov"), valid_from=planned)
    Placement.objects.filter(child__key="vc-b").update(valid_until=planned)
    Placement.objects.create(child=Organisation.objects.get(key="vc-b"), parent=east, valid_from=planned)
    sign_in(client, "region-prov")
    assert "Som den är planerad från 1 jan 2027" in page(client)
    text = page(client, enhet="ost", struktur="2027-01-01")
    assert "Organisationen visas som den är planerad att vara 1 jan 2027." in text
    assert "50,0" in text


def test_an_organisation_that_cannot_be_is_said_and_shows_no_value(client: Client) -> None:
    Placement.objects.create(child=Organisation.objects.get(key="vc-b"), parent=Organisation.objects.get(key="norr"))
    sign_in(client, "region-prov")
    assert "50,0" in page(client)
    text = page(client, struktur="idag")
    assert "Organisationen går inte att räkna efter: vc-b är placerad under både norr och syd" in text
    assert "50,0" not in text


def test_persons_are_told_of_the_periods_that_were_counted_in_that_tree(client: Client) -> None:
    sign_in(client, "region-prov")
    text = page(client, "patienter", enhet="syd", struktur="idag")
    assert "mar 2026" in text
    assert "visas därför inte" not in text  # today's organisation was counted with the rest
    text = page(client, "patienter", enhet="syd", struktur="2026-01-01")
    assert "1 period visas därför inte (mar 2026)." in text  # in February everybody stood where they had stood
    assert "feb 2026" in text


def test_who_has_no_right_of_access_sees_no_other_organisation_than_as_was(client: Client) -> None:
    sign_in(client, "norr")
    assert "Visas inte (röjandeskydd)" in page(client, enhet="syd", struktur="idag")
    # North held vc-a until it moved: who works there sees north as it was, and of vc-a what is large enough for everybody.
    assert "Visas inte (röjandeskydd)" not in page(client, enhet="norr", struktur="2026-01-01")
    region = page(client, enhet="region-prov", struktur="idag")
    assert "Visas inte (röjandeskydd)" in region  # of its parts
    assert "50,0" in region  # where nobody has moved in or out


def test_a_unit_that_had_not_begun_gives_nobody_away(client: Client, settings: Any) -> None:
    """Vc-c began in the north and now stands in the south: in an organisation before it began, its figures are the north's."""
    move = date(2026, 4, 1)
    unit = Organisation.objects.create(key="vc-c", name="Vc-C", kind="UNIT", valid_from=date(2026, 2, 1))
    for parent, since, until in (("norr", date(2026, 2, 1), move), ("syd", move, None)):
        Placement.objects.create(child=unit, parent=Organisation.objects.get(key=parent), valid_from=since, valid_until=until)
    rows = [visit(f"2026-04-{day:02d}", "vc-c", f"c{day}", home=True) for day in range(1, 20)]
    write_visits(settings.INDICATOR_STORE, "2026-04", [*rows, visit("2026-04-02", "vc-a"), visit("2026-04-03", "vc-a")])
    Placement.objects.filter(child__key="vc-a", parent__key="syd").delete()
    Placement.objects.filter(child__key="vc-a").update(valid_until=None)
    CliRunner().invoke(styrkedja, ["indicators", "compute"], catch_exceptions=False)
    sign_in(client, "norr")
    assert '<td class="ui-number" data-label="Nämnare">2</td>' in page(client, enhet="norr", struktur="idag")
    before = page(client, enhet="norr", struktur="2026-01-01")
    assert "Visas inte (röjandeskydd)" in before
    assert '<td class="ui-number" data-label="Nämnare">21</td>' not in before


def test_the_file_says_which_too(client: Client) -> None:
    sign_in(client, "region-prov")
    response = client.get(reverse("indicators:values_file", args=["hembesok"]), {"enhet": "syd", "struktur": "idag"})
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    guide = {row[0]: row[1] for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() if len(row) == 2}
    assert guide["Organisation"].startswith("Organisationen visas som den är i dag, 31 maj 2026.")
