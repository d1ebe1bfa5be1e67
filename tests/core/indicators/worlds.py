"""Invented worlds: an organisation that changes, facts in it, and definitions over the facts, with everything that may be missing missing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from styrkedja.core.indicators.definition.cells import CellMeasure, Condition, Conditions, Missing, OneOf, StartsWith, Within
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Aggregate, ColumnType, ContinuityIndex, Form, Frequency, OverTime
from styrkedja.core.indicators.definition.source import FactSource, SourceColumn
from styrkedja.core.indicators.months import LENGTHS, Month, Span
from styrkedja.core.indicators.readings import AsOn, AsWas, Reading
from styrkedja.core.indicators.reference import Facts
from styrkedja.core.indicators.tree import Structure
from tests.core.indicators.definitions import definition, followed, index, measure, standard
from tests.core.indicators.organisations import built, days, organisations
from tests.core.indicators.sources import AGES, EPISODES, SOURCES, VISITS

FIRST, LAST = Month.parse("2025-06"), Month.parse("2026-03")
WITHIN = Span(FIRST, LAST)
_PATIENTS = ("p1", "p2", "p3")
_CAREGIVERS = ("c1", "c2", "c3")


@dataclass(frozen=True)
class World:
    structure: Structure
    facts: Mapping[str, Facts]
    definitions: tuple[Definition, ...]
    reading: Reading


@st.composite
def worlds(draw: st.DrawFn, *, kinds: tuple[Aggregate, ...] = tuple(Aggregate)) -> World:
    structure = built(draw(organisations(most=8)))
    facts = {source.id: draw(_facts(source, structure)) for source in SOURCES.values()}
    found = tuple(draw(_definitions(kinds)) for _number in range(draw(st.integers(1, 3))))
    reading = draw(st.one_of(st.just(AsWas(structure)), days.map(lambda day: AsOn(structure, day))))
    return World(structure, facts, found, reading)


@st.composite
def _facts(draw: st.DrawFn, source: FactSource, structure: Structure) -> Facts:
    months = draw(st.sets(st.sampled_from(list(WITHIN)), max_size=3).map(lambda lost: frozenset(WITHIN) - lost))
    if source.snapshot is not None:
        months = frozenset(month for month in months if month.number % LENGTHS[source.snapshot] == 0)
    if not months:
        return Facts(source, (), months)
    rows = draw(st.lists(_row(source, structure, sorted(months)), max_size=25))
    return Facts(source, [row for row in rows if row is not None], months)


@st.composite
def _row(draw: st.DrawFn, source: FactSource, structure: Structure, months: list[Month]) -> dict[str, Any] | None:
    """None where no body exists on the day: such rows are refused, and tested by themselves."""
    month = draw(st.sampled_from(months))
    last = 1 if source.snapshot is not None else month.last_day.day
    day = month.first_day.replace(day=draw(st.integers(1, last)))
    names = [name for name, body in structure.index.items() if structure.exists_on(body, day)]
    if not names:
        return None
    row = {column.name: draw(_value(column, names)) for column in source.stored}
    row[source.date] = day
    if source is EPISODES:
        row["admitted_on"] = draw(st.integers(0, 40).map(lambda stay: date.fromordinal(day.toordinal() - stay)))
    return row


def _value(column: SourceColumn, names: list[str]) -> st.SearchStrategy[Any]:
    pseudonyms = _CAREGIVERS if column.name == "caregiver" else _PATIENTS
    values: dict[ColumnType, st.SearchStrategy[Any]] = {
        ColumnType.DATE: st.none(),
        ColumnType.UNIT: st.sampled_from(names),
        ColumnType.KEY: st.sampled_from(pseudonyms),
        ColumnType.CODE: st.sampled_from(list(column.codes) or ["X"]),
        ColumnType.BOOLEAN: st.booleans(),
        ColumnType.INTEGER: st.integers(0, 90),
        ColumnType.ORE: st.integers(-(10**6), 10**9),
    }
    own = values[column.type]
    return st.one_of(own, own, own, st.none()) if column.missing else own


_CONDITIONS: dict[str, st.SearchStrategy[Condition]] = {
    "sex": st.sampled_from([OneOf("sex", ("K",)), OneOf("sex", ("K", "M")), Missing("sex", True), Missing("sex", False)]),
    "age": st.tuples(st.one_of(st.none(), st.integers(0, 40)), st.integers(41, 90)).map(lambda ends: Within("age", *ends)),
    "age_group": st.sampled_from([OneOf("age_group", ("0–17", "65–")), StartsWith("age_group", ("1",)), Missing("age_group", True)]),
    "contact": st.sampled_from([StartsWith("contact", ("ho", "p")), OneOf("contact", ("visit",)), Missing("contact", False)]),
    "planned": st.sampled_from([OneOf("planned", (True,)), OneOf("planned", (False,)), Missing("planned", True)]),
    "urgent": st.sampled_from([OneOf("urgent", (True,)), Missing("urgent", False)]),
    "cost": st.sampled_from([Within("cost", 0, 10**6), Missing("cost", True)]),
    "days": st.sampled_from([Within("days", 1, None), Within("days", None, 5), OneOf("days", (0, 3))]),
    "visited_on": st.sampled_from([Within("visited_on", "2025-09-10", "2026-02-03"), Within("visited_on", None, "2025-12-24")]),
    "waited": st.just(Within("waited", 30, None)),
}


def _conditions(source: FactSource) -> st.SearchStrategy[Conditions]:
    known = [strategy for name, strategy in _CONDITIONS.items() if name in source.columns]
    return st.lists(st.one_of(known), min_size=1, max_size=2).map(tuple)


@st.composite
def _measures(draw: st.DrawFn, source: FactSource, kinds: tuple[Aggregate, ...]) -> CellMeasure:
    kind = draw(st.sampled_from([kind for kind in _possible(source) if kind in kinds]))
    given: dict[str, Any] = {}
    if draw(st.booleans()):
        given["where"] = draw(_conditions(source))
    if draw(st.booleans()):
        given["exclude"] = tuple(draw(st.lists(_conditions(source), max_size=2)))
    match kind:
        case Aggregate.SUM:
            given["column"] = {"visits": "cost", "population": "persons", "waiting": "waited"}.get(source.id, "days")
        case Aggregate.DISTINCT:
            given["column"] = source.entity
        case Aggregate.EVENT_FLAG:
            where = draw(st.sampled_from([(), (OneOf("urgent", (True,)),)]))
            given["event"] = followed(
                *where, days=draw(st.sampled_from([0, 7, 30])), exclude=draw(st.sampled_from([(), ((Missing("sex", True),),)]))
            )
        case Aggregate.ENTITY_INDEX:
            own = draw(st.booleans())
            given["index"] = index(
                draw(st.sampled_from(ContinuityIndex)), months=draw(st.integers(1, 4)), minimum=draw(st.integers(2, 3)), own_unit_only=own
            )
            given["attributed_to"] = "listed"
    if source is VISITS and draw(st.booleans()):
        given["attributed_to"] = "listed"
    if source.snapshot is not None or kind == Aggregate.ENTITY_INDEX:
        given["over_time"] = draw(st.sampled_from([OverTime.LAST, OverTime.MEAN]))
    return measure(source, kind, **given)


def _possible(source: FactSource) -> list[Aggregate]:
    return {
        "visits": [Aggregate.COUNT, Aggregate.SUM, Aggregate.DISTINCT, Aggregate.ENTITY_INDEX],
        "episodes": [Aggregate.COUNT, Aggregate.SUM, Aggregate.DISTINCT, Aggregate.EVENT_FLAG],
        "population": [Aggregate.COUNT, Aggregate.SUM],
        "waiting": [Aggregate.COUNT, Aggregate.SUM, Aggregate.DISTINCT],
    }[source.id]


@st.composite
def _definitions(draw: st.DrawFn, kinds: tuple[Aggregate, ...]) -> Definition:
    frequency = draw(st.sampled_from(Frequency))
    given: dict[str, Any] = {
        "frequency": frequency,
        "months": draw(st.sampled_from([1, 3, LENGTHS[frequency] if frequency != Frequency.YEAR else 4])),
        "minimum_n": draw(st.sampled_from([0, 2])),
        "factor": draw(st.sampled_from([Fraction(1), Fraction(1, 100), Fraction(1000)])),
        "annualised": draw(st.booleans()),
    }
    possible = [source for source in SOURCES.values() if set(_possible(source)) & set(kinds)]
    numerator = draw(_measures(draw(st.sampled_from(possible)), kinds))
    source = SOURCES[numerator.source]
    dimensions = [name for name in ("age_group", "sex") if name in source.columns]
    given["dimensions"] = tuple(draw(st.lists(st.sampled_from(dimensions), max_size=2, unique=True)))
    form = draw(st.sampled_from(Form))
    alone = {Form.COUNT, Form.INDEX} | ({Form.MEAN} if draw(st.booleans()) else set())
    if form in alone:
        return definition(numerator, form=form, **given)
    denominator = draw(_measures(draw(st.sampled_from(possible)), tuple(kind for kind in kinds if kind != Aggregate.ENTITY_INDEX) or kinds))
    below = SOURCES[denominator.source].columns
    undivided = tuple(name for name in given["dimensions"] if name not in below or draw(st.integers(0, 3)) == 0)
    if form == Form.AGE_STANDARDISED:
        if not ("age_group" in source.columns and "age_group" in below):
            form = Form.RATE
        else:
            undivided = tuple(name for name in undivided if name != "age_group")
            given["standard"] = standard(**dict(zip(AGES.labels, draw(st.tuples(*[st.integers(0, 3)] * 3).filter(any)), strict=True)))
    return definition(numerator, replace(denominator, undivided=undivided), form=form, **given)
