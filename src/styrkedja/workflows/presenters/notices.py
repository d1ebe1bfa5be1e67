"""What the reader has been told, as the start page shows it."""

from collections.abc import Iterable

from django.urls import reverse

from styrkedja.ui.components import Event, Tone
from styrkedja.workflows.models import Notice, NoticeKind

_TONES = {
    NoticeKind.REMINDER: Tone.WARN,
    NoticeKind.ESCALATION: Tone.DANGER,
    NoticeKind.INCIDENT: Tone.DANGER,
}
# Told to those who look after the case, and need not be able to do the step.
_OF_THE_CASE = frozenset({NoticeKind.ESCALATION, NoticeKind.INCIDENT})


def notice_events(notices: Iterable[Notice]) -> list[Event]:
    """Each notice as an event: what, of which step and case, and where to go."""
    return [_event(notice) for notice in notices]


def _event(notice: Notice) -> Event:
    case = notice.instance.case
    step = f": {notice.item.number} {notice.item.name}" if notice.item else ""
    return Event(
        at=notice.created_at,
        title=f"{notice.get_kind_display()}{step}",
        text=f"{case.reference} {case.subject}",
        url=_url(notice),
        tone=_TONES.get(NoticeKind(notice.kind), Tone.INFO),
    )


def _url(notice: Notice) -> str:
    if notice.item is None or notice.kind in _OF_THE_CASE:
        case = notice.instance.case
        return f"{reverse('home:case', args=[case.number])}?lan={case.county.key}"
    return reverse("procedures:task", args=[notice.item.pk])
