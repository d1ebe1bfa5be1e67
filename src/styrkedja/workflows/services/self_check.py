"""The nightly self-check: every running case, played again from its history, must stand where it is stored as standing."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from styrkedja.core.process.engine import EngineFault, Execution, Token, TokenNotOpen
from styrkedja.workflows.models import Incident, InstanceStatus, ItemState, ProcessInstance, WorkItem
from styrkedja.workflows.programs import program_of
from styrkedja.workflows.replaying import execution_of
from styrkedja.workflows.selectors import running_instances
from styrkedja.workflows.services.running import raise_incident

logger = logging.getLogger(__name__)

OPEN = frozenset({InstanceStatus.RUNNING, InstanceStatus.INCIDENT})


def check_running_instances(*, at: datetime) -> int:
    """Checks every running case, each in its own transaction; answers how many differ from their history.

    A difference becomes an incident of the case, once, and a line in the log at every run until it is put right.
    """
    different = 0
    for instance_id in list(running_instances().values_list("pk", flat=True)):
        try:
            reason = _check_one(instance_id, at=at)
        except Exception:
            logger.exception("the self-check failed for instance %s; the others go on", instance_id)
            continue
        if reason:
            different += 1
            logger.error("instance %s differs from its history: %s", instance_id, reason)
    return different


@transaction.atomic
def _check_one(instance_id: int, *, at: datetime) -> str:
    instance = ProcessInstance.objects.select_for_update(of=("self",)).select_related("definition").get(pk=instance_id)
    reason = difference(instance) if instance.status in OPEN else ""
    if reason and not Incident.objects.filter(instance=instance, reason=reason, resolved_at__isnull=True).exists():
        raise_incident(actor=None, instance_id=instance_id, token="", reason=reason, at=at)
    return reason


def difference(instance: ProcessInstance) -> str:
    """In Swedish, how the stored state and the open items differ from what the history gives; "" when they agree. `instance` is locked."""
    try:
        played = {token.key: token for token in execution_of(instance).tokens()}
    except EngineFault as fault:
        return _("Historiken går inte att spela upp. %(reason)s") % {"reason": fault.reason}
    except TokenNotOpen as fault:
        return _("Historiken går inte att spela upp: steget %(step)s var inte öppet.") % {"step": fault}
    if not played:
        return _("Enligt historiken är ärendet avslutat, men det står som pågående.")
    stored = _stored_tokens(instance)
    if stored is None:
        return _("Det sparade läget går inte att läsa.")
    names = {token.key: _name(token, instance) for token in [*played.values(), *stored.values()]}
    items = dict(WorkItem.objects.filter(instance=instance, state=ItemState.OPEN).values_list("token", "number"))
    return (
        _disagreement(_("det sparade läget"), played, stored, names)
        or _disagreement(_("uppgifterna"), played, items, {key: number or key for key, number in items.items()} | names)
        or _changed_variables(played, stored, names)
    )


def _stored_tokens(instance: ProcessInstance) -> Mapping[str, Token] | None:
    try:
        return {token.key: token for token in Execution.load(program_of(instance.definition), instance.state).tokens()}
    except Exception:  # a state that has been tampered with can break the library anywhere
        logger.exception("the stored state of instance %s cannot be read", instance.pk)
        return None


def _name(token: Token, instance: ProcessInstance) -> str:
    number = program_of(instance.definition).routine.nodes[token.node_id].number
    return f"{number} ({token.item})" if token.item else number


def _disagreement(where: str, played: Iterable[str], found: Iterable[str], names: Mapping[str, str]) -> str:
    missing, extra = sorted(set(played) - set(found)), sorted(set(found) - set(played))
    parts = []
    if missing:
        parts.append(_("steg %(steps)s saknas") % {"steps": ", ".join(names[key] for key in missing)})
    if extra:
        parts.append(_("steg %(steps)s ska inte vara öppet") % {"steps": ", ".join(names[key] for key in extra)})
    return _("Historiken och %(where)s stämmer inte överens: %(parts)s.") % {"where": where, "parts": "; ".join(parts)} if parts else ""


def _changed_variables(played: Mapping[str, Token], stored: Mapping[str, Token], names: Mapping[str, str]) -> str:
    for key, token in played.items():
        after, before = dict(token.variables), dict(stored[key].variables)
        changed = sorted(name for name in after.keys() | before.keys() if after.get(name) != before.get(name))
        if changed:
            return _("Historiken och det sparade läget stämmer inte överens: i steg %(step)s skiljer sig %(variables)s.") % {
                "step": names[key],
                "variables": ", ".join(changed),
            }
    return ""
