"""Lost passwords and closed accounts."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from styrkedja.accounts.models import User
from styrkedja.accounts.services import set_active, set_password
from styrkedja.core.policies.refusal import Refused
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
GOOD = "tre-hästar-i-regn"


def acts(flush_ledger) -> list[str]:
    return [entry.act for entry in flush_ledger()]


@pytest.fixture
def account() -> User:
    return make_user("samordnare", password="gammalt-losenord")


def test_a_new_password_signs_out_whoever_used_the_old_one(account: User, client: Client, flush_ledger) -> None:
    client.force_login(account)
    assert client.get("/konto/").status_code == 200
    set_password(actor=None, account=account, password=GOOD, at=AT)
    assert client.get("/konto/").status_code == 302
    account.refresh_from_db()
    assert account.check_password(GOOD)
    assert acts(flush_ledger) == ["account.password_set"]


def test_the_password_itself_is_not_on_record(account: User, flush_ledger) -> None:
    set_password(actor=None, account=account, password=GOOD, at=AT)
    assert all(GOOD not in entry.body + entry.text.payload for entry in flush_ledger())


def test_a_weak_password_is_refused_and_the_old_one_holds(account: User, flush_ledger) -> None:
    with pytest.raises(ValidationError, match="för kort"):
        set_password(actor=None, account=account, password="kort", at=AT)
    account.refresh_from_db()
    assert account.check_password("gammalt-losenord")
    assert acts(flush_ledger) == []


def test_a_closed_account_is_signed_out_and_can_be_opened_again(account: User, client: Client, flush_ledger) -> None:
    client.force_login(account)
    set_active(actor=None, account=account, active=False, at=AT)
    assert client.get("/konto/").status_code == 302
    set_active(actor=None, account=account, active=True, at=AT)
    assert client.get("/konto/").status_code == 200
    assert acts(flush_ledger) == ["account.closed", "account.reopened"]


def test_closing_what_is_closed_is_no_act(account: User, flush_ledger) -> None:
    set_active(actor=None, account=account, active=True, at=AT)
    assert acts(flush_ledger) == []


def test_only_an_administrator_keeps_accounts(account: User, flush_ledger) -> None:
    other = make_user("registrator")
    with pytest.raises(Refused, match="Bara en systemförvaltare"):
        set_password(actor=other, account=account, password=GOOD, at=AT)
    with pytest.raises(Refused, match="Bara en systemförvaltare"):
        set_active(actor=other, account=account, active=False, at=AT)
    account.refresh_from_db()
    assert (account.check_password("gammalt-losenord"), account.is_active) == (True, True)
    assert acts(flush_ledger) == []


def test_an_administrator_may(account: User, flush_ledger) -> None:
    set_active(actor=make_user("forvaltare", administrator=True), account=account, active=False, at=AT)
    assert not User.objects.get(username="samordnare").is_active
    assert acts(flush_ledger) == ["account.closed"]
