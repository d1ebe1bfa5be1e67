import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from styrkedja.accounts.models import User
from styrkedja.ledger.models import LedgerEntry
from styrkedja.organisations.models import County, Substitution
from styrkedja.workflows.models import EventKind, HistoryEvent, ItemState, Notice, WorkItem
from styrkedja.workflows.services import change_due, claim, deadlines, set_follow_up
from tests.factories.accounts import make_user
from tests.factories.counties import body, make_county, make_holder
from tests.factories.workflows import AT, make_lead_time, open_item, perform, publish, start, straight_routine

pytestmark = pytest.mark.django_db

# AT is Wednesday 16 September 2026. Ten working days later is Wednesday 30 September.
DUE = date(2026, 9, 30)


def noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 10, tzinfo=UTC)


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def starter() -> User:
    return make_user("annan")


def item_due(county: County, starter: User, **lead_time: object) -> WorkItem:
    """Step 1, to be done by the region's registrar within ten working days."""
    make_lead_time(county, "1", 10, **lead_time)
    return open_item(start(starter, publish(county, straight_routine(county, "work"))), "1")


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("account__username", flat=True))


def test_the_reminder_comes_two_working_days_before_and_not_earlier(county: County, registrar: User, starter: User) -> None:
    item = item_due(county, starter)
    assert item.due_on == DUE
    assert deadlines.remind_performers(at=noon(date(2026, 9, 27))) == 0
    assert told("REMINDER") == []
    assert deadlines.remind_performers(at=noon(date(2026, 9, 28))) == 1
    assert told("REMINDER") == ["registrator"]


def test_the_reminder_comes_exactly_once(county: County, registrar: User, starter: User) -> None:
    item = item_due(county, starter)
    days = [date(2026, 9, 28) + timedelta(days=offset) for offset in range(20)]
    assert [deadlines.remind_performers(at=noon(on)) for on in days] == [1] + [0] * 19
    assert told("REMINDER") == ["registrator"]
    event = HistoryEvent.objects.get(kind=EventKind.REMINDED)
    assert (event.token, event.account, event.data) == (item.token, None, {"due_on": "2026-09-30"})


def test_the_reminder_is_on_record(county: County, registrar: User, starter: User, flush_ledger: Callable[[], list[LedgerEntry]]) -> None:
    item = item_due(county, starter)
    deadlines.remind_performers(at=noon(DUE))
    entry = flush_ledger()[-1]
    assert (entry.act, json.loads(entry.body)["account"]) == ("item.reminded", None)
    assert json.loads(entry.text.payload) == {"item": item.pk, "step": "1", "due_on": "2026-09-30"}


def test_a_new_date_is_reminded_of_again(county: County, registrar: User, starter: User) -> None:
    item = item_due(county, starter)
    deadlines.remind_performers(at=noon(DUE))
    change_due(actor=registrar, item_id=item.pk, due_on=date(2026, 10, 30), reason="Nytt sammanträde.", at=noon(DUE))
    assert deadlines.remind_performers(at=noon(date(2026, 10, 27))) == 0
    assert deadlines.remind_performers(at=noon(date(2026, 10, 28))) == 1
    assert told("REMINDER") == ["registrator", "registrator"]


def test_the_county_says_how_long_before(county: County, registrar: User, starter: User) -> None:
    item_due(county, starter, remind_before=5)
    assert deadlines.remind_performers(at=noon(date(2026, 9, 22))) == 0
    assert deadlines.remind_performers(at=noon(date(2026, 9, 23))) == 1


def test_without_a_lead_time_the_settings_say_how_long_before(county: County, registrar: User, starter: User, settings: Settings) -> None:
    settings.DEFAULT_REMIND_BEFORE = 1
    item = open_item(start(starter, publish(county, straight_routine(county, "work"))), "1")
    assert item.due_on is None
    change_due(actor=registrar, item_id=item.pk, due_on=DUE, reason="Sammanträdet är då.", at=AT)
    assert deadlines.remind_performers(at=noon(date(2026, 9, 28))) == 0
    assert deadlines.remind_performers(at=noon(date(2026, 9, 29))) == 1


def test_the_countys_closed_days_are_no_working_days(county: County, registrar: User, starter: User) -> None:
    item = item_due(county, starter)
    County.objects.filter(pk=county.pk).update(closed_days=["2026-09-29"])
    assert item.due_on == DUE
    assert deadlines.remind_performers(at=noon(date(2026, 9, 24))) == 0
    assert deadlines.remind_performers(at=noon(date(2026, 9, 25))) == 1


def test_only_the_one_who_has_taken_the_task_is_reminded(county: County, registrar: User, starter: User) -> None:
    colleague = make_holder(county, "region", "REGISTRAR", username="kollega")
    item = item_due(county, starter)
    claim(actor=colleague, item_id=item.pk, at=AT)
    deadlines.remind_performers(at=noon(DUE))
    assert told("REMINDER") == ["kollega"]


def test_who_stands_in_is_reminded_too(county: County, registrar: User, starter: User) -> None:
    Substitution.objects.create(
        account=registrar, substitute=make_user("ersattare"), valid_from=date(2026, 9, 28), valid_until=date(2026, 9, 30)
    )
    item_due(county, starter)
    deadlines.remind_performers(at=noon(date(2026, 9, 29)))
    assert told("REMINDER") == ["ersattare", "registrator"]


def test_a_done_step_is_not_reminded_of(county: County, registrar: User, starter: User) -> None:
    perform(registrar, item_due(county, starter))
    assert deadlines.remind_performers(at=noon(DUE)) == 0
    assert deadlines.escalate_late_items(at=noon(date(2026, 11, 2))) == 0
    assert not HistoryEvent.objects.filter(kind__in=[EventKind.REMINDED, EventKind.ESCALATED]).exists()


def test_lateness_is_told_five_working_days_after_and_not_earlier(county: County, registrar: User, starter: User) -> None:
    coordinator = make_holder(county, "kommun", "HEAD_OF_OPERATIONS", username="chef")
    item = item_due(county, starter, escalate_to_body=body(county, "kommun"), escalate_to_function="HEAD_OF_OPERATIONS")
    assert deadlines.escalate_late_items(at=noon(date(2026, 10, 6))) == 0
    assert deadlines.escalate_late_items(at=noon(date(2026, 10, 7))) == 1
    assert told("ESCALATION") == [coordinator.username]
    event = HistoryEvent.objects.get(kind=EventKind.ESCALATED)
    assert (event.token, event.data) == (item.token, {"due_on": "2026-09-30", "to": "Verksamhetschef, Ånge"})


def test_lateness_is_told_exactly_once(county: County, registrar: User, starter: User) -> None:
    make_holder(county, "kommun", "HEAD_OF_OPERATIONS", username="chef")
    item_due(county, starter, escalate_to_body=body(county, "kommun"), escalate_to_function="HEAD_OF_OPERATIONS")
    assert [deadlines.escalate_late_items(at=noon(date(2026, 10, 7 + offset))) for offset in range(5)] == [1, 0, 0, 0, 0]
    assert told("ESCALATION") == ["chef"]


@pytest.mark.parametrize("named", [False, True])
def test_lateness_is_told_to_the_coordinators_where_nobody_is_named_or_holds_the_named_function(
    named: bool, county: County, registrar: User, starter: User
) -> None:
    county.bodies.filter(key="kommun-exempellan").get().seats.create(function="COORDINATOR", title="Samordnare")
    make_holder(county, "kommun", "COORDINATOR", username="samordnare")
    vacant = {"escalate_to_body": body(county, "lansledning"), "escalate_to_function": "CHAIR"} if named else {}
    item_due(county, starter, **vacant)
    assert deadlines.escalate_late_items(at=noon(date(2026, 10, 7))) == 1
    assert told("ESCALATION") == ["samordnare"]
    assert HistoryEvent.objects.get(kind=EventKind.ESCALATED).data["to"] == "Samordnare, Exempellän"


def test_a_late_task_that_nobody_can_be_told_of_is_logged(
    county: County, registrar: User, starter: User, caplog: pytest.LogCaptureFixture
) -> None:
    item = item_due(county, starter)
    assert deadlines.escalate_late_items(at=noon(date(2026, 10, 7))) == 1
    assert told("ESCALATION") == []
    assert f"work item {item.pk} is late and there is nobody to tell" in caplog.text


def test_one_failing_item_stops_no_other(
    county: County, registrar: User, starter: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = item_due(county, starter)
    second = open_item(start(starter, county.definitions.get()), "1")
    real = deadlines.notify_performers

    def notify(*, item: WorkItem, **rest: object) -> None:
        if item.pk == first.pk:
            raise RuntimeError("torn cable")
        real(item=item, **rest)

    monkeypatch.setattr(deadlines, "notify_performers", notify)
    assert deadlines.remind_performers(at=noon(DUE)) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.reminded_at, second.reminded_at) == (None, noon(DUE))
    assert list(HistoryEvent.objects.filter(kind=EventKind.REMINDED).values_list("instance", flat=True)) == [second.instance_id]
    assert f"remind failed for work item {first.pk}" in caplog.text


def test_a_follow_up_comes_up_on_its_day_for_the_one_who_set_it_and_once(county: County, registrar: User, starter: User) -> None:
    make_holder(county, "region", "REGISTRAR", username="kollega")
    item = item_due(county, starter)
    set_follow_up(actor=registrar, item_id=item.pk, follow_up_on=date(2026, 9, 21), at=AT)
    assert deadlines.bring_up_follow_ups(at=noon(date(2026, 9, 20))) == 0
    assert [deadlines.bring_up_follow_ups(at=noon(date(2026, 9, 21 + offset))) for offset in range(3)] == [1, 0, 0]
    assert told("FOLLOW_UP") == ["registrator"]


def test_a_new_follow_up_date_comes_up_again(county: County, registrar: User, starter: User) -> None:
    item = item_due(county, starter)
    set_follow_up(actor=registrar, item_id=item.pk, follow_up_on=date(2026, 9, 21), at=AT)
    deadlines.bring_up_follow_ups(at=noon(date(2026, 9, 21)))
    set_follow_up(actor=registrar, item_id=item.pk, follow_up_on=date(2026, 9, 23), at=AT)
    assert deadlines.bring_up_follow_ups(at=noon(date(2026, 9, 22))) == 0
    assert deadlines.bring_up_follow_ups(at=noon(date(2026, 9, 23))) == 1


def test_a_follow_up_whose_setter_has_left_comes_up_for_the_performers(county: County, registrar: User, starter: User) -> None:
    make_holder(county, "region", "REGISTRAR", username="kollega")
    item = item_due(county, starter)
    set_follow_up(actor=registrar, item_id=item.pk, follow_up_on=date(2026, 9, 21), at=AT)
    User.objects.filter(pk=registrar.pk).update(is_active=False)
    deadlines.bring_up_follow_ups(at=noon(date(2026, 9, 21)))
    assert told("FOLLOW_UP") == ["kollega"]


def test_a_follow_up_of_a_done_step_does_not_come_up(county: County, registrar: User, starter: User) -> None:
    item = item_due(county, starter)
    set_follow_up(actor=registrar, item_id=item.pk, follow_up_on=date(2026, 9, 21), at=AT)
    perform(registrar, item)
    assert deadlines.bring_up_follow_ups(at=noon(date(2026, 9, 21))) == 0
    assert WorkItem.objects.get(pk=item.pk).state == ItemState.DONE
