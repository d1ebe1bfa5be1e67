import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import html

from tests.apps.ui.drawing import text

pytestmark = pytest.mark.urls("tests.apps.ui.kit")


def statement(client: Client) -> html.HtmlElement:
    answer = client.get("/tillganglighet/")
    assert answer.status_code == 200
    return html.document_fromstring(answer.content)


def said(document: html.HtmlElement) -> str:
    return text(document.xpath("//main")[0])


def addresses(document: html.HtmlElement) -> list[str]:
    return [link.get("href") for link in document.xpath("//main//a")]


@pytest.mark.django_db
def test_the_statement_is_read_without_signing_in_and_says_what_has_not_been_tested(client: Client) -> None:
    words = said(statement(client))
    assert "delvis förenlig med lagen" in words
    assert "inte prövats av användare med funktionsnedsättning" in words
    assert "Redogörelsen sågs över den 22 november 2026." in words


@pytest.mark.django_db
def test_faults_are_reported_to_the_address_of_the_service(client: Client, settings: LazySettings) -> None:
    settings.SERVICE_OWNER, settings.ACCESSIBILITY_EMAIL = "Region Västernorrland", "tillganglighet@example.org"
    document = statement(client)
    assert said(document).startswith("Tillgänglighetsredogörelse Region Västernorrland står bakom den här installationen av Styrkedja")
    assert addresses(document) == ["mailto:tillganglighet@example.org", "https://www.digg.se/tdosanmalan"]


@pytest.mark.django_db
def test_without_an_address_the_reader_is_sent_to_who_gave_access(client: Client) -> None:
    document = statement(client)
    assert "Vänd dig till den organisation som har gett dig tillgång till tjänsten." in said(document)
    assert addresses(document) == ["https://www.digg.se/tdosanmalan"]
