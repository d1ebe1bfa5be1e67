"""The statistics page and its files, on a small county whose figures can be counted by hand."""

import csv
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.test import Client
from lxml import html

from styrkedja.accounts.models import User
from styrkedja.cases.services import open_case
from styrkedja.home.presenters.statistics.sections import nine_of_ten
from styrkedja.organisations.models import County
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.services import claim
from tests.factories.accounts import make_user
from tests.factories.counties import make_county, make_holder
from tests.factories.moving import do, revise
from tests.factories.workflows import AT, builder, make_lead_time, open_item, publish, straight_routine

pytestmark = pytest.mark.django_db

TODAY = AT + timedelta(days=30)
TABLES = ("faser", "steg", "vantan", "i-tid", "omtag", "vagar", "manader", "star-vid", "stannat")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR")


@pytest.fixture
def definition(county: County, registrar: User) -> ProcessDefinition:
    """write and review until it is good, then send. One case took two rounds and ended after 12 days, one stands late at review."""
    make_lead_time(county, "2", 3)
    routine = builder(county).start().exclusive("back").task("write", number="1")
    routine.task("review", number="2", outcomes=("good", "again"), sets={"verdict": "outcome"}).exclusive("split").task(
        "send", number="3"
    ).end()
    routine.path("start", "back", "write", "review", "split").flow("split", "back", "verdict == 'again'").flow(
        "split", "send", default=True
    )
    found = publish(county, routine.path("send", "done"))
    walk(registrar, found, ("write", "", 2), ("review", "again", 5), ("write", "", 7), ("review", "good", 12), ("send", "", 12))
    walk(registrar, found, ("write", "", 1))
    return found


def walk(registrar: User, definition: ProcessDefinition, *steps: tuple[str, str, int]) -> None:
    county = definition.county
    case = open_case(actor=registrar, county=county, definition=definition, subject="Stroke", givens={}, at=AT)
    for node, outcome, days in steps:
        if node == "write" and days == 7:
            claim(actor=registrar, item_id=open_item(case.instance, "1").pk, at=AT + timedelta(days=6))
        do(registrar, case.instance, node, outcome, at=AT + timedelta(days=days))


@pytest.fixture
def read(client: Client, registrar: User) -> Callable[..., html.HtmlElement]:
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")

    def read(address: str = "/statistik/") -> html.HtmlElement:
        response = client.get(address)
        assert response.status_code == 200
        return html.fromstring(response.content.decode())

    return read


def section(page: html.HtmlElement, key: str) -> html.HtmlElement:
    [found] = page.xpath(f"//section[h2/@id='{key}']")
    return found


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def table(client: Client, key: str, query: str = "") -> list[list[str]]:
    response = client.get(f"/statistik/{key}.csv{query}")
    assert response.status_code == 200
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_page_begins_with_what_the_figures_come_to(definition: ProcessDefinition, read: Callable[..., html.HtmlElement]) -> None:
    page = text(read())
    assert "Prov, 17 okt 2025 till och med 16 okt 2026." in page
    assert "Under perioden avslutades 1 ärende. Från öppnande till slut tog det i median 8 arbetsdagar." in page
    assert "Nio av tio" not in page.partition("Ledtid per fas")[0]


@pytest.mark.parametrize(
    ("key", "conclusion"),
    [
        ("faser", "Längst tid tar fasen 1 Allt: 8 arbetsdagar i median."),
        ("steg", "Längst tid tar steg 2 Steg review: 2 arbetsdagar i median."),
        (
            "vantan",
            (
                "Av den tid som är känd gick 50 procent åt till att vänta på att någon tog uppgiften, 50 procent var arbete och 0 procent väntan på ett datum. "
                "För 85 procent av all tid är det inte känt, eftersom uppgiften aldrig togs. Mest väntan har steg 1 Steg write."
            ),
        ),
        ("i-tid", "2 av 2 uppgifter med slutdatum blev klara i tid, 100 procent. Dessutom är 1 öppen uppgift försenad i dag."),
        ("omtag", "Oftast görs steg 2 om: i 1 av 1 ärenden."),
        ("vagar", "1 väg genom rutinen. Den vanligaste gick 1 av 1 ärenden."),
        ("manader", "Under periodens månader öppnades 2 ärenden, 1 avslutades och 0 avskrevs. I dag pågår 1."),
        ("star-vid", "Flest ärenden står vid steg 2 Steg review: 1 ärende."),
        ("stannat", "1 uppgift har stannat upp. Längst: steg 2 Steg review hos Registrator, Region Exempellän, 24 dagar."),
    ],
)
def test_every_section_says_its_conclusion_first(
    definition: ProcessDefinition, read: Callable[..., html.HtmlElement], key: str, conclusion: str
) -> None:
    found = section(read(), key)
    assert text(found.xpath("./p")[0]).startswith(conclusion)
    assert found.xpath(".//details//p[contains(@class, 'ui-prose')]")


def test_a_bar_is_sized_by_attributes_and_says_nothing_that_the_cells_do_not(
    definition: ProcessDefinition, read: Callable[..., html.HtmlElement]
) -> None:
    page = read()
    first = section(page, "vantan").xpath(".//tbody/tr")[0]
    assert [text(cell) for cell in first.xpath("./td")][:8] == ["1", "Steg write", "3", "1", "1", "1", "0", "3"]
    [bar] = first.xpath(".//svg")
    assert (bar.get("aria-hidden"), bar.get("focusable")) == ("true", "false")
    widths = [(rect.get("class"), rect.get("x"), rect.get("width")) for rect in bar.xpath("./rect")]
    assert widths == [("home-bar__light", "0", "50"), ("home-bar__main", "50", "50")]
    assert page.xpath("//@style") == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "steg",
            [
                ["1", "Steg write", "3", "2", "", "2", ""],
                ["2", "Steg review", "2", "2", "", "4", ""],
                ["3", "Steg send", "1", "0", "", "0", ""],
            ],
        ),
        ("omtag", [["1", "2", "1", "50", "1"], ["2", "1", "1", "100", "1"], ["3", "1", "0", "0", "0"]]),
        ("vagar", [["1 → 2 → 1 → 2 → 3", "1", "100"]]),
        ("stannat", [["2", "Steg review", "Registrator, Region Exempellän", "1", "1", "24"]]),
    ],
)
def test_a_table_can_be_fetched_for_excel(
    definition: ProcessDefinition, registrar: User, client: Client, key: str, expected: list[list[str]]
) -> None:
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(f"/statistik/{key}.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="statistik-{key}-2025-10-17--2026-10-16.csv"'
    assert table(client, key)[1:] == expected


def test_every_table_has_its_file_and_no_other_has(definition: ProcessDefinition, registrar: User, client: Client) -> None:
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    for key in TABLES:
        head, *rows = table(client, key)
        assert {len(row) for row in rows} <= {len(head)}
    assert client.get("/statistik/annat.csv").status_code == 404


def test_the_period_and_the_version_narrow_the_figures(
    county: County, definition: ProcessDefinition, registrar: User, client: Client
) -> None:
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    revise(county, straight_routine(county, "write"), 2)
    assert table(client, "steg", "?fran=2026-09-16&till=2026-09-18")[1:] == [["1", "Steg write", "2", "1,5", "", "1,5", ""]]
    assert table(client, "steg", "?version=2")[1:] == []
    assert len(table(client, "steg", "?version=1")) == 4
    assert len(table(client, "manader", "?fran=2026-08-31&till=2026-10-01")) == 4


def test_dates_in_the_wrong_order_are_told_and_the_last_year_is_shown(
    definition: ProcessDefinition, read: Callable[..., html.HtmlElement]
) -> None:
    page = text(read("/statistik/?fran=2026-10-01&till=2026-09-01"))
    assert "Sista dagen ligger före den första. Rätta den ena." in page
    assert "Prov, 1 okt 2026 till och med 16 okt 2026." in page


def test_a_routine_without_cases_says_that_there_is_nothing(county: County, registrar: User, read: Callable[..., html.HtmlElement]) -> None:
    publish(county, straight_routine(county, "a"))
    page = read()
    assert text(section(page, "steg")).startswith("Ledtid per steg Inget steg blev klart under perioden.")
    assert text(section(page, "stannat")).startswith("Uppgifter som har stannat upp Ingen uppgift har stannat upp.")
    assert section(page, "steg").xpath(".//table") == []


def test_a_reader_of_another_county_sees_nothing_of_this_one(definition: ProcessDefinition, client: Client) -> None:
    elsewhere = make_holder(make_county("annat", name="Annat"), "region", "COORDINATOR")
    for user in (elsewhere, make_user("utan-plats")):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        assert "Ingen rutin att räkna på" in client.get("/statistik/").content.decode()
        assert client.get("/statistik/steg.csv").status_code == 404


def test_a_text_that_looks_like_a_formula_is_told_not_to_be_one(county: County, registrar: User, client: Client) -> None:
    routine = straight_routine(county, "a")
    routine.nodes["a"] = routine.nodes["a"].replace("Steg a", "=HYPERLINK(1)")
    walk(registrar, publish(county, routine), ("a", "", 1))
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    assert table(client, "steg")[1][1] == "'=HYPERLINK(1)"


def test_nine_of_ten_are_told_of_ten_and_not_of_nine() -> None:
    assert (nine_of_ten(7, 9), nine_of_ten(7, 10)) == (None, 7)
