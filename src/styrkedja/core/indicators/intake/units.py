"""Units that rows name, held against the organisation as it stood on the row's own day: no figure may rest on rows that belong to nobody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.definition.source import FactSource, SourceColumn
from styrkedja.core.indicators.tree import Structure
from styrkedja.core.organisations.kinds import OrganisationKind

_EPOCH = 719163  # the ordinal day of 1 January 1970
_UNDATED = -(1 << 30)  # rows without a day are rejected for that, and their units not judged
_ALWAYS = (0, 1 << 21)
UNKNOWN = "Enheten finns inte i organisationen. Rätta koden, eller lägg till enheten i länets filer och läs in igen."
NOT_THEN = "Enheten fanns inte i organisationen den dagen. Rätta datum eller kod, eller enhetens giltighetstid i länets filer."
_LEVEL = "Koden gäller ett organ på en annan nivå än kolumnen."


@dataclass(frozen=True, order=True)
class UnplacedRows:
    """Rows of a file that name a unit which they cannot belong to."""

    column: str
    unit: str
    reason: str
    rows: int
    first_line: int


@dataclass
class UnitCheck:
    """Looks at the unit columns of one file, batch by batch, and remembers which units do not fit."""

    source: FactSource
    structure: Structure
    _tallies: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)

    def check(self, columns: Mapping[str, pa.Array], lines: NDArray[np.int64]) -> Iterator[tuple[str, NDArray[np.bool_], str]]:
        """(column, which rows, reason) for what does not fit. `columns` are of the declared types."""
        days = pc.fill_null(pc.cast(columns[self.source.date], pa.int32()), _UNDATED).to_numpy() + _EPOCH
        for column in self.source.stored:
            if column.type == ColumnType.UNIT:
                yield from self._column(column, columns[column.name], days, lines)

    def _column(
        self, column: SourceColumn, values: pa.Array, days: NDArray[np.int64], lines: NDArray[np.int64]
    ) -> Iterator[tuple[str, NDArray[np.bool_], str]]:
        encoded = values.dictionary_encode()
        places = encoded.indices.fill_null(-1).to_numpy()
        found: dict[str, NDArray[np.bool_]] = {}
        for number, unit in enumerate(encoded.dictionary.to_pylist()):
            rows = (places == number) & (days != _UNDATED + _EPOCH)
            reason, unfit = self._judged(column, unit, days)
            if reason and (rows & unfit).any():
                found[reason] = found.get(reason, np.zeros(len(rows), dtype=bool)) | (rows & unfit)
                self._count(column.name, unit, reason, lines[rows & unfit])
        yield from ((column.name, mask, reason) for reason, mask in found.items())

    def _judged(self, column: SourceColumn, unit: str, days: NDArray[np.int64]) -> tuple[str, NDArray[np.bool_]]:
        """What is wrong with the unit, and on which days."""
        every = np.ones(len(days), dtype=bool)
        body = self.structure.index.get(unit)
        if body is None:
            return UNKNOWN, every
        if self.structure.bodies[body].kind != (column.level or OrganisationKind.UNIT):
            return _LEVEL, every
        existence = self.structure.existence[body]
        if _ALWAYS in existence:
            return "", ~every
        exists = ~every
        for since, until in existence:
            exists |= (days >= since) & (days < until)
        return NOT_THEN, ~exists

    def _count(self, column: str, unit: str, reason: str, lines: NDArray[np.int64]) -> None:
        rows, first = self._tallies.get((column, unit, reason), (0, int(lines[0])))
        self._tallies[column, unit, reason] = (rows + len(lines), first)

    @property
    def unplaced(self) -> list[UnplacedRows]:
        """The unit with most rows first."""
        found = [UnplacedRows(*key, rows, first) for key, (rows, first) in self._tallies.items()]
        return sorted(found, key=lambda one: (-one.rows, one))
