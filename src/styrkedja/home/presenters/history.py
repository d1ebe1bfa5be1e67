"""What has happened in a case, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from styrkedja.home.selectors.case import CaseView
from styrkedja.procedures.presenters.answers import Answer, answers_of, outcome_name
from styrkedja.procedures.selectors.record import Record
from styrkedja.ui.components import Tone
from styrkedja.ui.wording import day_text
from styrkedja.workflows.models import EventKind, HistoryEvent

MOST = 15
# Small things that the history leaves out until one asks for all of it.
MINOR = {EventKind.CLAIMED, EventKind.RELEASED, EventKind.FOLLOW_UP_SET, EventKind.REMINDED}


@dataclass(frozen=True)
class Happening:
    """One event. `step` and `part` say where, `text` what was said, `answers` unfold."""

    at: datetime
    title: str
    who: str
    part: str
    outcome: str
    text: str
    tone: Tone
    answers: Sequence[Answer]


@dataclass(frozen=True)
class History:
    happenings: Sequence[Happening]
    hidden: int


_TITLES: Mapping[EventKind, Any] = {
    EventKind.STARTED: gettext_lazy("Ärendet öppnades"),
    EventKind.COMPLETED: gettext_lazy("Steg %(step)s: %(name)s"),
    EventKind.WAIT_ENDED: gettext_lazy("Väntan slut: %(name)s"),
    EventKind.MIGRATED: gettext_lazy("Ärendet följer nu version %(version)s av rutinen"),
    EventKind.CLOSED: gettext_lazy("Ärendet avskrevs"),
    EventKind.CLAIMED: gettext_lazy("Steg %(step)s togs: %(name)s"),
    EventKind.RELEASED: gettext_lazy("Steg %(step)s lämnades tillbaka: %(name)s"),
    EventKind.HANDED_OVER: gettext_lazy("Steg %(step)s överläts: %(name)s"),
    EventKind.DUE_CHANGED: gettext_lazy("Steg %(step)s fick nytt datum: %(name)s"),
    EventKind.FOLLOW_UP_SET: gettext_lazy("Steg %(step)s bevakas: %(name)s"),
    EventKind.REMINDED: gettext_lazy("Påminnelse om steg %(step)s: %(name)s"),
    EventKind.ESCALATED: gettext_lazy("Försening lyftes, steg %(step)s: %(name)s"),
    EventKind.INCIDENT: gettext_lazy("Ärendet stannade"),
    EventKind.INCIDENT_RESOLVED: gettext_lazy("Stoppet är åtgärdat"),
}
_TONES = {
    EventKind.STARTED: Tone.INFO,
    EventKind.COMPLETED: Tone.OK,
    EventKind.WAIT_ENDED: Tone.OK,
    EventKind.ESCALATED: Tone.WARN,
    EventKind.REMINDED: Tone.WARN,
    EventKind.INCIDENT: Tone.DANGER,
}


def history(view: CaseView, *, whole: bool) -> History:
    """The latest important events, or with `whole` all that has happened."""
    events = view.record.events
    shown = events if whole else [event for event in events if event.kind not in MINOR][:MOST]
    return History([_happening(event, view) for event in shown], len(events) - len(shown))


def _happening(event: HistoryEvent, view: CaseView) -> Happening:
    kind, record = EventKind(event.kind), view.record
    node = record.node_of(event)
    names = {"step": event.number, "name": node.name if node else event.node_id, "version": event.definition.version}
    return Happening(
        at=event.at,
        title=str(_TITLES[kind]) % names,
        who=event.function or str(event.account or _("Styrkedja")),
        part=record.name_of(event.item) if event.item else "",
        outcome=outcome_name(node, event.outcome),
        text=_text(kind, event.data, record),
        tone=_TONES.get(kind, Tone.NEUTRAL),
        answers=answers_of(event, record, view.case.county) if kind is EventKind.COMPLETED else (),
    )


def _text(kind: EventKind, data: Mapping[str, Any], record: Record) -> str:
    if kind is EventKind.COMPLETED:
        return ""
    if kind is EventKind.MIGRATED:
        return _move(data)
    lines = [_change(data), data.get("reason", "")]
    return "\n".join(line for line in lines if line)


def _move(data: Mapping[str, Any]) -> str:
    before = _("Förut version %(version)s.") % {"version": data["from"]}
    skipped = len(data["skipped"])
    if not skipped:
        return before
    steps = ngettext("%(number)s utfört steg räknas inte längre.", "%(number)s utförda steg räknas inte längre.", skipped)
    return f"{before} {steps % {'number': skipped}}"


def _change(data: Mapping[str, Any]) -> str:
    """What an event changed, from what it noted."""
    if data.get("to"):
        return _("Till %(receiver)s.") % {"receiver": data["to"]}
    if data.get("follow_up_on"):
        return _("Bevakas %(day)s.") % {"day": _day(data["follow_up_on"])}
    if data.get("after"):
        after = _("Klart senast %(day)s.") % {"day": _day(data["after"])}
        return f"{after} {_('Förut %(day)s.') % {'day': _day(data['before'])}}" if data.get("before") else after
    return ""


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))
