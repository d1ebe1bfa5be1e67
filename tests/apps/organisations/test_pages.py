"""The tree, and the pages on which seats are filled and emptied."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County, Membership, Seat
from styrkedja.organisations.services import load_county
from tests.apps.organisations import files
from tests.apps.organisations.reading import links_of, opened, signed_in, text_of
from tests.factories.accounts import make_user
from tests.factories.counties import hold

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
NOT_ALLOWED = "Bara länets samordnare, gruppens sammankallande eller en systemförvaltare kan ändra vem som innehar platsen."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def reader(db: None) -> User:
    return make_user("reader", name="Läsaren")


@pytest.fixture
def coordinator(vasternorrland: County) -> User:
    found = make_user("samordnare", name="Samordnaren")
    hold(found, Seat.objects.get(body__key="region-vasternorrland", function="COORDINATOR"))
    return found


@pytest.fixture
def chair(vasternorrland: County) -> Seat:
    return Seat.objects.get(body__key="lpo-psykisk-halsa", function="CHAIR")


# The tree


def test_the_tree_shows_the_county_and_the_nation_under_headings_for_each_kind(reader: User, vasternorrland: County) -> None:
    response = signed_in(reader).get("/organisation/")
    assert response.status_code == 200
    page = text_of(response.text)
    assert page.startswith("Organisation Vilka som ingår i samverkan, hur de hör ihop och vem som gör vad. Följ upp programområden")
    county, _heading, nation = page.partition("Nationellt och sjukvårdsregionalt")
    assert "Västernorrlands län Region Region Västernorrland (RVN) Fullmäktige" in county
    assert "Lokala programområden (LPO) under Region Västernorrland (RVN) 16 LPO akutvård LPO barn- och ungdomars hälsa" in county
    assert (
        "Kommuner 7 Härnösands kommun Kramfors kommun Sollefteå kommun Sundsvalls kommun Timrå kommun Ånge kommun Örnsköldsviks kommun"
        in county
    )
    assert "Nation Sverige Nationell aktör under Sverige Sveriges Kommuner och Regioner (SKR) Sjukvårdsregioner under Sverige 6" in nation
    assert "Region Halland · även under Södra sjukvårdsregionen".replace("· ", "") in nation


def test_long_lists_are_closed_until_they_are_opened(reader: User, vasternorrland: County) -> None:
    found = opened(signed_in(reader).get("/organisation/").text)
    assert found["Kommuner"] is True
    assert found["Lokala programområden (LPO)"] is False
    assert found["Nationella programområden (NPO)"] is False


def test_every_body_leads_to_its_page_on_the_day_that_is_shown(reader: User, vasternorrland: County) -> None:
    client = signed_in(reader)
    assert links_of(client.get("/organisation/").text)["LPO kirurgi"] == "/organisation/lpo-kirurgi/"
    earlier = links_of(client.get("/organisation/", {"datum": "2026-03-01"}).text)
    assert earlier["LPO kirurgi"] == "/organisation/lpo-kirurgi/?datum=2026-03-01"


def test_the_bodies_of_the_reader_are_marked(coordinator: User) -> None:
    assert "Region Västernorrland (RVN) Du ingår" in text_of(signed_in(coordinator).get("/organisation/").text)


@pytest.mark.parametrize(
    ("sought", "hits", "shown", "hidden"),
    [
        (
            "stroke",
            "1 träff på ”stroke”.",
            ["LPO medicin och hjärtsjukdomar delområde: Stroke"],
            ["LPO kirurgi", "Nationellt och sjukvårdsregionalt"],
        ),
        ("  PSYKISK ", "2 träffar på ”PSYKISK”.", ["LPO psykisk hälsa", "NPO psykisk hälsa"], ["LPO kirurgi"]),
        ("hälsam", "5 träffar på ”hälsam”.", ["HälSam, politisk nivå"], ["KFVN"]),
        ("zzz", "0 träffar på ”zzz”. Inget stämmer med sökningen", [], ["Västernorrlands län Region", "Sverige"]),
    ],
)
def test_a_search_leaves_what_it_finds_and_what_that_stands_under(
    sought: str, hits: str, shown: list[str], hidden: list[str], reader: User, vasternorrland: County
) -> None:
    html = signed_in(reader).get("/organisation/", {"q": sought}).text
    page = text_of(html)
    assert hits in page
    assert all(text in page for text in shown)
    assert not any(text in page for text in hidden)
    assert all(opened(html).values())


def test_the_tree_on_an_earlier_day_has_the_names_of_that_day_and_says_so(reader: User, vasternorrland: County) -> None:
    load_county(actor=None, values=files.with_group(files.vasternorrland(), "lpo-kirurgi", name="LPO knivar"), at=AT)
    client = signed_in(reader)
    today, earlier = (text_of(client.get("/organisation/", {"datum": on}).text) for on in ("2026-09-16", "2026-09-15"))
    assert "LPO knivar" in today
    assert "Du ser organisationen" not in today
    assert "LPO kirurgi" in earlier
    assert "LPO knivar" not in earlier
    assert "Du ser organisationen så som den är beskriven för tisdag 15 september 2026. Visa dagens" in earlier


@pytest.mark.parametrize("address", ["/organisation/", "/organisation/uppfoljning/", "/organisation/lpo-kirurgi/"])
def test_of_a_day_before_the_first_that_is_described_it_is_said_that_nothing_is_known(
    address: str, reader: User, vasternorrland: County
) -> None:
    # A later change of the files moves nothing.
    load_county(actor=None, values=files.with_group(files.vasternorrland(), "lpo-kirurgi", name="LPO knivar"), at=AT)
    before, first = (text_of(signed_in(reader).get(address, {"datum": on}).text) for on in ("1800-01-01", "2026-01-05"))
    told = "Organisationen är beskriven från och med måndag 5 januari 2026. Hur den såg ut onsdag 1 januari 1800 är inte känt"
    assert told in before
    assert "är inte känt" not in first
    assert "Du ser organisationen så som den är beskriven för måndag 5 januari 2026." in first


def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(reader: User, vasternorrland: County) -> None:
    page = text_of(signed_in(reader).get("/organisation/", {"datum": "i går"}).text)
    assert "Ange ett datum, till exempel 2026-11-24." in page
    assert "LPO kirurgi" in page
    assert "Du ser organisationen" not in page


def test_of_several_counties_the_readers_own_is_shown_first(coordinator: User, jamtland: County, reader: User) -> None:
    assert "Kommunförbundet Västernorrland (KFVN)" in text_of(signed_in(coordinator).get("/organisation/").text)
    assert "Fredagsgruppen" in text_of(signed_in(coordinator).get("/organisation/", {"lan": "jamtland-harjedalen"}).text)
    assert "Fredagsgruppen" in text_of(signed_in(reader).get("/organisation/").text)
    asked = signed_in(coordinator).get("/organisation/", {"lan": "ingenstans"})
    assert "Kommunförbundet Västernorrland (KFVN)" in text_of(asked.text)
    options = asked.text.partition('name="lan"')[2].partition("</select>")[0]
    assert options.index("Västernorrlands län") < options.index("Jämtlands län")


def test_without_a_county_the_page_says_what_to_do(reader: User) -> None:
    page = text_of(signed_in(reader).get("/organisation/").text)
    assert "Ingen organisation är inläst Läs in ett län med kommandot styrkedja county load." in page


def test_the_tree_costs_the_same_however_large_it_is(coordinator: User, jamtland: County, django_assert_max_num_queries) -> None:
    client = signed_in(coordinator)
    with django_assert_max_num_queries(16):
        client.get("/organisation/", {"q": "psykisk"})


@pytest.mark.parametrize(
    "address", ["/organisation/", "/organisation/uppfoljning/", "/organisation/uppfoljning.csv", "/organisation/lpo-kirurgi/"]
)
def test_who_has_not_signed_in_is_sent_to_do_so(address: str, client, db: None) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/konto/logga-in/")


# Filling seats


def filled(**change: str) -> dict[str, str]:
    return {"submission": str(uuid4()), "account": "reader", "first": "2026-09-16", "last": ""} | change


def test_the_coordinator_appoints_somebody(coordinator: User, chair: Seat, reader: User) -> None:
    client = signed_in(coordinator)
    address = f"/organisation/plats/{chair.pk}/utse/"
    page = client.get(address)
    assert "Utse innehavare Ordförande i LPO psykisk hälsa. Ingen innehar platsen." in text_of(page.text)
    assert "Avsluta det nuvarande innehavet" not in page.text
    groups = re.findall(r'<optgroup label="([^"]*)">', page.text)
    assert groups == ["Västernorrlands län", "Utan plats i något län"]
    assert '<option value="reader">Läsaren (reader)</option>' in page.text
    done = client.post(address, filled(last="2026-12-31"))
    assert (done.status_code, done.url) == (302, "/organisation/lpo-psykisk-halsa/")
    (made,) = Membership.objects.filter(seat=chair)
    assert (made.account, made.valid_from, made.valid_until) == (reader, date(2026, 9, 16), date(2027, 1, 1))
    shown = text_of(client.get(done.url).text)
    assert "Läsaren är utsedd till Ordförande." in shown
    assert "Ordförande Läsaren 16 sep 2026–31 dec 2026 · Avsluta" in shown


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"account": ""}, "Välj vem som ska inneha platsen."),
        ({"account": "stängd"}, "Välj ett giltigt alternativ. stängd finns inte bland tillgängliga alternativ."),
        ({"first": ""}, "Ange den första dagen."),
        ({"last": "2026-09-15"}, "Slutdatumet ligger före startdatumet. Rätta det ena."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_happens(
    change: dict[str, str], said: str, coordinator: User, chair: Seat, reader: User
) -> None:
    make_user("stängd", active=False)
    response = signed_in(coordinator).post(f"/organisation/plats/{chair.pk}/utse/", filled(**change))
    assert response.status_code == 422
    assert said in text_of(response.text)
    assert not Membership.objects.filter(seat=chair).exists()


def test_the_same_form_sent_twice_appoints_once(coordinator: User, chair: Seat, reader: User) -> None:
    client, address, sent = signed_in(coordinator), f"/organisation/plats/{chair.pk}/utse/", filled()
    first, second = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, first.url, second.url) == (302, second.url, "/organisation/lpo-psykisk-halsa/")
    assert "Det var redan sparat." in text_of(client.get(second.url).text)
    another = client.post(address, filled())
    assert "Läsaren innehar redan platsen under den tiden." in text_of(another.text)
    assert Membership.objects.filter(seat=chair).count() == 1


def test_who_holds_the_seat_is_said_and_leaves_it_when_that_is_confirmed(coordinator: User, chair: Seat, reader: User) -> None:
    former = hold(make_user("ordforande", name="Ordföranden"), chair, valid_from=date(2026, 1, 1))
    client, address = signed_in(coordinator), f"/organisation/plats/{chair.pk}/utse/"
    assert "Platsen innehas av Ordföranden, från 1 jan 2026." in text_of(client.get(address).text)
    refused = client.post(address, filled())
    assert (refused.status_code, Membership.objects.filter(seat=chair).count()) == (422, 1)
    assert "och den innehas av en i taget. Avsluta det innehavet först" in text_of(refused.text)
    former.refresh_from_db()
    assert former.valid_until is None
    assert client.post(address, filled(replaces="on")).status_code == 302
    former.refresh_from_db()
    assert former.valid_until == date(2026, 9, 16)


def test_a_period_in_the_past_is_told_as_what_was(coordinator: User, chair: Seat, reader: User) -> None:
    client = signed_in(coordinator)
    done = client.post(f"/organisation/plats/{chair.pk}/utse/", filled(first="2026-02-01", last="2026-03-01"))
    shown = text_of(client.get(done.url).text)
    assert "Det är antecknat att Läsaren var Ordförande mellan 1 feb 2026 och 1 mar 2026." in shown
    assert "utsedd" not in shown


def test_a_membership_is_ended_with_its_last_day(coordinator: User, chair: Seat, reader: User) -> None:
    held = hold(reader, chair, valid_from=date(2026, 1, 1))
    client, address = signed_in(coordinator), f"/organisation/innehav/{held.pk}/avsluta/"
    page = text_of(client.get(address).text)
    assert "Avsluta innehav Läsaren innehar platsen Ordförande, från 1 jan 2026." in page
    sent = {"submission": str(uuid4()), "last": "2026-09-30"}
    done = client.post(address, sent)
    assert done.url == client.post(address, sent).url == "/organisation/lpo-psykisk-halsa/"
    held.refresh_from_db()
    assert held.valid_until == date(2026, 10, 1)
    assert "Läsaren lämnar platsen Ordförande." in text_of(client.get(done.url).text)
    again = client.post(address, {"submission": str(uuid4()), "last": "2026-10-31"})
    assert "Tiden slutar redan den 1 okt 2026 och kan bara göras kortare." in text_of(again.text)


def pages(chair: Seat, held: Membership) -> list[str]:
    return [f"/organisation/plats/{chair.pk}/utse/", f"/organisation/innehav/{held.pk}/avsluta/"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_is_told_why_and_nothing_happens(method: str, chair: Seat, reader: User, vasternorrland: County) -> None:
    held = hold(make_user("ordforande"), chair, valid_from=date(2026, 1, 1))
    before = list(Membership.objects.values())
    client = signed_in(reader)
    for address in pages(chair, held):
        send: Callable[..., object] = getattr(client, method)
        response = send(address, filled() if method == "post" else None)
        assert response.status_code == 403
        assert NOT_ALLOWED in text_of(response.text)
    assert list(Membership.objects.values()) == before


def test_what_does_not_exist_is_not_found(coordinator: User) -> None:
    client = signed_in(coordinator)
    for address in ("/organisation/plats/0/utse/", "/organisation/innehav/0/avsluta/"):
        assert client.get(address).status_code == 404
