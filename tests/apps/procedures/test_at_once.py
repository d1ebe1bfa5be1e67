"""Two at the same moment: both have read the task as open when either is let through to it."""

from collections.abc import Callable
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document, RegistryCounter
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.selectors import verify
from styrkedja.organisations.models import County
from styrkedja.procedures import services as procedures
from styrkedja.workflows import services as workflows
from styrkedja.workflows.models import Draft, EventKind, HistoryEvent, ItemState, WorkItem
from styrkedja.workflows.services.self_check import difference
from tests.factories.cases import AT, make_case, make_series
from tests.factories.counties import make_county, make_holder
from tests.factories.threads import at_once
from tests.factories.walks import step_post
from tests.factories.workflows import open_item, perform, publish, start, waiting_routine

pytestmark = pytest.mark.django_db(transaction=True)

CLAIMING, COMPLETING = (workflows, "claim"), (procedures, "lock_for_completion")


@pytest.fixture
def county() -> County:
    county = make_county()
    make_series(county)
    return county


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def coordinator(county: County) -> User:
    return make_holder(county, "region", "COORDINATOR", username="samordnare")


@pytest.fixture
def case(county: County, registrar: User) -> Case:
    """One step, done by the registrar or the coordinator: the case gets its number and a document is entered."""
    return make_case(registrar, county)


@pytest.fixture
def item(case: Case) -> WorkItem:
    return open_item(case.instance, "1")


@pytest.fixture(autouse=True)
def moment(time_machine: Any) -> None:
    time_machine.move_to(AT, tick=False)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def meet(monkeypatch: pytest.MonkeyPatch, *services: tuple[object, str]) -> None:
    """Whoever calls one of the services (module, name) waits until two do."""
    barrier = Barrier(2, timeout=30)

    def waiting(service: Callable[..., object]) -> Callable[..., object]:
        def run(**arguments: object) -> object:
            barrier.wait()
            return service(**arguments)

        return run

    for module, name in services:
        monkeypatch.setattr(module, name, waiting(getattr(module, name)))


def post(user: User, item: WorkItem, route: str = "", form: dict[str, Any] | None = None) -> Callable[[], HttpResponse]:
    client = browser(user)
    return lambda: client.post(f"/uppgifter/{item.pk}/{route}", form or {})


def filled_in(item: WorkItem, title: str, **options: str) -> dict[str, Any]:
    return step_post(item, {"document_title": title, "received_on": "2026-09-15", "counterpart": "SKR"}, **options)


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def events(item: WorkItem, kind: EventKind) -> list[HistoryEvent]:
    return list(HistoryEvent.objects.filter(instance=item.instance_id, kind=kind))


def assert_done_once(item: WorkItem) -> HistoryEvent:
    """The step and all that it writes is there once, and on record once."""
    [event] = events(item, EventKind.COMPLETED)
    assert (Document.objects.count(), RegistryCounter.objects.get().last) == (1, 1)
    assert LedgerEntry.objects.filter(act="step.completed").count() == 1
    assert verify() is None
    item.refresh_from_db()
    assert item.state == ItemState.DONE
    return event


def test_of_two_who_complete_a_task_one_wins_and_the_other_learns_who_and_keeps_what_was_typed(
    item: WorkItem, registrar: User, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = {registrar: "Remiss från registratorn", coordinator: "Remiss från samordnaren"}
    works = [post(user, item, form=filled_in(item, title)) for user, title in titles.items()]
    meet(monkeypatch, COMPLETING)
    answers = dict(zip(titles, at_once(*works), strict=True))
    event = assert_done_once(item)
    winner, loser = event.account, next(user for user in titles if user != event.account)
    assert Document.objects.get().title == titles[winner]
    assert (answers[winner].status_code, answers[loser].status_code) == (302, 409)
    text = text_of(answers[loser])
    assert "Någon annan hann före" in text
    assert f"{winner} ({event.function}) slutförde steget 16 sep kl. 10:30." in text
    assert ("Handlingens rubrik", titles[loser]) in [(field.label, field.text) for field in answers[loser].context["typed"]]
    [draft] = Draft.objects.all()
    assert (draft.account, draft.data["document_title"]) == (loser, titles[loser])


def test_a_form_that_is_sent_twice_at_once_is_one_step(item: WorkItem, registrar: User, monkeypatch: pytest.MonkeyPatch) -> None:
    form = filled_in(item, "Remiss", submission=str(uuid4()))
    works = [post(registrar, item, form=form), post(registrar, item, form=form)]
    meet(monkeypatch, COMPLETING)
    first, second = at_once(*works)
    assert_done_once(item)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"] == f"/arenden/{item.instance.case.number}/"
    assert not Draft.objects.exists()


def test_of_two_who_take_a_task_one_has_it_and_the_other_learns_who(
    item: WorkItem, registrar: User, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = [post(user, item, "ta/") for user in (registrar, coordinator)]
    meet(monkeypatch, CLAIMING)
    answers = dict(zip((registrar, coordinator), at_once(*works), strict=True))
    [event] = events(item, EventKind.CLAIMED)
    item.refresh_from_db()
    assert (item.claimed_by, item.version) == (event.account, 2)
    loser = coordinator if event.account == registrar else registrar
    assert {user: answer.status_code for user, answer in answers.items()} == {event.account: 302, loser: 409}
    assert f"{event.account} ({event.function}) tog uppgiften 16 sep kl. 10:30." in text_of(answers[loser])


def test_a_task_that_is_taken_while_another_completes_it_is_either_but_never_both(
    item: WorkItem, registrar: User, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = [post(registrar, item, "ta/"), post(coordinator, item, form=filled_in(item, "Remiss"))]
    meet(monkeypatch, CLAIMING, COMPLETING)
    taken, completed = at_once(*works)
    kinds = [event.kind for event in HistoryEvent.objects.filter(instance=item.instance_id).order_by("sequence")][1:]
    assert (kinds, taken.status_code, completed.status_code) in [([EventKind.CLAIMED], 302, 409), ([EventKind.COMPLETED], 409, 302)]
    assert Document.objects.count() == len(events(item, EventKind.COMPLETED))


def test_a_wait_that_two_and_the_worker_end_at_once_ends_once(county: County, registrar: User, coordinator: User) -> None:
    instance = start(registrar, publish(county, waiting_routine(county)))
    perform(registrar, open_item(instance, "1"), {"until": "2026-09-16"})
    wait = open_item(instance, "2")

    def end(user: User | None) -> bool:
        return workflows.end_wait(actor=user, item_id=wait.pk, at=AT, reason="Underlaget har kommit." if user else "")

    assert sorted(at_once(lambda: end(registrar), lambda: end(registrar), lambda: end(None), lambda: end(None))) == [False] * 3 + [True]
    assert len(events(wait, EventKind.WAIT_ENDED)) == 1
    instance.refresh_from_db()
    assert (open_item(instance, "3").version, difference(instance)) == (1, "")
