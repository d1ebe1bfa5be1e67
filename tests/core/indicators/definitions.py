"""Definitions for tests, written short."""

from datetime import date
from fractions import Fraction
from typing import Any

from styrkedja.core.indicators.definition.cells import CellMeasure, Condition, Conditions, EntityIndex, FollowingEvent
from styrkedja.core.indicators.definition.definition import Definition, Origin, Standard, ValueForm
from styrkedja.core.indicators.definition.kinds import (
    Aggregate,
    ContinuityIndex,
    DesiredDirection,
    Form,
    Frequency,
    IndicatorKind,
    OverTime,
    Perspective,
)
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.organisations.kinds import OrganisationKind

ALL_LEVELS = tuple(OrganisationKind)


def measure(
    source: FactSource,
    aggregate: Aggregate = Aggregate.COUNT,
    column: str = "",
    *,
    where: Conditions = (),
    exclude: tuple[Conditions, ...] = (),
    attributed_to: str = "unit",
    over_time: OverTime | None = None,
    undivided: tuple[str, ...] = (),
    event: FollowingEvent | None = None,
    index: EntityIndex | None = None,
) -> CellMeasure:
    is_state = source.snapshot is not None or aggregate == Aggregate.ENTITY_INDEX
    joined = over_time or (OverTime.LAST if is_state else OverTime.SUM)
    return CellMeasure(source.id, aggregate, column, where, exclude, attributed_to, joined, undivided, event, index)


def followed(
    *where: Condition, of: str = "discharged_on", followed_by: str = "admitted_on", days: int = 30, exclude: tuple[Conditions, ...] = ()
) -> FollowingEvent:
    return FollowingEvent(where, exclude, of, followed_by, days)


def index(kind: ContinuityIndex = ContinuityIndex.COC, *, months: int = 3, minimum: int = 2, own_unit_only: bool = False) -> EntityIndex:
    return EntityIndex(kind, "caregiver", months, minimum, own_unit_only)


def definition(numerator: CellMeasure, denominator: CellMeasure | None = None, **changes: Any) -> Definition:
    """`form` and `factor` go to the value, the rest to the definition."""
    form = changes.pop("form", Form.COUNT if denominator is None else Form.RATIO)
    value = ValueForm(form, Fraction(changes.pop("factor", 1)), "", 1, changes.pop("annualised", False))
    given: dict[str, Any] = {
        "id": "prov",
        "title": "Prov",
        "description": "",
        "coverage": "",
        "kind": IndicatorKind.INDICATOR,
        "perspective": Perspective.PRODUCTION,
        "direction": DesiredDirection.UP,
        "levels": ALL_LEVELS,
        "frequency": Frequency.MONTH,
        "months": 1,
        "dimensions": (),
        "minimum_n": 0,
        "author": "Analytiker",
        "checker": "Verksamhetsutvecklare",
        "reviewed_on": date(2026, 1, 1),
        "next_review": date(2027, 1, 1),
        "origin": Origin("Prov", "Egen definition", "1", "", "", ""),
        "standard": None,
        "targets": (),
        "ready": (),
    }
    return Definition(numerator=numerator, denominator=denominator, value=value, **(given | changes))


def standard(column: str = "age_group", **weights: int) -> Standard:
    return Standard(column, "Prov", weights)
