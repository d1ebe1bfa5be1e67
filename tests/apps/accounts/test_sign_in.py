import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from lxml import html

from styrkedja.accounts.models import User
from tests.apps.ui.drawing import one, text
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.ui.kit")]
PASSWORD = "ett-langt-losenord"
ENGLISH = re.compile(
    r"\b(the|your|you|password|sign|login|keys?|codes?|add|remove|edit|save|enter|please|account|two-factor|authenticator|recovery|used)\b",
    re.IGNORECASE,
)
CODE_LIFE = 30


@pytest.fixture
def account() -> User:
    return make_user("samordnare", password=PASSWORD)


@pytest.fixture(autouse=True)
def _no_memory_of_attempts() -> None:
    cache.clear()


def document(answer) -> html.HtmlElement:
    return html.document_fromstring(answer.content)


def sign_in(client: Client, password: str = PASSWORD, address: str = "/konto/logga-in/"):
    return client.post(address, {"login": "samordnare", "password": password})


def is_signed_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // CODE_LIFE))


def protect(client: Client) -> str:
    """Signs in, shows the password again and puts the authenticator app on; answers the app's secret."""
    sign_in(client)
    client.post("/konto/bekrafta/", {"password": PASSWORD})
    secret = text(one(document(client.get("/konto/tvasteg/app/")), "//code"))
    client.post("/konto/tvasteg/app/", {"code": current_code(secret)})
    return secret


def test_the_page_names_the_service_and_asks_for_user_name_and_password_first(client: Client) -> None:
    page = document(client.get("/konto/logga-in/"))
    assert text(one(page, "//h1")) == "Logga in i Styrkedja"
    form = page.xpath("//main//form")[0]
    assert [text(label) for label in form.xpath(".//label")] == ["Användarnamn", "Lösenord"]
    assert [field.get("autocomplete") for field in form.xpath(".//input[not(@type='hidden')]")] == ["username", "current-password"]


def test_the_right_password_leads_to_where_one_was_going(client: Client, account: User) -> None:
    assert client.get("/konto/").headers["Location"] == "/konto/logga-in/?next=/konto/"
    answer = sign_in(client, address="/konto/logga-in/?next=/konto/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/")
    assert is_signed_in(client)


def test_the_wrong_password_is_refused_without_telling_which_was_wrong(client: Client, account: User) -> None:
    page = document(sign_in(client, "fel"))
    assert [text(item) for item in page.xpath("//ds-error-summary//li")] == ["Användarnamnet eller lösenordet stämmer inte."]
    assert text(one(page, "//title")) == "Fel: Logga in – Styrkedja"
    assert not is_signed_in(client)


def test_a_closed_account_cannot_sign_in(client: Client) -> None:
    make_user("samordnare", password=PASSWORD, active=False)
    sign_in(client)
    assert not is_signed_in(client)


def test_the_account_is_locked_after_too_many_attempts(client: Client, account: User, settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    for _attempt in range(2):
        assert sign_in(client, "fel").status_code == 200
    answer = sign_in(client, "fel")
    assert answer.status_code == 429
    assert text(one(document(answer), "//h1")) == "Inloggningen är spärrad"
    assert sign_in(client).status_code == 429
    assert not is_signed_in(client)


def test_signing_out_wants_a_press_on_the_button(client: Client, account: User) -> None:
    sign_in(client)
    assert text(one(document(client.get("/konto/logga-ut/")), "//h1")) == "Vill du logga ut?"
    assert is_signed_in(client)
    answer = client.post("/konto/logga-ut/", follow=True)
    assert answer.redirect_chain == [("/konto/logga-in/", 302)]
    assert text(one(document(answer), "//*[@role='status']")) == "Du är utloggad."
    assert not is_signed_in(client)


def test_a_new_password_is_judged_in_swedish_and_then_kept(client: Client, account: User) -> None:
    sign_in(client)
    short = document(client.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}))
    assert ["12 tecken" in text(item) for item in short.xpath("//ds-error-summary//li")] == [True]
    answer = client.post(
        "/konto/losenord/", {"oldpassword": PASSWORD, "password1": "ett-annat-losenord", "password2": "ett-annat-losenord"}
    )
    assert answer.status_code == 302
    account.refresh_from_db()
    assert account.check_password("ett-annat-losenord")


def test_security_is_not_changed_before_one_has_shown_the_password_again(client: Client, account: User) -> None:
    sign_in(client)
    answer = client.get("/konto/tvasteg/app/")
    assert answer.headers["Location"].startswith("/konto/bekrafta/")
    assert text(one(document(client.get("/konto/bekrafta/")), "//h1")) == "Bekräfta att det är du"


def test_with_the_app_on_the_password_is_only_the_first_step(client: Client, account: User) -> None:
    secret = protect(client)
    client.post("/konto/logga-ut/")
    answer = sign_in(client)
    assert answer.headers["Location"].startswith("/konto/logga-in/kod/")
    assert not is_signed_in(client)
    wrong = document(client.post("/konto/logga-in/kod/", {"code": "000000"}))
    assert [text(item) for item in wrong.xpath("//ds-error-summary//li")] == [
        "Kod: Koden stämmer inte. Vänta på nästa kod i appen och försök igen."
    ]
    # A code that has been used is not taken again, so the memory of it is cleared.
    cache.clear()
    client.post("/konto/logga-in/kod/", {"code": current_code(secret)})
    assert is_signed_in(client)


def test_a_spare_code_works_once(client: Client, account: User) -> None:
    protect(client)
    spare = text(document(client.get("/konto/tvasteg/reservkoder/")).xpath("//main//li/code")[0])
    for expected in (True, False):
        client.post("/konto/logga-ut/")
        sign_in(client)
        client.post("/konto/logga-in/kod/", {"code": spare})
        assert is_signed_in(client) is expected


def test_the_app_can_be_put_off_again(client: Client, account: User) -> None:
    protect(client)
    assert Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).count() == 1
    client.post("/konto/tvasteg/app/stang-av/")
    assert Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).count() == 0


def test_every_page_for_signing_in_is_in_swedish(client: Client, account: User) -> None:
    english = {}
    waiting = Client()
    protect(client)
    sign_in(waiting)
    visits = [(waiting, "/konto/logga-in/kod/"), (Client(), "/konto/logga-in/"), (Client(), "/konto/avstangt/")]
    visits += [
        (client, f"/konto/{place}")
        for place in (
            "",
            "logga-ut/",
            "losenord/",
            "bekrafta/",
            "bekrafta/kod/",
            "tvasteg/",
            "tvasteg/app/stang-av/",
            "tvasteg/reservkoder/",
            "tvasteg/reservkoder/nya/",
            "tvasteg/nycklar/",
            "tvasteg/nycklar/ny/",
        )
    ]
    for visitor, address in visits:
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        shown = document(answer)
        for hidden in shown.xpath("//script | //code | //button[@lang='en']"):
            hidden.drop_tree()
        if found := ENGLISH.findall(text(shown).replace("English", "")):
            english[address] = found
    assert english == {}


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_request_login_code"])
def test_what_this_installation_does_not_have_cannot_be_reached(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
