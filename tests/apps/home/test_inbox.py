from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.home.presenters import inbox as presenter
from styrkedja.home.selectors.inbox import Light
from styrkedja.ui.components import Figure
from styrkedja.workflows.models import Notice, WorkItem
from tests.factories.accounts import make_user
from tests.factories.walks import AT, AT_ASSESSMENT, MIND, OLD, PARKED, REGISTERED, World, item_of, once

SignedIn = Callable[[str], Client]
TODAY = AT.date()


@pytest.fixture(scope="module")
def assessed(case_at: Callable[..., Case]) -> Case:
    """Two LPO are to assess (step 4)."""
    return case_at(AT_ASSESSMENT)


@pytest.fixture(scope="module")
def registered(case_at: Callable[..., Case]) -> Case:
    """The coordinator is to forward (step 3)."""
    return case_at(REGISTERED)


def rows(client: Client, query: str = "") -> list[str]:
    return [row.item.node_id for row in client.get(f"/{query}").context["rows"]]


def due(item: WorkItem, day: date | None) -> None:
    WorkItem.objects.filter(pk=item.pk).update(due_on=day)


def test_what_one_may_do_is_there_with_case_step_and_date(assessed: Case, world: World, signed_in: SignedIn) -> None:
    item = item_of(assessed, "assess_municipal_relevance", OLD)
    due(item, date(2026, 9, 24))
    response = signed_in(OLD).get("/")
    [row] = response.context["rows"]
    assert (row.subject, row.reference, row.case_url) == ("Vårdprogram: demens", assessed.registry_number, f"/arenden/{assessed.number}/")
    assert row.note == "Steg 4 · Remiss · Ordförande eller processledare, LPO äldres hälsa"
    assert (row.status.word, row.can_take, row.is_mine, row.claim_url) == ("Att göra", True, False, f"/uppgifter/{item.pk}/ta/")
    text = " ".join(response.content.decode().split())
    assert "Bedöm om ärendet berör kommunerna" in text
    assert "24 sep" in text
    assert "om 6 arbetsdagar" in text


def test_a_taken_task_is_continued(assessed: Case, world: World, signed_in: SignedIn) -> None:
    item, client = item_of(assessed, "assess_municipal_relevance", OLD), signed_in(OLD)
    client.post(f"/uppgifter/{item.pk}/ta/")
    [row] = client.get("/").context["rows"]
    assert (row.is_mine, row.can_take, row.status.word) == (
        True,
        False,
        "Snart" if row.item.due_on <= TODAY + timedelta(days=7) else "Pågår",
    )
    assert "Fortsätt" in client.get("/").content.decode()


def test_whoever_has_nothing_to_do_is_told_so(world: World, signed_in: SignedIn) -> None:
    response = signed_in("kfvn-enhetschef").get("/")
    assert response.context["lead"] == "Onsdag 16 september. Du har inget att göra just nu."
    assert "När något behöver göras av en funktion som du har står det här." in response.content.decode()


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ([], "Onsdag 16 september. Du har inget att göra just nu."),
        ([None, TODAY + timedelta(days=8)], "Onsdag 16 september. Inget är försenat och inget förfaller inom 7 dagar."),
        ([TODAY - timedelta(days=1)], "Onsdag 16 september. En uppgift är försenad."),
        ([TODAY], "Onsdag 16 september. En uppgift förfaller inom 7 dagar."),
        (
            [TODAY - timedelta(days=1), TODAY + timedelta(days=7)],
            "Onsdag 16 september. En uppgift är försenad och en förfaller inom 7 dagar.",
        ),
        (
            [TODAY - timedelta(days=9)] * 3 + [TODAY] * 12,
            "Onsdag 16 september. Tre uppgifter är försenade och tolv förfaller inom 7 dagar.",
        ),
        ([TODAY - timedelta(days=9)] * 13, "Onsdag 16 september. 13 uppgifter är försenade."),
    ],
)
def test_the_sentence_counts_what_is_late_and_what_is_soon(dates: list[date | None], said: str) -> None:
    assert presenter.sentence([Light(n, day, "4", None, 1) for n, day in enumerate(dates)], at=AT) == said


def test_the_figures_count_and_lead_to_what_they_count() -> None:
    items = [Light(n, day, "4", None, 1) for n, day in enumerate([TODAY - timedelta(days=1), TODAY, None])]
    assert presenter.figures(items, running=(500, True), watched=2, at=AT) == [
        Figure("1", "försenad uppgift", "danger", "/?visa=forsenade"),
        Figure("1", "förfaller inom 7 dagar", "warn", "/?visa=snart"),
        Figure("fler än 500", "pågående ärenden i länet", "info", "/arenden/"),
        Figure("2", "bevakningar", "info", "/?visa=bevakade"),
    ]
    assert [figure.tone for figure in presenter.figures([], running=(0, False), watched=0, at=AT)] == ["info"] * 4


def test_each_filter_leaves_what_it_says(assessed: Case, registered: Case, world: World, signed_in: SignedIn) -> None:
    """LPO äldres hälsa stands in for the coordinator and so has steps 3 and 4."""
    world.substitute("samordnare", OLD)
    client, forward, assess = (
        signed_in(OLD),
        item_of(registered, "forward_consultation"),
        item_of(assessed, "assess_municipal_relevance", OLD),
    )
    due(forward, TODAY - timedelta(days=1))
    due(assess, None)
    assert rows(client) == ["forward_consultation", "assess_municipal_relevance"]
    assert rows(client, "?visa=forsenade") == ["forward_consultation"]
    assert rows(client, "?visa=snart") == []
    assert rows(client, "?visa=utan-datum") == ["assess_municipal_relevance"]
    assert rows(client, "?steg=4") == ["assess_municipal_relevance"]
    assert rows(client, "?q=demens") == ["forward_consultation", "assess_municipal_relevance"]
    assert rows(client, "?q=vidarebefordra") == ["forward_consultation"]
    assert rows(client, f"?q={registered.registry_number}") == ["forward_consultation"]
    assert rows(client, "?q=artros") == []
    organ = {name: key for key, name in client.get("/").context["form"].fields["organ"].choices}
    assert rows(client, f"?organ={organ['RVN']}") == ["forward_consultation"]
    assert rows(client, f"?organ={organ['LPO äldres hälsa']}&visa=forsenade") == []
    assert rows(client, "?visa=mina") == []
    client.post(f"/uppgifter/{forward.pk}/ta/")
    assert rows(client, "?visa=mina") == ["forward_consultation"]
    assert rows(signed_in("samordnare"), "?visa=andras") == ["forward_consultation"]
    assert rows(signed_in("samordnare")) == []


@pytest.mark.parametrize("query", ["?visa=nonsens", "?steg=99", "?organ=abc", "?organ=999999", "?page=x", "?page=99"])
def test_a_filter_that_means_nothing_narrows_nothing(assessed: Case, world: World, signed_in: SignedIn, query: str) -> None:
    assert rows(signed_in(OLD), query) == ["assess_municipal_relevance"]


def test_watched_tasks_are_shown_also_when_others_do_them(assessed: Case, world: World, signed_in: SignedIn) -> None:
    client, item = signed_in("samordnare"), item_of(assessed, "assess_municipal_relevance", MIND)
    client.post(f"/uppgifter/{item.pk}/bevakning/", once({"follow_up_on": "2026-09-21"}))
    response = client.get("/?visa=bevakade")
    [row] = response.context["rows"]
    assert (row.item, row.can_take, row.is_mine) == (item, False, False)
    assert response.context["figures"][3].value == "1"
    assert rows(signed_in(MIND), "?visa=bevakade") == []


def test_what_waits_on_others_says_for_what_for_whom_and_since_when(assessed: Case, case_at, world: World, signed_in: SignedIn) -> None:
    response = signed_in("registrator").get("/")
    [row] = [row for row in response.context["waiting"] if row.reference == assessed.registry_number]
    assert row.what == "Steg 4 Bedöm om ärendet berör kommunerna"
    assert row.whom == "Ordförande eller processledare, LPO äldres hälsa och 1 till"
    assert row.since.date() == TODAY - timedelta(days=1)
    assert [row.reference for row in signed_in("kfvn-enhetschef").get("/").context["waiting"]] == []


def test_a_case_in_which_one_has_something_to_do_does_not_wait_on_others(assessed: Case, world: World, signed_in: SignedIn) -> None:
    mine = item_of(assessed, "assess_municipal_relevance", OLD)
    assert mine.pk in {row.item.pk for row in signed_in(OLD).get("/").context["rows"]}
    assert [row.reference for row in signed_in(OLD).get("/").context["waiting"]] == []


def test_a_parked_case_waits_for_its_date(world: World, signed_in: SignedIn) -> None:
    case = world.walk(PARKED)
    [row] = [row for row in signed_in("kfvn-samordnare").get("/").context["waiting"] if row.reference == case.registry_number]
    assert (row.what, row.due_on) == ("LPO omprövar prioriteringen den dag som LPO har bestämt.", date(2027, 3, 1))


def test_a_substitute_is_told_for_whom(world: World, signed_in: SignedIn) -> None:
    world.substitute("samordnare", OLD)
    told = signed_in(OLD).get("/").context["standing_in"]
    assert told == ["Du är ersättare för Samordnare för kunskapsstyrning, Region Västernorrland till och med 15 sep 2027."]


def test_nobody_sees_the_work_of_a_county_without_a_seat_in_it(assessed: Case, world: World, at) -> None:
    client = Client()
    client.force_login(make_user("utomstaende"), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/")
    assert (response.status_code, response.context["rows"], response.context["waiting"]) == (200, [], [])
    assert response.context["figures"][2].value == "0"


def test_signed_out_one_is_led_to_signing_in(db: None) -> None:
    response = Client().get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/konto/logga-in/?next=/")


def test_the_page_costs_the_same_however_much_there_is_to_do(
    case_at, world: World, signed_in: SignedIn, django_assert_max_num_queries
) -> None:
    client = signed_in(OLD)
    client.get("/")
    for _more in range(2):
        with django_assert_max_num_queries(23):
            client.get("/?q=demens")
        for _case in range(3):
            world.walk(AT_ASSESSMENT)


def test_more_tasks_ask_no_more_of_the_database(
    registered: Case, assessed: Case, world: World, signed_in: SignedIn, django_assert_num_queries: Callable[[int], object]
) -> None:
    """Also for what the reader is told of, and for what waits on others."""
    reader, client = User.objects.get(username="samordnare"), signed_in("samordnare")

    def hears_of(*cases: Case) -> None:
        Notice.objects.filter(instance__case__in=cases, item__state="OPEN").update(account=reader, read_at=None)

    hears_of(assessed)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        first = client.get("/")
    hears_of(world.walk(REGISTERED, subject="Vårdprogram: artros"), world.walk(AT_ASSESSMENT, subject="Vårdprogram: artros"))
    with django_assert_num_queries(len(few)):
        second = client.get("/")
    assert [[len(page.context[part]) for part in ("rows", "waiting", "ids")] for page in (first, second)] == [[1, 1, 3], [2, 2, 6]]


def test_what_one_is_told_of_a_case_calls_it_what_the_list_does(registered: Case, world: World, signed_in: SignedIn) -> None:
    Notice.objects.filter(instance=registered.instance_id).update(account=User.objects.get(username="samordnare"), read_at=None)
    context = signed_in("samordnare").get("/").context
    assert {event.text for event in context["events"]} == {f"{registered.registry_number} Vårdprogram: demens"}
    assert [row.reference for row in context["rows"]] == [registered.registry_number]
