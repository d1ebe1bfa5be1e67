"""What each kind of measure counts in the months of one period, and where in the organisation it is counted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from styrkedja.core.indicators.definition.cells import CellMeasure
from styrkedja.core.indicators.definition.kinds import Aggregate, OverTime
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.outcome import ALL, Part
from styrkedja.core.indicators.readings import AsWas, Reading
from styrkedja.core.indicators.reference.continuity import indices
from styrkedja.core.indicators.reference.facts import Facts, Row, Value

# (key of the body, part of each dimension)
Place = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """A measure, the columns that its indicator is split by, its facts, and by which organisation it is told."""

    measure: CellMeasure
    split: tuple[str, ...]
    facts: Facts
    reading: Reading

    def tally(self, span: Span) -> dict[Place, Part] | None:
        """By body and parts; what has no rows is left out. None if some month that is needed has not been loaded."""
        months = [span.last] if self._asks_the_last else list(span)
        if not all(self._is_loaded(month) for month in months):
            return None
        if self.measure.aggregate == Aggregate.DISTINCT:
            return self._distinct(months)
        counts: Counter[Place] = Counter()
        totals: dict[Place, int | float] = {}
        for month in months:
            for place, count, total in self._counted(month):
                counts[place] += count
                totals[place] = totals.get(place, 0) + total
        sums = self.measure.aggregate in {Aggregate.SUM, Aggregate.ENTITY_INDEX}
        divisor = len(months) if self.measure.over_time == OverTime.MEAN else 1
        return {place: Part(counts[place], totals[place] if sums else None, divisor) for place in counts}

    @property
    def _asks_the_last(self) -> bool:
        if self.measure.aggregate == Aggregate.DISTINCT:
            return self.facts.source.snapshot is not None
        return self.measure.over_time == OverTime.LAST

    def _is_loaded(self, month: Month) -> bool:
        """Whether everything that the month's figure rests on has been loaded: an index looks back, an event ahead."""
        if self.measure.index is not None:
            return all(one in self.facts.months for one in Span.ending(month, self.measure.index.window_months))
        if self.measure.event is not None:
            last = Month.of(month.last_day + timedelta(days=self.measure.event.within_days))
            return all(one in self.facts.months for one in Span(month, last))
        return self.facts.in_force(month) is not None

    def _distinct(self, months: list[Month]) -> dict[Place, Part]:
        """Each value once in every body that it was met under, by the tree of the period's last day."""
        found: defaultdict[Place, set[Value]] = defaultdict(set)
        for month in months:
            for row in self._rows(month):
                value = self.facts.value(row, self.measure.column)
                if value is not None and self.facts.holds(row, self.measure.where, self.measure.exclude):
                    for place in self._places(row, months[-1].last_day):
                        found[place].add(value)
        return {place: Part(len(values)) for place, values in found.items()}

    def _rows(self, month: Month) -> list[Row]:
        """What holds in the month: its own events, or the state in force."""
        source_month = self.facts.in_force(month)
        return [] if source_month is None else self.facts.of(source_month)

    def _counted(self, month: Month) -> Iterator[tuple[Place, int, int | float]]:
        """Every place that something in the month is counted in, with what it adds: nothing too, for a row that is not chosen."""
        if self.measure.index is not None:
            for last, index in indices(self.measure, self.split, self.facts, self.reading.structure, month):
                for place in self._places(last, month.last_day):
                    yield place, int(index is not None), index or 0.0
            return
        for row in self._rows(month):
            count, total = self._of_row(row)
            for place in self._places(row, self.facts.day(row) if self.facts.source.snapshot is None else month.last_day):
                yield place, count, total

    def _of_row(self, row: Row) -> tuple[int, int]:
        measure = self.measure
        if not self.facts.holds(row, measure.where, measure.exclude):
            return 0, 0
        if measure.aggregate == Aggregate.SUM:
            value = self.facts.value(row, measure.column)
            return (1, value) if isinstance(value, int) else (0, 0)
        return (int(self._is_followed(row)), 0) if measure.event is not None else (1, 0)

    def _is_followed(self, row: Row) -> bool:
        event, entity = self.measure.event, self.facts.source.entity
        assert event is not None
        start = self.facts.value(row, event.of)
        if not isinstance(start, date) or row[entity] is None:
            return False
        for other in self.facts.rows:
            day = self.facts.value(other, event.followed_by)
            if other is row or other[entity] != row[entity] or not isinstance(day, date):
                continue
            if 0 <= (day - start).days <= event.within_days and self.facts.holds(other, event.where, event.exclude):
                return True
        return False

    def _places(self, row: Row, day: date) -> Iterator[Place]:
        """Every body above the row's unit and the unit itself, for each choice of part or whole of the dimensions. None for a row without a unit."""
        unit = row[self.measure.attributed_to]
        if unit is None:
            return
        body = self.reading.structure.index[str(unit)]
        choices = [(ALL,) if column in self.measure.undivided else (self.facts.part(row, column), ALL) for column in self.split]
        for above in self._path(body, day):
            for parts in product(*choices):
                yield self.reading.structure.bodies[above].key, parts

    def _path(self, body: int, own_day: date) -> Iterator[int]:
        day = own_day if isinstance(self.reading, AsWas) else self.reading.day
        while body >= 0:
            yield body
            body = self.reading.structure.parent_on(body, day)
