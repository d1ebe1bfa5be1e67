"""Who holds which seat, and who acts for whom. `valid_until` is the first day on which something no longer holds, here as everywhere."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.seats import HELD_BY_ONE
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import About, on_record_when_refused
from styrkedja.organisations.models import Membership, Seat, Substitution
from styrkedja.organisations.policies import check_appoint, check_end_substitution
from styrkedja.ui.clock import day
from styrkedja.ui.wording import day_text

Row = TypeVar("Row", Membership, Substitution)


def _about_seat(named: Mapping[str, Any]) -> About:
    seat = named["seat"] if "seat" in named else named["membership"].seat
    return About("body", seat.body.key, {"seat": seat.pk, "title": seat.title})


def _about_account(named: Mapping[str, Any]) -> About:
    """Whose substitute it is about."""
    return About("account", named["substitution"].account_id if "substitution" in named else named["actor"].pk)


@on_record_when_refused("member.appointment_refused", _about_seat)
def appoint_member(
    *,
    actor: User | None,
    seat: Seat,
    account: User,
    valid_from: date,
    valid_until: date | None,
    at: datetime,
    replaces: bool = False,
) -> Membership:
    """`account` holds `seat` for a period. `actor` is None when the program sets itself up. `replaces`: where one person at a time holds the seat,
    whoever holds it leaves it when the period begins.

    Raises Refused unless the actor may appoint, if the account is closed or holds the seat already, if another holds a seat for one and is not to
    leave it, and if the seat does not exist then.
    """
    seat = Seat.objects.select_for_update(of=("self",)).select_related("body").get(pk=seat.pk)
    if actor is not None:
        check_appoint(actor, seat, on=day(at))
    _refuse_empty(valid_from, valid_until)
    if not account.is_active:
        raise Refused(_("Kontot %(account)s är avstängt. Välj ett annat.") % {"account": account.username})
    _refuse_missing_seat(seat, valid_from, valid_until)
    if _overlapping(Membership.objects.filter(seat=seat, account=account), valid_from, valid_until).exists():
        raise Refused(_("%(account)s innehar redan platsen under den tiden.") % {"account": account})
    _make_room(seat, valid_from, valid_until, replaces=replaces, actor=actor, at=at)
    membership = Membership.objects.create(seat=seat, account=account, valid_from=valid_from, valid_until=valid_until)
    _record(act="member.appointed", actor=actor, membership=membership, at=at)
    return membership


def _make_room(seat: Seat, valid_from: date, valid_until: date | None, *, replaces: bool, actor: User | None, at: datetime) -> None:
    """Nobody else is left in a seat for one, from `valid_from` on. Raises Refused unless those who hold it are to be replaced."""
    if seat.function not in HELD_BY_ONE:
        return
    for former in _overlapping(Membership.objects.filter(seat=seat), valid_from, valid_until).select_related("seat__body", "account"):
        if not replaces:
            said = _(
                "%(account)s innehar platsen under den tiden, och den innehas av en i taget. Avsluta det innehavet först, eller kryssa i att "
                "det ska avslutas när det nya börjar."
            )
            raise Refused(said % {"account": former.account})
        if former.valid_from is not None and former.valid_from > valid_from:
            said = _("%(account)s ska inneha platsen från %(day)s. Låt det nya innehavet sluta före den dagen.")
            raise Refused(said % {"account": former.account, "day": day_text(former.valid_from)})
        _end(former, valid_from, on=day(at), over=_("Innehavet upphörde redan den %(day)s."))
        _record(act="member.ended", actor=actor, membership=former, at=at)


@on_record_when_refused("member.end_refused", _about_seat)
def end_membership(*, actor: User | None, membership: Membership, valid_until: date, at: datetime) -> Membership:
    """The account leaves the seat: it no longer holds it on `valid_until`. On the first day of the period nothing is left of it.

    Raises Refused unless the actor may appoint to the seat, and if the time in it has ended already or would grow longer.
    """
    found = Membership.objects.select_for_update(of=("self",)).select_related("seat__body", "account").get(pk=membership.pk)
    if actor is not None:
        check_appoint(actor, found.seat, on=day(at))
    _end(found, valid_until, on=day(at), over=_("Innehavet upphörde redan den %(day)s."))
    _record(act="member.ended", actor=actor, membership=found, at=at)
    return found


@on_record_when_refused("substitute.addition_refused", _about_account)
def add_substitute(*, actor: User, substitute: User, valid_from: date, valid_until: date, reason: str, at: datetime) -> Substitution:
    """`substitute` acts in all functions of `actor` from and including `valid_from`, until but not including `valid_until`.

    Raises Refused if no coming day is in the period, and if the substitute is the actor, is closed or stands in already.
    """
    _refuse_empty(valid_from, valid_until)
    if valid_until <= day(at):
        raise Refused(_("Perioden har redan passerat. Ange ett senare slutdatum."))
    if substitute.pk == actor.pk:
        raise Refused(_("Du kan inte vara din egen ersättare."))
    if not substitute.is_active:
        raise Refused(_("Kontot %(account)s är avstängt. Välj ett annat.") % {"account": substitute.username})
    User.objects.select_for_update().get(pk=actor.pk)
    if _overlapping(Substitution.objects.filter(account=actor, substitute=substitute), valid_from, valid_until).exists():
        raise Refused(_("%(account)s är redan din ersättare under den tiden.") % {"account": substitute})
    row = Substitution.objects.create(
        account=actor, substitute=substitute, valid_from=valid_from, valid_until=valid_until, reason=reason.strip()
    )
    _record_substitution(act="substitute.added", actor=actor, row=row, at=at)
    return row


@on_record_when_refused("substitute.end_refused", _about_account)
def end_substitution(*, actor: User, substitution: Substitution, valid_until: date, at: datetime) -> Substitution:
    """The substitute no longer acts on `valid_until`.

    Raises Refused unless it concerns the actor or the actor is an administrator, and if it has ended already or would grow longer.
    """
    found = Substitution.objects.select_for_update(of=("self",)).select_related("account", "substitute").get(pk=substitution.pk)
    check_end_substitution(actor, found)
    _end(found, valid_until, on=day(at), over=_("Ersättningen upphörde redan den %(day)s."))
    _record_substitution(act="substitute.ended", actor=actor, row=found, at=at)
    return found


def _refuse_empty(valid_from: date, valid_until: date | None) -> None:
    if valid_until is not None and valid_until <= valid_from:
        raise Refused(_("Slutdatumet ligger före startdatumet. Rätta det ena."))


def _refuse_missing_seat(seat: Seat, valid_from: date, valid_until: date | None) -> None:
    """Some day of the period must be one on which both the seat and its body exist."""
    starts = [start for start in (valid_from, seat.valid_from, seat.body.valid_from) if start is not None]
    ends = [end for end in (valid_until, seat.valid_until, seat.body.valid_until) if end is not None]
    if ends and min(ends) <= max(starts):
        raise Refused(_("Platsen %(seat)s finns inte under den tiden.") % {"seat": seat})


def _overlapping(rows: QuerySet[Row], valid_from: date, valid_until: date | None) -> QuerySet[Row]:
    """Those of `rows` that share a day with the period. One that ended on its first day has no day."""
    starts_before_end = Q() if valid_until is None else Q(valid_from__isnull=True) | Q(valid_from__lt=valid_until)
    ends_after_start = Q(valid_until__isnull=True) | Q(valid_until__gt=valid_from)
    return rows.filter(starts_before_end, ends_after_start).exclude(valid_until=F("valid_from"))


def _end(row: Membership | Substitution, valid_until: date, *, on: date, over: str) -> None:
    if row.valid_until is not None and row.valid_until <= on:
        raise Refused(over % {"day": day_text(row.valid_until)})
    if row.valid_from is not None and valid_until < row.valid_from:
        raise Refused(_("Slutdatumet ligger före startdatumet. Rätta det ena."))
    if row.valid_until is not None and valid_until > row.valid_until:
        raise Refused(_("Tiden slutar redan den %(day)s och kan bara göras kortare.") % {"day": day_text(row.valid_until)})
    row.valid_until = valid_until
    row.save(update_fields=["valid_until"])


def _period(row: Membership | Substitution) -> dict[str, str | None]:
    dates = {"valid_from": row.valid_from, "valid_until": row.valid_until}
    return {name: value.isoformat() if value else None for name, value in dates.items()}


def _record(*, act: str, actor: User | None, membership: Membership, at: datetime) -> None:
    seat, account = membership.seat, membership.account
    payload = {"seat": seat.pk, "function": seat.function, "title": seat.title, "account": account.username} | _period(membership)
    append(actor=actor, act=act, object_type="body", object_id=seat.body.key, payload=payload, at=at)


def _record_substitution(*, act: str, actor: User, row: Substitution, at: datetime) -> None:
    payload = {"account": row.account.username, "substitute": row.substitute.username, "reason": row.reason} | _period(row)
    append(actor=actor, act=act, object_type="account", object_id=row.account_id, payload=payload, at=at)
