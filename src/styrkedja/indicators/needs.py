"""Which cells the values of some periods are made of, and of which facts those are made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from styrkedja.core.indicators.asks import Ask, Grain, ask
from styrkedja.core.indicators.definition.cells import CellMeasure
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.hashing import cell_hash
from styrkedja.core.indicators.definition.kinds import Aggregate, OverTime
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.months import Month, Span, ends
from styrkedja.core.indicators.readings import Reading, placing_day
from styrkedja.indicators.passes import Counting

Loaded = Mapping[str, frozenset[Month]]


@dataclass(frozen=True)
class Wanted:
    """Values of `definition` for the periods that end with `ends`, every month of which is loaded."""

    definition: Definition
    ends: tuple[Month, ...]

    @property
    def spans(self) -> list[Span]:
        return [Span.ending(end, self.definition.months) for end in self.ends]

    def months(self, one: Ask) -> list[Month]:
        """The months whose cells the periods are made of."""
        if self.definition.months == 1:
            return sorted(set(self.ends))
        return sorted({month for span in self.spans for month in one.months_of(span)})


def wanted(definition: Definition, sources: Mapping[str, FactSource], within: Span, loaded: Loaded) -> Wanted:
    """The periods that end within the months and can be computed: with every month of every source that they rest on."""
    own = [ask(measure, definition, sources) for measure in definition.cell_measures]

    def is_whole(end: Month) -> bool:
        span = Span.ending(end, definition.months)
        return bool(own) and all(one.in_force(month, loaded[one.source.id]) is not None for one in own for month in one.months_of(span))

    return Wanted(definition, tuple(end for end in ends(definition.frequency, within) if is_whole(end)))


def countings(one: Ask, given: Wanted, loaded: Loaded, reading: Reading) -> list[Counting]:
    """The periods of a distinct count, in order."""
    return [
        Counting(span, tuple(_in_force(one, month, loaded) for month in one.months_of(span)), placing_day(reading, span.last_day))
        for span in given.spans
    ]


def _in_force(one: Ask, month: Month, loaded: Loaded) -> Month:
    found = one.in_force(month, loaded[one.source.id])
    assert found is not None
    return found


def fact_months(one: Ask, months: Iterable[Month], loaded: Loaded) -> dict[Month, Month]:
    """By month: the month whose facts hold in it."""
    return {month: _in_force(one, month, loaded) for month in months}


@dataclass
class Needs:
    """Cells by how they are computed: those of one row each by grain and month, the others by ask."""

    rows: dict[Grain, dict[Month, dict[str, Ask]]] = field(default_factory=dict)
    events: dict[str, tuple[Ask, set[Month]]] = field(default_factory=dict)
    indices: dict[str, tuple[Ask, set[Month]]] = field(default_factory=dict)
    distinct: dict[str, tuple[Ask, dict[Counting, None]]] = field(default_factory=dict)


def needs(everything: Sequence[Wanted], sources: Mapping[str, FactSource], loaded: Loaded, reading: Reading) -> Needs:
    found = Needs()
    for given in everything:
        for measure in given.definition.cell_measures:
            _add(found, ask(measure, given.definition, sources), given, loaded, reading)
    _add_censuses(found)
    return found


def _add(found: Needs, one: Ask, given: Wanted, loaded: Loaded, reading: Reading) -> None:
    if one.is_distinct:
        found.distinct.setdefault(one.key, (one, {}))[1].update(dict.fromkeys(countings(one, given, loaded, reading)))
    elif one.measure.event is not None:
        found.events.setdefault(one.key, (one, set()))[1].update(given.months(one))
    elif one.measure.index is not None:
        found.indices.setdefault(one.key, (one, set()))[1].update(given.months(one))
    else:
        by_month = found.rows.setdefault(one.grain, {})
        for month in fact_months(one, given.months(one), loaded).values():
            by_month.setdefault(month, {})[one.key] = one


def _add_censuses(found: Needs) -> None:
    """A count of all rows by unit for facts that are only followed or told apart: it is there that units which nobody knows are found."""
    others = [*found.events.values(), *found.indices.values()]
    rested: list[tuple[Ask, set[Month]]] = [(one, {fact for month in months for fact in one.rests_on(month)}) for one, months in others]
    rested += [(one, {month for counting in periods for month in counting.months}) for one, periods in found.distinct.values()]
    for one, months in rested:
        for unit in _unit_columns(one):
            own = census(one.source, unit)
            counted = {
                month for grain, by_month in found.rows.items() if (grain.source, grain.unit) == (one.source.id, unit) for month in by_month
            }
            for month in months - counted:
                found.rows.setdefault(own.grain, {}).setdefault(month, {})[own.key] = own


def _unit_columns(one: Ask) -> tuple[str, ...]:
    own = one.measure.index is not None and one.measure.index.own_unit_only
    return (one.measure.attributed_to, one.source.unit) if own else (one.measure.attributed_to,)


def census(source: FactSource, unit: str) -> Ask:
    """The count of all rows by unit."""
    measure = CellMeasure(
        source=source.id,
        aggregate=Aggregate.COUNT,
        column="",
        where=(),
        exclude=(),
        attributed_to=unit,
        over_time=OverTime.SUM,
        undivided=(),
        event=None,
        index=None,
    )
    return Ask(measure, source, (), cell_hash(measure, source, ()))
