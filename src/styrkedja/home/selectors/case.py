"""One case with all that its page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document
from styrkedja.cases.policies import can_close_case
from styrkedja.cases.selectors import documents, visible_to
from styrkedja.core.process.model import Routine
from styrkedja.decisions.models import Decision
from styrkedja.decisions.selectors import decisions_in
from styrkedja.organisations.models import Body
from styrkedja.organisations.selectors import acting_for, positions
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.procedures.selectors.record import Record, whole_record
from styrkedja.procedures.selectors.tasks import offers_by_item
from styrkedja.ui.clock import day
from styrkedja.workflows.models import Incident, InstanceStatus, WorkItem
from styrkedja.workflows.programs import routine_of
from styrkedja.workflows.selectors import incidents, open_items


@dataclass(frozen=True)
class CaseView:
    """`mine` are the open items that the reader may do now, `bodies` those that each open item is offered to."""

    case: Case
    routine: Routine
    record: Record
    items: Sequence[WorkItem]
    bodies: Mapping[int, Sequence[Body]]
    mine: frozenset[int]
    incidents: Sequence[Incident]
    documents: Sequence[Document]
    decisions: Sequence[Decision]
    may_close: bool
    many_counties: bool

    @property
    def has_ended(self) -> bool:
        return self.case.instance.status in {InstanceStatus.ENDED, InstanceStatus.CLOSED}


def cases_numbered(user: User, number: str, *, on: date, county: str = "") -> list[Case]:
    """The readable cases of that number: one, unless several counties have it and none is named."""
    found = visible_to(user, on=on).filter(number=number).select_related("county", "opened_by", "instance__definition__county")
    return list(found.filter(county__key=county) if county else found)


def case_view(user: User, case: Case, *, at: datetime) -> CaseView:
    """All about a case that `user` may read."""
    on, instance = day(at), case.instance
    items = list(open_items(instance))
    offers = offers_by_item(items)
    held, takers = positions(user, on=on), {None, *acting_for(user, on=on)}
    return CaseView(
        case=case,
        routine=routine_of(instance.definition),
        record=whole_record(instance),
        items=items,
        bodies={item: list(dict.fromkeys(offer.body for offer in found)) for item, found in offers.items()},
        mine=frozenset(
            item.pk
            for item in items
            if item.claimed_by_id in takers and any((o.body_id, o.function) in held for o in offers.get(item.pk, ()))
        ),
        incidents=list(incidents(instance)),
        documents=list(documents(user, case, on=on)),
        decisions=list(decisions_in(user, case, on=on)),
        may_close=can_close_case(user, case.county, on=on),
        many_counties=len(counties_read(user, on=on)) > 1,
    )
