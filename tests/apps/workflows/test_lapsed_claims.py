"""A task does not stay with one who may not do it any more."""

from datetime import date, timedelta

import pytest

from styrkedja.accounts.models import User
from styrkedja.ledger.models import PendingEntry
from styrkedja.organisations.models import County, Membership
from styrkedja.organisations.services.members import add_substitute, end_substitution
from styrkedja.workflows.models import Draft, EventKind, HistoryEvent, Notice, NoticeKind, WorkItem
from styrkedja.workflows.services import claim, deadlines, save_draft
from tests.factories.accounts import make_user
from tests.factories.counties import make_county, make_holder
from tests.factories.workflows import AT, open_item, perform, publish, start, straight_routine, waiting_routine

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 16)


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def item(county: County, registrar: User) -> WorkItem:
    return open_item(start(make_user("annan"), publish(county, straight_routine(county, "work"))), "1")


def stand_in(registrar: User) -> User:
    """A substitute of the registrar, until next week, has taken nothing yet."""
    substitute = make_user("ersattare")
    add_substitute(actor=registrar, substitute=substitute, valid_from=TODAY, valid_until=TODAY + timedelta(days=7), reason="", at=AT)
    return substitute


def freed(item: WorkItem) -> bool:
    item.refresh_from_db()
    return item.claimed_by is None and item.claimed_at is None


def told_again() -> list[str]:
    told = Notice.objects.filter(kind=NoticeKind.NEW_TASK, created_at__gt=AT)
    return list(told.values_list("account__username", flat=True))


def test_a_task_is_freed_when_the_time_of_its_substitute_is_over(registrar: User, item: WorkItem) -> None:
    substitute = stand_in(registrar)
    claim(actor=substitute, item_id=item.pk, at=AT)
    save_draft(actor=substitute, item_id=item.pk, data={"note": "Halvfärdigt"}, at=AT)
    assert deadlines.free_lapsed_claims(at=AT + timedelta(days=6)) == 0
    assert not freed(item)
    version, over = item.version, AT + timedelta(days=7)
    assert [deadlines.free_lapsed_claims(at=over) for _run in range(3)] == [1, 0, 0]
    assert freed(item)
    assert (item.version, told_again(), Draft.objects.count()) == (version + 1, ["registrator"], 1)
    event = HistoryEvent.objects.get(kind=EventKind.RELEASED)
    assert (event.account, event.at, event.data["taken_by"]) == (None, over, "ersattare")
    assert '"act":"item.released"' in PendingEntry.objects.latest("pk").body


def test_a_substitution_that_is_ended_frees_what_was_taken(registrar: User, item: WorkItem) -> None:
    substitute = stand_in(registrar)
    claim(actor=substitute, item_id=item.pk, at=AT)
    end_substitution(actor=registrar, substitution=registrar.substitutions.get(), valid_until=TODAY, at=AT)
    assert deadlines.free_lapsed_claims(at=AT) == 1
    assert freed(item)


@pytest.mark.parametrize("leave", ["seat", "account"])
def test_what_one_who_has_left_had_taken_is_freed(leave: str, registrar: User, item: WorkItem) -> None:
    claim(actor=registrar, item_id=item.pk, at=AT)
    if leave == "seat":
        Membership.objects.filter(account=registrar).update(valid_until=TODAY)
    else:
        User.objects.filter(pk=registrar.pk).update(is_active=False)
    assert deadlines.free_lapsed_claims(at=AT) == 1
    assert freed(item)


def test_a_task_stays_with_its_holder_and_a_done_one_is_nobodys_concern(county: County, registrar: User, item: WorkItem) -> None:
    claim(actor=registrar, item_id=item.pk, at=AT)
    assert deadlines.free_lapsed_claims(at=AT) == 0
    item.refresh_from_db()
    assert item.claimed_by == registrar
    perform(registrar, item)
    Membership.objects.filter(account=registrar).update(valid_until=TODAY)
    assert deadlines.free_lapsed_claims(at=AT) == 0
    item.refresh_from_db()
    assert item.claimed_by == registrar


def test_a_wait_is_freed_without_word_of_a_new_task(county: County, registrar: User) -> None:
    instance = start(make_user("annan"), publish(county, waiting_routine(county)))
    perform(registrar, open_item(instance, "1"), {"until": "2027-01-01"})
    wait = open_item(instance, "2")
    claim(actor=registrar, item_id=wait.pk, at=AT)
    Membership.objects.filter(account=registrar).update(valid_until=TODAY)
    assert deadlines.free_lapsed_claims(at=AT + timedelta(days=1)) == 1
    assert freed(wait)
    assert told_again() == []


def test_looking_costs_by_the_takers_and_not_by_the_tasks(county: County, registrar: User, django_assert_max_num_queries) -> None:
    definition, starter = publish(county, straight_routine(county, "work")), make_user("annan")
    for _case in range(8):
        claim(actor=registrar, item_id=open_item(start(starter, definition), "1").pk, at=AT)
    with django_assert_max_num_queries(3):
        assert deadlines.free_lapsed_claims(at=AT) == 0
