"""Decisions and mandates, for those who may read the cases that they belong to, or else work in the county."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.selectors import visible_to
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.selectors import entries_about
from styrkedja.organisations.models import Body, Seat
from styrkedja.organisations.selectors.readers import county_keys_of

Row = TypeVar("Row", Decision, Mandate)
Minuted = tuple[int, date, str]  # a decision as minutes name it: the body's id, the first day and the paragraph
_MOST_DIGITS = 18  # of a number that a row can have


def decisions_in(user: User, case: Case, *, on: date) -> QuerySet[Decision]:
    """What has been decided and recommended in the case, in the order in which it was."""
    return _visible(user, on=on).filter(case=case).order_by("decided_on", "pk")


def decisions_of(user: User, body: Body, *, on: date) -> QuerySet[Decision]:
    """What `body` has decided and recommended, the latest first."""
    return _visible(user, on=on).filter(body=body).order_by("-decided_on", "-pk")


def mandates(user: User | None, *, on: date) -> QuerySet[Mandate]:
    """Every mandate in the counties that `user` works in, ended ones too, by key."""
    return _in_counties(user, Mandate.objects.all(), on=on).select_related("body", "seat__body", "given_by").order_by("key")


def mandate_by_key(user: User, key: str, *, on: date) -> Mandate | None:
    return mandates(user, on=on).filter(key=key).first()


def mandates_of(body: Body, seat: Seat | None) -> list[Mandate]:
    """The mandates of a body itself, or of a function in it, whenever they hold. For services, which ask who may decide."""
    return list(Mandate.objects.filter(body=body, seat=seat).order_by("pk"))


def rules_of(body: Body) -> list[Mandate]:
    """Every mandate that `body` or a function in it holds or has held: the lines of its reglemente and delegation rules, as far as they are loaded.

    A body with any has its decisions checked against them; of one with none there is nothing to check.
    """
    return list(Mandate.objects.filter(body=body).select_related("seat__body", "given_by").order_by("subject", "key"))


def decision_by_id(user: User, decision_id: int, *, on: date) -> Decision | None:
    return _visible(user, on=on).filter(pk=decision_id).first()


def decision_by_key(user: User, key: str, *, on: date) -> Decision | None:
    """By the key that a file gave it, or by its number, as its address and the controls name it; with what its page says of it."""
    found = _visible(user, on=on).select_related("body__county", "case__county", "item", "mandate__seat__body", "mandate__body")
    if not key.isdecimal():
        return found.filter(key=key).first()
    return found.filter(pk=int(key)).first() if len(key) <= _MOST_DIGITS else None


def readable(user: User, decision_ids: Iterable[int | None], *, on: date) -> frozenset[int]:
    """Those of the decisions that `user` may read. No query where there are none."""
    wanted = {one for one in decision_ids if one is not None}
    return frozenset(_visible(user, on=on).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else frozenset()


def by_minutes(user: User, bodies: Iterable[Body], *, on: date) -> dict[Minuted, Decision]:
    """The decisions of the bodies by body, day and paragraph, as a text that tells of one names it; where several share a paragraph, none."""
    found = list(_visible(user, on=on).filter(body__in=list(bodies)).exclude(paragraph=""))
    named = Counter(map(_minuted, found))
    return {_minuted(decision): decision for decision in found if named[_minuted(decision)] == 1}


def _minuted(decision: Decision) -> Minuted:
    return decision.body_id, decision.decided_on, decision.paragraph


def entry_of(decision: Decision) -> LedgerEntry | None:
    """Where the decision stands in the log, with its text. None where the text has been erased so that it no longer says which decision it was."""
    about = {"decision": [decision.pk]} if decision.case_id is None else {"case": [decision.case_id]}
    entries = entries_about(about).filter(act="decision.recorded")
    return next((entry for entry in entries if _tells_of(entry, decision)), None)


def _tells_of(entry: LedgerEntry, decision: Decision) -> bool:
    if decision.case_id is None:
        return True
    return bool(entry.text.payload) and json.loads(entry.text.payload)["decision"] == decision.pk


def decisions(user: User | None, *, on: date) -> QuerySet[Decision]:
    """Everything decided and recommended that `user` may read, the latest first."""
    return _visible(user, on=on).order_by("-decided_on", "-pk")


def _visible(user: User | None, *, on: date) -> QuerySet[Decision]:
    if user is None:
        return _whole(Decision.objects.all())
    in_cases = Q(case__in=visible_to(user, on=on).order_by().values("pk"))
    outside = Q(pk__in=_in_counties(user, Decision.objects.filter(case=None), on=on).order_by().values("pk"))
    return _whole(Decision.objects.filter(in_cases | outside))


def _whole(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    return rows.select_related("case", "body", "minutes", "mandate", "seat__body").defer("case__search", "case__public_search")


def _in_counties(user: User | None, rows: QuerySet[Row], *, on: date) -> QuerySet[Row]:
    """What belongs to the counties that `user` works in, or to none. None is the program itself, which sees all."""
    if user is None:
        return rows
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    return rows.filter(Q(county=None) | Q(county__in=county_keys_of(user, on=on)))
