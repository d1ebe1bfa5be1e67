"""The button on a working group's page, and what stands in its way."""

from collections.abc import Iterator

import pytest
import time_machine

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.services import open_case
from styrkedja.core.policies.refusal import Refused
from styrkedja.organisations.models import County, Group
from styrkedja.organisations.services import NewMember, compose_working_group
from styrkedja.workflows.models import HistoryEvent, WorkItem
from styrkedja.workflows.services.groups import close_working_group
from tests.apps.organisations.reading import links_of, signed_in, text_of
from tests.factories.accounts import MADE_AT, make_user
from tests.factories.counties import body, make_county, make_holder
from tests.factories.workflows import AT, builder, open_item, perform, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def coordinator(county: County) -> User:
    return make_holder(county, "region", "COORDINATOR", username="samordnare")


@pytest.fixture
def group(county: County) -> Group:
    named = {"name": "LAG stroke", "mandate": "Analysera.", "parent": body(county, "lpo"), "convener": make_user("sammankallande")}
    return compose_working_group(actor=make_user("chef"), county=county, members=[NewMember("Logoped", "Ånge")], at=MADE_AT, **named)


@pytest.fixture
def case(county: County, registrar: User, group: Group) -> Case:
    """Step 1 was done by the registrar, who named the group; step 2 waits for the group's convener, step 3 for the registrar."""
    convener = f'<s:role id="convener" name="Sammankallande" colour="region" function="CONVENER" body="key:{group.key}"/>'
    routine = builder(county).extension(convener).start().task("compose", number="1").task("analyse", number="2", role="convener")
    definition = publish(county, routine.task("go_on", number="3").end().path("start", "compose", "analyse", "go_on", "done"))
    found = open_case(actor=registrar, county=county, definition=definition, subject="Stroke", givens={}, at=AT)
    perform(registrar, open_item(found.instance, "1"), {"group": group.key})
    return found


def address(group: Group) -> str:
    return f"/organisation/{group.key}/avsluta/"


def test_who_may_finds_the_button_and_closes_the_group(group: Group, coordinator: User) -> None:
    client = signed_in(coordinator)
    assert links_of(client.get(f"/organisation/{group.key}/").text)["Avsluta gruppen"] == address(group)
    page = client.get(address(group))
    assert "Gruppen och dess platser finns inte från och med i dag." in text_of(page.text)
    assert "i ärenden som pågår" not in text_of(page.text)
    answer = client.post(address(group), {"reason": "Uppdraget är slutfört."})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/organisation/{group.key}/")
    closed = client.get(f"/organisation/{group.key}/")
    assert [str(message) for message in closed.context["messages"]] == ["LAG stroke är avslutad."]
    assert "Organet fanns inte" in text_of(closed.text)
    assert "Avsluta gruppen" not in links_of(closed.text)
    again = client.post(address(group), {"reason": "Uppdraget är slutfört."})
    assert again.status_code == 302


def test_who_may_not_finds_no_button_and_no_page(group: Group, county: County, registrar: User) -> None:
    client = signed_in(registrar)
    assert "Avsluta gruppen" not in links_of(client.get(f"/organisation/{group.key}/").text)
    assert [client.get(address(group)).status_code, client.post(address(group), {"reason": "Klart."}).status_code] == [403, 403]
    group.refresh_from_db()
    assert group.valid_until is None


def test_other_bodies_have_no_such_button(county: County, coordinator: User) -> None:
    client, lpo = signed_in(coordinator), body(county, "lpo")
    assert "Avsluta gruppen" not in links_of(client.get(f"/organisation/{lpo.key}/").text)
    assert client.get(f"/organisation/{lpo.key}/avsluta/").status_code == 403
    assert client.get(f"/organisation/{body(county, 'region').key}/avsluta/").status_code == 404


def test_a_reason_is_asked_for(group: Group, coordinator: User) -> None:
    answer = signed_in(coordinator).post(address(group), {"reason": " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    group.refresh_from_db()
    assert group.valid_until is None


def test_a_group_with_work_is_not_closed(case: Case, group: Group, coordinator: User) -> None:
    before = HistoryEvent.objects.count()
    with pytest.raises(Refused):
        close_working_group(actor=coordinator, group=group, reason="Klart.", at=AT)
    answer = signed_in(coordinator).post(address(group), {"reason": "Klart."})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["1 uppgift väntar på gruppen. Utför den innan gruppen avslutas."]
    group.refresh_from_db()
    assert (group.valid_until, group.seats.filter(valid_until__isnull=True).count(), HistoryEvent.objects.count()) == (None, 2, before)


def test_a_case_that_may_come_back_to_the_group_is_told_of(case: Case, group: Group, coordinator: User) -> None:
    perform(User.objects.get(username="sammankallande"), open_item(case.instance, "2"))
    client = signed_in(coordinator)
    page = client.get(address(group))
    assert "Kommer ett av dem tillbaka till gruppen kan ingen utföra steget" in text_of(page.text)
    assert links_of(page.text)[str(case)] == f"/arenden/{case.number}/"
    assert client.post(address(group), {"reason": "Klart."}).status_code == 302
    assert WorkItem.objects.get(instance=case.instance, number="3").state == "OPEN"
    group.refresh_from_db()
    assert group.valid_until == AT.date()
