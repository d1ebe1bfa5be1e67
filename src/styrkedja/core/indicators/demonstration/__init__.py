"""Figures for the demonstration: an invented population with a fixed seed, and what happens to it over the units of a county. Nothing in it is real."""

from collections.abc import Callable, Iterator

import pyarrow as pa

from styrkedja.core.indicators.demonstration.episodes import care_episodes
from styrkedja.core.indicators.demonstration.medicines import prescriptions
from styrkedja.core.indicators.demonstration.persons import World, found_world
from styrkedja.core.indicators.demonstration.plan import Plan
from styrkedja.core.indicators.demonstration.resources import beds, calls, costs, listed, population
from styrkedja.core.indicators.demonstration.visits import visits
from styrkedja.core.indicators.demonstration.waits import completed_waits, waiting_list
from styrkedja.core.indicators.months import Month

_TABLES: dict[str, Callable[[World], pa.Table]] = {
    "population": population,
    "listed": listed,
    "visits": visits,
    "care_episodes": care_episodes,
    "completed_waits": completed_waits,
    "waiting_list": waiting_list,
    "calls": calls,
    "beds": beds,
    "costs": costs,
    "prescriptions": prescriptions,
}
SOURCES = tuple(_TABLES)


def tables(plan: Plan, last: Month) -> Iterator[tuple[str, pa.Table]]:
    """(id of the source, its rows) for every source, up to and including the month `last`. The same plan and month give the same rows.

    Each source draws from a stream of its own, so that one of them can be made otherwise and the others stay.
    """
    world = found_world(plan, last)
    for number, (source, made) in enumerate(_TABLES.items()):
        yield source, made(world.reseeded(number))
