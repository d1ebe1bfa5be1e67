"""The page of a body: what the structure says, and what cases, agendas and decisions add."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.services import open_case
from styrkedja.decisions.models import DecisionNature
from styrkedja.decisions.services import record_decision
from styrkedja.home.selectors.bodies import MOST_ITEMS, coming_meetings, open_work
from styrkedja.organisations.models import Body, County, Group, Seat, Substitution
from styrkedja.organisations.services import load_county, load_national
from styrkedja.workflows.models import ProcessDefinition, WorkItem
from tests.apps.organisations import files
from tests.apps.organisations.conftest import LOADED
from tests.apps.organisations.reading import links_of, signed_in, text_of
from tests.factories.accounts import make_user
from tests.factories.counties import body, hold, make_county, make_holder
from tests.factories.workflows import open_item, perform, publish, straight_routine

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
TODAY = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def vasternorrland(db: None) -> County:
    load_national(actor=None, national=files.national(), at=LOADED)
    return load_county(actor=None, values=files.vasternorrland(), at=LOADED)[0]


@pytest.fixture
def reader(db: None) -> User:
    return make_user("reader", name="Läsaren")


# What the structure says


def test_the_page_of_a_local_area(vasternorrland: County, reader: User) -> None:
    chair = make_user("ordforande", name="Ordföranden")
    hold(chair, Seat.objects.get(body__key="lpo-psykisk-halsa", function="CHAIR"), valid_from=date(2026, 1, 1))
    stand_in = make_user("ersattare", name="Ersättaren")
    Substitution.objects.create(account=chair, substitute=stand_in, valid_from=TODAY, valid_until=TODAY + timedelta(days=1))
    response = signed_in(reader).get("/organisation/lpo-psykisk-halsa/")
    assert response.status_code == 200
    page = text_of(response.text)
    for said in (
        "Organisation LPO psykisk hälsa Lokalt programområde (LPO) Så såg det ut den",
        "Uppdrag Tar emot, analyserar och anpassar nationella kunskapsstöd för lokal implementering.",
        "Delområden Vuxenpsykiatri Barn- och ungdomspsykiatri Rättspsykiatri",
        "Ordförande Ordföranden från 1 jan 2026 · ersätts av Ersättaren – Processledare Vakant – Kommunrepresentant Vakant",
        "Slag Lokalt programområde (LPO) Hör till Region Västernorrland (RVN) Värd Region Västernorrland (RVN) Kommunmedverkan Ja",
        "Län Västernorrlands län Gäller tills vidare",
        "Motsvarigheter Nationellt programområde (NPO) NPO psykisk hälsa",
        "Pågående arbete 0 Inget ärende väntar på organet.",
    ):
        assert said in page
    assert "Utse" not in page
    assert "Avsluta" not in page
    assert links_of(response.text)["NPO psykisk hälsa"] == "/organisation/npo-psykisk-halsa/"


def test_a_national_area_names_its_receivers_and_what_it_lacks(vasternorrland: County, reader: User) -> None:
    page = text_of(signed_in(reader).get("/organisation/npo-njur-urinvagssjukdomar/").text)
    assert "Värd Saknas Kommunmedverkan Nej Län Nationellt" in page
    assert "Lokala programområden (LPO) LPO kirurgi LPO medicin och hjärtsjukdomar" in page
    assert "Ledamöter" not in page


def test_halland_belongs_to_two(vasternorrland: County, reader: User) -> None:
    page = text_of(signed_in(reader).get("/organisation/region-halland/").text)
    assert "Hör till Södra sjukvårdsregionen Västra sjukvårdsregionen Län Nationellt Kod 13" in page
    assert "Värd" not in page


def test_what_stands_under_a_body_is_grouped_by_kind(vasternorrland: County, reader: User) -> None:
    page = text_of(signed_in(reader).get("/organisation/halsam/").text)
    assert (
        "Underliggande Lokala samverkansgrupper HälSam, politisk nivå Lokal samverkansgrupp (LSG) inom HälSam Styrgrupp Styrgrupp inom "
        "Länsledningen Länsledning Länsledningen för HälSam Särskild arbetsgrupp Särskild arbetsgrupp inom HälSam"
    ) in page


def test_on_an_earlier_day_the_page_is_as_it_was_and_nobody_is_appointed(vasternorrland: County) -> None:
    coordinator = make_user("samordnare")
    hold(coordinator, Seat.objects.get(body__key="region-vasternorrland", function="COORDINATOR"))
    load_county(actor=None, values=files.with_group(files.vasternorrland(), "lpo-kirurgi", name="LPO knivar"), at=AT)
    client = signed_in(coordinator)
    today = client.get("/organisation/lpo-kirurgi/")
    assert "Vad som har ändrats 16 sep 2026 Namnet ändrades från ”LPO kirurgi” till ”LPO knivar”" in text_of(today.text)
    assert "Utse Ordförande" in links_of(today.text)
    earlier = client.get("/organisation/lpo-kirurgi/", {"datum": "2026-09-15"})
    page = text_of(earlier.text)
    assert page.startswith("Organisation LPO kirurgi ")
    assert "Du ser organisationen så som den är beskriven för tisdag 15 september 2026." in page
    assert "LPO knivar" not in page
    assert "Utse Ordförande" not in links_of(earlier.text)
    assert "Pågående arbete" not in page
    assert links_of(earlier.text)["Region Västernorrland (RVN)"] == "/organisation/region-vasternorrland/?datum=2026-09-15"


def test_a_body_that_has_ended_says_so_and_shows_no_seats(vasternorrland: County, reader: User) -> None:
    load_county(actor=None, values=files.without_group(files.vasternorrland(), "lpo-kirurgi"), at=AT)
    page = text_of(signed_in(reader).get("/organisation/lpo-kirurgi/").text)
    assert "Organet fanns inte onsdag 16 september 2026." in page
    assert "Ledamöter efter funktion" not in page
    assert "Gäller till och med 15 sep 2026" in page


def test_a_body_that_does_not_exist_is_not_found(vasternorrland: County, reader: User) -> None:
    assert signed_in(reader).get("/organisation/finns-inte/").status_code == 404


# What cases, agendas and decisions add


@pytest.fixture
def county(db: None) -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def definition(county: County) -> ProcessDefinition:
    return publish(county, straight_routine(county, "a", "b"))


@pytest.fixture
def new_case(registrar: User, county: County, definition: ProcessDefinition) -> Callable[[str], Case]:
    def make(subject: str) -> Case:
        return open_case(actor=registrar, county=county, definition=definition, subject=subject, givens={}, at=AT)

    return make


def test_what_waits_for_the_body_is_listed_most_urgent_first(county: County, registrar: User, new_case: Callable[[str], Case]) -> None:
    first, second, late = (new_case(subject) for subject in ("Vårdprogram för stroke", "Vårdförlopp för KOL", "Riktlinje om demens"))
    for case, due in ((first, None), (second, date(2026, 9, 20)), (late, date(2026, 9, 14))):
        WorkItem.objects.filter(instance=case.instance).update(due_on=due)
    WorkItem.objects.filter(instance=second.instance).update(claimed_by=registrar)
    page = text_of(signed_in(registrar).get("/organisation/region-exempellan/").text)
    work = page.partition("Pågående arbete 3")[2]
    steps = [work.index(subject) for subject in ("Riktlinje om demens", "Vårdförlopp för KOL", "Vårdprogram för stroke")]
    assert steps == sorted(steps)
    assert f"Riktlinje om demens {late.reference} Steg 1 Steg a Registrator, Region Exempellän 14 sep 2 dagar sen Försenad" in work
    assert "Steg 1 Steg a Registrator, Region Exempellän 20 sep om 2 arbetsdagar Tagen av Registrator" in work
    assert "Registrator, Region Exempellän – Att göra" in work
    assert links_of(signed_in(registrar).get("/organisation/region-exempellan/").text)["Riktlinje om demens"] == f"/arenden/{late.number}/"


def test_work_that_is_done_or_offered_to_another_body_is_not_the_bodys(
    county: County, registrar: User, new_case: Callable[[str], Case]
) -> None:
    case = new_case("Vårdprogram för stroke")
    region, lpo = body(county, "region"), body(county, "lpo")
    assert [item.name for item in open_work(registrar, region, at=AT).items] == ["Steg a"]
    assert open_work(registrar, lpo, at=AT).total == 0
    perform(registrar, open_item(case.instance, "1"))
    perform(registrar, open_item(case.instance, "2"))
    assert open_work(registrar, region, at=AT).total == 0


def test_of_much_work_the_most_urgent_is_shown_and_all_is_counted(
    county: County, registrar: User, new_case: Callable[[str], Case], django_assert_max_num_queries
) -> None:
    for number in range(MOST_ITEMS + 2):
        new_case(f"Ärende {number}")
    work = open_work(registrar, body(county, "region"), at=AT)
    assert (len(work.items), work.total) == (MOST_ITEMS, MOST_ITEMS + 2)
    client = signed_in(registrar)
    with django_assert_max_num_queries(45):
        page = text_of(client.get("/organisation/region-exempellan/").text)
    assert f"De {MOST_ITEMS} mest brådskande av {MOST_ITEMS + 2}." in page


def test_the_body_meets_on_the_day_that_was_said_last_about_each_case_that_waits_for_it(
    county: County, registrar: User, new_case: Callable[[str], Case]
) -> None:
    cases = {subject: new_case(subject) for subject in ("Stroke", "KOL", "Demens", "Sår", "Sepsis")}
    days = {"Stroke": "2026-10-05", "KOL": "2026-10-05", "Demens": "2026-09-16", "Sår": "2026-09-15"}
    for subject, on in days.items():
        perform(registrar, open_item(cases[subject].instance, "1"), {"meeting_on": on})
    meetings = coming_meetings(registrar, body(county, "region"), at=AT)
    assert [(meeting.on, [case.subject for case in meeting.cases]) for meeting in meetings] == [
        (date(2026, 9, 16), ["Demens"]),
        (date(2026, 10, 5), ["Stroke", "KOL"]),
    ]
    assert coming_meetings(registrar, body(county, "lpo"), at=AT) == []
    perform(registrar, open_item(cases["Demens"].instance, "2"), {"meeting_on": "2026-11-01"})
    assert [meeting.on for meeting in coming_meetings(registrar, body(county, "region"), at=AT)] == [date(2026, 10, 5)]
    page = text_of(signed_in(registrar).get("/organisation/region-exempellan/").text)
    assert "Kommande sammanträden måndag 5 oktober 2026 Stroke KOL" in page


def test_decisions_of_the_body_are_shown_to_those_who_may_read_the_case(
    county: County, registrar: User, new_case: Callable[[str], Case], reader: User
) -> None:
    case = new_case("Vårdprogram för stroke")
    leadership = body(county, "lansledning")
    for on, text in ((date(2026, 9, 1), "Arbetet fortsätter."), (date(2026, 9, 10), "Gruppen tillsätts.")):
        record_decision(
            actor=registrar,
            case=case,
            nature=DecisionNature.DECISION,
            body=leadership,
            decided_on=on,
            decided_until=None,
            paragraph="§ 12",
            outcome="",
            text=text,
            minutes=None,
            item=open_item(case.instance, "1"),
            function="Registrator",
            at=AT,
        )
    page = text_of(signed_in(registrar).get("/organisation/lansledning-exempellan/").text)
    assert "Beslut och rekommendationer" in page
    assert page.index("Gruppen tillsätts.") < page.index("Arbetet fortsätter.")
    earlier = text_of(signed_in(registrar).get("/organisation/lansledning-exempellan/", {"datum": "2026-09-05"}).text)
    assert "Arbetet fortsätter." in earlier
    assert "Gruppen tillsätts." not in earlier
    outsider = text_of(signed_in(reader).get("/organisation/lansledning-exempellan/").text)
    assert "Arbetet fortsätter." not in outsider


def test_who_may_not_read_the_countys_cases_sees_no_work_and_no_meetings(
    county: County, registrar: User, new_case: Callable[[str], Case], reader: User
) -> None:
    case = new_case("Hemligt ärende")
    perform(registrar, open_item(case.instance, "1"), {"meeting_on": "2026-10-05"})
    assert open_work(reader, body(county, "region"), at=AT).total == 0
    assert coming_meetings(reader, body(county, "region"), at=AT) == []
    assert "Hemligt ärende" not in text_of(signed_in(reader).get("/organisation/region-exempellan/").text)


def test_a_convener_fills_the_seats_of_the_group_from_its_page(county: County, registrar: User) -> None:
    group = Group.objects.create(key="lag", name="LAG sår", kind="WORKING_GROUP", level="LOCAL", county=county)
    convener = make_user("sammankallande")
    hold(convener, Seat.objects.create(body=group, function="CONVENER", title="Sammankallande"))
    Seat.objects.create(body=group, function="EXPERT", title="Sjuksköterska, Ånge")
    shown = links_of(signed_in(convener).get("/organisation/lag/").text)
    assert {"Utse Sammankallande", "Utse Sjuksköterska, Ånge"} <= shown.keys()
    assert "Utse Sammankallande" not in links_of(signed_in(registrar).get("/organisation/lag/").text)
    assert "Utse Ordförande" not in links_of(signed_in(convener).get(f"/organisation/{Body.objects.get(key='lpo-exempellan').key}/").text)
