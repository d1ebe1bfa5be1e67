"""What all things of the chain have in common."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from styrkedja.core.controls.snapshot.kinds import ObjectKind


class Ref(NamedTuple):
    """Leads to a thing, and so to its page."""

    kind: ObjectKind
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """`name` is what people call it; `body` is the key of the body in whose list its faults stand."""

    kind: ClassVar[ObjectKind]
    key: str
    name: str
    body: str

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.key)
