"""The kinds of columns, and what a column is."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Final


class Holds:
    """What the cells of a column hold. References are keys of objects in the file or in the database."""

    TEXT: Final = "TEXT"
    KEY: Final = "KEY"
    REFERENCE: Final = "REFERENCE"
    REFERENCES: Final = "REFERENCES"
    BODY: Final = "BODY"
    BODIES: Final = "BODIES"
    SEAT: Final = "SEAT"
    SEATS: Final = "SEATS"
    INDICATOR: Final = "INDICATOR"
    INDICATORS: Final = "INDICATORS"
    DAY: Final = "DAY"
    LAST_DAY: Final = "LAST_DAY"
    MONTH: Final = "MONTH"
    YEAR: Final = "YEAR"
    AMOUNT: Final = "AMOUNT"
    NUMBER: Final = "NUMBER"
    WHOLE_NUMBER: Final = "WHOLE_NUMBER"
    CHOICE: Final = "CHOICE"
    YES_NO: Final = "YES_NO"


MANY = frozenset({Holds.REFERENCES, Holds.BODIES, Holds.SEATS, Holds.INDICATORS})


@dataclass(frozen=True, eq=False)
class Column:
    """`name` is the heading, `field` what it is in the program. `to`: the kind that a reference leads to. `choices`: label → value.

    `has_default`: an empty cell leaves a choice as it is. `least`: the smallest amount or number. `note` is for who fills it in. `width` in characters.
    """

    name: str
    field: str
    holds: str = Holds.TEXT
    is_required: bool = False
    to: str = ""
    choices: Mapping[str, str] = made(default_factory=dict)
    has_default: bool = False
    least: int | None = None
    note: str = ""
    width: int = 20


@dataclass(frozen=True, eq=False)
class SheetSchema:
    """A sheet: its name, the kind of object that a row is, what it is for, and its columns.

    `joined`: rows with the same key are one object, and these fields stand in each row of it (the years of a calculation).
    """

    name: str
    kind: str
    purpose: str
    columns: tuple[Column, ...]
    joined: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name.casefold() == name.casefold()), None)

    def column_of(self, field_name: str) -> str:
        """The heading of a field; "" for none."""
        return next((column.name for column in self.columns if column.field == field_name), "")
