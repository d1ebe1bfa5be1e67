"""What a decision rests on: the mandate, the calculation, and who decided on which level (source 003.3)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from styrkedja.core.collation import swedish_key
from styrkedja.core.decisions import estimate_fault, grounds_faults
from styrkedja.core.mandates import covers_subject, excesses
from styrkedja.core.policies.refusal import Refused
from styrkedja.decisions.models import Mandate
from styrkedja.decisions.selectors import mandates_of, rules_of
from styrkedja.organisations.models import Body, Seat
from styrkedja.ui.wording import sentence_text


@dataclass(frozen=True)
class Grounds:
    """`level` is a DecisionLevel. `seat` is who decided by delegation; None when the body itself did. `amount` in öre, None: no money.

    `mandate` None: the holder's own mandate on the subject is looked up. `has_estimate`: a calculation is tied to the decision by the caller
    (effects), else `no_estimate_reason` says why there is none. `exception_reason` lets a decision outside its mandate, or outside the budget,
    be recorded as what it is; the control finds it all the same.
    """

    level: str = ""
    subject: str = ""
    amount: int | None = None
    seat: Seat | None = None
    mandate: Mandate | None = None
    has_estimate: bool = False
    no_estimate_reason: str = ""
    outside_budget: bool = False
    exception_reason: str = ""


def checked(grounds: Grounds | None, *, body: Body, on: date) -> dict[str, Any]:
    """The fields of the decision that the grounds give; none without grounds. Raises Refused if they do not carry the decision."""
    if grounds is None:
        return {}
    asked = {name: getattr(grounds, name) for name in ("level", "subject", "has_estimate", "no_estimate_reason", "outside_budget")}
    if faults := grounds_faults(**asked, exception_reason=grounds.exception_reason):
        raise Refused(" ".join(map(sentence_text, faults.values())))
    mandate = grounds.mandate or _own_mandate(grounds, body, on=on)
    faults = _mandate_faults(grounds, mandate, body, on=on)
    if faults and not grounds.exception_reason.strip():
        raise Refused(" ".join([*faults, _("Låt rätt organ besluta, eller ange skälet till undantaget.")]))
    return as_it_was(replace(grounds, mandate=mandate))


def asked_in_case(grounds: Grounds | None, *, body: Body, on: date) -> dict[str, Any]:
    """The same of a decision in a case: asked of a body whose reglemente or delegation rules are loaded, else kept as far as it was told. But
    nobody decides on money without a calculation, or the reason why there is none."""
    if rules_of(body):
        return checked(grounds or Grounds(), body=body, on=on)
    if grounds and grounds.amount and (fault := estimate_fault(grounds.has_estimate, grounds.no_estimate_reason.strip())):
        raise Refused(fault)
    return as_it_was(grounds)


def as_it_was(grounds: Grounds | None) -> dict[str, Any]:
    """The same of a decision that was made before anybody asked: it is kept with what it lacks, and the controls say so."""
    if grounds is None:
        return {}
    texts = {name: getattr(grounds, name).strip() for name in ("subject", "no_estimate_reason", "exception_reason")}
    return texts | {name: getattr(grounds, name) for name in ("level", "amount", "seat", "mandate", "outside_budget")}


def _own_mandate(grounds: Grounds, body: Body, on: date) -> Mandate | None:
    """The holder's mandate that suits best: one that covers all of the decision, else one on its subject."""
    held = [mandate for mandate in mandates_of(body, grounds.seat) if covers_subject(mandate.subject, grounds.subject)]
    return min(held, key=lambda mandate: (len(_excesses(grounds, mandate, body, on=on)), -len(mandate.subject), mandate.pk), default=None)


def _mandate_faults(grounds: Grounds, mandate: Mandate | None, body: Body, *, on: date) -> list[str]:
    holder = grounds.seat or body
    if mandate is None:
        values = {"holder": holder, "subject": grounds.subject.strip()}
        said = [_("%(holder)s har inget mandat att besluta om ”%(subject)s”.") % values]
        known = ", ".join(sorted({held.subject for held in mandates_of(body, grounds.seat)}, key=swedish_key))
        return [*said, _("Det finns mandat för: %(subjects)s.") % {"subjects": known}] if known else said
    return _excesses(grounds, mandate, body, on=on)


def _excesses(grounds: Grounds, mandate: Mandate, body: Body, *, on: date) -> list[str]:
    is_holder = mandate.body_id == body.pk and mandate.seat_id == (grounds.seat.pk if grounds.seat else None)
    found = excesses(mandate, subject=grounds.subject, amount=grounds.amount, on=on, is_holder=is_holder)
    said = [sentence_text(sentence) for _excess, sentence in found]
    if mandate.level != grounds.level:
        said.append(_("Mandatet gäller ett annat slags beslut: %(level)s.") % {"level": mandate.get_level_display().lower()})
    return said


__all__ = ["Grounds", "as_it_was", "asked_in_case", "checked"]
