"""Fact tables for tests: visits and care episodes that happen, and a population and a waiting list that hold."""

from styrkedja.core.indicators.definition.kinds import ColumnType, Frequency
from styrkedja.core.indicators.definition.source import Bands, DaysBetween, Derivation, FactSource, SourceColumn
from styrkedja.core.organisations.kinds import OrganisationKind


def column(
    name: str, kind: ColumnType, *, codes: tuple[str, ...] = (), missing: bool = False, derivation: Derivation | None = None
) -> SourceColumn:
    return SourceColumn(
        name=name,
        title=name,
        type=kind,
        codes={code: code for code in codes},
        pattern="",
        missing=missing,
        least=None,
        most=None,
        level=OrganisationKind.UNIT if kind == ColumnType.UNIT else None,
        parts=1,
        part_of="",
        derivation=derivation,
    )


def source(id: str, *columns: SourceColumn, date: str, entity: str = "", snapshot: Frequency | None = None) -> FactSource:
    named = {one.name: one for one in columns}
    return FactSource(id=id, title=id, description="", date=date, unit="unit", entity=entity, snapshot=snapshot, columns=named)


AGES = Bands("age", (0, 18, 65))
SEX = column("sex", ColumnType.CODE, codes=("K", "M"), missing=True)
AGE = column("age", ColumnType.INTEGER, missing=True)
AGE_GROUP = column("age_group", ColumnType.CODE, codes=AGES.labels, derivation=AGES)
UNIT = column("unit", ColumnType.UNIT)

VISITS = source(
    "visits",
    column("visited_on", ColumnType.DATE),
    UNIT,
    column("listed", ColumnType.UNIT, missing=True),
    column("patient", ColumnType.KEY, missing=True),
    column("caregiver", ColumnType.KEY, missing=True),
    column("contact", ColumnType.CODE, codes=("visit", "home", "phone"), missing=True),
    column("planned", ColumnType.BOOLEAN, missing=True),
    column("cost", ColumnType.ORE, missing=True),
    SEX,
    AGE,
    AGE_GROUP,
    date="visited_on",
    entity="patient",
)
EPISODES = source(
    "episodes",
    column("discharged_on", ColumnType.DATE),
    column("admitted_on", ColumnType.DATE),
    UNIT,
    column("patient", ColumnType.KEY, missing=True),
    column("urgent", ColumnType.BOOLEAN, missing=True),
    SEX,
    column("days", ColumnType.INTEGER, derivation=DaysBetween("admitted_on", "discharged_on"), missing=True),
    date="discharged_on",
    entity="patient",
)
POPULATION = source(
    "population",
    column("counted_on", ColumnType.DATE),
    UNIT,
    SEX,
    AGE,
    AGE_GROUP,
    column("persons", ColumnType.INTEGER),
    date="counted_on",
    snapshot=Frequency.QUARTER,
)
WAITING = source(
    "waiting",
    column("taken_on", ColumnType.DATE),
    UNIT,
    column("patient", ColumnType.KEY, missing=True),
    SEX,
    column("waited", ColumnType.INTEGER, missing=True),
    date="taken_on",
    entity="patient",
    snapshot=Frequency.MONTH,
)
SOURCES = {one.id: one for one in (VISITS, EPISODES, POPULATION, WAITING)}
