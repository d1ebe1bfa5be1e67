from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County, Membership, Substitution
from styrkedja.workflows import selectors
from styrkedja.workflows.models import Notice, WorkItem
from styrkedja.workflows.services import hand_over, mark_read, raise_incident
from styrkedja.workflows.services.notices import prune_notices
from tests.factories.accounts import make_user
from tests.factories.counties import make_county, make_holder, seat
from tests.factories.workflows import AT, builder, open_item, perform, publish, start, straight_routine

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def starter() -> User:
    return make_user("annan")


def started(county: County, starter: User, *tasks: str) -> WorkItem:
    return open_item(start(starter, publish(county, straight_routine(county, *(tasks or ("work",))))), "1")


def told(kind: str = "NEW_TASK") -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("account__username", flat=True))


def unread(user: User) -> list[tuple[str, str]]:
    return [(notice.kind, notice.item.number if notice.item else "") for notice in selectors.unread_notices(user)]


def test_every_holder_is_told_of_a_step_that_opens(county: County, registrar: User, starter: User) -> None:
    make_holder(county, "region", "REGISTRAR", username="kollega")
    make_holder(county, "region", "COORDINATOR", username="samordnare")
    item = started(county, starter)
    assert told() == ["kollega", "registrator"]
    notice = Notice.objects.get(account=registrar)
    assert (notice.item, notice.instance, notice.created_at, notice.read_at) == (item, item.instance, AT, None)
    assert unread(registrar) == [("NEW_TASK", "1")]


def test_who_has_just_acted_is_not_told_what_follows(county: County, registrar: User, starter: User) -> None:
    make_holder(county, "region", "REGISTRAR", username="kollega")
    first = started(county, starter, "first", "second")
    Notice.objects.all().delete()
    perform(registrar, first)
    assert told() == ["kollega"]


def test_who_holds_two_of_the_functions_is_told_once(county: County, registrar: User, starter: User) -> None:
    Membership.objects.create(seat=seat(county, "region", "COORDINATOR"), account=registrar)
    start(starter, publish(county, straight_routine(county, "work", functions="REGISTRAR COORDINATOR")))
    assert told() == ["registrator"]


def test_a_substitute_is_told_during_the_absence_only(county: County, registrar: User, starter: User) -> None:
    Substitution.objects.create(
        account=registrar, substitute=make_user("ersattare"), valid_from=date(2026, 9, 16), valid_until=date(2026, 9, 17)
    )
    Substitution.objects.create(account=registrar, substitute=make_user("tidigare"), valid_until=date(2026, 9, 16))
    started(county, starter)
    assert told() == ["ersattare", "registrator"]


def test_nobody_is_told_whose_time_in_the_function_is_over_or_whose_account_is_closed(
    county: County, registrar: User, starter: User
) -> None:
    former = make_holder(county, "region", "REGISTRAR", username="tidigare")
    Membership.objects.filter(account=former).update(valid_until=date(2026, 9, 16))
    closed = make_holder(county, "region", "REGISTRAR", username="stangd")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    started(county, starter)
    assert told() == ["registrator"]


def test_a_done_step_is_no_news_to_anybody(county: County, registrar: User, starter: User) -> None:
    colleague = make_holder(county, "region", "REGISTRAR", username="kollega")
    perform(registrar, started(county, starter))
    assert unread(colleague) == []
    assert Notice.objects.get(account=colleague).read_at == AT


def test_the_receiver_of_a_task_is_told_and_nobody_else(county: County, registrar: User, starter: User) -> None:
    colleague = make_holder(county, "region", "REGISTRAR", username="kollega")
    make_holder(county, "region", "REGISTRAR", username="tredje")
    item = started(county, starter)
    hand_over(actor=registrar, item_id=item.pk, to=colleague, reason="Semester.", at=AT)
    assert told("HANDED_OVER") == ["kollega"]


def test_who_hands_a_task_to_oneself_is_not_told(county: County, registrar: User, starter: User) -> None:
    hand_over(actor=registrar, item_id=started(county, starter).pk, to=registrar, reason="Jag tar den.", at=AT)
    assert told("HANDED_OVER") == []


def test_the_coordinators_are_told_that_a_case_has_stopped_until_it_goes_on(county: County, registrar: User, starter: User) -> None:
    coordinator = make_holder(county, "region", "COORDINATOR", username="samordnare")
    item = started(county, starter)
    raise_incident(actor=None, instance_id=item.instance_id, token=item.token, reason="Listan är tom.", at=AT)
    assert told("INCIDENT") == ["samordnare"]
    assert unread(coordinator) == [("INCIDENT", "")]
    perform(registrar, WorkItem.objects.get(pk=item.pk))
    assert unread(coordinator) == []


def test_reading_marks_ones_own_notices_only(county: County, registrar: User, starter: User) -> None:
    colleague = make_holder(county, "region", "REGISTRAR", username="kollega")
    started(county, starter)
    every = list(Notice.objects.values_list("pk", flat=True))
    assert mark_read(actor=registrar, notice_ids=every, at=AT) == 1
    assert (unread(registrar), unread(colleague)) == ([], [("NEW_TASK", "1")])
    assert mark_read(actor=registrar, notice_ids=every, at=AT) == 0


def test_old_settled_notices_are_pruned_and_unread_ones_stay(county: County, registrar: User, starter: User) -> None:
    colleague = make_holder(county, "region", "REGISTRAR", username="kollega")
    started(county, starter)
    mark_read(actor=colleague, notice_ids=Notice.objects.values_list("pk", flat=True), at=AT)
    assert prune_notices(at=AT.replace(month=12, day=15)) == 0
    assert prune_notices(at=AT.replace(month=12, day=16)) == 1
    assert told() == ["registrator"]


@pytest.mark.parametrize("steps", [2, 7])
def test_opening_many_steps_at_once_makes_and_tells_in_bulk(steps: int, county: County, registrar: User, starter: User) -> None:
    routine = builder(county).start().parallel("fork").parallel("join").end()
    for number in range(steps):
        routine.task(f"step{number}", number=str(number)).path("fork", f"step{number}", "join")
    definition = publish(county, routine.path("start", "fork").path("join", "done"))
    with CaptureQueriesContext(connection) as queries:
        start(starter, definition)
    assert len(told()) == steps
    statements = [query["sql"].lower().replace('"', "") for query in queries]
    wanted = [
        "insert into workflows_workitem",
        "insert into workflows_offer",
        "insert into workflows_notice",
        "from organisations_membership",
    ]
    assert {text: sum(text in sql for sql in statements) for text in wanted} == dict.fromkeys(wanted, 1)
