"""What is said of an object, field by field, as people read it."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from styrkedja.chain.presenters.links import body_url, indicator_url, object_url
from styrkedja.core.mandates import kronor
from styrkedja.decisions.models import Decision
from styrkedja.decisions.presenters import decision_url
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body
from styrkedja.steering.models import ChainObject
from styrkedja.steering.selectors.history import is_amount, label_of
from styrkedja.ui.components import Fact
from styrkedja.ui.wording import day_text, long_month_text, number_text

# What stands in the head of the page, or is the program's own.
_ELSEWHERE = {
    "id",
    "key",
    "version",
    "created_at",
    "changed_at",
    "county",
    "title",
    "text",
    "position",
    "state",
    "accountable_body",
    "accountable_seat",
}
_MONTHS = {"month", "first_effect_on"}
_DAY = timedelta(days=1)


def facts(row: ChainObject, *, decisions: Collection[int] = ()) -> list[Fact]:
    """Who answers for it first; what has not been filled in is left out, save that nobody answers for it.

    `decisions`: ids of those that the reader may read; others are named without a link.
    """
    return [
        *_accountable(row),
        *(fact for field in row._meta.concrete_fields if field.name not in _ELSEWHERE for fact in _fact(row, field, decisions)),
    ]


def chosen_decisions(row: ChainObject) -> list[int | None]:
    """The ids of the decisions that the facts name."""
    return [getattr(row, field.attname) for field in row._meta.concrete_fields if field.related_model is Decision]


def _accountable(row: ChainObject) -> Iterator[Fact]:
    seat, body = row.accountable_seat, row.accountable_body
    yield Fact(_("Ansvarig funktion"), str(seat) if seat else _("Ingen är utsedd"))
    if body is not None:
        yield Fact(_("Ansvarigt organ"), body.name, body_url(body))


def _fact(row: ChainObject, field: models.Field, decisions: Collection[int]) -> Iterator[Fact]:
    value = getattr(row, field.name)
    if value is None or value == "":
        return
    label = label_of(field)
    text, url = said(row, field, value)
    if isinstance(value, Decision) and value.pk in decisions:
        url = decision_url(value)
    yield Fact(label[:1].upper() + label[1:], text, url)


def said(row: ChainObject, field: models.Field, value: Any) -> tuple[str, str]:
    """A value in words, and where it leads ("" for nowhere)."""
    if isinstance(value, ChainObject):
        return str(value), object_url(value)
    if isinstance(value, Body):
        return value.name, body_url(value)
    if isinstance(value, Indicator):
        return value.title, indicator_url(value)
    if isinstance(value, Decision):
        return decision_text(value), ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)), ""
    return _plain(field, value), ""


def _plain(field: models.Field, value: Any) -> str:
    if is_amount(field):
        return kronor(value)
    if isinstance(value, date):
        if field.name in _MONTHS:
            return long_month_text(value)
        return day_text(value - _DAY if field.name == "valid_until" else value)
    if isinstance(value, Decimal | float):
        return number_text(value)
    return str(value)


def decision_text(decision: Decision) -> str:
    """ "Regionstyrelsen 25 mar 2025 § 39"."""
    return " ".join(
        part for part in (str(decision.body), day_text(decision.decided_on), decision.paragraph, decision.registry_number) if part
    )
