"""The manual as pages of the program: every chapter, its links and its pictures."""

import pytest
from django.test import Client
from lxml import html

from styrkedja.config.environment import ROOT
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
CHAPTERS = sorted(path.stem for path in (ROOT / "docs" / "handbok").glob("[0-9]*.md"))


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_user())
    return client


def opened(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.document_fromstring(answer.content.decode())


def test_the_manual_is_reached_from_every_page_and_holds_every_chapter(reader: Client) -> None:
    page = opened(reader, "/handbok/")
    assert page.xpath("//h1")[0].text_content() == "Handbok för Styrkedja"
    assert page.xpath("//footer//a[@href='/handbok/']")
    assert page.xpath("//header//a[@href='/handbok/']")
    assert page.xpath("//article//li/a/@href") == [f"/handbok/{name}/" for name in CHAPTERS]


def test_every_link_and_picture_of_every_chapter_is_there(reader: Client) -> None:
    leads: set[str] = set()
    for number, name in enumerate(CHAPTERS):
        page = opened(reader, f"/handbok/{name}/")
        [article] = page.xpath("//article[@lang='sv']")
        assert len(article.xpath(".//h1")) == 1
        assert "](" not in article.text_content()
        assert all(picture.get("alt") for picture in article.xpath(".//img"))
        leads |= {*article.xpath(".//a/@href"), *article.xpath(".//img/@src")}
        around = page.xpath("//a[@rel='prev' or @rel='next']/@href")
        assert around == [f"/handbok/{one}/" for place, one in enumerate(CHAPTERS) if abs(place - number) == 1]
    inside = {address for address in leads if not address.startswith(("http", "#"))}
    assert {address for address in inside if reader.get(address).status_code != 200} == set()
    assert any(address.endswith(".png") for address in inside)


def test_a_page_for_developers_is_named_by_its_place(reader: Client) -> None:
    chapter = opened(reader, "/handbok/11-systemforvaltaren/").xpath("//article")[0]
    assert "Inställningar (docs/settings.md)" in " ".join(chapter.text_content().split())
    assert chapter.xpath(".//pre[@tabindex='0']/code")


@pytest.mark.parametrize("address", ["99-finns-inte/", "README/", "bilder/finns-inte.png", "bilder/..%2Fsettings.md", "bilder/README.md"])
def test_what_is_no_chapter_and_no_picture_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(f"/handbok/{address}").status_code == 404


@pytest.mark.parametrize("address", ["/handbok/", "/handbok/03-arenden/", "/handbok/bilder/arende.png"])
def test_who_has_not_signed_in_is_asked_to(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/konto/logga-in/")


def test_a_program_without_its_documents_says_that_there_is_no_such_page(reader: Client, settings, tmp_path) -> None:
    settings.DOCS = tmp_path
    assert reader.get("/handbok/").status_code == 404
