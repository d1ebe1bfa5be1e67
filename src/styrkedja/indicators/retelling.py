"""Values told anew by another organisation, from the cells as they were last computed: no fact is read and nothing is counted.

What adds up is added in the other tree. A distinct count does not: it can be told of the periods that have been counted in that very tree.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from styrkedja.core.indicators.asks import Ask, ask
from styrkedja.core.indicators.cells import WHOLE, Keys, Rolled, Spread
from styrkedja.core.indicators.decoding import Kept, Unplaced, joined, keys_of
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.evaluation import Outcomes, evaluate, part_number
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.readings import AsOn
from styrkedja.indicators.cellstore import CellStore, digest
from styrkedja.indicators.preparing import count_name, label_of, total_name
from styrkedja.indicators.workshop import amounts

# How many answers are held, each of one part of an indicator.
_MOST = 24


@dataclass(frozen=True)
class Retold:
    """`lacking` are the periods, of those asked for, that there are no cells to tell anew of. `outcomes` is None when that is all of them."""

    outcomes: Outcomes | None
    lacking: tuple[Span, ...]


@dataclass(frozen=True)
class Retelling:
    """What is asked: the periods that end with `ends`, of one part ({} is the whole), by one day's organisation."""

    store: CellStore
    sources: Mapping[str, FactSource]
    definition: Definition
    reading: AsOn
    parts: Mapping[str, str]

    def of(self, ends: Sequence[Month]) -> Retold:
        """Read from what is held where neither cells, definition nor organisation has changed."""
        spans = [Span.ending(end, self.definition.months) for end in ends]
        told = [span for span in spans if all(self._is_kept(one, span) for one in self._asks)]
        lacking = tuple(span for span in spans if span not in told)
        if not told:
            return Retold(None, lacking)
        try:
            found = _answers.get(self._print(told), lambda: self._outcomes(told))
        except Unplaced:
            # Cells about a body that is no longer in the organisation at all: nobody knows where they stand.
            found = None
        return Retold(found, tuple(spans) if found is None else lacking)

    @cached_property
    def _asks(self) -> tuple[Ask, ...]:
        return tuple(ask(measure, self.definition, self.sources) for measure in self.definition.cell_measures)

    @cached_property
    def _months(self) -> Mapping[str, frozenset[Month]]:
        """By key of the ask: the months that it has cells of."""
        return {one.key: self.store.months(one) for one in self._asks if not one.is_distinct}

    @cached_property
    def _tree(self) -> str:
        return self.reading.structure.versions.forest(self.reading.day).digest

    def _is_kept(self, one: Ask, span: Span) -> bool:
        if one.is_distinct:
            return self.store.mark(one, label_of(span, self._tree)) is not None
        return all(self._held(one, month) is not None for month in one.months_of(span))

    def _held(self, one: Ask, month: Month) -> Month | None:
        """The month whose cells hold in `month`."""
        kept = self._months[one.key]
        if one.source.snapshot is not None and one.measure.index is None:
            return one.in_force(month, kept)
        return month if month in kept else None

    def _print(self, told: Sequence[Span]) -> str:
        marks = [self.store.mark(one, label) for one in self._asks for label in self._labels(one, told)]
        names = [(body.key, body.kind) for body in self.reading.structure.bodies]
        return digest([one.key for one in self._asks], repr(self.definition), sorted(self.parts.items()), self._tree, names, told, marks)

    def _labels(self, one: Ask, told: Sequence[Span]) -> list[str]:
        if one.is_distinct:
            return [label_of(span, self._tree) for span in told]
        return [str(held) for _month, held in self._held_months(one, told)]

    def _held_months(self, one: Ask, told: Sequence[Span]) -> list[tuple[Month, Month]]:
        months = sorted({month for span in told for month in one.months_of(span)})
        return [(month, held) for month in months if (held := self._held(one, month)) is not None]

    def _outcomes(self, told: Sequence[Span]) -> Outcomes | None:
        sides = []
        for one in self._asks:
            tables = self._tables(one, told)
            if tables is None:
                return None
            sides.append((one, self._rolled(one, tables, Span(told[0].first, told[-1].last))))
        return evaluate(self.definition, self.reading.structure, sides, [span.last for span in told])

    def _tables(self, one: Ask, told: Sequence[Span]) -> list[Kept] | None:
        """None where a file lacks what it should have: it is of an older definition."""
        columns = [count_name(one), *([total_name(one)] if one.has_total else [])]
        if one.is_distinct:
            found = [(self.store.latest(one, label_of(span, self._tree), columns), span.last) for span in told]
        else:
            found = [(self.store.latest(one, str(held), columns), month) for month, held in self._held_months(one, told)]
        tables = [Kept(table, month) for table, month in found if table is not None]
        return tables if tables and len(tables) == len(found) else None

    def _rolled(self, one: Ask, tables: Sequence[Kept], span: Span) -> Rolled:
        organisation = self.reading.structure
        rows = joined(tables)
        keys = keys_of(tables, rows, one, organisation)
        chosen, narrowed = self._narrowed(keys, one)
        told = np.array([body.kind in self.definition.levels for body in organisation.bodies], dtype=np.bool_)
        spread = Spread(narrowed, self.reading, span, told, are_whole=one.is_distinct)
        return spread.roll_up(*amounts(one, rows.filter(pa.array(chosen))))

    def _narrowed(self, keys: Keys, one: Ask) -> tuple[NDArray[np.bool_], Keys]:
        """The rows of the part alone, told as one; those that are standardised by are kept apart."""
        parts = keys.parts.copy()
        chosen = np.ones(len(keys.body), dtype=np.bool_)
        apart = self.definition.standard.column if self.definition.standard else None
        for number, column in enumerate(one.split):
            if column in self.parts:
                chosen &= parts[:, number] == part_number(one, column, self.parts[column])
            elif one.is_distinct:
                chosen &= parts[:, number] == WHOLE
            elif column != apart:
                parts[:, number] = WHOLE
        return chosen, Keys(keys.body[chosen], keys.day[chosen], keys.month[chosen], parts[chosen])


class _Answers:
    """The latest answers, by the hash of all that they rest on."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Outcomes | None] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, made: Callable[[], Outcomes | None]) -> Outcomes | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        found = made()
        with self._lock:
            self._held[key] = found
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return found


_answers = _Answers()
