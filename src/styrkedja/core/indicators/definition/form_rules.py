"""What must hold between numerator, denominator, standard and form: that the value means what its form says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from styrkedja.core.indicators.definition.cells import CellMeasure, Conditions
from styrkedja.core.indicators.definition.condition_rules import contradicts, implies
from styrkedja.core.indicators.definition.definition import ValueForm
from styrkedja.core.indicators.definition.kinds import Aggregate, ColumnType, Form
from styrkedja.core.indicators.definition.measure_rules import Counted
from styrkedja.core.toml.findings import FileFinding
from styrkedja.core.toml.tables import Entry

Findings = Iterator[FileFinding]

_NEEDS_DENOMINATOR = {Form.RATIO, Form.PERCENTAGE, Form.RATE, Form.AGE_STANDARDISED, Form.DEVIATION}
_HAS_NONE = {Form.COUNT, Form.INDEX}
_CAN_BE_ANNUAL = {Form.COUNT, Form.RATIO, Form.RATE, Form.AGE_STANDARDISED}
_PER = re.compile(r"\bper\s+(\d[\d\s]*)")
# How many öre there are in the unit that a sum of money is told in.
_MONEY = (
    (re.compile(r"\bmnkr\b|\bmkr\b|\bmiljoner kronor\b", re.I), 100_000_000),
    (re.compile(r"\btkr\b|\btusen kronor\b", re.I), 100_000),
)
_KRONOR = re.compile(r"\bkr\b|\bkronor\b", re.I)


@dataclass(frozen=True)
class Computed:
    """An indicator that is computed. A part is None if it is not there; what is there but wrong makes no Computed."""

    value_entry: Entry
    value: ValueForm
    numerator: Counted
    denominator: Counted | None


def check_form(computed: Computed) -> Findings:
    yield from _denominator(computed)
    yield from _numerator(computed)
    if computed.denominator is not None and computed.denominator.measure.aggregate == Aggregate.ENTITY_INDEX:
        yield computed.denominator.entry.finding("Ett index per patient kan inte vara nämnare.", "aggregate")
    if computed.value.form == Form.PERCENTAGE and computed.denominator is not None:
        yield from _is_part(computed.numerator, computed.denominator)
    yield from _money(computed)


def check_value(entry: Entry, value: ValueForm) -> Findings:
    """What can be said of [value] alone."""
    if value.form == Form.PERCENTAGE and value.factor != 100:
        yield entry.finding("En andel i procent har factor = 100. Ta bort raden eller välj form = ”ratio”.", "factor")
    if value.form == Form.PERCENTAGE and value.unit != "%":
        yield entry.finding(f"En andel anges i procent, men ”unit” är ”{value.unit}”. Skriv ”%”.", "unit")
    if value.annualised and value.form not in _CAN_BE_ANNUAL:
        yield entry.finding(f"Ett värde av formen ”{value.form}” kan inte räknas om till år. Ta bort raden.", "annualised")
    if found := _PER.search(value.unit):
        per = int(re.sub(r"\s", "", found[1]))
        if value.form in {Form.RATE, Form.AGE_STANDARDISED} and value.factor != per:
            yield entry.finding(f"”unit” säger per {per} men factor är {float(value.factor):g}. Rätta den ena.", "factor")


def _denominator(computed: Computed) -> Findings:
    form = computed.value.form
    if computed.denominator is None and form in _NEEDS_DENOMINATOR:
        yield computed.value_entry.finding(f"Formen ”{form}” kräver en nämnare. Lägg till [denominator].", "form")
    if computed.denominator is not None and form in _HAS_NONE:
        yield computed.denominator.entry.finding(f"Formen ”{form}” har ingen nämnare. Ta bort tabellen eller välj en annan form.")


def _numerator(computed: Computed) -> Findings:
    form, aggregate = computed.value.form, computed.numerator.measure.aggregate
    if form == Form.MEDIAN:
        message = "En median kan inte summeras från enhet till region och därför bara hämtas. Ta bort [numerator] eller välj en annan form."
        yield computed.value_entry.finding(message, "form")
    if (form == Form.INDEX) != (aggregate == Aggregate.ENTITY_INDEX):
        message = "Formen ”index” och aggregate = ”entity_index” hör ihop: medelvärdet av ett index per patient. Rätta den ena."
        yield computed.value_entry.finding(message, "form")
    if form == Form.MEAN and aggregate != Aggregate.SUM:
        message = "Ett medelvärde har en summa som täljare. Använd aggregate = ”sum”, eller formen ”ratio”."
        yield computed.numerator.entry.finding(message, "aggregate")
    if form == Form.AGE_STANDARDISED and aggregate == Aggregate.DISTINCT:
        yield computed.numerator.entry.finding("Unika personer kan inte delas upp i åldersgrupper och läggas ihop igen.", "aggregate")


def _is_part(numerator: Counted, denominator: Counted) -> Findings:
    """A percentage whose numerator is not among what its denominator counts can pass a hundred."""
    upper, lower = numerator.measure, denominator.measure
    if upper.source != lower.source:
        message = f"En andel har täljare och nämnare ur samma källa, inte ”{upper.source}” och ”{lower.source}”. Använd formen ”ratio”."
        yield denominator.entry.finding(message, "source")
        return
    if not _same_thing(numerator, lower):
        yield numerator.entry.finding(
            "Täljaren räknar något annat än nämnaren och är ingen del av den. Använd formen ”ratio”.", "aggregate"
        )
        return
    for condition in lower.where:
        if not any(implies(own, condition) for own in upper.where):
            message = f"Villkoret på ”{condition.column}” finns i nämnaren men inte i täljaren, så täljaren är ingen del av nämnaren."
            yield denominator.entry.finding(f"{message} Skriv det i båda.", "where", condition.column)
    for index, group in enumerate(lower.exclude):
        if not _is_excluded(upper, group):
            yield denominator.entry.finding("Undantaget finns i nämnaren men inte i täljaren. Skriv det i båda.", "exclude", index)
    if upper == lower:
        yield numerator.entry.finding("Täljaren är densamma som nämnaren, så andelen är alltid 100.")


def _is_excluded(measure: CellMeasure, group: Conditions) -> bool:
    """True if no row of the measure fulfils the whole group: its own conditions rule it out, or one of its exclusions covers it."""
    if any(contradicts(own, condition) for own in measure.where for condition in group):
        return True
    return any(all(any(implies(condition, own) for condition in group) for own in other) for other in measure.exclude)


def _same_thing(numerator: Counted, lower: CellMeasure) -> bool:
    """Both count rows, or both sum or tell apart one column (or a part of it); placed alike and joined alike over time."""
    upper, columns = numerator.measure, numerator.source.columns
    if upper.aggregate == Aggregate.EVENT_FLAG:
        alike = lower.aggregate == Aggregate.COUNT
    else:
        part_of = columns[upper.column].part_of if upper.column in columns else ""
        alike = upper.aggregate == lower.aggregate and lower.column in {upper.column, part_of}
    return alike and upper.attributed_to == lower.attributed_to and upper.over_time == lower.over_time


def _money(computed: Computed) -> Findings:
    """Sums of money are whole öre. A unit that says kronor needs the factor that makes öre kronor."""
    if not _is_money(computed.numerator) or (computed.denominator is not None and _is_money(computed.denominator)):
        return
    unit, factor = computed.value.unit, computed.value.factor
    divisor = next((size for name, size in _MONEY if name.search(unit)), 100 if _KRONOR.search(unit) else 0)
    per = int(re.sub(r"\s", "", found[1])) if (found := _PER.search(unit)) else 1
    wanted = Fraction(per * _parts(computed.denominator), divisor or 1)
    if divisor and factor != wanted:
        message = f"Belopp summeras i öre. Värdet i ”{unit}” kräver factor = {float(wanted):g}, inte {float(factor):g}."
        yield computed.value_entry.finding(message, "factor" if "factor" in computed.value_entry.keys else "unit")


def _parts(counted: Counted | None) -> int:
    """How many of what is summed make one: DRG weights are summed in thousandths."""
    column = None if counted is None else counted.source.columns.get(counted.measure.column)
    return 1 if column is None else column.parts


def _is_money(counted: Counted) -> bool:
    column = counted.source.columns.get(counted.measure.column)
    return counted.measure.aggregate == Aggregate.SUM and column is not None and column.type == ColumnType.ORE
