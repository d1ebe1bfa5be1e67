import hashlib
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County, LeadTime
from styrkedja.workflows.models import HistoryEvent, ItemState, ProcessDefinition, ProcessInstance, WorkItem
from styrkedja.workflows.services import complete_work_item, lock_for_completion, start_instance
from tests.core.process.builder import COLOUR, PHASE, ROUTINE, Builder
from tests.factories.accounts import MADE_AT

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
KEY = "prov"


def role(county: County, *, functions: str = "REGISTRAR", body: str = "region", id: str = "officer") -> str:
    return f'<s:role id="{id}" name="Handläggare" colour="region" function="{functions}" body="key:{body}-{county.key}"/>'


def builder(county: County, *, functions: str = "REGISTRAR", body: str = "region") -> Builder:
    """A routine in the making, whose steps are done by that function of the county."""
    return Builder(KEY, head=[ROUTINE, PHASE, COLOUR, role(county, functions=functions, body=body)])


def waiting_routine(county: County) -> Builder:
    """Step 1 says a date, then the case waits for it, then comes step 3."""
    field = '<s:field id="until" type="date" name="Vänta till" required="true"/>'
    routine = (
        builder(county).start().task("ask", number="1", fields=[field], sets={"until": "field:until"}).wait("pause", "until", number="2")
    )
    return routine.task("work", number="3").end().path("start", "ask", "pause", "work", "done")


def straight_routine(county: County, *tasks: str, functions: str = "REGISTRAR", body: str = "region") -> Builder:
    """The tasks one after the other, numbered from 1."""
    routine = builder(county, functions=functions, body=body).start()
    for number, task in enumerate(tasks, 1):
        routine.task(task, number=str(number))
    return routine.end().path("start", *tasks, "done")


def publish(county: County, routine: Builder) -> ProcessDefinition:
    """The routine as a published version, without the check that publishing makes."""
    source = routine.build().decode()
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    return ProcessDefinition.objects.create(
        county=county, key=KEY, name="Prov", version=1, source=source, sha256=sha256, published_at=MADE_AT
    )


def start(actor: User, definition: ProcessDefinition, *, at: datetime = AT) -> ProcessInstance:
    return start_instance(actor=actor, definition=definition, givens={}, at=at)


def open_item(instance: ProcessInstance, number: str) -> WorkItem:
    return WorkItem.objects.get(instance=instance, number=number, state=ItemState.OPEN)


def perform(actor: User, item: WorkItem, data: dict[str, Any] | None = None, *, at: datetime = AT) -> HistoryEvent:
    """The step is done, as procedures would do it."""
    with transaction.atomic():
        locked, acting = lock_for_completion(actor=actor, item_id=item.pk, version=item.version, idempotency_key=None, at=at)
        return complete_work_item(actor=actor, item=locked, function=acting.label, outcome="", data=data or {}, at=at)


def make_lead_time(county: County, step: str, days: int, **fields: Any) -> LeadTime:
    return LeadTime.objects.create(county=county, routine=KEY, step=step, working_days=days, **fields)
