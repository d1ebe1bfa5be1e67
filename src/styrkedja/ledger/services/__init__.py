"""Writing in the log. Everything that somebody does is appended in the transaction that does it."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from styrkedja.core.ledger.chain import TEXT_ERASED, canonical_json, digest, entry_body
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import LedgerText, ObjectVersion, PendingEntry, SentForm, Versioned

_SENT_ONCE = "form_sent_once"


class Actor(Protocol):
    """An account, as far as the log needs to know it: accounts stand on a higher floor."""

    pk: int
    is_administrator: bool


def append(
    *, actor: Actor | None, act: str, object_type: str, object_id: object, payload: Mapping[str, Any], at: datetime, function: str = ""
) -> None:
    """Append an act; it joins the chain when the transaction commits, and disappears if it is rolled back.

    `actor` is None for what the program does by itself. `act` is "noun.done", with a label in ledger.presenters. `payload` is what was
    done, as JSON values: it can be erased later, so personal data belong there and nowhere else. `function` is the function acted in.
    Raises TransactionManagementError outside a transaction, TypeError or ValueError if `payload` has no JSON form or `at` no time zone.
    """
    _refuse_outside_transaction()
    text, salt = canonical_json(payload), secrets.token_hex(32)
    body = entry_body(
        at=at,
        act=act,
        account=actor.pk if actor else None,
        function=function,
        object_type=object_type,
        object_id=str(object_id),
        digest=digest(salt, text),
    )
    PendingEntry.objects.create(body=body, payload=text, salt=salt)


def append_version(
    *, actor: Actor | None, act: str, object_type: str, row: Versioned, changes: Mapping[str, Any], at: datetime, function: str = ""
) -> None:
    """Append that `row` has become what it is, and keep what it was: `changes` are field → (before, after) as JSON values."""
    account = actor.pk if actor else None
    ObjectVersion.objects.create(
        object_type=object_type, object_id=row.pk, version=row.version, changes=changes, account=account, function=function, at=at
    )
    payload = {"key": row.key, "version": row.version, "changes": changes}
    append(actor=actor, act=act, object_type=object_type, object_id=row.pk, payload=payload, at=at, function=function)


class SentBefore(Exception):
    """The form has been sent before, with something else in it. `address` is where that led."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Sent(NamedTuple):
    """Where an act led, and whether it was done now or had been done before."""

    address: str
    is_new: bool


def once(*, actor: Actor, key: UUID, digest: str, do: Callable[[], str], at: datetime) -> Sent:
    """Does `do`, which answers an address, once for the `key` of a form: sent again with the same `digest` it answers the first address.

    Two who come at the same moment wait for each other. What is refused has not been done, and can be sent again. Raises SentBefore if the
    form came before with another digest, and what `do` raises.
    """
    row = SentForm(key=key, account=actor.pk, digest=digest, at=at)
    try:
        with transaction.atomic():
            done = _first(row, do)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != _SENT_ONCE:
            raise
    else:
        if isinstance(done, Refused):
            raise done
        return done
    before = SentForm.objects.get(key=key, account=actor.pk)
    if before.digest != digest:
        raise SentBefore(before.address)
    return Sent(before.address, is_new=False)


def _first(row: SentForm, do: Callable[[], str]) -> Sent | Refused:
    """A refusal is answered, not raised: what it has put on record is kept."""
    row.save(force_insert=True)
    try:
        row.address = do()
    except Refused as refused:
        row.delete()
        return refused
    row.save(update_fields=["address"])
    return Sent(row.address, is_new=True)


@transaction.atomic
def prune_sent_forms(*, at: datetime) -> int:
    """Forgets forms that were sent long ago: nobody goes back to a page that old. Answers how many."""
    return SentForm.objects.filter(at__lt=at - timedelta(days=settings.SENT_FORM_DAYS)).delete()[0]


@transaction.atomic
def erase_text(*, actor: Actor, sequence: int, reason: str, at: datetime) -> None:
    """Erase the text of an entry for good, where the law demands it. The entry stays, the chain holds, and the erasure is itself logged.

    Raises Refused unless the actor is an administrator and gives a reason, and if there is no such text.
    """
    if not actor.is_administrator:
        raise Refused(_("Bara en systemförvaltare får radera text i loggen."))
    if not reason.strip():
        raise Refused(_("Ange varför texten raderas, till exempel vilken bestämmelse som kräver det."))
    if not LedgerText.objects.filter(entry=sequence).exclude(salt="").update(payload="", salt=""):
        raise Refused(_("Loggpost %(sequence)s har ingen text att radera.") % {"sequence": sequence})
    append(actor=actor, act=TEXT_ERASED, object_type="ledger.entry", object_id=sequence, payload={"reason": reason.strip()}, at=at)


def _refuse_outside_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("append() must run in the transaction of the act that it records")
