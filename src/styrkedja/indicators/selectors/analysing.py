"""What the analysis page shows: some indicators for some bodies and parts of the population, side by side over time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.months import Span
from styrkedja.indicators.library import definition_of, fact_sources
from styrkedja.indicators.models import COMPUTED, Indicator
from styrkedja.indicators.selectors.places import Place, everything_below, places
from styrkedja.indicators.selectors.scenes import body_asked, children_of, levels_below, parts_in, planned_days, starting_bodies
from styrkedja.indicators.selectors.telling import Telling
from styrkedja.indicators.selectors.values import Series, bodies_with_values, indicator_by_key, indicators, sources_of

MOST_INDICATORS = 2
MOST_LINES = 48
# The body itself, not broken down.
WHOLE = "HELA"


@dataclass(frozen=True)
class Question:
    """What the address asks for. `bodies` are keys of those on the level that are chosen, none for all; `split` a dimension whose parts are told apart."""

    indicators: tuple[str, ...] = ()
    within: str = ""
    level: str = ""
    bodies: tuple[str, ...] = ()
    split: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    as_on: date | None = None

    @property
    def is_backwards(self) -> bool:
        """Whether it begins after it ends; then neither is held to."""
        return self.first is not None and self.last is not None and self.first > self.last

    def holds(self, day: date) -> bool:
        """Whether what ends on the day is asked for."""
        return self.is_backwards or ((self.first is None or day >= self.first) and (self.last is None or day <= self.last))


@dataclass(frozen=True)
class Strand:
    """The series of a body and, where the population is split, of a part (its code; "" for the whole)."""

    place: Place
    part: str
    series: Series


@dataclass(frozen=True)
class Thread:
    """What is told of an indicator. `left_out` of the strands were more than a page holds; `lacking` and `refused` as in a scene."""

    indicator: Indicator
    definition: Definition | None
    fact_source: FactSource | None
    source: str
    parts: Mapping[str, str]
    split: str
    strands: tuple[Strand, ...]
    left_out: int
    lacking: tuple[Span, ...]
    refused: str


@dataclass(frozen=True)
class Analysis:
    """The answer, and what else could be asked: `every` indicator, bodies to look `inside`, `levels` under the body and `bodies` on the level."""

    threads: tuple[Thread, ...]
    body: Place
    level: str
    chosen: tuple[Place, ...]
    every: tuple[Indicator, ...]
    inside: tuple[Place, ...]
    levels: tuple[str, ...]
    bodies: tuple[Place, ...]
    periods: tuple[tuple[date, date], ...]
    as_on: date | None
    planned: tuple[date, ...]


def analysis(user: User, asked: Question, *, on: date) -> Analysis | None:
    """None as long as nothing has been computed or fetched."""
    every = indicators(user)
    picked = [one for key in dict.fromkeys(asked.indicators) if (one := indicator_by_key(user, key)) is not None][:MOST_INDICATORS]
    picked = picked or [one for one in every if bodies_with_values(one)][:1]
    if not picked:
        return None
    leading = picked[0]
    body = body_asked(user, asked.within, bodies_with_values(leading), on=on) or body_asked(user, "", bodies_with_values(leading), on=on)
    if body is None:
        return None
    day = asked.as_on or on
    levels = levels_below(leading, body, on=day)
    level = asked.level if asked.level in levels else ""
    bodies = [body] if asked.level == WHOLE else _with_values(leading, children_of(leading, body, level, on=day)) or [body]
    chosen = [place for place in bodies if place.key in asked.bodies] or bodies
    threads = tuple(_thread(user, one, chosen, asked, on) for one in picked)
    return Analysis(
        threads=tuple(_cut(thread, asked) for thread in threads),
        body=body,
        level=WHOLE if asked.level == WHOLE else level,
        chosen=tuple(chosen) if len(chosen) < len(bodies) else (),
        every=tuple(every),
        inside=tuple(_inside(user, leading, body, on)),
        levels=levels,
        bodies=tuple(bodies),
        periods=tuple(sorted({(one.first, one.last) for thread in threads for strand in thread.strands for one in strand.series})),
        as_on=asked.as_on,
        planned=planned_days(on),
    )


def _with_values(indicator: Indicator, bodies: list[Place]) -> list[Place]:
    """Those that something is told of; all where that is nobody, as in an organisation that is only planned."""
    return [place for place in bodies if place.id in bodies_with_values(indicator)] or bodies


def _thread(user: User, indicator: Indicator, chosen: Sequence[Place], asked: Question, on: date) -> Thread:
    definition = definition_of(indicator, on=on)
    numerator = definition.numerator if definition else None
    fact_source = fact_sources().get(numerator.source) if numerator else None
    source = next((found for place in chosen for found in sources_of(user, indicator, place.id)), COMPUTED)
    parts = parts_in(indicator, asked.parts, source)
    split = asked.split if source == COMPUTED and asked.split in indicator.dimensions and fact_source is not None else ""
    codes = [""] if not split or fact_source is None else list(fact_source.columns[split].codes)
    most = max(1, MOST_LINES // len(codes))
    strands: list[Strand] = []
    telling = None
    for code in codes:
        telling = Telling(
            user, indicator, source, parts | ({split: code} if split else {}), asked.as_on if source == COMPUTED else None, on
        )
        found = telling.series([place.id for place in chosen[:most]])
        strands += [Strand(place, code, found[place.id]) for place in chosen[:most] if place.id in found]
    assert telling is not None
    order = {place.id: number for number, place in enumerate(chosen)}
    strands.sort(key=lambda strand: order[strand.place.id])
    return Thread(
        indicator, definition, fact_source, source, parts, split, tuple(strands), len(chosen[most:]), telling.lacking, telling.refused
    )


def _cut(thread: Thread, asked: Question) -> Thread:
    """Only what ends between the days that are asked for."""

    strands = (Strand(one.place, one.part, [told for told in one.series if asked.holds(told.last)]) for one in thread.strands)
    return Thread(**{**vars(thread), "strands": tuple(one for one in strands if one.series)})


def _inside(user: User, indicator: Indicator, body: Place, on: date) -> Iterator[Place]:
    """The regions and the nation; and of the reader's own region, and that of the body, all that have somebody under them."""
    start = starting_bodies(user, on=on)
    yield from start
    told = everything_below([start[0].id] if start else [], on=on) & bodies_with_values(indicator)
    known = [place for pk in told if (place := places().get(pk)) is not None and place not in start]
    inner = [place for place in known if place.kind in indicator.levels[:-1]]
    order = {level: number for number, level in enumerate(indicator.levels)}
    found = sorted(inner, key=lambda place: (order[place.kind], place.name))
    yield from found
    if body not in start and body not in found:
        yield body
