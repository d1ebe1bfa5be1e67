"""What was changed when, and in which function: the history of one thing, or of several that stand on one page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from styrkedja.steering.models import ChainObject
from styrkedja.steering.selectors import HistoryLine
from styrkedja.ui.components import Event, Tone

_LONGEST = 300


def events(histories: Iterable[tuple[ChainObject, Iterable[HistoryLine]]], *, main: ChainObject | None = None) -> list[Event]:
    """The latest first. What is not `main` is named in its line."""
    found = [_event(row, line, named=main is not None and row is not main) for row, lines in histories for line in lines]
    return sorted(found, key=lambda event: event.at, reverse=True)


def _event(row: ChainObject, line: HistoryLine, *, named: bool) -> Event:
    act = _("Lades till") if line.version == 1 else _("Ändrades")
    name = f"{str(row._meta.verbose_name).capitalize()}: {row}"
    told = [] if line.version == 1 else [_change(change.label, change.before, change.after) for change in line.changes]
    return Event(
        at=line.at,
        title=f"{act}. {_cut(name)}" if named else act,
        who=line.function or (_("Systemförvaltare") if line.account is not None else _("Systemet")),
        text="\n".join(told),
        tone=Tone.OK if line.version == 1 else Tone.NEUTRAL,
    )


def changes(lines: Iterable[HistoryLine]) -> list[Event]:
    """What others have changed since a page was opened."""
    return [
        Event(
            line.at,
            _("Ändrades"),
            line.function or _("Systemförvaltare"),
            "\n".join(_change(c.label, c.before, c.after) for c in line.changes),
        )
        for line in lines
    ]


def _change(label: str, before: str, after: str) -> str:
    if not before:
        return f"{label}: {_cut(after)}"
    return f"{label}: {_cut(before)} → {_cut(after) or _('tomt')}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
