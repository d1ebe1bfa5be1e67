"""The start page in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.process.model import Routine
from styrkedja.home.forms import LATE, MINE, SOON, UNDATED, WATCHED
from styrkedja.home.selectors.inbox import Light, Waiting
from styrkedja.organisations.models import Substitution
from styrkedja.procedures.links import case_url
from styrkedja.procedures.presenters.items import SOON as SOON_DAYS
from styrkedja.procedures.presenters.items import item_status
from styrkedja.procedures.presenters.wording import listed
from styrkedja.ui.clock import day
from styrkedja.ui.components import Figure, Status, Tone
from styrkedja.ui.wording import day_text, long_day_text, number_text
from styrkedja.workflows.models import WorkItem


@dataclass(frozen=True)
class TaskRow:
    """One task in the inbox. `taken_by` is set when somebody else has it; `can_take` when nobody has."""

    item: WorkItem
    subject: str
    case_url: str
    reference: str
    note: str
    status: Status
    task_url: str
    claim_url: str
    is_mine: bool
    can_take: bool
    taken_by: str


@dataclass(frozen=True)
class WaitingRow:
    """A case that others must carry on: for what, for whom, since when."""

    subject: str
    case_url: str
    reference: str
    what: str
    whom: str
    since: datetime
    due_on: date | None
    is_late: bool


def is_late(item: Light, *, today: date) -> bool:
    return item.due_on is not None and item.due_on < today


def is_soon(item: Light, *, today: date) -> bool:
    return item.due_on is not None and today <= item.due_on <= today + SOON_DAYS


def narrowed(items: Iterable[Light], *, view: str, step: str, user_id: int, today: date) -> list[Light]:
    """What the filter's view and step leave."""
    tests = {
        LATE: lambda item: is_late(item, today=today),
        SOON: lambda item: is_soon(item, today=today),
        UNDATED: lambda item: item.due_on is None,
        MINE: lambda item: item.claimed_by_id == user_id,
    }
    test = tests.get(view, lambda item: True)
    return [item for item in items if test(item) and step in ("", item.number)]


def sentence(items: Sequence[Light], *, at: datetime, elsewhere: str = "") -> str:
    """ "Söndag 22 november. En uppgift är försenad och två förfaller inom 7 dagar.", and what there is `elsewhere`."""
    today = day(at)
    weekday = long_day_text(today).rpartition(" ")[0]
    situation = _situation(items, today) if items or not elsewhere else _("Inget ärende väntar på dig.")
    return " ".join(filter(None, (f"{weekday[:1].upper()}{weekday[1:]}.", situation, elsewhere)))


def _situation(items: Sequence[Light], today: date) -> str:
    late = sum(is_late(item, today=today) for item in items)
    soon = sum(is_soon(item, today=today) for item in items)
    parts = [_late(late)] if late else []
    parts += [_soon(soon, after=bool(late))] if soon else []
    if parts:
        return _capital(listed(parts)) + "."
    if items:
        return _("Inget är försenat och inget förfaller inom 7 dagar.")
    return _("Du har inget att göra just nu.")


def _late(number: int) -> str:
    return ngettext("%(number)s uppgift är försenad", "%(number)s uppgifter är försenade", number) % {"number": in_words(number)}


def _soon(number: int, *, after: bool) -> str:
    if after:
        return ngettext("%(number)s förfaller inom 7 dagar", "%(number)s förfaller inom 7 dagar", number) % {"number": in_words(number)}
    said = ngettext("%(number)s uppgift förfaller inom 7 dagar", "%(number)s uppgifter förfaller inom 7 dagar", number)
    return said % {"number": in_words(number)}


def in_words(number: int) -> str:
    """Numbers to twelve as words, as one writes in running text; the rest as figures."""
    words = (
        _("ingen"),
        _("en"),
        _("två"),
        _("tre"),
        _("fyra"),
        _("fem"),
        _("sex"),
        _("sju"),
        _("åtta"),
        _("nio"),
        _("tio"),
        _("elva"),
        _("tolv"),
    )
    return words[number] if number < len(words) else number_text(number)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def figures(items: Sequence[Light], *, running: tuple[int, bool], watched: int, at: datetime) -> list[Figure]:
    """The four boxes; each leads to what it counts."""
    today = day(at)
    late = sum(is_late(item, today=today) for item in items)
    soon = sum(is_soon(item, today=today) for item in items)
    count, is_capped = running
    running_text = _("fler än %(number)s") % {"number": number_text(count)} if is_capped else number_text(count)
    inbox = reverse("home:inbox")
    return [
        Figure(
            number_text(late),
            ngettext("försenad uppgift", "försenade uppgifter", late),
            Tone.DANGER if late else Tone.INFO,
            f"{inbox}?visa={LATE}",
        ),
        Figure(
            number_text(soon),
            ngettext("förfaller inom 7 dagar", "förfaller inom 7 dagar", soon),
            Tone.WARN if soon else Tone.INFO,
            f"{inbox}?visa={SOON}",
        ),
        Figure(running_text, ngettext("pågående ärende i länet", "pågående ärenden i länet", count), Tone.INFO, reverse("home:cases")),
        Figure(number_text(watched), ngettext("bevakning", "bevakningar", watched), Tone.INFO, f"{inbox}?visa={WATCHED}"),
    ]


def task_rows(
    items: Iterable[WorkItem], routines: Mapping[int, Routine], mine: frozenset[int], *, user_id: int, many_counties: bool, at: datetime
) -> list[TaskRow]:
    """`mine` are the items that the reader may do."""
    return [_task_row(item, routines[item.instance.definition_id], mine, user_id, many_counties, day(at)) for item in items]


def _task_row(item: WorkItem, routine: Routine, mine: frozenset[int], user_id: int, many_counties: bool, today: date) -> TaskRow:
    case = item.instance.case
    taken = item.claimed_by_id is not None
    return TaskRow(
        item=item,
        subject=case.subject,
        case_url=case_url(case, many_counties=many_counties),
        reference=case.reference,
        note=" · ".join(part for part in (_("Steg %(step)s") % {"step": item.number}, _phase(item, routine), item.performer) if part),
        status=item_status(item, today=today),
        task_url=reverse("procedures:task", args=[item.pk]),
        claim_url=reverse("procedures:claim", args=[item.pk]),
        is_mine=item.claimed_by_id == user_id,
        can_take=not taken and item.pk in mine,
        taken_by=str(item.claimed_by) if taken and item.claimed_by_id != user_id else "",
    )


def _phase(item: WorkItem, routine: Routine) -> str:
    node = routine.nodes.get(item.node_id)
    return routine.phases[node.phase].name if node and node.phase in routine.phases else ""


def waiting_rows(rows: Iterable[Waiting], *, many_counties: bool, at: datetime) -> list[WaitingRow]:
    return [_waiting_row(row, many_counties, day(at)) for row in rows]


def _waiting_row(row: Waiting, many_counties: bool, today: date) -> WaitingRow:
    """Told by what has waited longest; further parts are counted."""
    first, case = row.items[0], row.instance.case
    more = len(row.items) - 1
    what = _("Steg %(step)s %(name)s") % {"step": first.number, "name": first.name}
    dates = [item.due_on for item in row.items if item.due_on]
    due_on = first.wakes_on if first.is_wait else min(dates, default=None)
    return WaitingRow(
        subject=case.subject,
        case_url=case_url(case, many_counties=many_counties),
        reference=case.reference,
        what=first.waiting_for or what,
        whom=first.performer + (ngettext(" och %(number)s till", " och %(number)s till", more) % {"number": more} if more else ""),
        since=first.opened_at,
        due_on=due_on,
        is_late=due_on is not None and due_on < today,
    )


def standing_in_text(rows: Sequence[Substitution]) -> list[str]:
    """ "Du är ersättare för Samordnare, KFVN till och med 3 dec 2026."."""
    return [_("Du är ersättare för %(name)s till och med %(day)s.") % {"name": row.account, "day": last_day(row)} for row in rows]


def last_day(row: Substitution) -> str:
    """The last day of the period; `valid_until` is the day after."""
    return day_text(date.fromordinal(row.valid_until.toordinal() - 1)) if row.valid_until else _("tills vidare")
