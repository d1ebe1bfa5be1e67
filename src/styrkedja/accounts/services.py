"""Writing about accounts."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import append


@transaction.atomic
def create_account(
    *,
    actor: User | None,
    username: str,
    name: str,
    at: datetime,
    password: str | None = None,
    email: str = "",
    language: str = settings.LANGUAGE_CODE,
    administrator: bool = False,
) -> User:
    """Makes an account; without a password nobody can sign in to it. `actor` is None when the program sets itself up.

    Raises Refused unless the actor is an administrator, and if the user name is taken; ValidationError (Django's) for values out of shape.
    """
    if actor and not actor.is_administrator:
        raise Refused(_("Bara en systemförvaltare får lägga upp konton."))
    if User.objects.filter(username=username).exists():
        raise Refused(_("Användarnamnet %(username)s är upptaget. Välj ett annat.") % {"username": username})
    User(username=username, name=name, email=email, language=language, created_at=at).clean_fields(exclude=["password"])
    account = User.objects.create_user(
        username, password, name=name, email=email, language=language, is_administrator=administrator, created_at=at
    )
    _record("account.created", actor, account, {"username": username, "name": name, "administrator": administrator}, at)
    return account


@transaction.atomic
def set_password(*, actor: User | None, account: User, password: str, at: datetime) -> None:
    """A new password for somebody who has lost theirs; whoever is signed in to the account is signed out. `actor` as in create_account.

    Raises Refused for others than administrators, and ValidationError (Django's) for a password that is too weak.
    """
    _check_administers(actor)
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    _record("account.password_set", actor, account, {}, at)


@transaction.atomic
def set_active(*, actor: User | None, account: User, active: bool, at: datetime) -> None:
    """Closes an account, so that nobody can sign in to it, or opens it again. What it has done stays on record. `actor` as in create_account."""
    _check_administers(actor)
    if account.is_active == active:
        return
    account.is_active = active
    account.save(update_fields=["is_active"])
    _record("account.reopened" if active else "account.closed", actor, account, {}, at)


def _check_administers(actor: User | None) -> None:
    if actor and not actor.is_administrator:
        raise Refused(_("Bara en systemförvaltare får byta andras lösenord och stänga eller öppna konton."))


@transaction.atomic
def set_language(*, actor: User, language: str, at: datetime) -> None:
    """The language in which the actor reads the program; Refused for one that it does not have."""
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Språket %(language)s finns inte.") % {"language": language})
    if actor.language == language:
        return
    actor.language = language
    actor.save(update_fields=["language"])
    _record("account.language_set", actor, actor, {"language": language}, at)


@transaction.atomic
def set_notification_wish(*, actor: User, wants_email: bool, email: str, at: datetime) -> None:
    """Whether the actor wants notices by e-mail, and where. Refused for a wish without an address."""
    if wants_email and not email:
        raise Refused(_("Ange en e-postadress, eller avstå från meddelanden."))
    if (actor.wants_email, actor.email) == (wants_email, email):
        return
    actor.wants_email, actor.email = wants_email, email
    actor.save(update_fields=["wants_email", "email"])
    _record("account.notices_set", actor, actor, {"wants_email": wants_email, "email": email}, at)


@transaction.atomic
def prune_sessions(*, at: datetime) -> int:
    """Deletes the sessions that had run out by then; answers how many."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def _record(act: str, actor: User | None, account: User, payload: dict[str, object], at: datetime) -> None:
    append(actor=actor, act=act, object_type="account", object_id=account.pk, payload=payload, at=at)
