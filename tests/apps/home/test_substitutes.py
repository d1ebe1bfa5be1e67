from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from styrkedja.cases.models import Case
from styrkedja.organisations.models import Substitution
from styrkedja.workflows.models import EventKind, HistoryEvent, ItemState
from styrkedja.workflows.services import claim
from tests.factories.walks import AT, AT_ASSESSMENT, MIND, OLD, World, item_of, step_post

SignedIn = Callable[[str], Client]


def form(world: World, username: str = "samordnare", first: str = "2026-09-21", last: str = "2026-09-25") -> dict[str, object]:
    return {"submission": str(uuid4()), "substitute": world.person(username).pk, "first": first, "last": last, "reason": "Semester"}


def test_a_period_holds_from_its_first_day_to_its_last(world: World, signed_in: SignedIn) -> None:
    client, sent = signed_in(OLD), form(world)
    for _twice in range(2):
        response = client.post("/ersattare/", sent)
        assert (response.status_code, response.headers["Location"]) == (302, "/ersattare/")
    row = Substitution.objects.get()
    assert (row.account, row.substitute, row.valid_from, row.valid_until) == (
        world.person(OLD),
        world.person("samordnare"),
        date(2026, 9, 21),
        date(2026, 9, 26),
    )
    [shown] = client.get("/ersattare/").context["my_substitutes"]
    assert (shown.name, shown.first, shown.last, shown.is_now) == (
        "Samordnare för kunskapsstyrning, Region Västernorrland",
        "21 sep 2026",
        "25 sep 2026",
        False,
    )
    [other] = signed_in("samordnare").get("/ersattare/").context["standing_in"]
    assert (other.name, other.reason) == ("LPO äldres hälsa", "Semester")


def test_those_who_can_stand_in_come_in_swedish_order_without_oneself(world: World, signed_in: SignedIn) -> None:
    names = [name for _key, name in signed_in(OLD).get("/ersattare/").context["form"].fields["substitute"].choices][1:]
    assert "LPO äldres hälsa" not in names
    assert names.index("LPO psykisk hälsa") < names.index("Registrator, Region Västernorrland")


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"last": "2026-09-20"}, ["last"]),
        ({"first": "2026-09-01", "last": "2026-09-15"}, ["__all__"]),
        ({"substitute": "0"}, ["substitute"]),
        ({"first": ""}, ["first"]),
    ],
)
def test_a_period_that_cannot_be_is_refused_at_its_field(
    world: World, signed_in: SignedIn, change: dict[str, str], fields: list[str]
) -> None:
    response = signed_in(OLD).post("/ersattare/", form(world) | change)
    assert (response.status_code, list(response.context["form"].errors)) == (422, fields)
    assert not Substitution.objects.exists()


def test_a_substitute_is_ended_before_time(world: World, signed_in: SignedIn) -> None:
    client = signed_in(OLD)
    client.post("/ersattare/", form(world, first="2026-09-14"))
    row = Substitution.objects.get()
    assert client.get("/ersattare/").context["my_substitutes"][0].is_now is True
    for _twice in range(2):
        assert client.post(f"/ersattare/{row.pk}/avsluta/").headers["Location"] == "/ersattare/"
    row.refresh_from_db()
    assert row.valid_until == date(2026, 9, 16)
    assert client.get("/ersattare/").context["my_substitutes"] == []


def test_nobody_ends_what_does_not_concern_them(world: World, signed_in: SignedIn) -> None:
    signed_in(OLD).post("/ersattare/", form(world))
    row = Substitution.objects.get()
    assert signed_in(MIND).post(f"/ersattare/{row.pk}/avsluta/").status_code == 404
    row.refresh_from_db()
    assert row.valid_until == date(2026, 9, 26)


def test_what_the_absent_has_taken_the_substitute_sees_and_does(case_at: Callable[..., Case], world: World, signed_in: SignedIn) -> None:
    item = item_of(case_at(AT_ASSESSMENT), "assess_municipal_relevance", OLD)
    claim(actor=world.person(OLD), item_id=item.pk, at=AT)
    item.refresh_from_db()
    world.substitute(OLD, MIND)
    client = signed_in(MIND)
    start, page = client.get("/"), client.get(f"/uppgifter/{item.pk}/")
    assert item.pk in [row.item.pk for row in start.context["rows"]]
    assert "LPO äldres hälsa har tagit uppgiften. Du är ersättare och kan göra den." in page.content.decode()
    assert client.post(f"/uppgifter/{item.pk}/", step_post(item, {"grounds": "Berör"}, "yes")).status_code == 302
    event = HistoryEvent.objects.get(kind=EventKind.COMPLETED, token=item.token)
    assert (event.account, event.function.rpartition(", ")[2]) == (world.person(MIND), "LPO äldres hälsa")


@pytest.mark.parametrize("standing_in", [False, True])
def test_what_a_colleague_has_taken_is_done_by_nobody_else(
    case_at: Callable[..., Case], world: World, signed_in: SignedIn, standing_in: bool
) -> None:
    """Neither when the substitution is over, nor by a substitute of another than the one who has taken it."""
    item = item_of(case_at(AT_ASSESSMENT), "assess_municipal_relevance", OLD)
    row = world.substitute(OLD, MIND)
    claim(actor=world.person(MIND) if standing_in else world.person(OLD), item_id=item.pk, at=AT)
    item.refresh_from_db()
    if standing_in:
        world.substitute(OLD, "samordnare")
    else:
        Substitution.objects.filter(pk=row.pk).update(valid_from=AT.date() - timedelta(days=7), valid_until=AT.date())
    client = signed_in("samordnare" if standing_in else MIND)
    assert item.pk not in [row.item.pk for row in client.get("/").context["rows"]]
    assert client.post(f"/uppgifter/{item.pk}/", step_post(item, {"grounds": "Berör"}, "yes")).status_code in {403, 409}
    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    assert not HistoryEvent.objects.filter(kind=EventKind.COMPLETED, token=item.token).exists()
