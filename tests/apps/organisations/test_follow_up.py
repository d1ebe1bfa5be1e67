"""The programme areas held against what the regions have joined (source 001)."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine

from styrkedja.accounts.models import User
from styrkedja.core.organisations.kinds import GroupLevel
from styrkedja.core.organisations.programme_areas import Lack
from styrkedja.core.periods import Period
from styrkedja.organisations.models import County, Group, Seat
from styrkedja.organisations.presenters.follow_up import COMMITMENTS, LACKS, as_csv
from styrkedja.organisations.selectors import Area, follow_up_on
from styrkedja.organisations.services import load_county
from tests.apps.organisations import files
from tests.apps.organisations.reading import signed_in, text_of
from tests.factories.accounts import make_user
from tests.factories.counties import hold

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
TODAY = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def reader(db: None) -> User:
    return make_user("reader", name="Läsaren")


@pytest.fixture
def staffed(vasternorrland: County, reader: User) -> County:
    """LPO psykisk hälsa has all that an area should have; nobody else has."""

    def with_time(row):
        return replace(row, time_percent=15) if (row.body, row.function) == ("lpo-psykisk-halsa", "EXPERT") else row

    load_county(actor=None, values=files.with_seats(files.vasternorrland(), with_time), at=AT)
    for function in ("CHAIR", "PROCESS_LEADER"):
        hold(make_user(function.lower(), name=function.title()), Seat.objects.get(body__key="lpo-psykisk-halsa", function=function))
    return vasternorrland


def area(user: User, county: County | None, key: str, *, on: date = TODAY) -> Area:
    return next(area for area in follow_up_on(user, county=county, on=on).areas if area.body.key == key)


def test_an_area_with_host_chair_leader_and_time_lacks_nothing(reader: User, staffed: County) -> None:
    found = area(reader, staffed, "lpo-psykisk-halsa")
    assert found.lacks == ()
    assert (found.host.key, found.holders("CHAIR"), found.holders("PROCESS_LEADER"), found.expert_percent) == (
        "region-vasternorrland",
        ["Chair"],
        ["Process_Leader"],
        15,
    )
    assert [other.key for other in found.counterparts] == ["npo-psykisk-halsa"]


def test_what_an_area_lacks_depends_on_the_day(reader: User, staffed: County) -> None:
    Seat.objects.get(body__key="lpo-psykisk-halsa", function="CHAIR").memberships.update(valid_until=TODAY)
    assert area(reader, staffed, "lpo-psykisk-halsa").lacks == (Lack.VACANT_CHAIR,)
    assert area(reader, staffed, "lpo-psykisk-halsa", on=date(2026, 9, 15)).lacks == (Lack.NO_EXPERT_TIME,)


def test_an_area_that_nobody_has_filled_lacks_nearly_everything(reader: User, staffed: County) -> None:
    assert area(reader, staffed, "lpo-kirurgi").lacks == (Lack.VACANT_CHAIR, Lack.VACANT_PROCESS_LEADER, Lack.NO_EXPERT_TIME)
    assert area(reader, staffed, "npo-akut-vard").lacks == (Lack.NO_HOST, Lack.NO_CHAIR, Lack.NO_PROCESS_LEADER, Lack.NO_EXPERT_TIME)


def test_one_national_area_has_no_receiver_in_the_county(reader: User, staffed: County) -> None:
    without = [found.body.key for found in follow_up_on(reader, county=staffed, on=TODAY).areas if Lack.NO_COUNTERPART in found.lacks]
    assert without == ["npo-sallsynta-sjukdomar"]


def test_a_local_area_without_a_national_counterpart_is_told(reader: User, vasternorrland: County) -> None:
    load_county(actor=None, values=files.with_group(files.vasternorrland(), "lpo-tandvard", counterparts=()), at=AT)
    found = follow_up_on(reader, county=vasternorrland, on=TODAY)
    assert [one.body.key for one in found.areas if Lack.NO_COUNTERPART in one.lacks] == [
        "npo-sallsynta-sjukdomar",
        "npo-tandvard",
        "lpo-tandvard",
    ]


def test_the_receivers_of_a_national_area_are_those_of_the_county_alone(reader: User, vasternorrland: County, jamtland: County) -> None:
    assert Lack.NO_COUNTERPART in area(reader, jamtland, "npo-hjart-karlsjukdomar").lacks
    assert [other.key for other in area(reader, vasternorrland, "npo-psykisk-halsa").counterparts] == ["lpo-psykisk-halsa"]


def test_each_level_is_there_and_an_area_of_the_healthcare_region_needs_no_counterpart(reader: User, staffed: County) -> None:
    Group.objects.create(key="rpo", name="RPO psykisk hälsa", kind="PROGRAMME_GROUP", level="HEALTHCARE_REGION")
    found = follow_up_on(reader, county=staffed, on=TODAY)
    assert {level: len(found.at(level)) for level in GroupLevel} == {"NATIONAL": 26, "HEALTHCARE_REGION": 1, "LOCAL": 16}
    assert area(reader, staffed, "rpo").lacks == (Lack.NO_HOST, Lack.NO_CHAIR, Lack.NO_PROCESS_LEADER, Lack.NO_EXPERT_TIME)


def test_the_cost_does_not_grow_with_the_number_of_areas(reader: User, staffed: County, django_assert_num_queries) -> None:
    with django_assert_num_queries(11):
        found = follow_up_on(reader, county=staffed, on=TODAY)
    with django_assert_num_queries(0):
        assert [one.lacks for one in found.areas]


def test_the_commitments_stand_word_for_word(reader: User, staffed: County) -> None:
    """As in the region's own text, whose lines are broken otherwise."""
    page = text_of(signed_in(reader).get("/organisation/uppfoljning/").text)
    assert list(COMMITMENTS) == ["a", "b", "c", "d"]
    for letter, text in COMMITMENTS.items():
        assert f"{letter}) {text}" in page


def test_the_page_says_what_is_there_and_what_is_missing(reader: User, staffed: County) -> None:
    page = text_of(signed_in(reader).get("/organisation/uppfoljning/").text)
    assert "Kunskapsorganisationen onsdag 16 september 2026, mot den rekommendation" in page
    sums = "Nivå Områden Med värd Med ordförande Med processledare Med experttid Experttid, procent av heltid Utan brister"
    assert f"{sums} Nationell 26 5 0 0 0 0 % 0 Sjukvårdsregional 0 0 0 0 0 0 % 0 Lokal 16 16 1 1 1 15 % 1" in page
    assert "25 av 26 nationella programområden har en lokal mottagare. Utan mottagare: NPO sällsynta sjukdomar" in page
    assert "16 av 16 lokala programområden har en nationell motsvarighet." in page
    assert "Inga sjukvårdsregionala programområden är registrerade." in page
    assert "Inget registrerat programområde har ett slutdatum." in page
    assert "LPO psykisk hälsa Region Västernorrland Chair Process_Leader 15 % NPO psykisk hälsa" in page
    assert "LPO ortopedi Region Västernorrland Ej utsedd Ej utsedd Saknas NPO rörelseorganens sjukdomar" in page
    assert "NPO sällsynta sjukdomar Saknas Saknas Saknas Saknas Saknas" in page
    assert "Länsledningen för HälSam Länsledning Ej utsedd" in page


def test_an_area_with_an_end_is_not_secured_beyond_it(reader: User, staffed: County) -> None:
    dated = files.with_group(files.vasternorrland(), "lpo-tandvard", validity=Period(None, date(2027, 1, 1)))
    load_county(actor=None, values=dated, at=AT)
    page = text_of(signed_in(reader).get("/organisation/uppfoljning/").text)
    assert "Programområden med ett slutdatum: LPO tandvård till och med 31 dec 2026" in page


def test_without_a_county_only_the_nation_is_followed_up(reader: User, structure: None) -> None:
    page = text_of(signed_in(reader).get("/organisation/uppfoljning/").text)
    assert "0 av 26 nationella programområden har en lokal mottagare." in page
    assert "Inga lokala programområden är registrerade." in page


def test_the_page_costs_the_same_however_many_areas(reader: User, staffed: County, django_assert_max_num_queries) -> None:
    client = signed_in(reader)
    with django_assert_max_num_queries(20):
        client.get("/organisation/uppfoljning/")


def test_the_file_holds_what_the_page_says(reader: User, staffed: County) -> None:
    response = signed_in(reader).get("/organisation/uppfoljning.csv", {"lan": "vasternorrland", "datum": "2026-09-16"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="programomraden-2026-09-16.csv"'
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeffNivå;Programområde;Värd;")
    rows = list(csv.DictReader(StringIO(text[1:]), delimiter=";"))
    assert len(rows) == 42
    by_name = {row["Programområde"]: row for row in rows}
    assert by_name["LPO psykisk hälsa"] == {
        "Nivå": "Lokal",
        "Programområde": "LPO psykisk hälsa",
        "Värd": "Region Västernorrland",
        "Ordförande": "Chair",
        "Processledare": "Process_Leader",
        "Experttid (procent av heltid)": "15",
        "Motsvarighet": "NPO psykisk hälsa",
        "Brister": "",
    }
    assert by_name["NPO sällsynta sjukdomar"]["Brister"] == (
        "Värd saknas, Plats för ordförande saknas, Plats för processledare saknas, Avsatt experttid saknas, Motsvarighet saknas"
    )


@pytest.mark.parametrize("name", ["=1+1", "+SUMMA(A1)", "-1", "@x"])
def test_a_name_that_looks_like_a_formula_is_harmless_in_the_file(name: str, reader: User, vasternorrland: County) -> None:
    Group.objects.filter(key="lpo-kirurgi").update(name=name)
    assert f"Lokal;'{name};Region Västernorrland" in as_csv(follow_up_on(reader, county=vasternorrland, on=TODAY))


def test_every_lack_has_its_word() -> None:
    assert set(LACKS) == set(Lack)
    assert all(re.fullmatch(r"[A-ZÅÄÖ].+(saknas|utsedd)", str(word)) for word in LACKS.values())
