"""Sentences about steps: who has them, and what comes next."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.process.model import Node, Routine
from styrkedja.organisations.models import Body
from styrkedja.ui.wording import day_text
from styrkedja.workflows.models import HistoryEvent, WorkItem

MOST_NAMES = 5


def listed(names: Sequence[str]) -> str:
    """ "A", "A och B", "A, B och C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s och %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def within_sentence(name: str) -> str:
    """A role's name as it stands inside a sentence: "RVN:s registrator", but "områdesdirektör i RVN"."""
    first = name.split(" ", 1)[0]
    return name[:1].lower() + name[1:] if first[1:].islower() else name


def holder(item: WorkItem, routine: Routine, bodies: Sequence[Body]) -> str:
    """Who has an open item, for a sentence: the role's name where it always is the same body, else the bodies."""
    node = routine.nodes.get(item.node_id)
    role = routine.roles.get(_role_of(node)) if node else None
    if role is not None and role.body.startswith("key:"):
        return within_sentence(role.name)
    return _names([str(body) for body in bodies]) or item.performer


def _role_of(node: Node) -> str:
    performed = node.step or node.wait
    return performed.role if performed else ""


def _names(names: Sequence[str]) -> str:
    """The names, or how many they are when they are too many to read."""
    if len(names) <= MOST_NAMES:
        return listed(names)
    return ngettext("%(number)s organ", "%(number)s organ", len(names)) % {"number": len(names)}


def whereabouts(items: Iterable[WorkItem], routine: Routine, bodies: Mapping[int, Sequence[Body]]) -> list[str]:
    """One sentence for each open step: "Steg 5 är nu hos LPO äldres hälsa och KFVN:s samordnare." Waits come last."""
    by_number: dict[str, list[str]] = {}
    waits: list[str] = []
    for item in items:
        if item.is_wait and item.wakes_on:
            waits.append(_("Ärendet väntar till %(day)s. %(reason)s") % {"day": day_text(item.wakes_on), "reason": item.waiting_for})
            continue
        holders = by_number.setdefault(item.number, [])
        name = holder(item, routine, bodies.get(item.pk, ()))
        if name not in holders:
            holders.append(name)
    steps = [_("Steg %(step)s är nu hos %(holder)s.") % {"step": step, "holder": _names(names)} for step, names in by_number.items()]
    return [*steps, *waits]


def after_step(
    event: HistoryEvent, *, opened: Sequence[WorkItem], waiting: Sequence[WorkItem], routine: Routine, bodies: Mapping[int, Sequence[Body]]
) -> str:
    """What the performer is told when a step is done: that it is done, what happens next and who has it."""
    done = _("Steg %(step)s är klart.") % {"step": event.number}
    if opened:
        return " ".join([done, *whereabouts(opened, routine, bodies)])
    if waiting:
        return " ".join([done, _("Ärendet går vidare när övriga är klara."), *whereabouts(waiting, routine, bodies)])
    end = routine.nodes.get(event.instance.end_event)
    return " ".join([done, _("Ärendet är avslutat: %(end)s.") % {"end": end.name} if end else _("Ärendet är avslutat.")])
