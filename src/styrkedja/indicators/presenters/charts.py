"""Charts drawn on the server: where each line and mark stands, in the units of the drawing. The templates only write it out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from math import ceil, floor, log10
from typing import Protocol

from django.utils.translation import gettext as _

from styrkedja.core.indicators.judging import Judgement
from styrkedja.core.indicators.spc import Chart as Charted
from styrkedja.core.indicators.spc import PointType, ProcessChart
from styrkedja.indicators.presenters.wording import figure_text, month_text

_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 96, 24, 3
_LABEL_GAP = 15
# The width of a letter of the labels, in the units of a drawing, rather too wide than too narrow.
_LETTER = 7
# How many decimals are tried: those of the indicator, and then one or two more.
_MORE = 3


@dataclass(frozen=True)
class Frame:
    """A size that a chart is drawn in: once for wide windows and once for narrow, so that its texts are never shrunk."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int = 14
    bottom: int = 30


WIDE = Frame("wide", 800, 300, 52, 118)
NARROW = Frame("narrow", 320, 240, 44, 62)
FRAMES = (WIDE, NARROW)


@dataclass(frozen=True)
class Mark:
    """A value. `look` says both its shape and its colour."""

    x: float
    y: float
    look: str
    text: str


@dataclass(frozen=True)
class Line:
    """`points` as SVG writes them. `look` is series, centre, limit or target."""

    look: str
    points: str


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str
    look: str = ""


@dataclass(frozen=True)
class Drawing:
    frame: Frame
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    rows: tuple[Label, ...]
    days: tuple[Label, ...]
    labels: tuple[Label, ...]

    @property
    def base(self) -> int:
        return self.frame.height - self.frame.bottom

    @property
    def edge(self) -> int:
        return self.frame.width - self.frame.right


class Spot(Protocol):
    """A value of a series on a day; None for none."""

    @property
    def on(self) -> date: ...
    @property
    def value(self) -> float | None: ...


@dataclass(frozen=True)
class Chart:
    """`title` names it, `conclusion` says what it shows; both are what somebody hears who does not see it."""

    key: str
    title: str
    conclusion: str
    drawings: tuple[Drawing, ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Scale:
    """From values to the units of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 1)


def process_drawing(key: str, title: str, conclusion: str, found: Judgement, *, target: float | None, decimals: int) -> Chart | None:
    """The chart of a series; without limits and signs where it is not judged. None without values."""
    if found.chart is None:
        return None
    chart = found.chart if found.is_judged else _plain(found.chart)
    drawn = tuple(_drawn(frame, chart, target, decimals) for frame in FRAMES)
    looks = {mark.look for mark in drawn[0].marks}
    legend = tuple((look, str(name)) for look, name in _legend() if look in looks) if found.is_judged else ()
    return Chart(key, title, conclusion, drawn, legend)


def _legend() -> list[tuple[str, str]]:
    return [
        ("common", _("Inom slumpens gränser")),
        ("improvement", _("Tecken på förbättring")),
        ("concern", _("Tecken på försämring")),
        ("neutral_high", _("Tecken på ökning")),
        ("neutral_low", _("Tecken på minskning")),
    ]


def _plain(chart: ProcessChart) -> ProcessChart:
    bare = {"centre": None, "lower": None, "upper": None, "type": PointType.COMMON}
    return replace(chart, points=tuple(replace(point, **bare) for point in chart.points))  # type: ignore[arg-type]


def line_decimals(chart: ProcessChart | None, decimals: int) -> int:
    """So many that the limits and the centre of the latest value are not written alike."""
    last = next((point for point in reversed(chart.points) if point.centre is not None), None) if chart else None
    lines = {one for one in (last.lower, last.centre, last.upper) if one is not None} if last else set()
    told = (more for more in range(decimals, decimals + _MORE) if len({figure_text(one, more) for one in lines}) == len(lines))
    return next(told, decimals)


def _drawn(frame: Frame, chart: ProcessChart, target: float | None, decimals: int) -> Drawing:
    points = chart.points
    frame = replace(frame, right=max(frame.right, _LABEL_GAP + _LETTER * _longest(frame, chart, target, decimals)))
    told = [one for point in points for one in (point.value, point.centre, point.lower, point.upper) if one is not None]
    ticks = steps([*told, *([target] if target is not None else [])])
    up = Scale(ticks[0], ticks[-1], frame.height - frame.bottom, frame.top)
    across = Scale(0, max(len(points) - 1, 1), frame.left + 8, frame.width - frame.right - 8)
    lines = [*stretches("limit", points, "upper", across, up), *stretches("limit", points, "lower", across, up)]
    lines += stretches("centre", points, "centre", across, up)
    if target is not None:
        lines.append(Line("target", f"{frame.left},{up(target)} {frame.width - frame.right},{up(target)}"))
    lines += stretches("series", points, "value", across, up)
    marks = tuple(
        Mark(across(place), up(point.value), str(point.type), f"{month_text(point.on)}: {figure_text(point.value, decimals)}")
        for place, point in enumerate(points)
        if point.value is not None
    )
    rows = tick_labels(frame, ticks, up)
    days = tuple(day_labels(points, across, most=8 if frame.name == WIDE.name else 3))
    return Drawing(frame, tuple(lines), marks, rows, days, tuple(_named(frame, chart, target, up, decimals)))


def stretches(look: str, points: Sequence[Spot], name: str, across: Scale, up: Scale) -> list[Line]:
    """A line for each stretch without a gap."""
    known = [(place, value) for place, point in enumerate(points) if (value := getattr(point, name)) is not None]
    found = []
    for _key, group in groupby(enumerate(known), key=lambda item: item[1][0] - item[0]):
        found.append(Line(look, " ".join(f"{across(place)},{up(value)}" for _number, (place, value) in group)))
    return found


def centre_text(chart: ProcessChart | None) -> str:
    return _("Median") if chart is not None and chart.manner.chart is Charted.RUN else _("Medel")


def _longest(frame: Frame, chart: ProcessChart, target: float | None, decimals: int) -> int:
    """How many letters the longest of the names at the right has."""
    anywhere = Scale(0, 1, 0, 1)
    return max((len(label.text) for label in _named(frame, chart, target, anywhere, decimals)), default=0)


def _named(frame: Frame, chart: ProcessChart, target: float | None, up: Scale, decimals: int) -> list[Label]:
    """The lines' names at their right ends, moved apart where they would cover each other."""
    centre = centre_text(chart)
    last = next((point for point in reversed(chart.points) if point.centre is not None), None)
    shown = line_decimals(chart, decimals)
    wanted: list[tuple[float, str, str]] = []
    if last is not None:
        wide = frame.name == WIDE.name
        said = {
            "upper": (last.upper, _("Övre gräns") if wide else _("Övre")),
            "centre": (last.centre, centre),
            "lower": (last.lower, _("Nedre gräns") if wide else _("Nedre")),
        }
        wanted += [(up(value), f"{name} {figure_text(value, shown)}", "") for value, name in said.values() if value is not None]
    if target is not None:
        wanted.append((up(target), _("Mål %(value)s") % {"value": figure_text(target, decimals)}, "target"))
    places = apart([place for place, _text, _look in sorted(wanted)], frame.top, frame.height - frame.bottom)
    return [
        Label(frame.width - frame.right + 6, place, text, look) for place, (_old, text, look) in zip(places, sorted(wanted), strict=True)
    ]


def apart(places: Sequence[float], first: float, last: float, gap: float = _LABEL_GAP) -> list[float]:
    """Places in order, so far from each other that texts do not meet, and as near as that allows to where they were."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap) if found else max(place, first))
    over = found[-1] - last if found else 0
    if over > 0:
        found[-1] = last
        for number in range(len(found) - 2, -1, -1):
            found[number] = min(found[number], found[number + 1] - gap)
    return [round(place, 1) for place in found]


def day_labels(points: Sequence[Spot], across: Scale, *, most: int) -> list[Label]:
    """Some of the days under the line: the last, and back from it with even steps."""
    stride = max(1, ceil((len(points) - 1) / (most - 1)))
    return [Label(across(place), 0, _day(points, place)) for place in range(len(points) - 1, -1, -stride)]


def _day(points: Sequence[Spot], place: int) -> str:
    yearly = len(points) > 1 and all((after.on - before.on).days > 360 for before, after in pairwise(points))
    return str(points[place].on.year) if yearly else month_text(points[place].on)


def steps(values: Sequence[float], most: int = 6) -> list[float]:
    """Even values that hold all of `values`, in ones, twos or fives of a power of ten."""
    low, high = min(values), max(values)
    if high == low:
        low, high = low - (abs(low) or 1) * 0.1, high + (abs(high) or 1) * 0.1
    # A scale that nearly reaches zero begins there: else a fifth of the height would look like all of it.
    if 0 < low < 0.4 * high:
        low = 0.0
    rough = (high - low) / (most - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def tick_labels(frame: Frame, ticks: Sequence[float], up: Scale) -> tuple[Label, ...]:
    """The values beside the lines across."""
    return tuple(Label(frame.left - 6, up(tick), figure_text(tick, _decimals(ticks))) for tick in ticks)


def _decimals(ticks: Sequence[float]) -> int:
    step = ticks[1] - ticks[0]
    return max(0, -floor(log10(step) + 1e-9))


@dataclass(frozen=True)
class Spark:
    """A small line of a series, to be seen beside its value. `look` is that of the last mark."""

    lines: tuple[str, ...]
    x: float
    y: float
    look: str


def spark(found: Judgement) -> Spark | None:
    """None for a series with fewer than two values."""
    points = found.chart.points if found.chart else ()
    values = [point.value for point in points if point.value is not None]
    if len(values) < 2:
        return None
    up = Scale(min(values), max(values), _SPARK_HEIGHT - _SPARK_EDGE, _SPARK_EDGE)
    across = Scale(0, len(points) - 1, _SPARK_EDGE, _SPARK_WIDTH - _SPARK_EDGE)
    lines = tuple(line.points for line in stretches("", points, "value", across, up))
    place, last = next((place, point) for place, point in reversed(list(enumerate(points))) if point.value is not None)
    assert last.value is not None
    return Spark(lines, across(place), up(last.value), str(last.type) if found.is_judged else "common")
