"""The component kit in templates. docs/ui.md shows every tag with an example."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.metadata import version

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, Textarea
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from styrkedja.ui import appearance, navigation, wording
from styrkedja.ui.components import Columns, Crumb, Event, Fact, Figure, Status, Step, Tab, as_columns, colour
from styrkedja.ui.forms.errors import error_links
from styrkedja.ui.forms.filters import FoldingForm

register = template.Library()

register.filter("colour", colour)
register.filter("error_links", error_links)


def _draw(name: str, context: Context | None = None, **values: object) -> SafeString:
    """Renders ui/parts/<name>.html with `values`, and with the page's request where `context` is given (CSRF, query string)."""
    request = context.get("request") if context is not None else None
    return get_template(f"ui/parts/{name}.html").render(values, request)


# Page frame


@register.inclusion_tag("ui/parts/main_menu.html", takes_context=True)
def main_menu(context: Context) -> dict[str, object]:
    request = context.get("request")
    return {"places": navigation.places(request.path if request else "")}


@register.simple_tag(takes_context=True)
def colour_scheme(context: Context) -> str:
    """The reader's wish for light or dark: "light", "dark" or "auto"."""
    request = context.get("request")
    return appearance.wish(request) if request else appearance.AUTO


@register.simple_tag
def colour_schemes() -> tuple[tuple[str, object], ...]:
    """Every wish with its name."""
    return appearance.WISHES


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """The address to come back to after a change of language or theme."""
    request = context.get("request")
    return request.get_full_path() if request else "/"


@register.simple_tag
@cache
def product_version() -> str:
    return version("styrkedja")


@register.simple_tag(takes_context=True)
def has_errors(context: Context) -> bool:
    """Whether the page's `form` came back with errors; the title then begins with "Fel:"."""
    form = context.get("form")
    return isinstance(form, BaseForm) and form.is_bound and bool(form.errors)


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Crumb]) -> dict[str, object]:
    return {"crumbs": crumbs}


@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "") -> SafeString:
    """The page's h1 with an optional lead; what stands inside are its actions."""
    return _draw("page_header", title=title, lead=lead, actions=content)


# Components that enclose


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, id: str = "") -> SafeString:
    return _draw("card", content=content, title=title, level=level, id=id)


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "") -> SafeString:
    return _draw("alert", content=content, tone=tone, title=title)


@register.simple_block_tag
def fold(content: str, title: str, open: bool = False) -> SafeString:
    return _draw("fold", content=content, title=title, open=open)


@register.simple_block_tag
def table(content: str, caption: str, columns: Columns, stack: bool = False, hide_caption: bool = False) -> SafeString:
    """A table whose rows (`<tr>…</tr>`) stand inside. With `stack` each cell needs `data-label` and a row becomes a block on a narrow screen."""
    return _draw("table", content=content, caption=caption, columns=as_columns(columns), stack=stack, hide_caption=hide_caption)


@register.simple_tag
def column_list(*labels: str) -> tuple[str, ...]:
    """Labels for `table`, written in the template: `{% column_list "Ärende" "Förfaller" as columns %}`."""
    return labels


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    return _draw("empty_state", content=content, title=title)


# Components that are drawn from values


@register.inclusion_tag("ui/parts/status.html")
def status(word: str | Status, tone: str = "neutral") -> dict[str, object]:
    return {"status": word if isinstance(word, Status) else Status(word, tone)}


@register.inclusion_tag("ui/parts/facts.html")
def facts(rows: Iterable[Fact]) -> dict[str, object]:
    return {"rows": rows}


@register.inclusion_tag("ui/parts/figures.html")
def figures(items: Iterable[Figure], label: str = "") -> dict[str, object]:
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Iterable[Step], label: str = "") -> dict[str, object]:
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: Iterable[Event], at: date | datetime | None = None) -> dict[str, object]:
    return {"events": events, "at": at}


@register.inclusion_tag("ui/parts/tabs.html", takes_context=True)
def steering_tabs(context: Context) -> dict[str, object]:
    """The tabs of the steering chain, on the pages of every app that has a share in it."""
    request = context.get("request")
    return {"items": navigation.steering_tabs(request.path if request else ""), "label": _("Styrning")}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Iterable[Tab], label: str) -> dict[str, object]:
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page) -> dict[str, object]:
    """Links to the other pages; keeps the rest of the query string."""
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(around), "ellipsis": page.paginator.ELLIPSIS, "request": context.get("request")}


@register.inclusion_tag("ui/parts/file_link.html")
def file_link(name: str, url: str, size: int) -> dict[str, object]:
    return {"name": name, "url": url, "size": size}


@register.inclusion_tag("ui/parts/process_map.html")
def process_map(
    label: str, url: str, id: str = "karta", diagram: str = "", state: Mapping[str, Mapping[str, str]] | None = None, eager: bool = False
) -> dict[str, object]:
    """The diagram of that id in the BPMN at `url`, or its first. `state` is {element id: {"state": "done" or "current", "badge": text}}.

    The page loads map.css and map.js. A map is drawn when it comes near; `eager` draws it at once, for a page that is to be printed.
    """
    return {"label": label, "url": url, "id": id, "diagram": diagram, "state": state, "state_id": f"{id}-lage", "eager": eager}


# Forms and buttons


@register.simple_block_tag(takes_context=True)
def post_form(context: Context, content: str, form: BaseForm, submit: str, action: str = "", cancel: str = "") -> SafeString:
    """A whole form: error summary, fields, then what stands inside (more buttons), the button `submit` and a link `cancel`."""
    return _draw("post_form", context, form=form, submit=submit, action=action, cancel=cancel, content=content)


@register.inclusion_tag("ui/parts/filter_form.html", takes_context=True)
def filter_form(context: Context, form: BaseForm, label: str) -> dict[str, object]:
    """A GET form whose fields stand side by side. `label` names the region ("Filtrera ärenden"). A FoldingForm keeps some of them in a fold."""
    request = context.get("request")
    fields = form.front() if isinstance(form, FoldingForm) else form.visible_fields()
    path = request.path if request else ""
    return {"form": form, "fields": fields, "label": label, "path": path, "is_narrowed": any(form.data.values())}


@register.inclusion_tag("ui/parts/search_field.html", takes_context=True)
def search_field(context: Context, label: str, name: str = "q", value: str = "", action: str = "") -> dict[str, object]:
    request = context.get("request")
    given = value or (request.GET.get(name, "") if request else "")
    return {"label": label, "name": name, "value": given, "action": action}


@register.inclusion_tag("ui/parts/button_link.html")
def button_link(text: str, url: str, variant: str = "secondary", hint: str = "") -> dict[str, object]:
    """A link that looks like a button. `hint` is read after the text, for a row of equal buttons ("Ta uppgift: Remissvar")."""
    return {"text": text, "url": url, "variant": variant, "hint": hint}


@register.inclusion_tag("ui/parts/button_form.html", takes_context=True)
def button_form(
    context: Context, text: str, url: str, variant: str = "secondary", hint: str = "", tone: str = "", **fields: object
) -> dict[str, object]:
    """A button that posts `fields` to `url`."""
    token = context.get("csrf_token")
    return {"text": text, "url": url, "variant": variant, "hint": hint, "tone": tone, "fields": fields, "csrf_token": token}


@register.filter
def limit(field: BoundField) -> int | None:
    """The greatest length of a text that is written in an area; None for everything else. It is what the counter counts down."""
    return getattr(field.field, "max_length", None) if isinstance(field.field.widget, Textarea) else None


# Wording


@register.filter
def day(value: date | datetime | None, at: date | datetime | None = None) -> str:
    return wording.day_text(value, at) if value else ""


@register.filter
def long_day(value: date | datetime | None) -> str:
    return wording.long_day_text(value) if value else ""


@register.filter
def long_month(value: date | None) -> str:
    return wording.long_month_text(value) if value else ""


@register.filter
def moment(value: datetime | None, at: date | datetime | None = None) -> str:
    return wording.moment_text(value, at) if value else ""


@register.filter
def distance(value: date | datetime | None, at: date | datetime) -> str:
    return wording.distance_text(value, at) if value else ""


@register.filter
def filesize(value: int) -> str:
    return wording.size_text(value)


@register.filter
def number(value: float | None) -> str:
    return wording.number_text(value) if value is not None else ""
