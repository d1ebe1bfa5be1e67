from datetime import UTC, datetime

import pytest

from styrkedja.accounts.models import User
from styrkedja.accounts.services import create_account, set_language, set_notification_wish
from styrkedja.core.policies.refusal import Refused
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)


def acts(flush_ledger) -> list[str]:
    return [entry.body.split('"act":"')[1].split('"')[0] for entry in flush_ledger()]


def test_the_program_lays_up_an_account_and_the_log_tells(flush_ledger) -> None:
    account = create_account(actor=None, username="registrator", name="Registrator", password="hemligt", at=AT)
    assert (account.username, account.name, account.language, account.is_administrator, account.created_at) == (
        "registrator",
        "Registrator",
        "sv",
        False,
        AT,
    )
    assert account.check_password("hemligt")
    assert acts(flush_ledger) == ["account.created"]


def test_an_account_without_a_password_cannot_be_signed_in_to() -> None:
    assert not create_account(actor=None, username="registrator", name="Registrator", at=AT).has_usable_password()


def test_an_account_is_refused_from_one_who_is_no_administrator(flush_ledger) -> None:
    with pytest.raises(Refused, match="Bara en systemförvaltare"):
        create_account(actor=make_user("samordnare"), username="registrator", name="Registrator", at=AT)
    assert list(User.objects.values_list("username", flat=True)) == ["samordnare"]
    assert flush_ledger() == []


def test_an_administrator_lays_up_another(flush_ledger) -> None:
    create_account(actor=make_user("forvaltare", administrator=True), username="ny", name="Ny", administrator=True, at=AT)
    assert User.objects.get(username="ny").is_administrator
    assert acts(flush_ledger) == ["account.created"]


def test_a_taken_user_name_is_refused(flush_ledger) -> None:
    make_user("registrator")
    with pytest.raises(Refused, match="Användarnamnet registrator är upptaget"):
        create_account(actor=None, username="registrator", name="En annan", at=AT)
    assert User.objects.get().name == "Registrator"
    assert flush_ledger() == []


def test_the_language_is_kept_and_logged(flush_ledger) -> None:
    account = make_user()
    set_language(actor=account, language="en", at=AT)
    account.refresh_from_db()
    assert account.language == "en"
    assert acts(flush_ledger) == ["account.language_set"]


def test_a_language_that_is_already_set_leaves_no_trace(flush_ledger) -> None:
    set_language(actor=make_user(), language="sv", at=AT)
    assert flush_ledger() == []


def test_a_language_that_does_not_exist_is_refused(flush_ledger) -> None:
    account = make_user()
    with pytest.raises(Refused, match="Språket no finns inte"):
        set_language(actor=account, language="no", at=AT)
    account.refresh_from_db()
    assert account.language == "sv"
    assert flush_ledger() == []


def test_the_wish_for_notices_is_kept_with_its_address(flush_ledger) -> None:
    account = make_user()
    set_notification_wish(actor=account, wants_email=True, email="registrator@example.org", at=AT)
    account.refresh_from_db()
    assert (account.wants_email, account.email) == (True, "registrator@example.org")
    assert acts(flush_ledger) == ["account.notices_set"]


def test_notices_without_an_address_are_refused(flush_ledger) -> None:
    account = make_user()
    with pytest.raises(Refused, match="Ange en e-postadress"):
        set_notification_wish(actor=account, wants_email=True, email="", at=AT)
    account.refresh_from_db()
    assert (account.wants_email, account.email) == (True, "")
    assert flush_ledger() == []
