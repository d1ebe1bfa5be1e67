"""Reading what a template drew."""

from django.template import engines
from django.test import RequestFactory
from lxml import html


def draw(source: str, address: str = "/", **values: object) -> html.HtmlElement:
    """Renders `source` with the kit loaded, as a page at `address` would, inside a <div>."""
    template = engines["django"].from_string("{% load i18n ui %}" + source)
    return html.fragment_fromstring(template.render(values, RequestFactory().get(address)), create_parent="div")


def text(element: html.HtmlElement) -> str:
    """The element's words with single spaces between them."""
    return " ".join(element.text_content().split())


def one(root: html.HtmlElement, path: str) -> html.HtmlElement:
    """The only element at the XPath `path`."""
    found = root.xpath(path)
    assert len(found) == 1, f"{path}: {len(found)} i {html.tostring(root, encoding='unicode')}"
    return found[0]
