from collections.abc import Callable
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.organisations.models import County
from styrkedja.workflows import selectors
from styrkedja.workflows.models import Notice, NoticeKind
from styrkedja.workflows.services import raise_incident
from styrkedja.workflows.services.notices import notify_account
from tests.factories.cases import make_case
from tests.factories.counties import make_county, make_holder
from tests.factories.workflows import AT

pytestmark = pytest.mark.django_db


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
def case(county: County, registrar: User, coordinator: User) -> Case:
    """A case that the registrar has opened, of which the coordinator has been told."""
    return make_case(registrar, county)


@pytest.fixture
def drawn(rf: RequestFactory) -> Callable[[User], str]:
    """The part of the start page that shows what the user has been told."""

    def draw(user: User) -> str:
        context = {"request": rf.get("/"), "csrf_token": "token", "notices": selectors.unread_notices(user), "at": AT}
        return Template('{% include "workflows/_notices.html" %}').render(Context(context))

    return draw


def test_a_task_is_shown_with_its_case_and_leads_to_the_task(case: Case, coordinator: User, drawn: Callable[[User], str]) -> None:
    item = Notice.objects.get(account=coordinator).item
    page = drawn(coordinator)
    assert f'<a class="ds-link" href="{reverse("procedures:task", args=[item.pk])}">Ny uppgift: 1 Diarieför</a>' in page
    assert f"{case.number} Nationellt vårdprogram för stroke" in page


def test_a_stopped_case_leads_to_the_case(case: Case, coordinator: User, drawn: Callable[[User], str]) -> None:
    raise_incident(actor=None, instance_id=case.instance_id, token="", reason="Listan är tom.", at=AT)
    address = f"{reverse('home:case', args=[case.number])}?lan=exempellan"
    assert f'<a class="ds-link" href="{address}">Ärendet har stannat</a>' in drawn(coordinator)


def test_nothing_is_drawn_for_who_has_been_told_nothing(case: Case, registrar: User, drawn: Callable[[User], str]) -> None:
    assert drawn(registrar).strip() == ""


def test_only_the_latest_are_shown_and_the_rest_counted(case: Case, coordinator: User, drawn: Callable[[User], str]) -> None:
    item = Notice.objects.get(account=coordinator).item
    for minutes in range(1, 13):
        notify_account(account=coordinator, item=item, kind=NoticeKind.FOLLOW_UP, at=AT + timedelta(minutes=minutes))
    page = drawn(coordinator)
    assert page.count("Bevakning: 1 Diarieför") == 10
    assert "Ny uppgift" not in page
    assert "och 3 till" in page


def test_marking_those_shown_as_read_leaves_the_others(case: Case, coordinator: User, registrar: User, client: Client) -> None:
    item = Notice.objects.get(account=coordinator).item
    notify_account(account=coordinator, item=item, kind=NoticeKind.FOLLOW_UP, at=AT)
    notify_account(account=registrar, item=item, kind=NoticeKind.FOLLOW_UP, at=AT)
    task, follow_up = Notice.objects.filter(account=coordinator).order_by("pk")
    others = Notice.objects.get(account=registrar)
    client.force_login(coordinator)
    values = [str(task.pk), str(others.pk), "9" * 30, "-1", "x"]
    answer = client.post(reverse("workflows:mark_notices_read"), {"notice": values})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    unread = set(Notice.objects.filter(read_at__isnull=True).values_list("pk", flat=True))
    assert unread == {follow_up.pk, others.pk}


def test_reading_is_a_post_of_somebody_signed_in(case: Case, coordinator: User, client: Client) -> None:
    address = reverse("workflows:mark_notices_read")
    assert client.post(address, {"notice": ["1"]}).status_code == 302
    client.force_login(coordinator)
    assert client.get(address).status_code == 405
    assert Notice.objects.filter(read_at__isnull=True).count() == 1
