"""Working groups: made by a step of a routine, closed by a person.

That the actor may make one is what the step itself has checked: it is offered to those functions alone (core.policies.work_items).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.organisations.kinds import GroupKind, GroupLevel
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import About, on_record_when_refused
from styrkedja.organisations.models import Body, County, Group, Membership, Placement, Seat
from styrkedja.organisations.policies import check_close_group
from styrkedja.organisations.services.descriptions import close, keep, redescribe
from styrkedja.organisations.services.keys import RESERVED
from styrkedja.organisations.services.members import add_substitute, appoint_member, end_membership, end_substitution
from styrkedja.ui.clock import day

CONVENER = "CONVENER"
# Kept with the seat, so it is Swedish whoever acts.
CONVENER_TITLE = "Sammankallande"
EXPERT = "EXPERT"


@dataclass(frozen=True)
class NewMember:
    """A seat to be made in a group: the function's name, whose it is, and who holds it, if that is known."""

    title: str
    organisation: str
    account: User | None = None


@transaction.atomic
def compose_working_group(
    *,
    actor: User,
    county: County,
    parent: Body,
    name: str,
    mandate: str,
    convener: User,
    members: Sequence[NewMember],
    at: datetime,
    function: str = "",
) -> Group:
    """Makes a local working group under `parent` with a convener and a seat for every member."""
    if not members:
        raise Refused(_("En arbetsgrupp måste ha minst en ledamot."))
    group = Group.objects.create(
        key=_free_key(name),
        name=name,
        county=county,
        kind=GroupKind.WORKING_GROUP,
        level=GroupLevel.LOCAL,
        mandate=mandate,
        valid_from=day(at),
    )
    Placement.objects.create(child=group, parent=parent, valid_from=day(at))
    _fill(group, convener=convener, members=members, at=at)
    payload = {"group": group.key, "name": name, "members": [member.title for member in members]}
    append(actor=actor, act="group.composed", object_type="body", object_id=group.key, payload=payload, at=at, function=function)
    return group


@transaction.atomic
def reactivate_group(
    *, actor: User, group: Group, mandate: str, convener: User, members: Sequence[NewMember], at: datetime, function: str = ""
) -> Group:
    """An earlier working group takes up a new assignment, with the members added that it lacked. Its former mandate stays readable.

    Raises Refused if the group is of another kind: those have their mandates from the county.
    """
    if group.kind != GroupKind.WORKING_GROUP:
        raise Refused(
            _("%(group)s är ingen arbetsgrupp och kan inte återaktiveras. Välj en arbetsgrupp eller bilda en ny.") % {"group": group}
        )
    redescribe(group, {"mandate": mandate}, on=day(at))
    _reopen(group, on=day(at))
    _fill(group, convener=convener, members=members, at=at)
    payload = {"group": group.key, "members": [member.title for member in members]}
    append(actor=actor, act="group.reactivated", object_type="body", object_id=group.key, payload=payload, at=at, function=function)
    return group


def about_group(named: Mapping[str, Any]) -> About:
    """For services that take `group`."""
    return About("body", named["group"].key)


@on_record_when_refused("group.closing_refused", about_group)
def close_group(*, actor: User, group: Group, reason: str, at: datetime) -> Group:
    """The working group does not exist from today on, nor do its seats; who was in it can be read for the days before. It can be reactivated.

    Whether it has work left is known above this floor: see workflows.services.groups. Raises Refused unless the actor may and gives a reason,
    and if it has been closed.
    """
    on = day(at)
    Body.objects.select_for_update().get(pk=group.pk)
    found = Group.objects.get(pk=group.pk)
    check_close_group(actor, found, on=on)
    if not reason.strip():
        raise Refused(_("Ange varför gruppen avslutas."))
    if found.valid_until is not None and found.valid_until <= on:
        raise Refused(_("%(group)s är redan avslutad.") % {"group": found})
    close(Body.objects.filter(pk=found.pk), on=on)
    close(Seat.objects.filter(body=found), on=on)
    close(Placement.objects.filter(child=found), on=on)
    payload = {"group": found.key, "name": found.name, "reason": reason.strip()}
    append(actor=actor, act="group.closed", object_type="body", object_id=found.key, payload=payload, at=at)
    found.refresh_from_db()
    return found


def _reopen(group: Group, *, on: date) -> None:
    """A group that had been closed was so until today."""
    if group.valid_until is None:
        return
    if group.valid_until < on:
        keep(group, {"valid_until": group.valid_until}, on=on)
    Group.objects.filter(pk=group.pk).update(valid_until=None)
    placed = Placement.objects.filter(child=group)
    if not placed.filter(valid_until__isnull=True).exists():
        last = placed.order_by("-valid_until", "-pk").first()
        if last is not None:
            Placement.objects.create(child=group, parent_id=last.parent_id, valid_from=on)
    group.refresh_from_db()


def _fill(group: Group, *, convener: User, members: Sequence[NewMember], at: datetime) -> None:
    seat, _made = Seat.objects.get_or_create(
        body=group, function=CONVENER, valid_until=None, defaults={"title": CONVENER_TITLE, "valid_from": day(at)}
    )
    close(Membership.objects.filter(seat=seat).exclude(account=convener), on=day(at))
    Membership.objects.get_or_create(seat=seat, account=convener, valid_until=None, defaults={"valid_from": day(at)})
    for member in members:
        title = f"{member.title}, {member.organisation}"[:200]
        seat, _made = Seat.objects.get_or_create(
            body=group, function=EXPERT, title=title, valid_until=None, defaults={"valid_from": day(at)}
        )
        if member.account is not None:
            Membership.objects.get_or_create(seat=seat, account=member.account, valid_until=None, defaults={"valid_from": day(at)})


def _free_key(name: str) -> str:
    """A key that nobody has, and that nobody else is given while this transaction lasts."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('styrkedja.free-key', 0))")
    base = slugify(name)[:80] or "grupp"
    taken = RESERVED | set(Body.objects.filter(key__startswith=base).values_list("key", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


__all__ = [
    "CONVENER",
    "NewMember",
    "add_substitute",
    "appoint_member",
    "close_group",
    "compose_working_group",
    "end_membership",
    "end_substitution",
    "reactivate_group",
]
