from datetime import UTC, datetime
from unittest import mock

import pytest

from styrkedja.core.process.engine import EngineFault
from styrkedja.organisations.models import County
from styrkedja.workflows.models import EventKind, HistoryEvent, Incident, InstanceStatus, ItemState, Notice, ProcessInstance, WorkItem
from styrkedja.workflows.services import deadlines
from tests.factories.counties import make_county, make_holder
from tests.factories.workflows import AT, open_item, perform, publish, start, waiting_routine

pytestmark = pytest.mark.django_db

# The last moment of the day before in Sweden, and the first of the day itself.
THE_DAY_BEFORE = datetime(2026, 9, 29, 21, 59, tzinfo=UTC)
THE_DAY = datetime(2026, 9, 29, 22, 0, tzinfo=UTC)


@pytest.fixture
def county() -> County:
    return make_county()


def waiting_case(county: County, *, until: str = "2026-09-30", username: str = "registrator") -> ProcessInstance:
    registrar = make_holder(county, "region", "REGISTRAR", username=username)
    definition = county.definitions.first() or publish(county, waiting_routine(county))
    instance = start(registrar, definition)
    perform(registrar, open_item(instance, "1"), {"until": until})
    return instance


def numbers(instance: ProcessInstance) -> list[str]:
    return list(WorkItem.objects.filter(instance=instance, state=ItemState.OPEN).values_list("number", flat=True))


def test_a_wait_does_not_end_on_the_day_before_its_date(county: County) -> None:
    instance = waiting_case(county)
    assert deadlines.end_due_waits(at=THE_DAY_BEFORE) == 0
    assert numbers(instance) == ["2"]
    assert not HistoryEvent.objects.filter(kind=EventKind.WAIT_ENDED).exists()


def test_a_wait_ends_on_its_date_and_the_next_step_opens(county: County) -> None:
    instance = waiting_case(county)
    assert deadlines.end_due_waits(at=THE_DAY) == 1
    assert numbers(instance) == ["3"]
    event = HistoryEvent.objects.get(kind=EventKind.WAIT_ENDED)
    assert (event.at, event.account, event.number) == (THE_DAY, None, "2")


def test_a_wait_ends_once_however_often_the_job_runs(county: County) -> None:
    instance = waiting_case(county)
    assert [deadlines.end_due_waits(at=THE_DAY) for _run in range(3)] == [1, 0, 0]
    assert numbers(instance) == ["3"]
    assert HistoryEvent.objects.filter(kind=EventKind.WAIT_ENDED).count() == 1


def test_those_who_can_go_on_are_told_that_the_wait_is_over(county: County) -> None:
    instance = waiting_case(county)
    deadlines.end_due_waits(at=THE_DAY)
    notice = Notice.objects.get(item=open_item(instance, "3"))
    assert (notice.kind, notice.account.username, notice.read_at) == ("WAIT_ENDED", "registrator", None)


def test_nobody_is_told_of_the_wait_itself(county: County) -> None:
    instance = waiting_case(county)
    assert not Notice.objects.filter(item=open_item(instance, "2")).exists()


def test_a_wait_that_cannot_end_becomes_an_incident_and_stops_no_other(county: County) -> None:
    first = waiting_case(county)
    second = waiting_case(county, username="annan")
    real = deadlines.end_wait
    fault = EngineFault("Listan principals som steg 15 ska göras för är tom.")

    def end_wait(*, actor: None, item_id: int, at: datetime) -> bool:
        if WorkItem.objects.get(pk=item_id).instance_id == first.pk:
            raise fault
        return real(actor=actor, item_id=item_id, at=at)

    with mock.patch.object(deadlines, "end_wait", end_wait):
        assert deadlines.end_due_waits(at=THE_DAY) == 1
    assert numbers(first) == ["2"]
    assert numbers(second) == ["3"]
    incident = Incident.objects.get()
    assert (incident.instance_id, incident.reason, incident.token) == (first.pk, fault.reason, "pause#1")
    first.refresh_from_db()
    assert first.status == InstanceStatus.INCIDENT


def test_a_case_with_an_incident_is_not_tried_again_by_itself(county: County) -> None:
    instance = waiting_case(county)
    ProcessInstance.objects.filter(pk=instance.pk).update(status=InstanceStatus.INCIDENT)
    assert deadlines.end_due_waits(at=THE_DAY) == 0
    assert numbers(instance) == ["2"]


def test_an_unexpected_error_is_logged_and_stops_no_other(county: County, caplog: pytest.LogCaptureFixture) -> None:
    first, second = waiting_case(county), waiting_case(county, username="annan")
    broken = open_item(first, "2")
    real = deadlines.end_wait

    def end_wait(*, actor: None, item_id: int, at: datetime) -> bool:
        if item_id == broken.pk:
            raise RuntimeError("torn cable")
        return real(actor=actor, item_id=item_id, at=at)

    with mock.patch.object(deadlines, "end_wait", end_wait):
        assert deadlines.end_due_waits(at=THE_DAY) == 1
    assert (numbers(first), numbers(second)) == (["2"], ["3"])
    assert f"failed for work item {broken.pk}" in caplog.text


def test_a_wait_that_a_colleague_ended_early_is_left_alone(county: County) -> None:
    instance = waiting_case(county)
    colleague = make_holder(county, "region", "REGISTRAR", username="kollega")
    deadlines.end_wait(actor=colleague, item_id=open_item(instance, "2").pk, at=AT, reason="Beslutet kom tidigare.")
    assert deadlines.end_due_waits(at=THE_DAY) == 0
    assert numbers(instance) == ["3"]
