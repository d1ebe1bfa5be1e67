"""What is told of one indicator for one body, one period and one part of its dimensions; the words that both evaluators share."""

from dataclasses import dataclass
from enum import StrEnum

from styrkedja.core.indicators.months import Span

# The part of a dimension that a row without a value in it belongs to, and the whole of a dimension.
UNKNOWN = "?"
ALL = ""


class ValueStatus(StrEnum):
    """Whether there is a value, else why not. What others publish may be said to exist without being shown (NOT_PUBLISHED)."""

    VALUE = "VALUE"
    NO_DENOMINATOR = "NO_DENOMINATOR"
    TOO_FEW = "TOO_FEW"
    NOT_PUBLISHED = "NOT_PUBLISHED"


@dataclass(frozen=True, order=True)
class Key:
    """`dimensions` are the parts, in the order of `Definition.dimensions`; ALL is the whole of one."""

    body: str
    span: Span
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """The cells of a numerator or denominator, joined over a period's months: sums, to be divided by `months` where the mean is asked for.

    `total` is None where nothing is summed.
    """

    count: int
    total: int | float | None = None
    months: int = 1

    @property
    def amount(self) -> float:
        """What stands in the fraction: the total if there is one, else the count."""
        return (self.count if self.total is None else self.total) / self.months


@dataclass(frozen=True)
class Outcome:
    """`value` is None unless `status` is VALUE."""

    numerator: Part
    denominator: Part | None
    value: float | None
    status: ValueStatus
