"""Bodies, the functions in them, and the forums where they meet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple

from styrkedja.core.controls.snapshot.kinds import ObjectKind
from styrkedja.core.controls.snapshot.things import Ref, Thing


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """`body_kind` is a member's value of OrganisationKind or GroupKind; `principal` the region or municipality that it is part of."""

    key: str
    name: str
    body_kind: str
    parent: str | None
    county: str
    principal: str | None

    @property
    def ref(self) -> Ref:
        return Ref(ObjectKind.BODY, self.key)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat(Thing):
    """A function in a body; `name` is its title. `vacant_since`: the day from which nobody holds it; None when somebody does."""

    kind: ClassVar[ObjectKind] = ObjectKind.SEAT
    vacant_since: date | None = None


class ForumFigure(NamedTuple):
    """A value that a forum looks at: of which indicator, for which period and body, by which version of its definition."""

    indicator: str
    period: date
    body: str
    definition: str
    value: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Forum(Thing):
    """`members` are keys of seats, `reports_to` is the key of a body, `follows` what it follows up."""

    kind: ClassVar[ObjectKind] = ObjectKind.FORUM
    mandate: str
    members: tuple[str, ...]
    reports_to: str | None
    follows: tuple[Ref, ...]
    figures: tuple[ForumFigure, ...] = ()
