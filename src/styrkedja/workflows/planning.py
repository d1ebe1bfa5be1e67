"""From a county's lead times to the days on which a step is reminded of or its lateness told, and to whom."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from django.conf import settings

from styrkedja.core.deadlines import escalation_day, reminder_day
from styrkedja.core.working_days import add_working_days
from styrkedja.organisations.models import County, LeadTime
from styrkedja.organisations.selectors import Position, closed_days, lead_times
from styrkedja.ui.clock import day
from styrkedja.workflows.models import ItemState, WorkItem


class Planning:
    """One county's lead times for one routine. What no row says comes from the settings. Short-lived: rows are read once."""

    def __init__(self, county: County, routine: str) -> None:
        self._county, self._routine = county, routine

    @cached_property
    def _times(self) -> Mapping[str, LeadTime]:
        return lead_times(self._county, self._routine)

    @cached_property
    def _closed(self) -> frozenset[date]:
        return closed_days(self._county)

    def _remind_before(self, step: str) -> int:
        return self._times[step].remind_before if step in self._times else settings.DEFAULT_REMIND_BEFORE

    def _escalate_after(self, step: str) -> int:
        return self._times[step].escalate_after if step in self._times else settings.DEFAULT_ESCALATE_AFTER

    def last_due_to_remind(self, on: date) -> date:
        """No item due after this day is to be reminded of on the day `on`."""
        longest = max([settings.DEFAULT_REMIND_BEFORE, *(time.remind_before for time in self._times.values())])
        return add_working_days(on, longest + 1, closed=self._closed)

    def should_remind(self, item: WorkItem, *, on: date) -> bool:
        """Is it time for the one reminder of the item?"""
        if item.state != ItemState.OPEN or item.is_wait or item.due_on is None or item.reminded_at is not None:
            return False
        before = self._remind_before(item.number)
        return on >= reminder_day(item.due_on, opened_on=day(item.opened_at), working_days_before=before, closed=self._closed)

    def should_escalate(self, item: WorkItem, *, on: date) -> bool:
        """Is the item so late, for the first time, that somebody else must know?"""
        if item.state != ItemState.OPEN or item.is_wait or item.due_on is None or item.escalated_at is not None:
            return False
        return on >= escalation_day(item.due_on, working_days_after=self._escalate_after(item.number), closed=self._closed)

    def escalate_to(self, step: str) -> Position | None:
        """The function that is told of lateness; None where the county names none, and its coordinators are told."""
        time = self._times.get(step)
        if time is None or time.escalate_to_body_id is None or not time.escalate_to_function:
            return None
        return time.escalate_to_body_id, time.escalate_to_function
