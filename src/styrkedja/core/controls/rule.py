"""What a rule is: a sentence that auditors wrote, checks that look for what it speaks of, and what would clear it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.reference import SENTENCES, Quoted
from styrkedja.core.controls.snapshot import Ref, Thing
from styrkedja.core.sentences import Sentence


class Severity(StrEnum):
    """How grave: fel, varning, info. Compared by `rank`."""

    FAULT = "F"
    WARNING = "V"
    INFO = "I"

    @property
    def rank(self) -> int:
        """0 for INFO, 2 for FAULT."""
        return "IVF".index(self.value)


class Gap(NamedTuple):
    """What a check found: in which thing, why in Swedish with the facts, in whose lists it stands, and which other things it is about.

    `part` tells gaps of one check in one thing apart. It is part of the finding's identity, so it holds keys, never facts that change. The
    explanation tells days ("sedan 2026-03-01"), not how many have passed: what is told anew every day fills the record with nothing.
    """

    ref: Ref
    name: str
    bodies: tuple[str, ...]
    explanation: Sentence
    others: tuple[Ref, ...] = ()
    part: str = ""


Limits = TypeVar("Limits")
# A check that asks for no limits at all fits every rule.
Asked = TypeVar("Asked", contravariant=True)
Value = TypeVar("Value", int, bool)


@dataclass(frozen=True)
class Check(Generic[Asked]):
    """One way to look. `code` is its own in all rules: R07a for a rule's own checks, A43 for the finer ones of the reference (6.1–6.2).

    `find` is pure: the chain and the limits in, gaps out.
    """

    code: str
    severity: Severity
    looks_for: Sentence
    clears: Sentence
    find: Callable[[Chain, Asked], Iterator[Gap]]


@dataclass(frozen=True)
class Rule(Generic[Limits]):
    """`limits` are the rule's thresholds with their defaults; each field of its dataclass is made by `threshold`.

    `quote` stands in `source`, word for word; "…" where words are left out.
    """

    id: str
    title: Sentence
    source: str
    quote: str
    severity: Severity
    clears: Sentence
    limits: Limits
    checks: tuple[Check[Limits], ...]

    def quoted(self, check: Check[Limits]) -> Quoted:
        """The sentence behind a check: its own in the reference, or else the rule's."""
        return SENTENCES.get(check.code) or Quoted(self.source, self.quote)


@dataclass(frozen=True)
class NoLimits:
    """Of a rule without thresholds."""


def threshold(default: Value, says: Sentence) -> Value:
    """A field of a rule's limits: its default and what it means."""
    made: Any = field(default=default, metadata={"says": says})
    return made  # type: ignore[no-any-return]


def gap_in(
    thing: Thing,
    explanation: Sentence,
    *,
    others: tuple[Ref, ...] = (),
    part: str = "",
    also_in: Iterable[str] = (),
    bodies: tuple[str, ...] = (),
) -> Gap:
    """A gap in a thing. It stands in the list of the thing's body and of those in `also_in`, or else of `bodies` alone."""
    lists = bodies or tuple(dict.fromkeys((thing.body, *also_in)))
    return Gap(thing.ref, thing.name, lists, explanation, others, part)
