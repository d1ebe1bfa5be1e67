"""Where the pages of the real routine are, and how the tests read them."""

from collections.abc import Callable
from datetime import UTC, datetime

from lxml import html

from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.services import publish_definition
from tests.apps.ui.drawing import text

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
LIST = "/rutiner/"
PAGE = "/rutiner/vasternorrland/vasternorrland_kunskapsstod/"
NAME = "Kunskapsstöd inom kunskapsstyrning hälso- och sjukvård"
Visit = Callable[..., html.HtmlElement]


def rows(page: html.HtmlElement) -> list[list[str]]:
    """The cells of the page's tables."""
    return [[text(cell) for cell in row.xpath("td")] for row in page.xpath("//tbody/tr")]


def steps(page: html.HtmlElement) -> dict[str, dict[str, str]]:
    """What is said of each step, label by label, by the step's id."""
    found = {}
    for item in page.xpath("//li[contains(@id, 'steg-')]"):
        facts = {text(row.find("dt")): text(row.find("dd")) for row in item.xpath(".//div[@class='ui-facts__row']")}
        found[item.get("id").removeprefix("steg-")] = {"Steg": text(item.xpath(".//div[@class='ui-routine-step__head']")[0]), **facts}
    return found


def revised(real: ProcessDefinition, *, valid_from: str = "2027-01-01") -> ProcessDefinition:
    """Version 4, which says something else in step 1."""
    source = real.source.replace('version="3"', 'version="4"', 1).replace('validFrom="2026-06-05"', f'validFrom="{valid_from}"', 1)
    source = source.replace('name="Ta emot remissen"', 'name="Ta emot remissen och öppna ärendet"', 1)
    definition, _new = publish_definition(actor=None, county=real.county, source=source.encode(), kinds=dict(CATALOGUE), at=AT)
    return definition
