import pytest
from django.test import Client
from django.utils import translation
from lxml import html

from styrkedja.accounts.models import User
from tests.apps.ui.drawing import one, text
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.ui.kit")]


@pytest.fixture
def account() -> User:
    return make_user("samordnare", password="hemligt-losenord")


@pytest.fixture
def signed_in(client: Client, account: User) -> Client:
    client.force_login(account)
    return client


@pytest.fixture(autouse=True)
def _language_back():
    yield
    translation.activate("sv")


def page(client: Client, address: str = "/konto/") -> html.HtmlElement:
    return html.document_fromstring(client.get(address).content)


def test_the_page_tells_what_is_known_of_the_account(signed_in: Client) -> None:
    document = page(signed_in)
    assert [text(cell) for cell in document.xpath("//dd")] == ["Samordnare", "samordnare"]
    assert text(one(document, "//h1")) == "Mitt konto"


def test_the_page_is_for_those_who_have_signed_in(client: Client) -> None:
    answer = client.get("/konto/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/logga-in/?next=/konto/")


def test_wishes_are_kept(signed_in: Client, account: User) -> None:
    answer = signed_in.post("/konto/", {"language": "sv", "email": "samordnare@example.org", "wants_email": "on"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/")
    account.refresh_from_db()
    assert (account.language, account.email, account.wants_email) == ("sv", "samordnare@example.org", True)
    assert text(one(page(signed_in), "//*[@role='status']")) == "Inställningarna är sparade."


def test_notices_without_an_address_change_nothing(signed_in: Client, account: User) -> None:
    answer = signed_in.post("/konto/", {"language": "en", "email": "", "wants_email": "on"})
    document = html.document_fromstring(answer.content)
    assert [text(link) for link in document.xpath("//ds-error-summary//a")] == [
        "E-postadress: Ange en e-postadress, eller avstå från meddelanden."
    ]
    account.refresh_from_db()
    assert (account.language, account.email) == ("sv", "")


def test_the_accounts_language_wins_over_the_browsers(client: Client, account: User) -> None:
    account.language = "en"
    account.save()
    client.force_login(account)
    assert client.get("/konto/", headers={"Accept-Language": "sv"}).headers["Content-Language"] == "en"


def test_before_sign_in_the_browser_decides(client: Client) -> None:
    assert client.get("/konto/logga-in/", headers={"Accept-Language": "en"}).headers["Content-Language"] == "en"
    assert client.get("/konto/logga-in/", headers={"Accept-Language": "fi"}).headers["Content-Language"] == "sv"


def test_the_switch_in_the_header_changes_the_account_too(signed_in: Client, account: User) -> None:
    answer = signed_in.post("/konto/sprak/", {"language": "en", "next": "/kit/"})
    assert answer.headers["Location"] == "/kit/"
    account.refresh_from_db()
    assert account.language == "en"
    assert page(signed_in).xpath("/html")[0].get("lang") == "en-GB"


def test_the_switch_works_before_sign_in(client: Client) -> None:
    client.post("/konto/sprak/", {"language": "en", "next": "/konto/logga-in/"})
    assert page(client, "/konto/logga-in/").xpath("/html")[0].get("lang") == "en-GB"


def test_a_language_that_does_not_exist_changes_nothing(signed_in: Client, account: User) -> None:
    signed_in.post("/konto/sprak/", {"language": "tlh", "next": "/konto/"})
    account.refresh_from_db()
    assert account.language == "sv"
    document = page(signed_in)
    assert document.xpath("/html")[0].get("lang") == "sv"
    assert text(one(document, "//*[@role='status']")) == "Språket tlh finns inte."
