"""Where an object's page is, and what its kind is called."""

from django.urls import NoReverseMatch, reverse

from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body
from styrkedja.steering.models import ChainObject


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
