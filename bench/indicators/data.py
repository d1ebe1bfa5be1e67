"""A generated nation: 7,246 bodies of which many move, and visits month by month, skewed as real ones are, with a fixed seed."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from styrkedja.core.indicators.definition.cells import CellMeasure, Conditions, EntityIndex, OneOf, Within
from styrkedja.core.indicators.definition.definition import Definition, Origin, ValueForm
from styrkedja.core.indicators.definition.kinds import (
    Aggregate,
    ColumnType,
    ContinuityIndex,
    DesiredDirection,
    Form,
    Frequency,
    IndicatorKind,
    OverTime,
    Perspective,
)
from styrkedja.core.indicators.definition.source import FactSource, SourceColumn
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.tree import Structure, TreeBody, TreePlacement
from styrkedja.core.indicators.tree_building import build
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period
from styrkedja.indicators.facts import FactFiles

SEED = 4
MONTHS = Span(Month.parse("2023-01"), Month.parse("2025-12"))
LEVELS = (
    (OrganisationKind.NATION, 1),
    (OrganisationKind.REGION, 21),
    (OrganisationKind.ADMINISTRATION, 84),
    (OrganisationKind.AREA, 420),
    (OrganisationKind.DEPARTMENT, 1680),
    (OrganisationKind.UNIT, 5040),
)
MOVES = 703
UNITS = 5040
CONTACTS = ("visit", "remote", "home_visit", "home_care", "group", "day_care")
PROFESSIONS = ("doctor", "nurse", "physiotherapist", "psychologist")


def unit_name(number: int) -> str:
    return f"SE2321000214-E{number:05X}"


def _body(level: int, number: int) -> TreeBody:
    kind, count = LEVELS[level]
    name = unit_name(number) if count == UNITS else f"{kind.lower()}-{number:04d}"
    return TreeBody(name, kind)


@dataclass(frozen=True)
class Organisation:
    bodies: list[TreeBody]
    placements: list[TreePlacement]

    @property
    def structure(self) -> Structure:
        built = build(self.bodies, self.placements)
        assert isinstance(built, Structure)
        return built


def organisation() -> Organisation:
    """Every body under one of the level above; 703 units move to another department, half of them inside a month."""
    rng = np.random.default_rng(SEED)
    bodies = [_body(level, number) for level, (_kind, count) in enumerate(LEVELS) for number in range(count)]
    placements = []
    moves = set(rng.choice(UNITS, MOVES, replace=False).tolist())
    for level in range(1, len(LEVELS)):
        count, above = LEVELS[level][1], LEVELS[level - 1][1]
        for number in range(count):
            child, parent = _body(level, number).key, _body(level - 1, number * above // count).key
            if count != UNITS or number not in moves:
                placements.append(TreePlacement(child, parent))
                continue
            month = MONTHS.first + int(rng.integers(1, len(MONTHS)))
            on = month.first_day.replace(day=int(rng.integers(2, 28)) if rng.random() < 0.5 else 1)
            placements.append(TreePlacement(child, parent, Period(None, on)))
            placements.append(TreePlacement(child, _body(level - 1, int(rng.integers(0, above))).key, Period(on, None)))
    return Organisation(bodies, placements)


def _column(name: str, kind: ColumnType, codes: tuple[str, ...] = ()) -> SourceColumn:
    level = OrganisationKind.UNIT if kind == ColumnType.UNIT else None
    return SourceColumn(
        name=name, title=name, type=kind, codes={code: code for code in codes}, pattern="", missing=False,
        least=None, most=None, level=level, parts=1, part_of="", derivation=None,
    )  # fmt: skip


_COLUMNS = (
    _column("visited_on", ColumnType.DATE),
    _column("unit", ColumnType.UNIT),
    _column("listed_unit", ColumnType.UNIT),
    _column("patient", ColumnType.KEY),
    _column("caregiver", ColumnType.KEY),
    _column("sex", ColumnType.CODE, ("K", "M")),
    _column("age", ColumnType.INTEGER),
    _column("contact", ColumnType.CODE, CONTACTS),
    _column("profession", ColumnType.CODE, PROFESSIONS),
    _column("planned", ColumnType.BOOLEAN),
    _column("cost", ColumnType.ORE),
    _column("days", ColumnType.INTEGER),
)
VISITS = FactSource(
    id="visits", title="Besök", description="", date="visited_on", unit="unit", entity="patient", snapshot=None,
    columns={column.name: column for column in _COLUMNS},
)  # fmt: skip


def write_visits(files: FactFiles, rows: int) -> None:
    """About `rows` visits by a tenth as many patients over the months, each a Parquet file."""
    rng = np.random.default_rng(SEED)
    patients = max(1000, rows // 10)
    weights = rng.lognormal(0, 0.8, UNITS)
    home = rng.choice(UNITS, patients, p=weights / weights.sum()).astype(np.int32)
    sex, born = rng.integers(0, 2, patients).astype(np.int8), rng.integers(1925, 2023, patients).astype(np.int16)
    often = np.cumsum(rng.gamma(1.0, 1.0, patients))
    for month in MONTHS:
        write_month(files, month, rng, rows // len(MONTHS), (home, sex, born, often / often[-1]))


def write_month(files: FactFiles, month: Month, rng: np.random.Generator, rows: int, persons: tuple[np.ndarray, ...]) -> None:
    home, sex, born, often = persons
    season = 1 + 0.15 * np.cos(2 * np.pi * month.number / 12)
    rows = int(rows * season)
    patient = np.searchsorted(often, rng.random(rows)).clip(0, len(home) - 1)
    at_home, near = rng.random(rows) < 0.75, rng.random(rows) < 0.7
    away = np.where(near, home[patient] // 12 * 12 + rng.integers(0, 12, rows), rng.integers(0, UNITS, rows))
    unit = np.where(at_home, home[patient], away).clip(0, UNITS - 1).astype(np.int32)
    caregiver = unit.astype(np.int64) * 20 + np.minimum(rng.geometric(0.35, rows), 20)
    length = (month.last_day - month.first_day).days + 1
    day = np.sort(rng.integers(0, length, rows)) + (month.first_day - date(1970, 1, 1)).days
    named = pa.array([unit_name(number) for number in range(UNITS)])
    table = pa.table(
        {
            "visited_on": pa.array(day.astype(np.int32)).cast(pa.date32()),
            "unit": pa.DictionaryArray.from_arrays(pa.array(unit), named),
            "listed_unit": pa.DictionaryArray.from_arrays(pa.array(home[patient]), named),
            "patient": pa.array(patient.astype(np.int64)),
            "caregiver": pa.array(caregiver),
            "sex": _codes(sex[patient], ("K", "M")),
            "age": pa.array((month.first_day.year - born[patient]).clip(0).astype(np.int64)),
            "contact": _codes(rng.choice(6, rows, p=[0.45, 0.2, 0.15, 0.08, 0.07, 0.05]), CONTACTS),
            "profession": _codes(rng.choice(4, rows, p=[0.4, 0.35, 0.15, 0.1]), PROFESSIONS),
            "planned": pa.array(rng.random(rows) < 0.7),
            "cost": pa.array(rng.lognormal(12.3, 0.6, rows).astype(np.int64)),
            "days": pa.array(rng.geometric(0.3, rows).astype(np.int64)),
        }
    )
    path = files.path(VISITS.id, month)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", row_group_size=122_880)


def _codes(numbers: np.ndarray, codes: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(numbers.astype(np.int8)), pa.array(codes))


def _measure(aggregate: Aggregate, column: str = "", where: Conditions = (), index: EntityIndex | None = None) -> CellMeasure:
    return CellMeasure(
        source="visits", aggregate=aggregate, column=column, where=where, exclude=(),
        attributed_to="listed_unit" if index else "unit", over_time=OverTime.LAST if index else OverTime.SUM,
        undivided=(), event=None, index=index,
    )  # fmt: skip


def _definition(number: int, measure: CellMeasure, form: Form = Form.COUNT) -> Definition:
    return Definition(
        id=f"bench-{number}", title=f"Bench {number}", description="", coverage="", kind=IndicatorKind.KEY_FIGURE,
        perspective=Perspective.PRODUCTION, direction=DesiredDirection.NEUTRAL, levels=tuple(kind for kind, _count in LEVELS),
        frequency=Frequency.MONTH, months=1, dimensions=("sex",), minimum_n=0, author="", checker="",
        reviewed_on=date(2026, 1, 1), next_review=date(2027, 1, 1), origin=Origin("", "", "", "", "", ""),
        value=ValueForm(form, 1, "", 0, False), numerator=measure, denominator=None, standard=None, targets=(), ready=(),  # type: ignore[arg-type]
    )  # fmt: skip


def additive() -> list[Definition]:
    """Twenty: counts of rows, by contact, profession, age and plan, and sums of cost and days."""
    count, total = Aggregate.COUNT, Aggregate.SUM
    measures = [_measure(count)]
    measures += [_measure(count, where=(OneOf("contact", (code,)),)) for code in CONTACTS[:5]]
    measures += [_measure(count, where=(OneOf("profession", (code,)),)) for code in PROFESSIONS[:3]]
    measures += [_measure(count, where=(Within("age", age, age + 20),)) for age in (0, 20, 40, 60, 80)]
    measures += [_measure(total, "cost"), _measure(total, "cost", (OneOf("contact", ("home_visit",)),)), _measure(total, "days")]
    measures += [_measure(total, "cost", (OneOf("planned", (True,)),)), _measure(total, "cost", (Within("age", 65, None),))]
    measures += [_measure(count, where=(OneOf("planned", (True,)), OneOf("profession", ("doctor",))))]
    return [_definition(number, measure) for number, measure in enumerate(measures)]


def distinct() -> Definition:
    return _definition(100, _measure(Aggregate.DISTINCT, "patient"))


def continuity(months: int = 12) -> list[Definition]:
    indices = [EntityIndex(kind, "caregiver", months, 3, False) for kind in ContinuityIndex]
    return [_definition(200 + number, _measure(Aggregate.ENTITY_INDEX, index=index), Form.INDEX) for number, index in enumerate(indices)]
