"""Several series in one chart, each with its name at its end; or in a small chart each when they are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from styrkedja.indicators.presenters.charts import (
    Drawing,
    Frame,
    Label,
    Line,
    Mark,
    Scale,
    apart,
    day_labels,
    steps,
    stretches,
    tick_labels,
)
from styrkedja.indicators.presenters.wording import figure_text

# So many lines can be told from each other; four colours that are told apart without seeing red or green, whole and broken.
MOST_TOGETHER = 8
WIDE = Frame("wide", 800, 360, 52, 240)
NARROW = Frame("narrow", 320, 260, 44, 24)
SMALL = Frame("small", 260, 130, 44, 12, 10, 24)
_LONGEST = 32


@dataclass(frozen=True)
class Spot:
    on: date
    value: float | None


@dataclass(frozen=True)
class Named:
    """A series with its name; all of a chart have a spot for each of the same days."""

    name: str
    spots: tuple[Spot, ...]

    @property
    def latest(self) -> Spot | None:
        return next((spot for spot in reversed(self.spots) if spot.value is not None), None)


@dataclass(frozen=True)
class Key:
    """A line of the legend. `look` is 1 to 8, as the line's."""

    look: int
    name: str
    value: str


@dataclass(frozen=True)
class Lines:
    """One chart of them all: drawn twice, with names where there is room for them and numbers of the legend where there is not."""

    drawings: tuple[Drawing, ...]
    legend: tuple[Key, ...]


@dataclass(frozen=True)
class Small:
    """A series in a chart of its own, on the scale of all the others."""

    name: str
    value: str
    drawing: Drawing


def together(series: Sequence[Named], decimals: int) -> Lines | None:
    """None without any value."""
    told = [one for one in series if one.latest is not None]
    if not told:
        return None
    drawings = tuple(_drawn(frame, told, decimals) for frame in (WIDE, NARROW))
    return Lines(drawings, tuple(Key(number, one.name, _latest(one, decimals)) for number, one in enumerate(told, start=1)))


def apart_each(series: Sequence[Named], decimals: int) -> list[Small]:
    """On one scale, so that they can be held against each other."""
    told = [one for one in series if one.latest is not None]
    ticks = steps(_values(told), most=4) if told else []
    return [Small(one.name, _latest(one, decimals), _small(one, ticks, decimals)) for one in told]


def _latest(one: Named, decimals: int) -> str:
    return figure_text(one.latest.value if one.latest else None, decimals)


def _values(series: Sequence[Named]) -> list[float]:
    return [spot.value for one in series for spot in one.spots if spot.value is not None]


def _drawn(frame: Frame, told: Sequence[Named], decimals: int) -> Drawing:
    ticks = steps(_values(told))
    up = Scale(ticks[0], ticks[-1], frame.height - frame.bottom, frame.top)
    across = Scale(0, max(len(told[0].spots) - 1, 1), frame.left + 8, frame.width - frame.right - 8)
    lines: list[Line] = []
    marks: list[Mark] = []
    ends: list[tuple[float, int]] = []
    for number, one in enumerate(told, start=1):
        lines += stretches(f"own-{number}", one.spots, "value", across, up)
        place = max(place for place, spot in enumerate(one.spots) if spot.value is not None)
        height = up(one.spots[place].value or 0.0)
        marks.append(Mark(across(place), height, f"own-{number}", f"{one.name}: {_latest(one, decimals)}"))
        ends.append((height, number))
    days = tuple(day_labels(told[0].spots, across, most=7 if frame is WIDE else 3))
    return Drawing(frame, tuple(lines), tuple(marks), tick_labels(frame, ticks, up), days, _names(frame, told, sorted(ends), decimals))


def _names(frame: Frame, told: Sequence[Named], ends: Sequence[tuple[float, int]], decimals: int) -> tuple[Label, ...]:
    places = apart([height for height, _number in ends], frame.top, frame.height - frame.bottom)
    found = []
    for place, (_height, number) in zip(places, ends, strict=True):
        name = told[number - 1].name
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        text = f"{short} {_latest(told[number - 1], decimals)}" if frame is WIDE else str(number)
        found.append(Label(frame.width - frame.right + 6, place, text, f"own-{number}"))
    return tuple(found)


def _small(one: Named, ticks: Sequence[float], decimals: int) -> Drawing:
    frame = SMALL
    up = Scale(ticks[0], ticks[-1], frame.height - frame.bottom, frame.top)
    across = Scale(0, max(len(one.spots) - 1, 1), frame.left + 6, frame.width - frame.right - 6)
    lines = tuple(stretches("own-1", one.spots, "value", across, up))
    place = max(place for place, spot in enumerate(one.spots) if spot.value is not None)
    mark = Mark(across(place), up(one.spots[place].value or 0.0), "own-1", f"{one.name}: {_latest(one, decimals)}")
    days = tuple(day_labels(one.spots, across, most=2))
    return Drawing(frame, lines, (mark,), tick_labels(frame, ticks, up), days, ())
