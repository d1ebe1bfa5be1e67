"""Contacts in primary and specialised out-patient care."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from styrkedja.core.indicators.demonstration.persons import Integers, World, by_age, happens, pick
from styrkedja.core.indicators.demonstration.plan import Clinic, Floats
from styrkedja.core.indicators.demonstration.tables import dates, table

_PRIMARY = ((0, 0.22), (5, 0.13), (18, 0.15), (45, 0.20), (65, 0.32), (75, 0.48), (85, 0.72), (95, 0.9))
_SPECIALISED = ((0, 0.07), (18, 0.065), (45, 0.085), (65, 0.14), (75, 0.18), (85, 0.17))
_PROFESSIONS = {
    "doctor": 0.42, "nurse": 0.30, "physiotherapist": 0.11, "occupational_therapist": 0.03,
    "psychologist": 0.04, "counsellor": 0.03, "midwife": 0.03, "other": 0.04,
}  # fmt: skip
_SPECIALISTS = {"doctor": 0.64, "nurse": 0.23, "physiotherapist": 0.05, "psychologist": 0.04, "other": 0.04}
# Kronor for a contact, by its form.
_COSTS = {"visit": 1_450, "home_visit": 2_300, "home_care": 1_250, "remote": 620, "group": 780, "day_care": 9_500}
_HOME = {"doctor": 0.5, "nurse": 1.0, "occupational_therapist": 1.4, "physiotherapist": 0.5}
_AWAY = 0.05  # contacts elsewhere than where one is listed
_OWN_DOCTORS, _LOCUMS, _OTHERS = 7, 11, 3
_KRONOR_A_POINT = 74_000


def visits(world: World) -> pa.Table:
    return pa.concat_tables([_primary(world), _specialised(world)]).sort_by("visited_on")


def _drawn(world: World, rate: tuple[tuple[int, float], ...], months: Floats) -> tuple[Integers, Integers]:
    """(person, month number) of every contact."""
    who, when = [], []
    for month, level in enumerate(months):
        alive = world.persons.alive(world.middle(month))
        age = world.persons.ages(alive, np.full(len(alive), world.middle(month)))
        count = world.rng.poisson(by_age(age, *rate) * world.persons.frailty[alive] * level)
        who.append(np.repeat(alive, count))
        when.append(np.full(int(count.sum()), month))
    return np.concatenate(who), np.concatenate(when)


def _primary(world: World) -> pa.Table:
    rng, plan = world.rng, world.plan
    who, month = _drawn(world, _PRIMARY, world.season)
    size, day = len(who), world.days(month)
    home_centre = world.listed_at(who, month)
    centre = np.where(happens(rng, _AWAY, size), rng.integers(0, len(plan.centres), size), home_centre)
    is_closed = np.array([not world.is_open(plan.centres[place], when) for place, when in zip(centre, month, strict=True)])
    centre = np.where(is_closed, home_centre, centre)
    profession = pick(rng, _PROFESSIONS, size)
    age = world.persons.ages(who, day)
    contact = _contact(world, profession, age, centre, month)
    keys = np.array([one.key for one in plan.centres])
    providers = np.array([one.provider for one in plan.centres])
    return table(
        size,
        visited_on=dates(day),
        unit=keys[centre],
        listed_unit=keys[home_centre],
        patient=world.persons.keys(who),
        caregiver=_caregivers(world, who, profession, centre, month),
        profession=profession,
        contact=contact,
        care_level="primary",
        planned=happens(rng, 0.82, size),
        sex=world.persons.sexes(who),
        age=age,
        provider=providers[centre],
        drg_points=None,
        cost=_cost(world, contact),
    )


def _contact(world: World, profession: NDArray[np.str_], age: Integers, centre: Integers, month: Integers) -> NDArray[np.str_]:
    """Home visits by age and profession, as common as the centre's level of them says; the rest at the centre or at a distance."""
    rng, size = world.rng, len(profession)
    levels = np.stack([world.plan.levels(one.key, "home", one.home) for one in world.plan.centres])
    common = np.array([_HOME.get(name, 0.0) for name in profession.tolist()])
    chance = by_age(age, (0, 0.002), (60, 0.006), (70, 0.03), (80, 0.10), (90, 0.30)) * common * levels[centre, month]
    at_home = happens(rng, np.minimum(chance, 0.8), size)
    usual = pick(rng, {"visit": 0.76, "remote": 0.21, "group": 0.03}, size)
    return np.where(at_home, np.where(happens(rng, 0.45, size), "home_care", "home_visit"), usual)


def _caregivers(world: World, who: Integers, profession: NDArray[np.str_], centre: Integers, month: Integers) -> NDArray[np.str_]:
    """The own doctor as often as the centre's continuity says, else another or a locum; other professions are few at each centre."""
    rng, size = world.rng, len(who)
    levels = np.stack([world.plan.levels(one.key, "continuity", one.continuity) for one in world.plan.centres])
    is_own = happens(rng, np.clip(levels[centre, month], 0.0, 0.97), size)
    number = np.where(is_own, world.persons.doctor[who] % _OWN_DOCTORS, rng.integers(0, _LOCUMS, size))
    others = np.where(happens(rng, 0.6, size), world.persons.doctor[who] % _OTHERS, rng.integers(0, _OTHERS, size))
    number = np.where(profession == "doctor", number, others)
    name = np.char.add(np.char.add(centre.astype(str), "-"), np.char.add(profession, number.astype(str)))
    return np.char.add("v", name)


def _cost(world: World, contact: NDArray[np.str_]) -> Integers:
    """Öre: dearer each year, and never the same."""
    mean = np.array([_COSTS[form] for form in contact.tolist()], dtype=np.float64)
    return np.round(mean * 100 * world.rng.lognormal(-0.045, 0.3, len(contact))).astype(np.int64)


def _specialised(world: World) -> pa.Table:
    rng, plan = world.rng, world.plan
    who, month = _drawn(world, _SPECIALISED, 0.5 * world.season + 0.5 * world.winter)
    day = world.days(month)
    age = world.persons.ages(who, day)
    clinic = _clinics(world, who, age)
    size = len(who)
    acute = np.array([one.acute for one in plan.clinics])[clinic]
    profession = pick(rng, _SPECIALISTS, size)
    contact = np.where(acute, "visit", pick(rng, {"visit": 0.80, "remote": 0.14, "day_care": 0.05, "group": 0.01}, size))
    points = np.round(1000 * rng.lognormal(-2.95, 0.45, size) * np.where(contact == "day_care", 4.0, 1.0)).astype(np.int64) + 1
    dearer = 1 + 0.003 * month
    cost = np.round(points / 1000 * _KRONOR_A_POINT * 100 * dearer * rng.lognormal(-0.02, 0.2, size)).astype(np.int64)
    keys = np.array([one.key for one in plan.clinics])
    home_centre = np.array([one.key for one in plan.centres])[world.listed_at(who, month)]
    caregiver = np.char.add(np.char.add("v", clinic.astype(str)), np.char.add("s", rng.integers(0, 14, size).astype(str)))
    return table(
        size,
        visited_on=dates(np.where(acute, world.days(month, every_day=True), day)),
        unit=keys[clinic],
        listed_unit=home_centre,
        patient=world.persons.keys(who),
        caregiver=caregiver,
        profession=profession,
        contact=contact,
        care_level="specialised",
        planned=~acute & happens(rng, 0.93, size),
        sex=world.persons.sexes(who),
        age=age,
        provider="public",
        drg_points=points,
        cost=cost,
    )


def _clinics(world: World, who: Integers, age: Integers) -> Integers:
    """Where somebody of that age and sex may go."""
    weights = np.stack([_suits(one, age, world.persons.is_woman[who]) * one.visits for one in world.plan.clinics], axis=1)
    chosen = world.rng.random(len(who)) * weights.sum(axis=1)
    found: Integers = (weights.cumsum(axis=1) < chosen[:, None]).sum(axis=1)
    return found


def _suits(clinic: Clinic, age: Integers, is_woman: NDArray[np.bool_]) -> Floats:
    suits = {"all": age >= 0, "women": is_woman & (age >= 15), "children": age < 18, "adults": age >= 18}
    return suits[clinic.patients].astype(np.float64)
