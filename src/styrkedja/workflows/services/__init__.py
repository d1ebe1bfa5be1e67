"""Everything that changes a running case or a published routine."""

from styrkedja.workflows.services.items import change_due, claim, hand_over, release, save_draft, set_follow_up
from styrkedja.workflows.services.notices import mark_read
from styrkedja.workflows.services.publishing import publish_definition
from styrkedja.workflows.services.refusals import record_refusal
from styrkedja.workflows.services.running import (
    Acting,
    AlreadySubmitted,
    StaleItem,
    close_instance,
    complete_work_item,
    end_wait,
    lock_for_completion,
    raise_incident,
    start_instance,
)

__all__ = [
    "Acting",
    "AlreadySubmitted",
    "StaleItem",
    "change_due",
    "claim",
    "close_instance",
    "complete_work_item",
    "end_wait",
    "hand_over",
    "lock_for_completion",
    "mark_read",
    "publish_definition",
    "raise_incident",
    "record_refusal",
    "release",
    "save_draft",
    "set_follow_up",
    "start_instance",
]
