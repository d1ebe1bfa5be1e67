import smtplib
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils.translation import trans_real
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.workflows import tasks
from styrkedja.workflows.models import Notice, WorkItem
from styrkedja.workflows.services import mark_read
from styrkedja.workflows.services.mailing import send_waiting_mail
from tests.factories.accounts import make_user
from tests.factories.counties import make_county, make_holder
from tests.factories.workflows import AT, open_item, perform, publish, start, straight_routine

pytestmark = pytest.mark.django_db

BODY = """Hej!

Du har en ny uppgift i Styrkedja. Logga in för att se vad det gäller:

https://styrkedja.example.se

Av sekretesskäl står ingenting om ärendet i det här meddelandet. Det har skickats automatiskt och går inte att svara på.
"""


def later(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://styrkedja.example.se"


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return holder(county, "registrator")


def holder(county: County, username: str, *, email: str = "", **fields: object) -> User:
    user = make_holder(county, "region", "REGISTRAR", username=username)
    User.objects.filter(pk=user.pk).update(email=email or f"{username}@example.se", **fields)
    user.refresh_from_db()
    return user


def opened(county: County, *, at: datetime = AT) -> WorkItem:
    starter = User.objects.filter(username="annan").first() or make_user("annan")
    definition = county.definitions.first() or publish(county, straight_routine(county, "hemlig_stroke"))
    return open_item(start(starter, definition, at=at), "1")


def jobs() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("task_name", flat=True))


def recipients() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_the_mail_says_that_there_is_a_task_and_nothing_of_the_case(county: County, registrar: User) -> None:
    opened(county)
    assert send_waiting_mail(at=AT) == 1
    [message] = mail.outbox
    assert (message.subject, message.body, message.to) == ("Du har en ny uppgift i Styrkedja", BODY, ["registrator@example.se"])
    assert "stroke" not in str(message.message()).lower()
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_mail_is_queued_with_the_step_and_once_however_many_are_told(county: County, registrar: User) -> None:
    holder(county, "kollega")
    opened(county)
    assert Notice.objects.count() == 2
    assert jobs() == ["send_mail"]


def test_nothing_is_queued_when_nobody_wants_mail(county: County) -> None:
    holder(county, "nej", wants_email=False)
    without = holder(county, "utan")
    User.objects.filter(pk=without.pk).update(email="")
    opened(county)
    assert Notice.objects.count() == 2
    assert jobs() == []
    assert send_waiting_mail(at=AT) == 0
    assert mail.outbox == []


def test_the_queued_job_sends_the_mail(county: County, registrar: User) -> None:
    opened(county)
    tasks.send_mail()
    assert recipients() == ["registrator@example.se"]


def test_nobody_gets_more_than_one_mail_in_a_quarter_of_an_hour(county: County, registrar: User) -> None:
    opened(county)
    send_waiting_mail(at=AT)
    opened(county, at=later(1))
    opened(county, at=later(2))
    assert send_waiting_mail(at=later(3)) == 0
    assert send_waiting_mail(at=later(14.9)) == 0
    assert send_waiting_mail(at=later(15)) == 1
    assert [message.subject for message in mail.outbox] == ["Du har en ny uppgift i Styrkedja", "Du har nya uppgifter i Styrkedja"]
    assert not Notice.objects.filter(mailed_at__isnull=True).exists()


def test_the_pause_of_one_does_not_hold_up_another(county: County, registrar: User) -> None:
    opened(county)
    send_waiting_mail(at=AT)
    holder(county, "kollega")
    opened(county, at=later(1))
    assert send_waiting_mail(at=later(2)) == 1
    assert recipients() == ["kollega@example.se", "registrator@example.se"]


def test_no_mail_of_what_has_been_done_or_read_meanwhile(county: County, registrar: User) -> None:
    colleague = holder(county, "kollega")
    perform(colleague, opened(county))
    opened(county)
    mark_read(actor=registrar, notice_ids=Notice.objects.values_list("pk", flat=True), at=AT)
    assert send_waiting_mail(at=AT) == 1
    assert recipients() == ["kollega@example.se"]


@pytest.mark.parametrize("change", [{"wants_email": False}, {"email": ""}, {"is_active": False}])
def test_no_mail_to_who_has_changed_the_wish_or_left_meanwhile(change: dict[str, object], county: County, registrar: User) -> None:
    opened(county)
    User.objects.filter(pk=registrar.pk).update(**change)
    assert send_waiting_mail(at=AT) == 0
    assert mail.outbox == []
    assert not Notice.objects.filter(by_mail=True).exists()


def test_a_mail_sent_twice_after_a_crash_has_the_same_identity(county: County, registrar: User, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(county)
    send = EmailBackend.send_messages

    def send_and_die(backend: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        send(backend, messages)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", send_and_die)
        with pytest.raises(KeyboardInterrupt):
            send_waiting_mail(at=AT)
    assert Notice.objects.get().mailed_at is None
    opened(county, at=later(1))
    assert send_waiting_mail(at=later(1)) == 1
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert first.message()["Message-ID"] == f"<avisering-{Notice.objects.earliest('pk').pk}@styrkedja.example.se>"


def test_two_mails_have_two_identities(county: County, registrar: User) -> None:
    opened(county)
    send_waiting_mail(at=AT)
    opened(county, at=later(20))
    send_waiting_mail(at=later(20))
    assert len({message.message()["Message-ID"] for message in mail.outbox}) == 2


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two texts in the English catalogue, whatever else it holds."""
    [catalogue, *_rest] = trans_real.translation("en")._catalog._catalogs
    for swedish, english in {"Du har en ny uppgift i Styrkedja": "You have a new task in Styrkedja", "Hej!": "Hello,"}.items():
        monkeypatch.setitem(catalogue, swedish, english)


def test_everybody_is_written_to_in_ones_own_language(county: County, registrar: User, english: None) -> None:
    holder(county, "english", language="en")
    opened(county)
    send_waiting_mail(at=AT)
    subjects = {message.to[0]: (message.subject, message.body.splitlines()[0]) for message in mail.outbox}
    assert subjects == {
        "registrator@example.se": ("Du har en ny uppgift i Styrkedja", "Hej!"),
        "english@example.se": ("You have a new task in Styrkedja", "Hello,"),
    }


def refuse(monkeypatch: pytest.MonkeyPatch, address: str, error: Exception) -> None:
    send = EmailBackend.send_messages

    def send_messages(backend: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        if messages[0].to == [address]:
            raise error
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


def test_an_address_that_the_server_refuses_is_given_up_and_stops_no_other(
    county: County, registrar: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    holder(county, "kollega")
    opened(county)
    refuse(monkeypatch, "registrator@example.se", smtplib.SMTPRecipientsRefused({"registrator@example.se": (550, b"No such user")}))
    assert send_waiting_mail(at=AT) == 1
    assert recipients() == ["kollega@example.se"]
    assert Notice.objects.get(account=registrar).by_mail is False
    assert f"refuses the address of account {registrar.pk}" in caplog.text


def test_a_message_that_the_server_does_not_take_is_tried_again_and_stops_no_other(
    county: County, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder(county, "kollega")
    opened(county)
    with monkeypatch.context() as patch:
        refuse(patch, "registrator@example.se", smtplib.SMTPDataError(452, b"Try later"))
        assert send_waiting_mail(at=AT) == 1
    assert send_waiting_mail(at=later(5)) == 1
    assert recipients() == ["kollega@example.se", "registrator@example.se"]


def test_a_mail_server_that_is_down_fails_no_job_and_loses_no_mail(
    county: County, registrar: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    opened(county)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", lambda backend: (_ for _ in ()).throw(ConnectionRefusedError("no server")))
        tasks.send_mail()
    assert "Mail cannot be sent" in caplog.text
    assert mail.outbox == []
    tasks.send_delayed_mail(timestamp=0)
    assert recipients() == ["registrator@example.se"]
