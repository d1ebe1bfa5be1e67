"""What a load did: told to whoever loads, kept with the load, and written as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from styrkedja.core.indicators.intake.faults import RowFault
from styrkedja.core.indicators.intake.units import UnplacedRows
from styrkedja.core.indicators.months import Month

# So many faults are told one by one, and so many lines of each kind; the rest are counted.
LISTED = 200
_LINES = 10
NEW, REPLACED, UNCHANGED, REMOVED = "new", "replaced", "unchanged", "removed"
_CHANGES = {NEW: "ny", REPLACED: "ersatt", UNCHANGED: "oförändrad", REMOVED: "borttagen"}


@dataclass(frozen=True)
class MonthLoaded:
    """`before` is how many rows the month had, None if it was not loaded. `duplicates`: rows exactly like an earlier one."""

    month: Month
    rows: int
    before: int | None
    change: str
    duplicates: int = 0


@dataclass
class FaultTally:
    """Faults of one kind in one column."""

    column: str
    reason: str
    rows: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass
class Faults:
    """All faults of a file, counted; the first of them one by one."""

    listed: list[RowFault] = field(default_factory=list)
    tallies: dict[tuple[str, str], FaultTally] = field(default_factory=dict)

    def add(self, faults: Iterable[RowFault]) -> None:
        for fault in faults:
            if len(self.listed) < LISTED:
                self.listed.append(fault)
            tally = self.tallies.setdefault((fault.column, fault.reason), FaultTally(fault.column, fault.reason))
            tally.rows += 1
            if len(tally.lines) < _LINES:
                tally.lines.append(fault.line)

    @property
    def by_kind(self) -> list[FaultTally]:
        """The kind with most rows first."""
        return sorted(self.tallies.values(), key=lambda tally: (-tally.rows, tally.column, tally.reason))


@dataclass(frozen=True)
class LoadReport:
    """`file` is the name as the loader gave it, without folders. `sha256` is of its bytes, or of what a table held."""

    source: str
    title: str
    file: str
    sha256: str
    rows_read: int
    rows_rejected: int
    months: Sequence[MonthLoaded]
    faults: Faults
    unplaced: Sequence[UnplacedRows]
    warnings: Sequence[str] = ()

    @property
    def rows_loaded(self) -> int:
        return self.rows_read - self.rows_rejected

    @property
    def has_changed(self) -> bool:
        return any(month.change != UNCHANGED for month in self.months)

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "file": self.file,
            "sha256": self.sha256,
            "changed": self.has_changed,
            "rows_read": self.rows_read,
            "rows_loaded": self.rows_loaded,
            "rows_rejected": self.rows_rejected,
            "months": [asdict(month) | {"month": str(month.month)} for month in self.months],
            "reasons": [asdict(tally) for tally in self.faults.by_kind],
            "rejected": [asdict(fault) for fault in self.faults.listed],
            "units_not_in_tree": [asdict(unit) for unit in self.unplaced],
            "warnings": list(self.warnings),
        }

    def lines(self) -> Iterator[str]:
        """The report as it is read at a terminal."""
        yield f"{self.title}: {_count(self.rows_read, 'rad', 'rader')} lästa, {self.rows_loaded} inlästa, {self.rows_rejected} avvisade."
        yield from (fault.message for fault in self.faults.listed[:_LINES])
        if self.rows_rejected and sum(tally.rows for tally in self.faults.tallies.values()) > _LINES:
            yield "Alla avvisade, efter skäl:"
            yield from (self._kind(tally) for tally in self.faults.by_kind)
        if self.unplaced:
            yield "Enheter som inte hör hemma i organisationen:"
            yield from (
                f"  {one.unit} ({one.column}): {_count(one.rows, 'rad', 'rader')}, först rad {one.first_line}." for one in self.unplaced
            )
        yield from (_month(month) for month in self.months)
        yield from (f"Varning: {warning}" for warning in self.warnings)
        if not self.has_changed:
            yield "Allt var redan inläst. Inget har ändrats."

    def _kind(self, tally: FaultTally) -> str:
        more = "…" if tally.rows > len(tally.lines) else ""
        where = f"{tally.column}: " if tally.column else ""
        return f"  {where}{tally.reason} {_count(tally.rows, 'rad', 'rader')} ({', '.join(map(str, tally.lines))}{more})."


def _month(month: MonthLoaded) -> str:
    before = f", tidigare {month.before}" if month.before is not None and month.change in {REPLACED, REMOVED} else ""
    alike = f", varav {month.duplicates} exakt lika en annan rad" if month.duplicates else ""
    return f"{month.month} {_CHANGES[month.change]}: {_count(month.rows, 'rad', 'rader')}{alike}{before}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
