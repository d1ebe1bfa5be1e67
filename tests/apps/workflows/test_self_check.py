import json
import logging
from datetime import datetime

import pytest

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.workflows.models import EventKind, HistoryEvent, Incident, InstanceStatus, ItemState, ProcessInstance, WorkItem
from styrkedja.workflows.services import close_instance, deadlines
from styrkedja.workflows.services.self_check import check_running_instances
from tests.factories.counties import make_county, make_holder
from tests.factories.workflows import AT, make_lead_time, open_item, perform, publish, start, waiting_routine

pytestmark = pytest.mark.django_db

NIGHT = AT.replace(hour=2)


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def instance(county: County, registrar: User) -> ProcessInstance:
    """A case that has been asked and waits for the last of September."""
    make_lead_time(county, "3", 5)
    found = start(registrar, publish(county, waiting_routine(county)))
    perform(registrar, open_item(found, "1"), {"until": "2026-09-30"})
    return found


def reasons() -> list[str]:
    return list(Incident.objects.order_by("pk").values_list("reason", flat=True))


def tamper(instance: ProcessInstance, before: str, after: str) -> None:
    state = ProcessInstance.objects.values_list("state", flat=True).get(pk=instance.pk)
    assert before in state
    ProcessInstance.objects.filter(pk=instance.pk).update(state=state.replace(before, after))


def test_a_case_that_stands_as_its_history_says_is_left_alone(instance: ProcessInstance, registrar: User) -> None:
    assert check_running_instances(at=NIGHT) == 0
    deadlines.end_due_waits(at=datetime.fromisoformat("2026-09-30T10:00+00:00"))
    assert check_running_instances(at=NIGHT) == 0
    perform(registrar, open_item(instance, "3"))
    assert check_running_instances(at=NIGHT) == 0
    assert reasons() == []


def test_an_open_item_that_has_vanished_is_found(instance: ProcessInstance, caplog: pytest.LogCaptureFixture) -> None:
    WorkItem.objects.filter(instance=instance, state=ItemState.OPEN).update(state=ItemState.WITHDRAWN, closed_at=AT)
    assert check_running_instances(at=NIGHT) == 1
    assert reasons() == ["Historiken och uppgifterna stämmer inte överens: steg 2 saknas."]
    instance.refresh_from_db()
    assert instance.status == InstanceStatus.INCIDENT
    event = HistoryEvent.objects.get(kind=EventKind.INCIDENT)
    assert (event.at, event.account, event.data) == (NIGHT, None, {"reason": reasons()[0]})
    assert f"instance {instance.pk} differs from its history" in caplog.text


def test_an_open_item_that_nobody_opened_is_found(instance: ProcessInstance) -> None:
    WorkItem.objects.filter(instance=instance, number="1").update(state=ItemState.OPEN, closed_at=None)
    assert check_running_instances(at=NIGHT) == 1
    assert reasons() == ["Historiken och uppgifterna stämmer inte överens: steg 1 ska inte vara öppet."]


def test_a_changed_variable_in_the_stored_state_is_found(instance: ProcessInstance) -> None:
    tamper(instance, "2026-09-30", "2027-09-30")
    assert check_running_instances(at=NIGHT) == 1
    assert reasons() == ["Historiken och det sparade läget stämmer inte överens: i steg 2 skiljer sig until."]


def test_a_state_that_has_gone_back_a_step_is_found(instance: ProcessInstance, registrar: User) -> None:
    early = ProcessInstance.objects.values_list("state", flat=True).get(pk=instance.pk)
    deadlines.end_due_waits(at=datetime.fromisoformat("2026-09-30T10:00+00:00"))
    ProcessInstance.objects.filter(pk=instance.pk).update(state=early)
    assert check_running_instances(at=NIGHT) == 1
    assert reasons() == ["Historiken och det sparade läget stämmer inte överens: steg 3 saknas; steg 2 ska inte vara öppet."]


def test_a_case_that_has_ended_and_stands_as_running_is_found(instance: ProcessInstance, registrar: User) -> None:
    deadlines.end_due_waits(at=datetime.fromisoformat("2026-09-30T10:00+00:00"))
    perform(registrar, open_item(instance, "3"))
    ProcessInstance.objects.filter(pk=instance.pk).update(status=InstanceStatus.RUNNING)
    assert check_running_instances(at=NIGHT) == 1
    assert reasons() == ["Enligt historiken är ärendet avslutat, men det står som pågående."]


def test_a_case_that_is_closed_while_the_check_runs_is_left_alone(
    instance: ProcessInstance, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from styrkedja.workflows.services import self_check

    close_instance(actor=registrar, instance_id=instance.pk, reason="Dubblett.", function="Registrator", at=AT)
    monkeypatch.setattr(self_check, "running_instances", lambda: ProcessInstance.objects.filter(pk=instance.pk))
    assert check_running_instances(at=NIGHT) == 0
    assert reasons() == []


@pytest.mark.parametrize("state", ["", "{}", '{"tasks": {}}', "not json"])
def test_a_state_that_cannot_be_read_is_found(state: str, instance: ProcessInstance) -> None:
    ProcessInstance.objects.filter(pk=instance.pk).update(state=state)
    assert check_running_instances(at=NIGHT) == 1
    assert reasons() == ["Det sparade läget går inte att läsa."]


def test_a_history_that_cannot_be_played_is_found(instance: ProcessInstance) -> None:
    added = {"kind": EventKind.COMPLETED, "token": "work#1", "definition": instance.definition, "at": AT}
    HistoryEvent.objects.create(instance=instance, sequence=99, **added)
    assert check_running_instances(at=NIGHT) == 1
    assert reasons() == ["Historiken går inte att spela upp: steget work#1 var inte öppet."]


def test_the_same_difference_is_one_incident_and_a_line_in_the_log_every_night(
    instance: ProcessInstance, caplog: pytest.LogCaptureFixture
) -> None:
    tamper(instance, "2026-09-30", "2027-09-30")
    assert [check_running_instances(at=NIGHT) for _night in range(3)] == [1, 1, 1]
    assert len(reasons()) == 1
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 3


def test_cases_that_have_ended_are_not_checked(instance: ProcessInstance, registrar: User) -> None:
    tamper(instance, "2026-09-30", "2027-09-30")
    close_instance(actor=registrar, instance_id=instance.pk, reason="Dubblett.", function="Registrator", at=AT)
    assert check_running_instances(at=NIGHT) == 0


def test_one_case_that_fails_stops_no_other(
    county: County, instance: ProcessInstance, registrar: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from styrkedja.workflows.services import self_check

    other = start(registrar, county.definitions.get())
    real = self_check.execution_of
    ProcessInstance.objects.filter(pk=other.pk).update(state=json.dumps({}))

    def execution_of(found: ProcessInstance) -> object:
        if found.pk == instance.pk:
            raise RuntimeError("torn cable")
        return real(found)

    monkeypatch.setattr(self_check, "execution_of", execution_of)
    assert check_running_instances(at=NIGHT) == 1
    assert list(Incident.objects.values_list("instance", flat=True)) == [other.pk]
    assert f"the self-check failed for instance {instance.pk}" in caplog.text
