"""Months, and the periods that a value covers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from styrkedja.core.indicators.definition.kinds import Frequency

LENGTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
_WRITTEN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. `number` counts months from the year 0, so that months are added and subtracted as integers."""

    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year * 12 + day.month - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "2026-03". Raises ValueError with a Swedish message."""
        found = _WRITTEN.fullmatch(text)
        if found is None or found[1] == "0000":
            raise ValueError(f"”{text}” är ingen månad. Skriv år och månad, till exempel 2026-03.")
        return cls(int(found[1]) * 12 + int(found[2]) - 1)

    @property
    def first_day(self) -> date:
        return date(self.number // 12, self.number % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)

    def __add__(self, months: int) -> "Month":
        return Month(self.number + months)

    def __sub__(self, months: int) -> "Month":
        return Month(self.number - months)

    def __str__(self) -> str:
        return f"{self.number // 12:04d}-{self.number % 12 + 1:02d}"


@dataclass(frozen=True, order=True)
class Span:
    """The months from `first` to `last`, both included."""

    first: Month
    last: Month

    @classmethod
    def ending(cls, last: Month, months: int) -> Self:
        return cls(last - (months - 1), last)

    @property
    def first_day(self) -> date:
        return self.first.first_day

    @property
    def last_day(self) -> date:
        return self.last.last_day

    def __iter__(self) -> Iterator[Month]:
        return (Month(number) for number in range(self.first.number, self.last.number + 1))

    def __len__(self) -> int:
        return self.last.number - self.first.number + 1

    def __contains__(self, month: object) -> bool:
        return isinstance(month, Month) and self.first <= month <= self.last

    def __str__(self) -> str:
        return f"{self.first}–{self.last}" if self.first != self.last else str(self.first)


def ends(frequency: Frequency, within: Span) -> Iterator[Month]:
    """The months of `within` that end a period: each month, or those that end a quarter or a year."""
    length = LENGTHS[frequency]
    return (month for month in within if (month.number + 1) % length == 0)
