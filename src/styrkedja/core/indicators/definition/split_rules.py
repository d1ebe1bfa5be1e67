"""What must hold between an indicator and what its measures can be broken down by: dimensions, levels, standard groups."""

from collections.abc import Iterator, Sequence

from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.definition.levels import LEVELS, levels_above
from styrkedja.core.indicators.definition.measure_rules import Counted
from styrkedja.core.indicators.definition.source import SourceColumn
from styrkedja.core.toml.findings import FileFinding, listed, suggestion
from styrkedja.core.toml.tables import Entry

Findings = Iterator[FileFinding]

# What ready values are split by where they are split at all.
_READY_DIMENSIONS = ("sex",)


def check_order(top: Entry) -> Findings:
    levels = top.values.get("levels", ())
    if list(levels) != sorted(levels, key=LEVELS.index):
        ordered = sorted(levels, key=LEVELS.index)
        yield top.finding(f"Nivåerna ska stå uppifrån och ned: {listed(ordered)}.", "levels")


def check_levels(top: Entry, counted: Counted) -> Findings:
    """No value below what the rows name: a population of a region says nothing of a unit."""
    column = counted.source.columns.get(counted.measure.attributed_to)
    if column is None or column.level is None:
        return
    told = levels_above(column.level)
    for index, level in enumerate(top.values.get("levels", ())):
        if level not in told:
            message = f"Nivån ”{level}” kan inte räknas: kolumnen ”{column.name}” i ”{counted.source.id}” anger {column.level}."
            yield top.finding(f"{message} Möjliga nivåer är {listed(told)}.", "levels", index)


def check_dimensions(top: Entry, measures: Sequence[Counted]) -> Findings:
    for index, name in enumerate(top.values.get("dimensions", ())):
        if not measures and name not in _READY_DIMENSIONS:
            message = f"”{name}” går inte att dela upp på, eftersom indikatorn bara har färdiga värden."
            yield top.finding(f"{message} De kan bara delas på ”sex”.", "dimensions", index)
        yield from _dimension(top, name, measures, "dimensions", index)


def check_standard(standard: Entry, measures: Sequence[Counted]) -> Findings:
    """The groups that are weighted are the groups that there are, in numerator and denominator alike."""
    if (name := standard.values.get("column")) is None:
        return
    yield from _dimension(standard, name, measures, "column")
    for counted in measures:
        if name in counted.measure.undivided:
            yield counted.entry.finding(f"”{name}” viktas i [standard] och måste delas upp i nämnaren också.", "undivided")
    column = measures[0].source.columns.get(name) if measures else None
    weights = standard.values.get("weights")
    if column is None or weights is None or not column.codes:
        return
    for group in weights.keys() - column.codes.keys():
        yield standard.finding(f"Kolumnen ”{name}” har ingen grupp ”{group}”.{suggestion(group, column.codes)}", "weights", group)
    if missing := sorted(column.codes.keys() - weights.keys()):
        yield standard.finding(f"Vikt saknas för {listed(missing)}. Ange 0 för grupper som inte ska räknas.", "weights")
    if not any(weights.values()):
        yield standard.finding("Alla vikter är 0, så det finns inget att väga samman.", "weights")


def _dimension(entry: Entry, name: str, measures: Sequence[Counted], *path: str | int) -> Findings:
    columns = [counted.source.columns.get(name) for counted in measures if name not in counted.measure.undivided]
    for counted, column in zip((one for one in measures if name not in one.measure.undivided), columns, strict=True):
        if column is None:
            yield from _not_there(entry, name, counted, measures, *path)
        elif column.type != ColumnType.CODE or not column.codes:
            message = f"”{name}” i ”{counted.source.id}” har inga koder att dela upp på."
            yield entry.finding(f"{message} Välj en kolumn med ”codes” eller härledda grupper.", *path)
    yield from _same_groups(entry, name, columns, *path)


def _not_there(entry: Entry, name: str, counted: Counted, measures: Sequence[Counted], *path: str | int) -> Findings:
    advice = suggestion(name, counted.source.columns)
    if counted is not measures[0]:
        advice = " Ta bort den, eller skriv den i ”undivided” i [denominator] om nämnaren ska vara odelad."
    yield entry.finding(f"Källan ”{counted.source.id}” har ingen kolumn ”{name}”.{advice}", *path)


def _same_groups(entry: Entry, name: str, columns: Sequence[SourceColumn | None], *path: str | int) -> Findings:
    groups = [column.codes.keys() for column in columns if column is not None and column.codes]
    if any(group != groups[0] for group in groups):
        message = f"”{name}” har olika grupper i täljarens och nämnarens källor, så de går inte att dela med varandra."
        yield entry.finding(f"{message} Ge kolumnerna samma koder.", *path)
