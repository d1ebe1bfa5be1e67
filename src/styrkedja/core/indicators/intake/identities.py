"""Values that look like Swedish personal identity numbers or samordningsnummer: such a file is refused, whatever its columns are called.

What a number is, `core.identities` says. Among random ten-digit pseudonyms one in 135 happens to look like one, so what counts is the share among values that
are written the same way; a handful of real numbers among pseudonyms of another form are found, and random digits are let through.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from styrkedja.core.identities import BIRTH
from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.intake.faults import FileRefused

_IDENTITY = rf"{BIRTH}[-+ ]?[0-9]{{4}}"
_FORMS = {
    "ten": r"^[0-9]{10}$",
    "twelve": r"^[0-9]{12}$",
    "divided": r"^(?:[0-9]{2})?[0-9]{6}[-+ ][0-9]{4}$",
}
# The number stands in a longer text, among others than digits.
_WITHIN = "within"
# More of them than this are no chance.
_SHARE = 0.2
_EMBEDDED = rf"(?:^|[^0-9])(?P<number>{_IDENTITY})(?:$|[^0-9])"
_LENGTHS = pa.array([10, 11, 12, 13], pa.int32())
# As soon as so many have been seen there is no need to read on; fewer are judged when the whole file has been read.
_ENOUGH = 10
# Amounts may be of ten digits, and few of them at that.
_FEWEST_NUMBERS = 20
_NUMBER_SHARE = 0.5


@dataclass
class _Tally:
    seen: int = 0
    alike: int = 0
    first_line: int = 0


@dataclass
class IdentityWatch:
    """Sees every value of a file, and refuses the file when it has seen enough. `types` are the declared columns."""

    types: Mapping[str, ColumnType]
    _tallies: dict[tuple[str, str], _Tally] = field(default_factory=dict)

    def see(self, column: str, values: pa.Array, lines: NDArray[np.int64]) -> None:
        """Values as they stand in the file, whatever type they have. Raises FileRefused."""
        texts = _texts(values)
        if texts is None:
            return
        for form, seen, alike in _counted(texts):
            tally = self._tallies.setdefault((column, form), _Tally())
            tally.seen += seen
            if len(alike) and not tally.alike:
                tally.first_line = int(lines[alike[0]])
            tally.alike += len(alike)
        self._judge(_ENOUGH)

    def finish(self) -> None:
        """When all has been seen. Raises FileRefused."""
        self._judge(1)

    def _judge(self, fewest: int) -> None:
        for (column, _form), tally in self._tallies.items():
            is_number = self.types.get(column) in {ColumnType.INTEGER, ColumnType.ORE}
            least = max(fewest, _FEWEST_NUMBERS) if is_number else fewest
            share = _NUMBER_SHARE if is_number else _SHARE
            if tally.alike >= least and tally.alike > share * tally.seen:
                raise FileRefused(
                    f"Kolumnen ”{column}” ser ut att hålla personnummer eller samordningsnummer, först på rad {tally.first_line}. "
                    "Sådana tas inte emot. Byt dem mot pseudonymer där filen görs; låt gärna pseudonymerna innehålla en bokstav."
                )


def _texts(values: pa.Array) -> pa.Array | None:
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _texts(values.dictionary_decode())
    if pa.types.is_integer(kind):
        return pc.cast(values, pa.string())
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pc.cast(values, pa.string())
    return pc.utf8_trim_whitespace(values) if pa.types.is_string(kind) else None


def _counted(texts: pa.Array) -> list[tuple[str, int, NDArray[np.int64]]]:
    """(form, values of the form, places of those that look like identities)."""
    lengths = pc.utf8_length(texts)
    rest = np.flatnonzero(np.asarray(pc.fill_null(pc.greater_equal(lengths, 10), False)))
    short = np.flatnonzero(np.asarray(pc.fill_null(pc.is_in(lengths, _LENGTHS), False)))
    found = []
    for form, pattern in _FORMS.items():
        of_form = short[_matching(texts.take(pa.array(short)), pattern)]
        rest = np.setdiff1d(rest, of_form, assume_unique=True)
        found.append((form, len(of_form), of_form[_alike(texts.take(pa.array(of_form)), f"^(?P<number>{_IDENTITY})$")]))
    found.append((_WITHIN, len(texts) - texts.null_count, rest[_alike(texts.take(pa.array(rest)), _EMBEDDED)]))
    return found


def _matching(texts: pa.Array, pattern: str) -> NDArray[np.int64]:
    return np.flatnonzero(np.asarray(pc.fill_null(pc.match_substring_regex(texts, pattern), False)))


def _alike(texts: pa.Array, pattern: str) -> NDArray[np.int64]:
    """Places of the texts whose `number` has a possible birth date and the right check digit."""
    places = _matching(texts, pattern)
    if not len(places):
        return places
    numbers = pc.struct_field(pc.extract_regex(texts.take(pa.array(places)), pattern), "number")
    digits = pc.utf8_slice_codeunits(pc.replace_substring_regex(numbers, "[^0-9]", ""), -10)
    grid = np.asarray(digits.to_numpy(zero_copy_only=False), dtype="S10").view(np.uint8).reshape(-1, 10).astype(np.int64) - ord("0")
    doubled = grid * np.array([2, 1] * 5)
    right: NDArray[np.int64] = places[(doubled // 10 + doubled % 10).sum(axis=1) % 10 == 0]
    return right
