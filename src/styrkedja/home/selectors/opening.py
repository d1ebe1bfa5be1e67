"""What somebody may open a case on."""

from collections.abc import Iterable
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.policies import can_open_case
from styrkedja.cases.selectors import counties_of
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import positions
from styrkedja.workflows.models import ProcessDefinition, WorkItem
from styrkedja.workflows.selectors import current_definition, offered_to, published


def openable_definitions(user: User, *, on: date) -> list[ProcessDefinition]:
    """The versions in force, in the counties where `user` may open a case."""
    counties = [county for county in counties_of(user, on=on) if can_open_case(user, county, on=on)]
    keys = [(county, key) for county in counties for key in published(county).order_by("key").values_list("key", flat=True).distinct()]
    found = (current_definition(county, key, on=on) for county, key in keys)
    return [definition for definition in found if definition is not None]


def may_open(user: User, counties: Iterable[County], *, on: date) -> bool:
    """May `user` open a case in any of the counties?"""
    return any(can_open_case(user, county, on=on) for county in counties)


def first_task(user: User, case: Case, *, on: date) -> WorkItem | None:
    """The first open step of the case that `user` may do."""
    offers = offered_to(positions(user, on=on)).filter(item__instance=case.instance_id, item__is_wait=False)
    return WorkItem.objects.filter(pk__in=offers.values("item_id")).order_by("pk").first()
