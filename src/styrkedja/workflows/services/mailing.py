"""Mail that says that there is something to see, and nothing of what it is: no case content leaves the program this way.

Sending is at least once. Whoever is told twice after a crash gets the same Message-ID both times, by which mail programs show it once.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from styrkedja.accounts.models import User
from styrkedja.workflows.models import Notice, NoticeKind

logger = logging.getLogger(__name__)

TASKS = frozenset({NoticeKind.NEW_TASK, NoticeKind.HANDED_OVER, NoticeKind.WAIT_ENDED})


def send_waiting_mail(*, at: datetime) -> int:
    """One mail to everybody with unsent notices who has had none for a while; answers how many mails went out.

    Each in its own transaction. An address that the server refuses is given up and logged; a message that it refuses is tried again by the
    next run. Raises OSError (as smtplib's errors are) when the server cannot be reached; what has not been sent is sent by the next run.
    """
    accounts = list(_due_for_mail(at).order_by("account_id").values_list("account_id", flat=True).distinct())
    if not accounts:
        return 0
    with get_connection() as server:
        return sum(_try_sending(account, server, at=at) for account in accounts)


def _unsent() -> QuerySet[Notice]:
    return Notice.objects.filter(by_mail=True, mailed_at__isnull=True, read_at__isnull=True)


def _due_for_mail(at: datetime) -> QuerySet[Notice]:
    pause = timedelta(minutes=settings.NOTICE_MAIL_MINUTES)
    lately = Notice.objects.filter(account=OuterRef("account"), mailed_at__gt=at - pause)
    return _unsent().exclude(Exists(lately))


def _try_sending(account_id: int, server: BaseEmailBackend, *, at: datetime) -> bool:
    try:
        return _send_to(account_id, server, at=at)
    except SMTPResponseException as refusal:
        logger.warning("The mail server did not take the notices of account %s: %s", account_id, refusal)
        return False


@transaction.atomic
def _send_to(account_id: int, server: BaseEmailBackend, *, at: datetime) -> bool:
    if not _alone_with(account_id):
        return False
    notices = list(_due_for_mail(at).filter(account_id=account_id).order_by("pk"))
    if not notices:
        return False
    waiting = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    account = User.objects.get(pk=account_id)
    if not (account.is_active and account.wants_email and account.email):
        waiting.update(by_mail=False)
        return False
    try:
        _message(account, notices, server).send()
    except SMTPRecipientsRefused:
        logger.warning("The mail server refuses the address of account %s; its notices are shown on the start page only.", account_id)
        waiting.update(by_mail=False)
        return False
    waiting.update(mailed_at=at)
    return True


def _alone_with(account_id: int) -> bool:
    """Takes the account's mail for this transaction; False when another job is sending to it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"styrkedja.notice-mail.{account_id}"])
        return bool(cursor.fetchone()[0])


def _message(account: User, notices: Iterable[Notice], server: BaseEmailBackend) -> EmailMessage:
    notices = list(notices)
    with override(account.language):
        subject = _subject(notices)
        lines = [
            _("Hej!"),
            _("%(subject)s. Logga in för att se vad det gäller:") % {"subject": subject},
            settings.SITE_ADDRESS,
            _("Av sekretesskäl står ingenting om ärendet i det här meddelandet. Det har skickats automatiskt och går inte att svara på."),
        ]
    return EmailMessage(
        subject=subject,
        body="\n\n".join(lines) + "\n",
        to=[account.email],
        headers={"Message-ID": _message_id(notices[0]), "Auto-Submitted": "auto-generated"},
        connection=server,
    )


def _subject(notices: list[Notice]) -> str:
    tasks = sum(notice.kind in TASKS for notice in notices)
    if tasks:
        return _("Du har en ny uppgift i Styrkedja") if tasks == 1 else _("Du har nya uppgifter i Styrkedja")
    return _("Något i Styrkedja väntar på dig")


def _message_id(first: Notice) -> str:
    """The same however often the mail is sent: it hangs on the oldest notice that the mail tells of."""
    return f"<avisering-{first.pk}@{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}>"
