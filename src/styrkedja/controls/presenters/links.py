"""The page of a thing that a finding is about."""

from django.urls import NoReverseMatch, reverse

from styrkedja.core.controls.snapshot import ObjectKind, Ref

# The view of each kind, and what it calls the key.
_STEERING = {
    ObjectKind.VISION: "target-state",
    ObjectKind.DOCUMENT: "document",
    ObjectKind.GOAL_AREA: "goal-area",
    ObjectKind.GOAL: "goal",
    ObjectKind.MILESTONE: "milestone",
    ObjectKind.ASSIGNMENT: "assignment",
    ObjectKind.PROGRAMME: "programme",
    ObjectKind.ACTION: "action",
    ObjectKind.OBSTACLE: "obstacle",
    ObjectKind.GOAL_CONFLICT: "goal-conflict",
    ObjectKind.FORUM: "forum",
    ObjectKind.ESTIMATE: "estimate",
}
_BODIES = {ObjectKind.BODY, ObjectKind.PROGRAMME_GROUP}


def object_url(ref: Ref) -> str:
    """ "" for what has no page."""
    if ref.kind in _STEERING:
        return _address("steering:object", _STEERING[ref.kind], ref.key)
    if ref.kind is ObjectKind.MANDATE:
        return _address("steering:mandate", ref.key)
    if ref.kind is ObjectKind.DECISION:
        return _address("steering:decision", ref.key)
    if ref.kind in _BODIES:
        return _address("organisations:body", ref.key)
    if ref.kind is ObjectKind.AUDIT:
        return _address("audits:review", ref.key)
    if ref.kind is ObjectKind.RECOMMENDATION:
        return _address("audits:recommendation", ref.key)
    if ref.kind is ObjectKind.INDICATOR:
        return _address("indicators:indicator", ref.key)
    return ""


def _address(view: str, *parts: str) -> str:
    try:
        return reverse(view, args=parts)
    except NoReverseMatch:
        return ""
