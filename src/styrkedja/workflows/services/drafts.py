"""Drafts that are not saved while a step is being done: what somebody else made useless, and what is thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.organisations.selectors import works_in_county
from styrkedja.ui.clock import day
from styrkedja.workflows.models import Draft, WorkItem


@transaction.atomic
def keep_draft(*, actor: User, item_id: int, data: Mapping[str, Any], at: datetime) -> Draft:
    """Keeps what `actor` typed though somebody else was first, so that it can still be copied. Nobody else sees it; no ledger entry.

    Raises Refused unless the actor takes part in the county's collaboration.
    """
    item = WorkItem.objects.select_related("instance__definition__county").get(pk=item_id)
    if not works_in_county(actor, item.instance.definition.county, on=day(at)):
        raise Refused(_("Du kan bara spara utkast i ärenden som du har tillgång till."))
    draft, _made = Draft.objects.update_or_create(item=item, account=actor, defaults={"data": dict(data), "saved_at": at})
    return draft


@transaction.atomic
def drop_draft(*, actor: User, item_id: int) -> bool:
    """Throws the actor's own draft away; False if there was none. No ledger entry: it was never sent."""
    return Draft.objects.filter(item=item_id, account=actor).delete()[0] > 0
