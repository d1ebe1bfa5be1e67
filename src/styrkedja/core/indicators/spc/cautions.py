"""What a reader should know before trusting a chart: too few values, no limits, a rebase without effect."""

from collections.abc import Iterator, Sequence
from datetime import date

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.spc.kinds import Chart
from styrkedja.core.indicators.spc.process_chart import ENOUGH, ENOUGH_FOR_RUNS, ProcessChart, Segment, rebase_places
from styrkedja.core.indicators.spc.series import UNDIVIDED, Observation
from styrkedja.core.sentences import Sentence

_WITHOUT_LIMITS = frozenset({Chart.RUN})
_SCREENED = frozenset({Chart.XMR, Chart.INDIVIDUALS, Chart.TIME_BETWEEN})


def cautions(chart: ProcessChart, observations: Sequence[Observation], *, today: date) -> list[Sentence]:
    """The warnings of a chart that was drawn of the observations."""
    return [
        *_future(observations, today),
        *_gaps(observations, chart.manner.chart),
        *_rebases(chart),
        *(caution for segment in chart.segments for caution in _of_segment(chart, segment)),
        *_without_effect(chart, observations),
    ]


def _future(observations: Sequence[Observation], today: date) -> Iterator[Sentence]:
    days = [one.on.isoformat() for one in observations if one.on > today and one.value is not None]
    if days:
        yield Sentence("Värden finns för dagar som inte har varit än: %(days)s.", days=_listed(days))


def _gaps(observations: Sequence[Observation], chart: Chart) -> Iterator[Sentence]:
    zero = [one.on.isoformat() for one in observations if one.denominator == 0 and chart not in UNDIVIDED]
    lacking = [one.on.isoformat() for one in observations if one.value is None and one.on.isoformat() not in zero]
    if zero:
        yield Sentence("Nämnaren är noll och värde saknas för %(days)s.", days=_listed(zero))
    if lacking:
        yield Sentence("Värde saknas för %(days)s.", days=_listed(lacking))


def _rebases(chart: ProcessChart) -> Iterator[Sentence]:
    days = [point.on for point in chart.points]
    for wanted in sorted(set(chart.manner.rebase)):
        places = rebase_places(days, [wanted])
        if not places:
            yield Sentence("Omräkning från %(day)s har ingen verkan: den delar inte serien.", day=wanted)
        elif days[places[0]] != wanted:
            begins = days[places[0]]
            yield Sentence("Serien har inget värde %(day)s: omräkningen gäller från %(begins)s.", day=wanted, begins=begins)


def _of_segment(chart: ProcessChart, segment: Segment) -> Iterator[Sentence]:
    first, found = chart.points[segment.start].on, segment.runs
    if not segment.enough(chart.manner.chart) and found is None:
        yield Sentence(
            "Antalet värden i perioden från %(first)s är %(count)s, färre än %(wanted)s: gränserna är preliminära.",
            first=first, count=segment.values, wanted=ENOUGH,
        )  # fmt: skip
    elif found is not None and found.useful < ENOUGH_FOR_RUNS:
        yield Sentence(
            "Antalet värden över och under medianen i perioden från %(first)s är %(count)s, färre än %(wanted)s: tecknen är osäkra.",
            first=first, count=found.useful, wanted=ENOUGH_FOR_RUNS,
        )  # fmt: skip
    if found is not None and found.too_few:
        yield Sentence(
            "Antalet korsningar av medianen i perioden från %(first)s är %(crossings)s, färre än %(expected)s: variationen är inte bara slump.",
            first=first, crossings=found.crossings, expected=found.crossings_expected,
        )  # fmt: skip
    if chart.manner.chart not in _WITHOUT_LIMITS and not _has_limits(chart, segment):
        yield Sentence("Perioden från %(first)s har inga gränser: värdena är för få eller alla lika.", first=first)
    wanted = chart.manner.fix_after
    if wanted is not None and not segment.frozen and segment.stop - segment.start < wanted:
        yield Sentence("Perioden från %(first)s har inte nått %(wanted)s punkter: gränserna är inte frysta än.", first=first, wanted=wanted)


def _has_limits(chart: ProcessChart, segment: Segment) -> bool:
    return any(point.upper is not None for point in chart.points[segment.start : segment.stop])


def _without_effect(chart: ProcessChart, observations: Sequence[Observation]) -> Iterator[Sentence]:
    manner = chart.manner
    if manner.chart in UNDIVIDED and any(one.denominator is not None for one in observations):
        yield Sentence("Nämnaren används inte i diagrammet %(chart)s.", chart=str(manner.chart))
    if not manner.screen and manner.chart not in _SCREENED:
        yield Sentence("Diagrammet %(chart)s rensar inga avvikande skillnader.", chart=str(manner.chart))
    if manner.target is not None and chart.assurance is None:
        yield _unjudged(manner.direction)


def _unjudged(direction: DesiredDirection) -> Sentence:
    if direction is DesiredDirection.NEUTRAL:
        return Sentence("Målet bedöms inte när varken högt eller lågt är bättre.")
    return Sentence("Målet bedöms inte: diagrammet har inga gränser att jämföra med.")


def _listed(days: Sequence[str], most: int = 5) -> str:
    return ", ".join(days) if len(days) <= most else f"{', '.join(days[:most])} … ({len(days)})"
