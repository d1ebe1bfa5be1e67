"""A working group is closed, once nothing waits for it."""

from datetime import datetime

from django.utils.translation import ngettext

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services.refusals import on_record_when_refused
from styrkedja.organisations.models import Group
from styrkedja.organisations.services import about_group, close_group
from styrkedja.workflows.models import Offer


@on_record_when_refused("group.closing_refused", about_group)
def close_working_group(*, actor: User, group: Group, reason: str, at: datetime) -> Group:
    """As organisations.services.close_group, but refused while steps are offered to the group: nobody could do them then."""
    closed = close_group(actor=actor, group=group, reason=reason, at=at)
    waiting = Offer.objects.filter(body=group.pk).values("item").distinct().count()
    if waiting:
        reason = ngettext(
            "%(number)s uppgift väntar på gruppen. Utför den innan gruppen avslutas.",
            "%(number)s uppgifter väntar på gruppen. Utför dem innan gruppen avslutas.",
            waiting,
        )
        raise Refused(reason % {"number": waiting})
    return closed
