"""The structure that is shipped: the national data and the two counties."""

from collections import Counter
from pathlib import Path

import pytest

from styrkedja.core.organisations.county_files import read_county, read_national, signature
from styrkedja.core.registry_numbers import format_registry_number

DEFINITIONS = Path("definitions")


def files(folder):
    return {path.name: path.read_bytes() for path in sorted((DEFINITIONS / folder).glob("*.toml"))}


@pytest.fixture(scope="module")
def national():
    reading = read_national(files("national"))
    assert reading.findings == ()
    return reading.national


@pytest.fixture(scope="module")
def vasternorrland(national):
    return county("vasternorrland", national)


@pytest.fixture(scope="module")
def jamtland(national):
    return county("jamtland-harjedalen", national)


def county(key, national):
    reading = read_county(files(f"counties/{key}"), known_bodies=national.bodies)
    assert reading.findings == ()
    return reading.county


def by_key(rows):
    return {row.key: row for row in rows}


def test_six_healthcare_regions_hold_the_21_regions_and_halland_lies_in_two(national):
    members = Counter(parent for row in national.organisations if row.kind == "REGION" for parent in row.parents)

    assert members == {
        "sjukvardsregion-norra": 4,
        "sjukvardsregion-mellansverige": 7,
        "sjukvardsregion-stockholm-gotland": 2,
        "sjukvardsregion-sydostra": 3,
        "sjukvardsregion-sodra": 4,
        "sjukvardsregion-vastra": 2,
    }
    assert by_key(national.organisations)["region-halland"].parents == ("sjukvardsregion-sodra", "sjukvardsregion-vastra")


def test_regions_have_the_county_codes_of_scb(national):
    codes = ["01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21", "22", "23", "24", "25"]

    assert [row.code for row in national.organisations if row.kind == "REGION"] == codes


def test_national_groups_are_26_programme_areas_and_8_collaboration_groups_with_hosts_where_known(national):
    assert Counter(row.kind for row in national.groups) == {"PROGRAMME_GROUP": 26, "COLLABORATION_GROUP": 8, "STEERING_GROUP": 1}
    assert {row.key: row.host for row in national.groups if row.host} == {
        "npo-endokrina-sjukdomar": "sjukvardsregion-norra",
        "npo-levnadsvanor": "sjukvardsregion-norra",
        "npo-kirurgi-plastikkirurgi": "sjukvardsregion-vastra",
        "npo-lung-allergisjukdomar": "sjukvardsregion-vastra",
        "npo-mag-tarmsjukdomar": "sjukvardsregion-vastra",
    }


def test_principals_of_vasternorrland_are_the_region_and_seven_municipalities(vasternorrland):
    rows = by_key(vasternorrland.organisations)

    assert {key: rows[key].code for key in vasternorrland.lists["municipalities"]} == {
        "ange": "2260",
        "timra": "2262",
        "harnosand": "2280",
        "sundsvall": "2281",
        "kramfors": "2282",
        "solleftea": "2283",
        "ornskoldsvik": "2284",
    }
    assert vasternorrland.lists["principals"] == ("region-vasternorrland", *vasternorrland.lists["municipalities"])


def test_lpo_of_vasternorrland_are_the_sixteen_of_the_source_with_their_areas(vasternorrland):
    groups = by_key(vasternorrland.groups)
    lpo = vasternorrland.lists["lpo"]

    assert len(lpo) == 16
    assert {key: groups[key].areas for key in lpo if groups[key].areas} == {
        "lpo-medicin-hjartsjukdomar": (
            "Endokrina sjukdomar",
            "Hjärtsjukdomar",
            "Mag- och tarmsjukdomar",
            "Njur- och urinvägssjukdomar",
            "Nervsystemets sjukdomar",
            "Stroke",
            "Reumatologiska sjukdomar",
        ),
        "lpo-kirurgi": (
            "Urologi",
            "Övre kirurgi",
            "Nedre kirurgi",
            "Kärlkirurgi",
            "Öron näsa hals",
            "Bröst och endokrin kirurgi",
            "Trauma",
        ),
        "lpo-cancersjukdomar": ("Diagnostiskt centrum", "Palliativ vård", "Hematologi"),
        "lpo-psykisk-halsa": ("Vuxenpsykiatri", "Barn- och ungdomspsykiatri", "Rättspsykiatri"),
    }


def test_five_lpo_have_municipal_participation_and_the_lists_say_the_same(vasternorrland):
    participating = tuple(row.key for row in vasternorrland.groups if row.municipal_participation)
    lists = vasternorrland.lists

    assert participating == (
        "lpo-barn-ungdomar",
        "lpo-aldres-halsa",
        "lpo-psykisk-halsa",
        "lpo-primarvard-levnadsvanor",
        "lpo-rehabilitering",
    )
    assert lists["lpo_municipal"] == participating
    assert lists["lpo_regional"] == tuple(key for key in lists["lpo"] if key not in participating)
    assert len(lists["lpo_regional"]) == 11


def test_every_national_area_has_a_local_receiver_but_sallsynta_sjukdomar(national, vasternorrland):
    areas = {row.key for row in national.groups if row.kind == "PROGRAMME_GROUP"}
    received = {key for row in vasternorrland.groups for key in row.counterparts}

    assert areas - received == {"npo-sallsynta-sjukdomar"}


@pytest.mark.parametrize(
    ("area", "receivers"),
    [
        ("npo-njur-urinvagssjukdomar", {"lpo-medicin-hjartsjukdomar", "lpo-kirurgi"}),
        ("npo-mag-tarmsjukdomar", {"lpo-medicin-hjartsjukdomar", "lpo-kirurgi"}),
        ("npo-aldres-halsa-palliativ-vard", {"lpo-aldres-halsa", "lpo-cancersjukdomar"}),
        ("npo-oron-nas-halssjukdomar", {"lpo-kirurgi"}),
        ("npo-primarvard", {"lpo-primarvard-levnadsvanor"}),
        ("npo-levnadsvanor", {"lpo-primarvard-levnadsvanor"}),
    ],
)
def test_national_areas_are_split_and_merged_locally(vasternorrland, area, receivers):
    assert {row.key for row in vasternorrland.groups if area in row.counterparts} == receivers


def test_six_lsg_support_the_lpo_and_none_answers_to_nsg_stod_for_utveckling(national, vasternorrland):
    nsg = {row.key for row in national.groups if row.key.startswith("nsg-")}
    lsg = [row for row in vasternorrland.groups if row.key in vasternorrland.lists["lsg_kunskapsstyrning"]]

    assert len(lsg) == 6
    assert nsg - {key for row in lsg for key in row.counterparts} == {"nsg-stod-for-utveckling"}


def test_every_body_that_acts_in_the_routine_has_its_functions(national, vasternorrland):
    found = signature(vasternorrland, national)
    wanted = {
        ("region-vasternorrland", "REGISTRAR"),
        ("region-vasternorrland", "COORDINATOR"),
        ("region-vasternorrland", "AREA_DIRECTOR"),
        ("kfvn", "COORDINATOR"),
        ("kfvn", "UNIT_HEAD"),
        ("halsam", "COLLABORATION_COORDINATOR"),
        *((body, code) for body in found.lists["deciding_bodies"] for code in ("CHAIR", "SECRETARY")),
        *((body, "CHAIR") for name in ("lsg_halsam", "lsg_kunskapsstyrning") for body in found.lists[name]),
        *((body, "CONTACT") for body in found.lists["networks"]),
        *((body, code) for body in found.lists["principals"] for code in ("HEAD_OF_OPERATIONS", "PRINCIPAL_REPRESENTATIVE")),
        *(
            (body, code)
            for body in found.lists["lpo"]
            for code in ("CHAIR", "PROCESS_LEADER", "REPRESENTATIVE", "MUNICIPAL_REPRESENTATIVE", "MEMBER", "EXPERT")
        ),
    }

    assert wanted <= found.seats


def test_municipal_representative_is_appointed_when_needed_where_municipalities_do_not_take_part(vasternorrland):
    titles = {seat.body: seat.title for seat in vasternorrland.seats if seat.function == "MUNICIPAL_REPRESENTATIVE"}

    assert {body for body, title in titles.items() if title == "Kommunrepresentant, utses vid behov"} == set(
        vasternorrland.lists["lpo_regional"]
    )
    assert {body for body, title in titles.items() if title == "Kommunrepresentant"} == set(vasternorrland.lists["lpo_municipal"])


def test_every_step_of_the_routine_has_a_lead_time(vasternorrland):
    numbers = [*map(str, range(1, 34)), "4-regionintern", "11a", "13a"]

    assert sorted(row.step for row in vasternorrland.lead_times) == sorted(numbers)
    assert {row.routine for row in vasternorrland.lead_times} == {"vasternorrland_kunskapsstod"}
    assert all(row.escalate_to for row in vasternorrland.lead_times)


def test_every_seat_of_the_routine_has_a_demonstration_account(vasternorrland):
    held = {seat for account in vasternorrland.accounts for seat in account.seats}

    assert {(seat.body, seat.function) for seat in vasternorrland.seats} - held == set()
    assert [account.username for account in vasternorrland.accounts if account.administrator] == ["administrator"]


def test_allotted_time_is_left_out_where_no_source_gives_it(vasternorrland):
    assert {seat.time_percent for seat in vasternorrland.seats} == {None}


def test_jamtland_harjedalen_has_its_region_and_eight_municipalities(national, jamtland):
    rows = by_key(jamtland.organisations)

    assert by_key(national.organisations)["region-jamtland-harjedalen"].org_number == "232100-0214"
    assert {key: rows[key].code for key in jamtland.lists["municipalities"]} == {
        "ragunda": "2303",
        "bracke": "2305",
        "krokom": "2309",
        "stromsund": "2313",
        "are": "2321",
        "berg": "2326",
        "harjedalen": "2361",
        "ostersund": "2380",
    }


def test_jamtland_harjedalen_writes_the_numbers_seen_in_its_documents(jamtland):
    series = {row.key: row.format for row in jamtland.registry_series}

    assert format_registry_number(series["RS"], series="RS", number=342, year=2022) == "RS/342/2022"
    assert format_registry_number(series["HSN"], series="HSN", number=1641, year=2025) == "HSN/1641/2025"
    assert format_registry_number(series["RUN"], series="RUN", number=73, year=2018) == "RUN/73/2018"


def test_the_local_programme_areas_of_jamtland_harjedalen_are_those_of_the_demonstration(jamtland):
    areas = {row.key.removesuffix("-jamtland-harjedalen") for row in jamtland.groups if row.kind == "PROGRAMME_GROUP"}
    assert areas == {"lpo-primarvard", "lpo-aldres-halsa", "lpo-psykisk-halsa"}
    assert jamtland.lead_times == ()


def test_the_two_counties_share_no_body(vasternorrland, jamtland):
    assert vasternorrland.bodies.keys() & jamtland.bodies.keys() == set()
