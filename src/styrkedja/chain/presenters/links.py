"""Where an object's page is, and what its kind is called."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body
from styrkedja.steering.models import ChainObject
from styrkedja.ui.components import Crumb


def object_url(row: ChainObject) -> str:
    return reverse("steering:object", args=[row.KIND, row.key])


def kind_word(model: type[ChainObject]) -> str:
    """ "mål", "åtgärd" …"""
    return str(model._meta.verbose_name)


def body_url(body: Body) -> str:
    return reverse("organisations:body", args=[body.key])


def indicator_url(indicator: Indicator) -> str:
    """ "" as long as indicators have no pages."""
    try:
        return reverse("indicators:indicator", args=[indicator.key])
    except NoReverseMatch:
        return ""


def kind_crumbs(kind: str) -> list[Crumb]:
    """The way to an object of the kind."""
    lists = {
        "goal": ("steering:goals", _("Mål")),
        "action": ("steering:actions", _("Åtgärder")),
        "document": ("steering:documents", _("Styrdokument")),
    }
    first = [Crumb(_("Styrning"), reverse("steering:overview"))]
    return [*first, Crumb(lists[kind][1], reverse(lists[kind][0]))] if kind in lists else first


def crumbs_of(row: ChainObject | None) -> list[Crumb]:
    """The way to a page below an object; below the overview without one."""
    return [*kind_crumbs(row.KIND), Crumb(str(row), object_url(row))] if row is not None else kind_crumbs("")


def mandate_crumbs() -> list[Crumb]:
    return [*kind_crumbs(""), Crumb(_("Mandat och beslut"), reverse("steering:mandates"))]
