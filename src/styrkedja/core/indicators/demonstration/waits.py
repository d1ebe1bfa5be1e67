"""Waits: those that have ended, and those that go on at the end of each month."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from styrkedja.core.indicators.demonstration.persons import Integers, World, happens, pick
from styrkedja.core.indicators.demonstration.plan import Floats
from styrkedja.core.indicators.demonstration.tables import dates, table

_ASSESSED = 0.045  # of those listed, each month
_PATIENT_CHOSE = 0.06
_AWAITS = {"first_contact": ("first", "seen"), "operation": ("operations", "operated")}


def completed_waits(world: World) -> pa.Table:
    return pa.concat_tables([_assessments(world), *(_completed(world, kind) for kind in _AWAITS)]).sort_by("completed_on")


def waiting_list(world: World) -> pa.Table:
    return pa.concat_tables([_waiting(world, kind) for kind in _AWAITS]).sort_by("measured_on")


def _some_people(world: World, counts: Integers) -> tuple[Integers, Integers]:
    """(person, month number): so many in each month, the frail more often."""
    who = []
    for month, count in enumerate(counts.tolist()):
        alive = world.persons.alive(world.middle(month))
        weight = world.persons.frailty[alive]
        who.append(world.rng.choice(alive, count, p=weight / weight.sum()))
    return np.concatenate(who), np.repeat(np.arange(len(counts)), counts)


def _assessments(world: World) -> pa.Table:
    """In primary care: within three days, or some days after."""
    rng, plan = world.rng, world.plan
    who, month = _some_people(world, rng.poisson(_ASSESSED * world.inhabitants * world.season))
    centre, day, size = world.listed_at(who, month), world.days(month), len(who)
    levels = np.stack([plan.levels(one.key, "assessed", one.assessed) for one in plan.centres])
    in_time = happens(rng, levels[centre, month], size)
    days = np.where(in_time, np.minimum(rng.geometric(0.62, size) - 1, 3), 3 + rng.geometric(0.22, size))
    return table(
        size,
        completed_on=dates(day),
        decided_on=dates(day - days),
        unit=np.array([one.key for one in plan.centres])[centre],
        patient=world.persons.keys(who),
        completed="assessment",
        contact=pick(rng, {"visit": 0.72, "remote": 0.25, "home_visit": 0.03}, size),
        licensed=happens(rng, 0.97, size),
        patient_chose=happens(rng, 0.04, size),
        sex=world.persons.sexes(who),
        age=world.persons.ages(who, day),
        provider=np.array([one.provider for one in plan.centres])[centre],
    )


def _days(world: World, chance: Floats, size: int) -> Integers:
    """Within 90 days by the chance, else longer; most just before the limit, as guarantees make it."""
    short = np.minimum(90, np.round(90 * world.rng.beta(2.2, 1.4, size))).astype(np.int64)
    long = 91 + np.round(world.rng.exponential(70, size)).astype(np.int64)
    return np.where(happens(world.rng, chance, size), short, long)


def _by_clinic(world: World, kind: str, times: float) -> tuple[Integers, Integers, Integers, Floats]:
    """(person, month, clinic, chance of at most 90 days) of everything of the kind."""
    count_name, share_name = _AWAITS[kind]
    people, months, clinics, chances = [], [], [], []
    for number, one in enumerate(world.plan.clinics):
        each_month = getattr(one, count_name) / 10_000 * world.inhabitants * times
        if not each_month:
            continue
        who, month = _some_people(world, world.rng.poisson(each_month * world.season))
        levels = world.plan.levels(one.key, share_name, getattr(one, share_name))
        summer = np.where(np.isin([at.first_day.month for at in world.months], (8, 9)), -0.05, 0.0)
        people.append(who)
        months.append(month)
        clinics.append(np.full(len(who), number))
        chances.append((levels + summer)[month])
    return np.concatenate(people), np.concatenate(months), np.concatenate(clinics), np.concatenate(chances)


def _completed(world: World, kind: str) -> pa.Table:
    rng = world.rng
    who, month, clinic, chance = _by_clinic(world, kind, 1.0)
    size, day = len(who), world.days(month)
    contact = np.full(size, "operation") if kind == "operation" else pick(rng, {"visit": 0.9, "remote": 0.1}, size)
    return table(
        size,
        completed_on=dates(day),
        decided_on=dates(day - _days(world, chance, size)),
        unit=_keys(world)[clinic],
        patient=world.persons.keys(who),
        completed=kind,
        contact=contact,
        licensed=True,
        patient_chose=happens(rng, _PATIENT_CHOSE, size),
        sex=world.persons.sexes(who),
        age=world.persons.ages(who, day),
        provider="public",
    )


def _waiting(world: World, kind: str) -> pa.Table:
    """Some three months' worth at the end of each month; those who have waited long are more among the waiting than among the seen."""
    who, month, clinic, chance = _by_clinic(world, kind, 2.6)
    size = len(who)
    last = np.array([one.last_day.toordinal() for one in world.months])[month]
    return table(
        size,
        measured_on=dates(last),
        decided_on=dates(last - _days(world, chance - 0.04, size)),
        unit=_keys(world)[clinic],
        patient=world.persons.keys(who),
        awaits=kind,
        patient_chose=happens(world.rng, _PATIENT_CHOSE, size),
        sex=world.persons.sexes(who),
        age=world.persons.ages(who, last),
        provider="public",
    )


def _keys(world: World) -> NDArray[np.str_]:
    return np.array([one.key for one in world.plan.clinics])
