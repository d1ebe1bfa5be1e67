"""A case is written off (avskrivs) where it stands."""

from datetime import datetime

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.policies import check_close_case
from styrkedja.cases.services.refusals import about_case
from styrkedja.ledger.services.refusals import on_record_when_refused
from styrkedja.ui.clock import day
from styrkedja.workflows.models import ProcessInstance
from styrkedja.workflows.services import close_instance


@on_record_when_refused("case.closing_refused", about_case)
def close_case(*, actor: User, case: Case, reason: str, at: datetime) -> ProcessInstance:
    """Ends the case without its routine having reached an end; open steps are withdrawn. Raises Refused unless `actor` coordinates the county
    and gives a reason, and if the case has ended already."""
    function = check_close_case(actor, case.county, on=day(at))
    return close_instance(actor=actor, instance_id=case.instance_id, reason=reason, function=function, at=at)
