"""Reviews, answers and reports from a workbook or a folder of CSV, by the same reader as the chain: all of it or nothing.

A file says how things are, not how they became so: an answer may come decided with all that it says.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.audits.models import KINDS
from styrkedja.audits.services.checks import decided, refuse_decided, refuse_number
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.steering.workbook.reading import Row
from styrkedja.core.steering.workbook.sheets import WHOLE
from styrkedja.effects import services as effects
from styrkedja.effects.services import Book
from styrkedja.effects.services.importing import bring_in as bring_in_chain
from styrkedja.effects.services.importing import differing_fields
from styrkedja.effects.workbook.directory import MODELS
from styrkedja.steering.models import DocumentState
from styrkedja.steering.services.objects import change, create
from styrkedja.ui.clock import day

Values = dict[str, Any]
# What an object hangs in is what it is; another one is another object.
_FIXED = {
    "audit-recommendation": ("review",),
    "audit-response": ("review", "accountable_body"),
    "recommendation-answer": ("response", "recommendation"),
    "promised-action": ("answer",),
    "follow-up": ("recommendation",),
}


def load_reviews(*, actor: User | None, at: datetime, **options: Any) -> effects.Loaded:
    """As `effects.services.load_chain`, of files that may hold the sheets of the chain and those of reviews."""
    return effects.load_chain(actor=actor, at=at, book=BOOK, **options)


def bring_in(*, actor: User | None, row: Row, values: Values, existing: Any, at: datetime) -> tuple[Any, tuple[str, ...] | None]:
    """As the one of the chain, of every kind. Raises Refused."""
    model = KINDS.get(row.kind)
    if model is None:
        return bring_in_chain(actor=actor, row=row, values=values, existing=existing, at=at)
    prepared = _PREPARE[row.kind](values, existing, day(at))
    if existing is None:
        return create(actor=actor, model=model, values=prepared, at=at), ()
    differing = differing_fields(existing, prepared, fixed=_FIXED.get(row.kind, ()))
    if not differing:
        return existing, None
    if response := _response_of(row.kind, existing):
        refuse_decided(actor, response)
    return change(actor=actor, row=existing, version=None, values={name: prepared[name] for name in differing}, at=at), differing


def _response_of(kind: str, existing: Any) -> Any:
    ways = {
        "audit-response": lambda row: row,
        "recommendation-answer": lambda row: row.response,
        "promised-action": lambda row: row.answer.response,
    }
    return ways[kind](existing) if kind in ways else None


def _review(values: Values, existing: Any, _today: date) -> Values:
    refuse_number(values.get("registry_number", ""))
    body = values.get("accountable_body", existing.accountable_body if existing else None)
    if body is not None and (existing is None or "addressed" in values):
        others = [one for one in values.get("addressed", ()) if one != body]
        values["addressed"] = [*others, body]
    return values


def _recommendation(values: Values, existing: Any, today: date) -> Values:
    """It belongs to the body that sees to the answer of its review."""
    values["accountable_body"] = values["review"].accountable_body
    values["number"] = values["number"].strip()
    taken = values["review"].recommendations.filter(number=values["number"])
    if taken.exclude(pk=existing.pk if existing else None).exists():
        raise Refused(f"Granskningen har redan en rekommendation med beteckningen {values['number']}.")
    return _decision(values, ("report_decided_on", "report_decided_until", "report_paragraph"), today)


def _response(values: Values, existing: Any, today: date) -> Values:
    refuse_number(values.get("registry_number", ""))
    state = values.get("state", existing.state if existing else DocumentState.DRAFT)
    if state == DocumentState.DECIDED and values.get("decided_on", existing.decided_on if existing else None) is None:
        raise Refused("Svaret är beslutat. Ange beslutsdatumet.")
    body, review = values["accountable_body"], values["review"]
    if body.pk not in {review.accountable_body_id, *review.addressed.values_list("pk", flat=True)}:
        raise Refused(f"Granskningen är inte riktad till {body}.")
    there = review.responses.filter(accountable_body=body).exclude(pk=existing.pk if existing else None)
    if there.exists():
        raise Refused(f"{body} har redan ett svar på granskningen, med nyckeln {there.get().key}.")
    return _decision(values, ("decided_on", "decided_until", "paragraph"), today)


def _answer(values: Values, existing: Any, _today: date) -> Values:
    response, recommendation = values["response"], values["recommendation"]
    if recommendation.review_id != response.review_id:
        raise Refused("Svaret och rekommendationen hör till olika granskningar.")
    there = response.answers.filter(recommendation=recommendation).exclude(pk=existing.pk if existing else None)
    if there.exists():
        raise Refused(f"Rekommendationen är redan besvarad, med nyckeln {there.get().key}.")
    return values | {"accountable_body": response.accountable_body}


def _promise(values: Values, _existing: Any, _today: date) -> Values:
    return values | {"accountable_body": values["answer"].accountable_body}


def _follow_up(values: Values, _existing: Any, _today: date) -> Values:
    return values | {"accountable_body": values["recommendation"].review.accountable_body}


def _report(values: Values, _existing: Any, today: date) -> Values:
    return _decision(values, ("approved_on", "", "paragraph"), today)


def _decision(values: Values, names: tuple[str, str, str], today: date) -> Values:
    """With the days and the paragraph of a decision as the services store them."""
    first, last, paragraph = names
    if values.get(first) is None:
        return values
    on, until, written = decided(values[first], values.get(last), values.get(paragraph) or "", today=today)
    stored = {first: on, last: until, paragraph: written}
    return values | {name: value for name, value in stored.items() if name in values}


_PREPARE: Mapping[str, Callable[[Values, Any, date], Values]] = {
    "audit-review": _review,
    "audit-recommendation": _recommendation,
    "audit-response": _response,
    "recommendation-answer": _answer,
    "promised-action": _promise,
    "follow-up": _follow_up,
    "progress-report": _report,
}
BOOK = Book(WHOLE, {**MODELS, **KINDS}, bring_in)
