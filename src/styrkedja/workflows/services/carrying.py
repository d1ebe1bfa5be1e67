"""Takes the open work items of a case over to another version of its routine. Used by `migrating` only."""

from collections.abc import Iterable
from datetime import date, datetime

from styrkedja.accounts.models import User
from styrkedja.core.process.engine import Token
from styrkedja.core.process.model import Node, Routine
from styrkedja.organisations.selectors import Position, positions
from styrkedja.ui.clock import day
from styrkedja.workflows.models import EventKind, ItemState, NoticeKind, Offer, ProcessInstance, WorkItem
from styrkedja.workflows.performers import Performers, performers_of
from styrkedja.workflows.services.notices import notify_holders
from styrkedja.workflows.services.record import append_event, close_items

_FIELDS = ["token", "number", "name", "kind", "performer", "wakes_on", "waiting_for", "claimed_by", "claimed_at", "version"]


def carry_items(*, actor: User | None, instance: ProcessInstance, routine: Routine, tokens: Iterable[Token], at: datetime) -> None:
    """Gives the open items whose step is open in `routine` too its new token, name and performers. Due date, drafts and dates of watching
    stay, and so does the claim unless the one who has taken it may no longer do the step. The other open items are withdrawn; steps that are
    newly open are left to `save_execution`.

    Raises EngineFault when a performer cannot be found.
    """
    items = _open_items(instance)
    pairs = _pairs(items, routine, tokens)
    kept = {item for item, _token in pairs}
    close_items([item for item in items if item not in kept], state=ItemState.WITHDRAWN, at=at)
    added: dict[WorkItem, list[Position]] = {}
    _out_of_the_way([item for item, token in pairs if item.token != token.key])
    for item, token in pairs:
        node = routine.nodes[token.node_id]
        performers = performers_of(routine, token, county=instance.definition.county, on=day(at))
        _describe(item, token, node, performers)
        added[item] = _offer(item, performers)
        _release_if_barred(item, performers, actor=actor, at=at)
        item.version += 1
        item.save(update_fields=_FIELDS)
    news = {item: new for item, new in added.items() if new and not item.is_wait and item.claimed_by is None}
    notify_holders(offered=news, kind=NoticeKind.NEW_TASK, at=at, but=actor)


def _open_items(instance: ProcessInstance) -> list[WorkItem]:
    items = list(WorkItem.objects.filter(instance=instance, state=ItemState.OPEN).select_related("claimed_by").order_by("pk"))
    for item in items:
        item.instance = instance
    return items


def _pairs(items: list[WorkItem], routine: Routine, tokens: Iterable[Token]) -> list[tuple[WorkItem, Token]]:
    """Each open item with the token of the same step, item and sort."""
    free = {token.key: token for token in tokens}
    found = []
    for item in items:
        token = next((token for token in free.values() if _same(item, token, routine)), None)
        if token is not None:
            found.append((item, free.pop(token.key)))
    return found


def _same(item: WorkItem, token: Token, routine: Routine) -> bool:
    is_wait = routine.nodes[token.node_id].wait is not None
    return (item.node_id, item.item, item.is_wait) == (token.node_id, token.item, is_wait)


def _out_of_the_way(items: list[WorkItem]) -> None:
    """Two items may change tokens with each other, and an open token is unique at every moment."""
    for item in items:
        item.token = f"~{item.pk}"
    WorkItem.objects.bulk_update(items, ["token"])


def _describe(item: WorkItem, token: Token, node: Node, performers: Performers) -> None:
    item.token, item.number, item.name = token.key, node.number, node.name
    item.kind = node.step.kind if node.step else "wait"
    item.performer = performers.label
    item.wakes_on = date.fromisoformat(str(token.variables[node.wait.until])) if node.wait else None
    item.waiting_for = node.wait.reason if node.wait else ""


def _offer(item: WorkItem, performers: Performers) -> list[Position]:
    """Answers the functions that the item was not offered to before."""
    wanted = set(performers.positions)
    offered = {(offer.body_id, offer.function): offer.pk for offer in item.offers.all()}
    item.offers.filter(pk__in=[pk for position, pk in offered.items() if position not in wanted]).delete()
    new = sorted(wanted - offered.keys())
    Offer.objects.bulk_create(Offer(item=item, body_id=body, function=function) for body, function in new)
    return new


def _release_if_barred(item: WorkItem, performers: Performers, *, actor: User | None, at: datetime) -> None:
    """Nobody keeps a task that only others may do."""
    if item.claimed_by is None or set(performers.positions) & positions(item.claimed_by, on=day(at)):
        return
    item.claimed_by = item.claimed_at = None
    reason = "Uppgiften utförs av någon annan i den nya versionen av rutinen."
    fields = {"token": item.token, "node_id": item.node_id, "number": item.number, "item": item.item, "data": {"reason": reason}}
    append_event(actor=actor, instance=item.instance, kind=EventKind.RELEASED, at=at, **fields)
