"""How a process chart is written: as JSON for a program, and as a table for a person."""

import json
from datetime import date
from math import floor, log10

from styrkedja.core.indicators.spc.cautions import cautions
from styrkedja.core.indicators.spc.kinds import PointType, Rule
from styrkedja.core.indicators.spc.meaning import assurance_meaning, meaning
from styrkedja.core.indicators.spc.process_chart import Point, ProcessChart
from styrkedja.core.indicators.spc.reading import ReadSeries

HEADINGS = ("Datum", "Värde", "Mitt", "Nedre", "Övre", "Tecken", "Innebörd")
RULES = {
    Rule.NONE: "",
    Rule.OUTSIDE: "utanför gräns",
    Rule.TREND: "trend",
    Rule.TWO_OF_THREE: "två av tre",
    Rule.SHIFT: "på en sida",
}
TYPES = {
    PointType.COMMON: "",
    PointType.IMPROVEMENT: "förbättring",
    PointType.CONCERN: "försämring",
    PointType.NEUTRAL_HIGH: "högt",
    PointType.NEUTRAL_LOW: "lågt",
}
_DIGITS = 4


def as_json(chart: ProcessChart, read: ReadSeries, *, today: date) -> str:
    """In full precision; null where there is no value or no line."""
    document = {
        "chart": chart.manner.chart,
        "points": [_point(point) for point in chart.points],
        "assurance": chart.assurance,
        "warnings": _warnings(chart, read, today),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def _point(point: Point) -> dict[str, object]:
    return {
        "date": point.on.isoformat(),
        "value": point.value,
        "centre": point.centre,
        "lower": point.lower,
        "upper": point.upper,
        "side": point.side,
        "near_limit": point.near_limit,
        "outside": point.outside,
        "rule": point.rule,
        "type": point.type,
    }


def as_text(chart: ProcessChart, read: ReadSeries, *, today: date) -> str:
    """A table with the figures rounded, and under it what they mean and what to beware of."""
    decimals = _decimals(chart)
    rows = [_row(point, decimals) for point in chart.points]
    widths = [max(len(row[place]) for row in (HEADINGS, *rows)) for place in range(len(HEADINGS))]
    told = [meaning(chart), assurance_meaning(chart)]
    warnings = [f"Obs: {warning}" for warning in _warnings(chart, read, today)]
    return "\n".join([*(_line(row, widths) for row in (HEADINGS, *rows)), "", *(str(one) for one in told if one), *warnings])


def _warnings(chart: ProcessChart, read: ReadSeries, today: date) -> list[str]:
    return [str(one) for one in (*read.warnings, *cautions(chart, read.observations, today=today))]


def _row(point: Point, decimals: int) -> tuple[str, ...]:
    figures = (_figure(one, decimals) for one in (point.value, point.centre, point.lower, point.upper))
    return (point.on.isoformat(), *figures, RULES[point.rule], TYPES[point.type])


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Figures to the right, words to the left."""
    cells = [
        cell.rjust(width) if 1 <= place <= 4 else cell.ljust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _figure(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:.{decimals}f}".replace(".", ",").replace("-", "\u2212")


def _decimals(chart: ProcessChart) -> int:
    """So many that the largest figure has four digits."""
    figures = [abs(one) for point in chart.points for one in (point.value, point.upper, point.lower) if one]
    return max(0, _DIGITS - 1 - floor(log10(max(figures)))) if figures else 0
