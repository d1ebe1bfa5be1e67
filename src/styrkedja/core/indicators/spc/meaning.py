"""One sentence that says what a chart means, for somebody who has never seen one."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise, takewhile
from math import nan

from styrkedja.core.indicators.spc.kinds import Assurance, Chart, PointType, Rule
from styrkedja.core.indicators.spc.process_chart import Point, ProcessChart, Segment
from styrkedja.core.indicators.spc.rules import LONG, sign
from styrkedja.core.sentences import Sentence

_CENTRES = {Chart.RUN: Sentence("medianen"), Chart.CASES_BETWEEN: Sentence("medianen"), Chart.TIME_BETWEEN: Sentence("mittlinjen")}
_VERDICTS = {
    PointType.IMPROVEMENT: Sentence("en verklig förbättring, inte slump"),
    PointType.CONCERN: Sentence("en verklig försämring, inte slump"),
    PointType.NEUTRAL_HIGH: Sentence("en verklig ökning, inte slump"),
    PointType.NEUTRAL_LOW: Sentence("en verklig minskning, inte slump"),
}
_TRIALS = {
    PointType.IMPROVEMENT: Sentence("tecken på en förbättring, men värdena är få"),
    PointType.CONCERN: Sentence("tecken på en försämring, men värdena är få"),
    PointType.NEUTRAL_HIGH: Sentence("tecken på en ökning, men värdena är få"),
    PointType.NEUTRAL_LOW: Sentence("tecken på en minskning, men värdena är få"),
}
_ASSURANCES = {
    Assurance.CONSISTENT_PASS: Sentence("Alla värden inom slumpens gränser når målet."),
    Assurance.INCONSISTENT: Sentence(
        "Målet ligger inom slumpens gränser: det kan nås en gång och missas nästa utan att något har ändrats."
    ),
    Assurance.CONSISTENT_FAIL: Sentence("Inga värden inom slumpens gränser når målet."),
}
# From the shortest that is a sign.
_NUMBERS = (Sentence("Sju"), Sentence("Åtta"), Sentence("Nio"), Sentence("Tio"), Sentence("Elva"), Sentence("Tolv"))


def meaning(chart: ProcessChart) -> Sentence:
    """What the latest value says: "Sju månader i rad under medelvärdet: en verklig försämring, inte slump."

    Where the latest value is common, it says so, and when the last sign of a change was. Signs that rest on too few values are called signs.
    """
    latest = chart.latest
    if latest is None:
        return Sentence("Det finns inga värden att bedöma.")
    place = chart.points.index(latest)
    segment = next(one for one in chart.segments if one.start <= place < one.stop)
    part = chart.points[segment.start : place + 1]
    if latest.rule is Rule.NONE:
        return _nothing_now(chart, segment, part)
    verdict = (_VERDICTS if segment.enough(chart.manner.chart) else _TRIALS)[latest.type]
    return Sentence("%(sign)s: %(verdict)s.", sign=_sign(chart, latest, part), verdict=verdict)


def assurance_meaning(chart: ProcessChart) -> Sentence | None:
    """How the target stands to the limits; None where it is not judged.

    None too where the latest value is a sign of a change: then the limits tell what was before, and not what to expect.
    """
    is_changed = chart.latest is not None and chart.latest.rule is not Rule.NONE
    return _ASSURANCES[chart.assurance] if chart.assurance and not is_changed else None


def _nothing_now(chart: ProcessChart, segment: Segment, part: Sequence[Point]) -> Sentence:
    if segment.runs is not None and segment.runs.too_few and segment.enough(chart.manner.chart):
        return Sentence("Värdena korsar medianen ovanligt sällan: variationen är inte bara slump.")
    if segment.values < LONG:
        return Sentence("Värdena är för få för att skilja en förändring från slump.")
    earlier = next((point for point in reversed(part) if point.rule is not Rule.NONE), None)
    if earlier is None:
        return Sentence("Värdena varierar bara av slump: ingen verklig förändring.")
    return Sentence("Ingen verklig förändring just nu: det senaste tecknet på en sådan är från %(day)s.", day=earlier.on)


def _sign(chart: ProcessChart, latest: Point, part: Sequence[Point]) -> Sentence:
    """What is unusual, as the beginning of a sentence."""
    if chart.manner.chart is Chart.MOVING_RANGE:
        return Sentence("Det senaste värdet skiljer sig ovanligt mycket från värdet före")
    if latest.rule is Rule.SHIFT:
        centre = _CENTRES.get(chart.manner.chart, Sentence("medelvärdet"))
        count = _counted(_on_one_side(part, pass_over=chart.manner.chart is Chart.RUN), part)
        if latest.side == 1:
            return Sentence("%(count)s i rad över %(centre)s", count=count, centre=centre)
        return Sentence("%(count)s i rad under %(centre)s", count=count, centre=centre)
    if latest.rule is Rule.TREND:
        rises, steps = _same_way(part)
        count = _counted(steps + 1, part)
        return (
            Sentence("%(count)s i rad med stigande värden", count=count)
            if rises
            else Sentence("%(count)s i rad med sjunkande värden", count=count)
        )
    return _by_limits(latest)


def _by_limits(latest: Point) -> Sentence:
    if latest.rule is Rule.OUTSIDE:
        return (
            Sentence("Det senaste värdet ligger över den övre styrgränsen")
            if latest.side == 1
            else Sentence("Det senaste värdet ligger under den nedre styrgränsen")
        )
    return (
        Sentence("Två av de tre senaste värdena ligger nära den övre styrgränsen")
        if latest.side == 1
        else Sentence("Två av de tre senaste värdena ligger nära den nedre styrgränsen")
    )


def _on_one_side(part: Sequence[Point], *, pass_over: bool) -> int:
    """How many of the last points lie on the side of the last one. Those on the line and those without a value end the run, or are passed over."""
    sides = [point.side for point in reversed(part) if point.side or not pass_over]
    return len(list(takewhile(lambda side: side == sides[0], sides)))


def _same_way(part: Sequence[Point]) -> tuple[bool, int]:
    """Whether the last values rise, and how many steps they have gone the same way."""
    values = [nan if point.value is None else point.value for point in part]
    steps = [sign(after - before) for before, after in pairwise(values)][::-1]
    return steps[0] > 0, len(list(takewhile(lambda step: step == steps[0], steps)))


def _counted(count: int, part: Sequence[Point]) -> Sentence:
    """ "Sju månader", in whatever the values come in."""
    number = _NUMBERS[count - LONG] if LONG <= count < LONG + len(_NUMBERS) else str(count)
    patterns = {
        "day": Sentence("%(number)s dagar", number=number),
        "week": Sentence("%(number)s veckor", number=number),
        "month": Sentence("%(number)s månader", number=number),
        "quarter": Sentence("%(number)s kvartal", number=number),
        "year": Sentence("%(number)s år", number=number),
    }
    return patterns.get(rhythm([point.on for point in part]), Sentence("%(number)s värden", number=number))


def rhythm(days: Sequence[date]) -> str:
    """How often the values come, when they all come as often: "day", "week", "month", "quarter" or "year"; else ""."""
    gaps = [(after - before).days for before, after in pairwise(days)]
    spans = (("day", 1, 1), ("week", 7, 7), ("month", 28, 31), ("quarter", 90, 92), ("year", 365, 366))
    return next((name for name, least, most in spans if gaps and all(least <= gap <= most for gap in gaps)), "")
