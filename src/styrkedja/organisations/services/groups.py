"""Working groups made by a step of a routine, and who holds which seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.organisations.kinds import GroupKind, GroupLevel
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import append
from styrkedja.organisations.models import Body, County, Group, Membership, Placement, Seat, Substitution
from styrkedja.ui.clock import day

CONVENER = "CONVENER"
EXPERT = "EXPERT"


@dataclass(frozen=True)
class NewMember:
    """A seat to be made in a group: the function's name, whose it is, and who holds it, if that is known."""

    title: str
    organisation: str
    account: User | None = None


@transaction.atomic
def compose_working_group(
    *, actor: User, county: County, parent: Body, name: str, mandate: str, convener: User, members: Sequence[NewMember], at: datetime, function: str = ""
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
    """An earlier working group takes up a new assignment, with the members added that it lacked."""
    group.mandate, group.valid_until = mandate, None
    group.save(update_fields=["mandate", "valid_until"])
    _fill(group, convener=convener, members=members, at=at)
    payload = {"group": group.key, "members": [member.title for member in members]}
    append(actor=actor, act="group.reactivated", object_type="body", object_id=group.key, payload=payload, at=at, function=function)
    return group


def _fill(group: Group, *, convener: User, members: Sequence[NewMember], at: datetime) -> None:
    seat, _made = Seat.objects.get_or_create(
        body=group, function=CONVENER, valid_until=None, defaults={"title": _("Sammankallande"), "valid_from": day(at)}
    )
    Membership.objects.filter(seat=seat, valid_until__isnull=True).exclude(account=convener).update(valid_until=day(at))
    Membership.objects.get_or_create(seat=seat, account=convener, valid_until=None, defaults={"valid_from": day(at)})
    for member in members:
        title = f"{member.title}, {member.organisation}"[:200]
        seat, _made = Seat.objects.get_or_create(body=group, function=EXPERT, title=title, valid_until=None, defaults={"valid_from": day(at)})
        if member.account is not None:
            Membership.objects.get_or_create(seat=seat, account=member.account, valid_until=None, defaults={"valid_from": day(at)})


def _free_key(name: str) -> str:
    base = slugify(name)[:80] or "grupp"
    taken = set(Body.objects.filter(key__startswith=base).values_list("key", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


@transaction.atomic
def appoint_member(*, actor: User | None, seat: Seat, account: User, valid_from: date, valid_until: date | None, at: datetime) -> Membership:
    """`account` holds `seat` for a period. The caller has checked that `actor` may."""
    if valid_until is not None and valid_until < valid_from:
        raise Refused(_("Slutdatumet ligger före startdatumet."))
    membership = Membership.objects.create(seat=seat, account=account, valid_from=valid_from, valid_until=valid_until)
    payload = {"seat": seat.pk, "function": seat.function, "body": seat.body.key, "account": account.username, "valid_from": valid_from.isoformat()}
    append(actor=actor, act="member.appointed", object_type="body", object_id=seat.body.key, payload=payload, at=at)
    return membership


@transaction.atomic
def end_membership(*, actor: User | None, membership: Membership, valid_until: date, at: datetime) -> Membership:
    """The account leaves the seat on `valid_until`. The caller has checked that `actor` may."""
    if membership.valid_from is not None and valid_until < membership.valid_from:
        raise Refused(_("Slutdatumet ligger före startdatumet."))
    membership.valid_until = valid_until
    membership.save(update_fields=["valid_until"])
    key = membership.seat.body.key
    payload = {"seat": membership.seat_id, "account": membership.account.username, "valid_until": valid_until.isoformat()}
    append(actor=actor, act="member.ended", object_type="body", object_id=key, payload=payload, at=at)
    return membership


@transaction.atomic
def add_substitute(*, actor: User, substitute: User, valid_from: date, valid_until: date, reason: str, at: datetime) -> Substitution:
    """`substitute` acts in all functions of `actor` for a period."""
    if valid_until < valid_from:
        raise Refused(_("Slutdatumet ligger före startdatumet."))
    if substitute.pk == actor.pk:
        raise Refused(_("Du kan inte vara din egen ersättare."))
    row = Substitution.objects.create(account=actor, substitute=substitute, valid_from=valid_from, valid_until=valid_until, reason=reason)
    payload = {"substitute": substitute.username, "valid_from": valid_from.isoformat(), "valid_until": valid_until.isoformat()}
    append(actor=actor, act="substitute.added", object_type="user", object_id=actor.username, payload=payload, at=at)
    return row


__all__ = ["CONVENER", "NewMember", "add_substitute", "appoint_member", "compose_working_group", "end_membership", "reactivate_group"]
