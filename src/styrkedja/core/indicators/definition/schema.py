"""Which tables and keys the files of sources and indicators have, and the shape of each value: docs/indicator-format.md as data."""

from styrkedja.core.indicators.definition.conditions import CONDITIONS, GROUPS, NAME
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
    ReadyKind,
)
from styrkedja.core.indicators.definition.levels import LEVELS
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.toml.shapes import BOOLEAN, DATE, KEY, Column, Shape, items, names, number, one_of, table, text, whole_number
from styrkedja.core.toml.tables import File, Names, Table

_LARGEST = 2**53
_AGES = whole_number(0, 1000)


def _must(shape: Shape) -> Column:
    return Column(shape, required=True)


_LEVEL = one_of(OrganisationKind, LEVELS)
_PROSE = text(2000, lines=True)

_DERIVED = table(
    {
        "bands_of": Column(NAME),
        "starts": Column(items(_AGES, least=2)),
        "days_from": Column(NAME),
        "days_to": Column(NAME),
    }
)
_COLUMN = table(
    {
        "type": _must(one_of(ColumnType)),
        "title": _must(text(200)),
        "codes": Column(names(text(60), text(200), least=1)),
        "pattern": Column(text(200)),
        "missing": Column(BOOLEAN),
        "least": Column(whole_number(-_LARGEST, _LARGEST)),
        "most": Column(whole_number(-_LARGEST, _LARGEST)),
        "level": Column(_LEVEL),
        "parts": Column(whole_number(2, 1_000_000)),
        "part_of": Column(NAME),
        "derived": Column(_DERIVED),
    }
)
SOURCE_FILE: File = {
    "id": _must(NAME),
    "title": _must(text(200)),
    "description": _must(_PROSE),
    "date": _must(NAME),
    "unit": _must(NAME),
    "entity": Column(NAME),
    "snapshot": Column(one_of(Frequency)),
    "columns": Names(NAME, _COLUMN, required=True),
}

_MEASURE = Table(
    {
        "source": _must(NAME),
        "aggregate": _must(one_of(Aggregate)),
        "column": Column(NAME),
        "where": Column(CONDITIONS),
        "exclude": Column(GROUPS),
        "attributed_to": Column(NAME),
        "over_time": Column(one_of(OverTime)),
        "undivided": Column(items(NAME, least=1)),
        "event": Column(CONDITIONS),
        "event_exclude": Column(GROUPS),
        "of": Column(NAME),
        "followed_by": Column(NAME),
        "within_days": Column(whole_number(0, 3660)),
        "index": Column(one_of(ContinuityIndex)),
        "by": Column(NAME),
        "window_months": Column(whole_number(1, 120)),
        "minimum_visits": Column(whole_number(1, 1000)),
        "own_unit_only": Column(BOOLEAN),
    },
    many=False,
)
_ORIGIN = Table(
    {
        "name": _must(text(250)),
        "publisher": _must(text(200)),
        "version": _must(text(100)),
        "wording": Column(text(4000, lines=True)),
        "exclusions": Column(_PROSE),
        "note": Column(_PROSE),
    },
    many=False,
    required=True,
)
_VALUE = Table(
    {
        "form": _must(one_of(Form)),
        "factor": Column(number(above=0)),
        "unit": _must(text(60)),
        "decimals": Column(whole_number(0, 6)),
        "annualised": Column(BOOLEAN),
    },
    many=False,
    required=True,
)
_STANDARD = Table(
    {"column": _must(NAME), "population": _must(text(200)), "weights": _must(names(text(60), whole_number(0, 10**9), least=1))},
    many=False,
)
_TARGET = Table(
    {
        "value": _must(number()),
        "by": _must(DATE),
        "origin": _must(text(500)),
        "baseline": Column(number()),
        "baseline_on": Column(DATE),
    }
)
_READY = Table(
    {
        "source": _must(one_of(ReadyKind)),
        "id": _must(text(60)),
        "reference": Column(text(60)),
        "title": _must(text(250)),
        "note": Column(_PROSE),
    }
)
INDICATOR_FILE: File = {
    "id": _must(KEY),
    "title": _must(text(200)),
    "description": _must(_PROSE),
    "coverage": Column(text(500)),
    "kind": _must(one_of(IndicatorKind)),
    "perspective": _must(one_of(Perspective)),
    "direction": _must(one_of(DesiredDirection)),
    "levels": _must(items(_LEVEL, least=1)),
    "frequency": _must(one_of(Frequency)),
    "months": Column(whole_number(1, 120)),
    "dimensions": Column(items(NAME)),
    "minimum_n": _must(whole_number(1, 100_000)),
    "author": _must(text(200)),
    "checker": _must(text(200)),
    "reviewed_on": _must(DATE),
    "next_review": _must(DATE),
    "origin": _ORIGIN,
    "value": _VALUE,
    "numerator": _MEASURE,
    "denominator": _MEASURE,
    "standard": _STANDARD,
    "targets": _TARGET,
    "ready": _READY,
}
