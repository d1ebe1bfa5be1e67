"""A fault: what a rule found in the chain on a day, and the identity by which it is known again the next day."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from styrkedja.core.controls.rule import Severity
from styrkedja.core.controls.snapshot import Ref
from styrkedja.core.sentences import Sentence

_FINGERPRINT = 32  # hexadecimal digits: 128 bits, so that two faults never share one


@dataclass(frozen=True)
class Fault:
    """`rule` and `check` lead to the quoted sentence and to what clears it (core.controls.rules); `name` is what the thing is called.

    `bodies`: in whose lists it stands, the thing's own first.
    """

    rule: str
    check: str
    severity: Severity
    ref: Ref
    name: str
    bodies: tuple[str, ...]
    explanation: Sentence
    others: tuple[Ref, ...] = ()
    part: str = ""

    @property
    def body(self) -> str:
        return self.bodies[0] if self.bodies else ""

    @cached_property
    def fingerprint(self) -> str:
        """The same as long as the fault lives: of rule, check, thing and part; never of names, dates, amounts or severity."""
        identity = "\x1f".join((self.rule, self.check, self.ref.kind, self.ref.key, self.part))
        return sha256(identity.encode()).hexdigest()[:_FINGERPRINT]
