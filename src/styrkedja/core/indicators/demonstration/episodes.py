"""Care episodes, with readmissions and with days spent waiting for the municipality."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from styrkedja.core.indicators.demonstration.persons import Integers, World, by_age, happens
from styrkedja.core.indicators.demonstration.plan import Ward
from styrkedja.core.indicators.demonstration.tables import dates, some, some_dates, table

_RATE = ((0, 0.007), (2, 0.0035), (18, 0.0045), (30, 0.006), (45, 0.0055), (65, 0.0125), (75, 0.021), (85, 0.029), (95, 0.034))
_KRONOR_A_POINT = 79_000


@dataclass(frozen=True)
class _Case:
    """What people are admitted for, by kind of ward: how common, from which age, how long (days, median), how many DRG points, planned or not."""

    diagnosis: str
    weight: float
    age: int = 0
    until: int = 120
    days: float = 3.0
    points: float = 0.9
    planned: float = 0.02
    cause: str = ""


_CASES: dict[str, tuple[_Case, ...]] = {
    "medicine": (
        _Case("I509", 5, 55, days=5), _Case("J441", 3, 50, days=4), _Case("J459", 1, 18, days=2), _Case("E119", 1.5, 30, days=4),
        _Case("J189", 13, 1, days=5), _Case("I480", 8, 40, days=2), _Case("N109", 8, 15, days=4), _Case("R074", 9, 25, days=1, points=0.4),
        _Case("A419", 7, 30, days=6, points=1.6), _Case("K922", 5, 40, days=3), _Case("D649", 3, 60, days=2), _Case("I209", 5, 45, days=2, planned=0.4),
    ),
    "stroke": (_Case("I639", 14, 40, days=7, points=1.5), _Case("I619", 3, 40, days=8, points=1.9), _Case("G459", 6, 40, days=2, points=0.6)),
    "surgery": (
        _Case("K359", 6, 5, 70, days=2), _Case("K801", 8, 25, days=1, planned=0.7), _Case("K573", 5, 45, days=3), _Case("C189", 4, 55, days=6, points=2.4, planned=0.9),
        _Case("N200", 4, 30, days=1), _Case("K409", 5, 40, days=1, planned=0.95, points=0.7), _Case("S060", 3, 65, days=2, cause="W189"),
    ),
    "orthopaedics": (
        _Case("S720", 9, 70, days=7, points=2.1, cause="W189"), _Case("S525", 4, 60, days=2, cause="W010"), _Case("M161", 8, 50, days=2, points=2.2, planned=0.98),
        _Case("M171", 8, 50, days=2, points=2.2, planned=0.98), _Case("S828", 5, 15, days=3, points=1.5, cause="W000"), _Case("S320", 3, 70, days=5, cause="W109"),
    ),
    "children": (_Case("J219", 6, 0, 3, days=2), _Case("A099", 4, 0, 17, days=1), _Case("J459", 3, 1, 17, days=2), _Case("P599", 4, 0, 1, days=2), _Case("R560", 3, 0, 17, days=1)),
    "psychiatry": (_Case("F329", 6, 18, days=8), _Case("F209", 4, 18, days=16), _Case("F102", 4, 18, days=4), _Case("F319", 3, 18, days=12)),
}  # fmt: skip


def care_episodes(world: World) -> pa.Table:
    who, ward, admitted, month = _admissions(world)
    first = _episodes(world, who, ward, admitted, month)
    again = _readmitted(world, first)
    both = {name: np.concatenate([first[name], again[name]]) for name in first}
    return _table(world, both).sort_by("discharged_on")


_Rows = dict[str, NDArray[np.generic]]


def _admissions(world: World) -> tuple[Integers, Integers, Integers, Integers]:
    """Some are admitted in each month; who has been ill is ill again."""
    who, month = [], []
    for number, level in enumerate(world.winter):
        alive = world.persons.alive(world.middle(number))
        age = world.persons.ages(alive, np.full(len(alive), world.middle(number)))
        chosen = alive[happens(world.rng, by_age(age, *_RATE) * world.persons.frailty[alive] * level, len(alive))]
        who.append(chosen)
        month.append(np.full(len(chosen), number))
    people, months = np.concatenate(who), np.concatenate(month)
    age = world.persons.ages(people, np.array([world.middle(number) for number in months.tolist()]))
    weights = np.stack([one.share * _may_lie(one, age) for one in world.plan.wards], axis=1)
    chosen = world.rng.random(len(people)) * weights.sum(axis=1)
    ward: Integers = (weights.cumsum(axis=1) < chosen[:, None]).sum(axis=1)
    return people, ward, world.days(months, every_day=True), months


def _may_lie(ward: Ward, age: Integers) -> NDArray[np.float64]:
    """How much of what the ward has is for the age; a little everywhere, so that everybody may lie somewhere."""
    cases = _CASES[ward.cases]
    suits = np.stack([case.weight * ((age >= case.age) & (age <= case.until)) for case in cases])
    share: NDArray[np.float64] = suits.sum(axis=0) / sum(case.weight for case in cases) + 1e-6
    return share


def _episodes(world: World, who: Integers, ward: Integers, admitted: Integers, month: Integers) -> _Rows:
    rng, size = world.rng, len(who)
    age = world.persons.ages(who, admitted)
    diagnosis, cause = np.full(size, "R539", dtype="U5"), np.full(size, "", dtype="U5")
    days, points, planned = np.full(size, 2.0), np.full(size, 0.8), np.full(size, 0.02)
    for number, one in enumerate(world.plan.wards):
        rows = np.flatnonzero(ward == number)
        cases = _CASES[one.cases]
        weights = np.stack([case.weight * ((age[rows] >= case.age) & (age[rows] <= case.until)) for case in cases], axis=1) + 1e-9
        chosen = (weights.cumsum(axis=1) < (rng.random(len(rows)) * weights.sum(axis=1))[:, None]).sum(axis=1)
        for place, case in enumerate(cases):
            own = rows[chosen == place]
            diagnosis[own], days[own], points[own], planned[own] = case.diagnosis, case.days, case.points, case.planned
            cause[own] = np.where(happens(rng, 0.8, len(own)), case.cause, "")
    stay = np.maximum(0, np.round(rng.lognormal(np.log(days), 0.6))).astype(np.int64)
    ready = _ready_days(world, ward, age, stay, month)
    is_planned = happens(rng, planned, size)
    return {
        "who": who, "ward": ward, "admitted": admitted, "discharged": admitted + stay + ready, "ready": ready, "age": age,
        "diagnosis": diagnosis, "cause": cause, "planned": is_planned, "month": month,
        "points": np.round(1000 * points * rng.lognormal(-0.05, 0.35, size) * (1 + 0.05 * stay)).astype(np.int64) + 50,
        "deceased": happens(rng, by_age(age, (0, 0.001), (60, 0.012), (80, 0.05), (95, 0.10)), size),
    }  # fmt: skip


def _ready_days(world: World, ward: Integers, age: Integers, stay: Integers, month: Integers) -> Integers:
    """Days after the patient was ready to leave, for some of the old."""
    levels = np.stack([world.plan.levels(one.key, "ready", one.ready) for one in world.plan.wards])
    common = np.maximum(0.0, levels[ward, month])
    waits = happens(world.rng, np.minimum(0.8, by_age(age, (0, 0.0), (60, 0.04), (75, 0.18), (90, 0.36)) * common), len(ward)) & (stay > 0)
    return np.where(waits, world.rng.geometric(np.clip(0.42 / np.maximum(common, 0.3), 0.05, 0.9), len(ward)), 0)


def _readmitted(world: World, first: _Rows) -> _Rows:
    """Some of the frail come back within a month, unplanned."""
    rng = world.rng
    age, month = first["age"].astype(np.int64), first["month"].astype(np.int64)
    chance = by_age(age, (0, 0.03), (60, 0.10), (75, 0.16), (90, 0.19)) * ~first["deceased"].astype(bool)
    back = np.flatnonzero(happens(rng, chance, len(age)))
    who, ward = first["who"][back].astype(np.int64), first["ward"][back].astype(np.int64)
    admitted = first["discharged"][back].astype(np.int64) + 1 + rng.integers(0, 32, len(back))
    found = _episodes(world, who, ward, admitted, month[back])
    found["planned"] = np.zeros(len(back), dtype=bool)
    return found


def _table(world: World, rows: _Rows) -> pa.Table:
    """The episodes that ended within the months, of people who lived then."""
    discharged, who = rows["discharged"].astype(np.int64), rows["who"].astype(np.int64)
    first, last = world.months[0].first_day.toordinal(), world.months[-1].last_day.toordinal()
    kept = np.flatnonzero((discharged >= first) & (discharged <= last) & (rows["admitted"].astype(np.int64) < world.persons.death[who]))
    taken = {name: values[kept] for name, values in rows.items()}
    who, ready = taken["who"].astype(np.int64), taken["ready"].astype(np.int64)
    wards = world.plan.wards
    ward, points = taken["ward"].astype(np.int64), taken["points"].astype(np.int64)
    discharged, month = taken["discharged"].astype(np.int64), taken["month"].astype(np.int64)
    cost = np.round(points / 1000 * _KRONOR_A_POINT * 100 * (1 + 0.003 * month) * world.rng.lognormal(-0.02, 0.2, len(kept))).astype(
        np.int64
    )
    municipalities = np.array(list(world.plan.municipalities))
    from_away = happens(world.rng, 0.03, len(kept))
    is_somatic = np.array([one.care_area == "somatic" for one in wards])[ward]
    cause = taken["cause"].astype("U5")
    return table(
        len(kept),
        admitted_on=dates(taken["admitted"].astype(np.int64)),
        discharged_on=dates(discharged),
        ready_on=some_dates(discharged - ready, (ready > 0) | happens(world.rng, 0.25, len(kept))),
        unit=np.array([one.key for one in wards])[ward],
        home_region=some(np.full(len(kept), world.plan.region, dtype=object), ~from_away),
        home_municipality=some(municipalities[world.persons.municipality[who]].astype(object), ~from_away),
        patient=world.persons.keys(who),
        care_area=np.where(is_somatic, "somatic", "psychiatric"),
        planned=taken["planned"].astype(bool),
        deceased=taken["deceased"].astype(bool),
        diagnosis=taken["diagnosis"].astype("U5"),
        external_cause=some(cause.astype(object), cause != ""),
        sex=world.persons.sexes(who),
        age=taken["age"].astype(np.int64),
        provider="public",
        drg_points=points,
        cost=cost,
    )
