"""All that an indicator's page rests on, gathered once for the page and for its files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.collation import swedish_key
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.months import Span
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.library import definition_of, fact_sources
from styrkedja.indicators.models import COMPUTED, Indicator
from styrkedja.indicators.selectors.behind import Behind, Rolling, months_behind
from styrkedja.indicators.selectors.places import Place, all_below, line_above, next_below, places
from styrkedja.indicators.selectors.retold import moves, organisation
from styrkedja.indicators.selectors.telling import Telling
from styrkedja.indicators.selectors.values import Series, bodies_with_values, sources_of
from styrkedja.organisations.selectors.readers import counties_of


@dataclass(frozen=True)
class Wish:
    """What the address asks for; "" for what it does not name, None for a period that it does not name.

    `without` are those of them that nothing is told of. `as_on` is the day whose organisation is asked for; None for that of each value's own time.
    """

    body: str = ""
    source: str = ""
    until: date | None = None
    parts: Mapping[str, str] | None = None
    level: str = ""
    as_on: date | None = None


@dataclass(frozen=True)
class Move:
    """On `day` a body came to stand under another than before; None for under none."""

    day: date
    who: Place
    before: Place | None
    after: Place | None


@dataclass(frozen=True)
class Scene:
    """An indicator for a body. `series` is its whole series, `shown` the part of it up to the chosen period; both may be empty.

    `above` are those over the body, outermost first, and `below` those that it is broken down to, each with its series up to the period.
    `without` are those of them that nothing is told of. `as_on` is the day whose organisation all of it is told by, None for that of each value's own time; `lacking` are the periods that cannot be told
    by it, and `refused` says why none can. `moves` are those who came under the body or left it while the series ran, and `planned` the days to come on which the organisation changes.
    `months` are those behind rolling values, by body.
    """

    indicator: Indicator
    definition: Definition | None
    fact_source: FactSource | None
    body: Place
    source: str
    sources: tuple[str, ...]
    parts: Mapping[str, str]
    series: Series
    shown: Series
    above: tuple[Place, ...]
    level: str
    levels: tuple[str, ...]
    below: tuple[tuple[Place, Series], ...]
    without: tuple[Place, ...]
    as_on: date | None
    lacking: tuple[Span, ...]
    refused: str
    moves: tuple[Move, ...]
    planned: tuple[date, ...]
    months: Behind

    @property
    def until(self) -> date | None:
        return self.shown[-1].last if self.shown else None


def scene(user: User, indicator: Indicator, wish: Wish, *, on: date) -> Scene | None:
    """None where there are no values, or none of the body that is asked for."""
    known = bodies_with_values(indicator)
    body = body_asked(user, wish.body, known, on=on)
    if body is None:
        return None
    definition, sources = definition_of(indicator, on=on), sources_of(user, indicator, body.id)
    source = wish.source if wish.source in sources else next(iter(sources), COMPUTED)
    parts, as_on = parts_in(indicator, wish.parts, source), wish.as_on if source == COMPUTED else None
    told = Telling(user, indicator, source, parts, as_on, on)
    series = told.series([body.id]).get(body.id, [])
    shown = [one for one in series if wish.until is None or one.last <= wish.until] or series
    last = shown[-1].last if shown else on
    day = as_on or last
    levels = levels_below(indicator, body, on=day)
    level = wish.level if wish.level in levels else ""
    children = children_of(indicator, body, level, on=day)
    found = told.series([child.id for child in children], until=last)
    return Scene(
        indicator=indicator,
        definition=definition,
        fact_source=fact_sources().get(definition.numerator.source) if definition and definition.numerator else None,
        body=body,
        source=source,
        sources=tuple(sources),
        parts=parts,
        series=series,
        shown=shown,
        above=tuple(line_above(body, levels=indicator.levels, on=day)),
        level=level,
        levels=levels,
        below=tuple((child, found[child.id]) for child in children if child.id in found),
        without=tuple(child for child in children if child.id not in found),
        as_on=as_on,
        lacking=told.lacking,
        refused=told.refused,
        planned=planned_days(on) if source == COMPUTED else (),
        moves=tuple(_moves(body, since=series[0].first, until=max(last, day))) if series and source == COMPUTED else (),
        months=months_behind(user, Rolling(indicator, {body.id: shown, **found}, parts, day), on=on),
    )


def parts_in(indicator: Indicator, asked: Mapping[str, str] | None, source: str) -> dict[str, str]:
    """Of the parts that are asked for, those that the indicator has; what others publish is told whole."""
    return {name: part for name, part in (asked or {}).items() if name in indicator.dimensions} if source == COMPUTED else {}


def levels_below(indicator: Indicator, body: Place, *, on: date) -> tuple[str, ...]:
    """Those of its levels on which somebody stands under the body."""
    return tuple(level for level in indicator.levels if all_below(body, level=level, on=on))


def children_of(indicator: Indicator, body: Place, level: str, *, on: date) -> list[Place]:
    """All on a level under the body; the nearest without a level."""
    return all_below(body, level=level, on=on) if level else next_below(body, levels=indicator.levels, on=on)


def planned_days(on: date) -> tuple[date, ...]:
    """Those to come on which the organisation changes."""
    return tuple(day for day in change_days() if day > on)


def change_days() -> tuple[date, ...]:
    """All on which the organisation changes; none where it cannot be told."""
    try:
        return tuple(organisation().versions.change_days())
    except Refused:
        return ()


def _moves(body: Place, *, since: date, until: date) -> Iterator[Move]:
    """None where the organisation cannot be told at all: then `refused` says so, where it matters."""
    known = places()
    try:
        for day, who, before, after in moves(body.id, since=since, until=until):
            yield Move(day, known[who], known.get(before) if before else None, known.get(after) if after else None)
    except Refused:
        return


def body_asked(user: User, key: str, known: frozenset[int], *, on: date) -> Place | None:
    """The body that is asked for; else the reader's own region, else the first of the highest that have values."""
    everybody = places()
    if key:
        return next((place for place in everybody.values() if place.key == key), None)
    for county in counties_of(user, on=on):
        if county.region_id in known:
            return everybody[county.region_id]
    order = {str(kind): number for number, kind in enumerate(OrganisationKind)}
    ranked = sorted((place for pk in known if (place := everybody.get(pk))), key=lambda place: (order.get(place.kind, 99), place.name))
    return ranked[0] if ranked else None


def starting_bodies(user: User, *, on: date) -> list[Place]:
    """The bodies that the list can be read for: the reader's own regions first, then the nation and every other region."""
    everybody = places()
    own = [everybody[county.region_id] for county in counties_of(user, on=on) if county.region_id in everybody]
    others = [place for place in everybody.values() if place.kind in (OrganisationKind.NATION, OrganisationKind.REGION)]
    order = sorted(others, key=lambda place: (place.kind != OrganisationKind.NATION, swedish_key(place.name)))
    return [*own, *(place for place in order if place not in own)]
