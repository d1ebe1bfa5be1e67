"""Who may decide what, and what has been decided."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from styrkedja.core.controls.snapshot.kinds import ObjectKind
from styrkedja.core.controls.snapshot.things import Ref, Thing
from styrkedja.core.mandates import DecisionLevel


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate(Thing):
    """What a holder (a body or a seat) may decide: matters of `subject`, up to and with `amount_limit` öre (None: any amount), in the period.

    `may_correct`: may order corrective action for the bodies in `corrects` and those below them; for its own body when none is named.
    `point`: where in the delegation rules it stands. Mandates that have ended belong in the snapshot as long as decisions name them.
    """

    kind: ClassVar[ObjectKind] = ObjectKind.MANDATE
    holder: Ref
    subject: str
    amount_limit: int | None
    valid_from: date | None
    valid_until: date | None
    may_correct: bool
    corrects: tuple[str, ...]
    document: str | None
    point: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision(Thing):
    """`decider` is the body or, for a delegated decision, the seat. `amount` in öre; None: no money. `mandate` and `estimates` are keys.

    `recipients`: who gets an extract. `outside_budget` needs `exception_reason`. `subject`: as in mandates.
    """

    kind: ClassVar[ObjectKind] = ObjectKind.DECISION
    decider: Ref | None
    level: DecisionLevel | None
    mandate: str | None
    subject: str
    amount: int | None
    decided_on: date | None
    paragraph: str
    registry_number: str
    estimates: tuple[str, ...]
    no_estimate_reason: str
    decided_until: date | None = None
    recipients: tuple[str, ...] | None = None
    outside_budget: bool = False
    exception_reason: str = ""
