from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from lxml import html

from styrkedja.ui import views
from tests.apps.ui.drawing import one, text
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.ui.kit")]
NORWEGIAN = ("tegn", "Du er her", "Bla i", "Lukk", "forslag", "valgte")


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(make_user(password="hemligt-losenord"))
    return client


def page(client: Client, address: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(address).content)


def _inline(root: html.HtmlElement) -> Iterator[str]:
    """What a Content-Security-Policy without "unsafe-inline" would stop."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        yield from (name for name in element.attrib if name.startswith("on") or name == "style")
        if element.tag == "style" or (element.tag == "script" and not element.get("src") and element.get("type") != "application/json"):
            yield element.tag


def test_no_page_of_the_kit_needs_inline_script_or_style(signed_in: Client) -> None:
    for address in ("/kit/", "/konto/", "/konto/losenord/", "/konto/tvasteg/", "/tillganglighet/"):
        assert list(_inline(page(signed_in, address))) == [], address


def test_the_policy_lets_only_our_own_files_in(client: Client) -> None:
    policy = client.get("/kit/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert (rules["default-src"], rules["script-src"], rules["style-src"]) == ("'none'", "'self'", "'self'")


def test_nothing_on_the_page_is_norwegian(client: Client) -> None:
    """Designsystemet's own texts are; each component that has one is given a Swedish one."""
    words = client.get("/kit/").content.decode()
    assert [word for word in NORWEGIAN if word in words] == []
    for counter in page(client, "/kit/").xpath("//*[@data-field='counter']"):
        assert counter.get("data-under"), "utan egen text visas den norska"
        assert counter.get("data-over"), "utan egen text visas den norska"


def test_the_title_names_page_and_service(client: Client) -> None:
    assert text(one(page(client, "/kit/"), "//title")) == "Komponenter – Styrkedja"
    refused = html.document_fromstring(client.post("/kit/", {}).content)
    assert text(one(refused, "//title")) == "Fel: Komponenter – Styrkedja"


def test_the_first_link_leads_past_the_header(client: Client) -> None:
    document = page(client, "/kit/")
    first = document.xpath("//body//a")[0]
    assert (text(first), first.get("href")) == ("Hoppa till innehållet", "#innehall")
    assert one(document, "//main").get("id") == "innehall"


def test_the_menu_is_for_those_who_have_signed_in(client: Client) -> None:
    assert page(client, "/kit/").xpath("//nav[@aria-label='Huvudmeny']") == []
    client.force_login(make_user())
    menu = page(client, "/kit/").xpath("//nav[@aria-label='Huvudmeny']")[0]
    assert [text(link) for link in menu.xpath(".//a[@aria-current='page']")] == ["Rutiner"]


def test_the_wish_for_dark_is_kept_in_a_cookie_and_drawn_by_the_server(client: Client) -> None:
    assert page(client, "/kit/").xpath("/html")[0].get("data-color-scheme") == "auto"
    answer = client.post("/tema/", {"scheme": "dark", "next": "/kit/?page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kit/?page=2")
    document = page(client, "/kit/")
    assert document.xpath("/html")[0].get("data-color-scheme") == "dark"
    assert [text(button) for button in document.xpath("//button[@name='scheme'][@aria-pressed='true']")] == ["Mörkt"]


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(client: Client, elsewhere: str) -> None:
    assert client.post("/tema/", {"scheme": "dark", "next": elsewhere}).headers["Location"] == "/"


def test_a_theme_that_does_not_exist_is_refused(client: Client) -> None:
    answer = client.post("/tema/", {"scheme": "rosa"})
    assert (answer.status_code, "tema" in answer.cookies) == (400, False)


def test_a_made_up_cookie_is_no_wish(client: Client) -> None:
    client.cookies["tema"] = '"><script>'
    assert page(client, "/kit/").xpath("/html")[0].get("data-color-scheme") == "auto"


def test_a_missing_page_says_so_in_swedish(signed_in: Client) -> None:
    answer = signed_in.get("/finns-inte/")
    assert answer.status_code == 404
    assert text(one(html.document_fromstring(answer.content), "//h1")) == "Sidan finns inte"


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (views.bad_request, 400, "Begäran gick inte att förstå"),
        (views.permission_denied, 403, "Du har inte behörighet"),
    ],
)
def test_each_trouble_has_its_page(rf: RequestFactory, view, status: int, heading: str) -> None:
    answer = view(rf.get("/"), Exception())
    assert answer.status_code == status
    assert text(one(html.document_fromstring(answer.content), "//h1")) == heading


def test_a_form_over_the_limit_is_told_to_be_too_large(settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    visitor = Client(enforce_csrf_checks=True)
    visitor.get("/kit/")
    answer = visitor.post("/kit/", "x" * 200, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert text(one(html.document_fromstring(answer.content), "//h1")) == "Det som skickades är för stort"


def test_a_refusal_shows_its_reason(rf: RequestFactory) -> None:
    answer = views.permission_denied(rf.get("/"), PermissionError("Bara LPO får ta ställning i steg 4."))
    assert "Bara LPO får ta ställning i steg 4." in answer.content.decode()


def test_a_forged_form_gets_an_explanation() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/tema/", {"scheme": "dark"})
    assert answer.status_code == 403
    assert text(one(html.document_fromstring(answer.content), "//h1")) == "Formuläret är för gammalt"


def test_the_page_for_our_own_faults_asks_nothing_of_the_database(rf: RequestFactory, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500
    document = html.document_fromstring(answer.content)
    assert text(one(document, "//h1")) == "Något gick fel"
    assert document.xpath("//link | //script | //img") == []
