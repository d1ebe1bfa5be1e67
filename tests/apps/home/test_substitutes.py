from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from styrkedja.organisations.models import Substitution
from tests.factories.walks import MIND, OLD, World

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
