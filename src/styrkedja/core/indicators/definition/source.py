"""A fact table as declared by definitions/sources/<id>.toml: what its columns are called and what they may hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from styrkedja.core.indicators.definition.kinds import ColumnType, Frequency
from styrkedja.core.organisations.kinds import OrganisationKind


@dataclass(frozen=True)
class DaysBetween:
    """Whole days from the date column `start` to the date column `end`; missing if either is. The first day is 0: it is not counted."""

    start: str
    end: str


@dataclass(frozen=True)
class Bands:
    """The integer `column` in bands: [starts[0], starts[1]), …, [starts[-1], ∞). Below the first start there is no band (missing)."""

    column: str
    starts: tuple[int, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The codes of the bands: "0–17", "18–64", "65–". A band of one year is "0"."""
        closed = (_band(start, end - 1) for start, end in zip(self.starts, self.starts[1:], strict=False))
        return (*closed, f"{self.starts[-1]}–")


def _band(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


Derivation = DaysBetween | Bands


@dataclass(frozen=True)
class SourceColumn:
    """One column. `codes` are Swedish texts by code; `pattern` holds instead for open sets of codes (diagnoses, ATC).

    `missing` says that a value may be missing. `least` and `most` bound integers and öre. `level` is the kind of bodies that a column of type
    UNIT names (None for other types): nothing that is placed by it has values further down. `parts` is how many of the stored whole numbers make
    one (DRG weights in thousandths: 1000); values are summed as stored and `ValueForm.factor` undoes it. `part_of` names a column that is never
    smaller in the same row ("" if none): calls answered among calls. A derived column stands in no file: it is
    computed from other columns, and is of type INTEGER (days between) or CODE (bands; `codes` are then the labels).
    """

    name: str
    title: str
    type: ColumnType
    codes: Mapping[str, str]
    pattern: str
    missing: bool
    least: int | None
    most: int | None
    level: OrganisationKind | None
    parts: int
    part_of: str
    derivation: Derivation | None


@dataclass(frozen=True)
class FactSource:
    """`date` places a row in a month, `unit` in the organisation, `entity` is the pseudonym of whom it is about ("" if nobody).

    `snapshot` is None for events (each row happened on its date; months add up) and else how often the state is taken (population each
    year, the waiting list each month): a row then holds from its date until the next one. `columns` are by name, in the order of the file.
    """

    id: str
    title: str
    description: str
    date: str
    unit: str
    entity: str
    snapshot: Frequency | None
    columns: Mapping[str, SourceColumn]

    @property
    def stored(self) -> tuple[SourceColumn, ...]:
        """The columns that a file must have: all but the derived ones."""
        return tuple(column for column in self.columns.values() if column.derivation is None)
