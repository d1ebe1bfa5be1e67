"""How an open step stands, in one word."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from styrkedja.ui.components import Status, Tone
from styrkedja.workflows.models import ItemState, WorkItem

SOON = timedelta(days=7)


def due_status(*, due_on: date | None, is_taken: bool, today: date) -> Status:
    """An open step: late before all else, then soon due, then taken."""
    if due_on is not None and due_on < today:
        return Status(_("Försenad"), Tone.DANGER)
    if due_on is not None and due_on <= today + SOON:
        return Status(_("Snart"), Tone.WARN)
    return Status(_("Pågår"), Tone.INFO) if is_taken else Status(_("Att göra"), Tone.NEUTRAL)


def item_status(item: WorkItem, *, today: date) -> Status:
    """Any step or wait."""
    if item.state == ItemState.DONE:
        return Status(_("Klar"), Tone.OK)
    if item.state == ItemState.WITHDRAWN:
        return Status(_("Återtagen"), Tone.NEUTRAL)
    if item.is_wait:
        return Status(_("Väntar"), Tone.INFO)
    return due_status(due_on=item.due_on, is_taken=item.claimed_by_id is not None, today=today)
