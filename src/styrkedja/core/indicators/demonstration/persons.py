"""The invented population, and the days on which things happen to it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from styrkedja.core.indicators.demonstration.plan import Centre, Floats, Plan
from styrkedja.core.indicators.months import Month

Integers = NDArray[np.int64]
Generator = np.random.Generator
_YEAR = 365.25
_OLDEST = 106
# How many there are of each age, relatively, between these ages: an old county.
_AGES = (
    (0, 9),
    (10, 11),
    (20, 10.5),
    (30, 11.5),
    (45, 12),
    (60, 13.5),
    (70, 13),
    (78, 10.5),
    (84, 5.5),
    (90, 2.2),
    (96, 0.5),
    (_OLDEST, 0),
)
# How much happens in each month of the year: July is still, autumn and late winter are not.
SEASON = np.array([1.05, 1.02, 1.06, 1.00, 1.00, 0.92, 0.66, 0.86, 1.04, 1.09, 1.07, 0.93])
# Care that cannot wait knows another year: colds and ice.
WINTER = np.array([1.12, 1.10, 1.05, 1.00, 0.95, 0.93, 0.92, 0.93, 0.96, 0.99, 1.02, 1.10])
_SATURDAY, _WEEKEND = 5, 0.06


@dataclass(frozen=True)
class Persons:
    """By person: days are ordinal. `centre` is an index of Plan.centres, `frailty` how much more than others of the same age they need (mean 1)."""

    municipality: Integers
    centre: Integers
    birth: Integers
    death: Integers
    is_woman: NDArray[np.bool_]
    frailty: Floats
    doctor: Integers

    def __len__(self) -> int:
        return len(self.birth)

    def ages(self, who: Integers, day: Integers) -> Integers:
        return np.maximum(0, ((day - self.birth[who]) / _YEAR).astype(np.int64))

    def alive(self, day: int) -> Integers:
        return np.flatnonzero((self.birth <= day) & (day < self.death))

    def keys(self, who: Integers) -> NDArray[np.str_]:
        """Pseudonyms that nobody takes for a number."""
        return np.char.add("d", np.char.zfill(who.astype(str), 7))

    def sexes(self, who: Integers) -> NDArray[np.str_]:
        return np.where(self.is_woman[who], "K", "M")


@dataclass(frozen=True)
class World:
    """`rng` is what is drawn from; `months` are in order."""

    plan: Plan
    months: tuple[Month, ...]
    persons: Persons
    rng: Generator

    def reseeded(self, number: int) -> "World":
        return replace(self, rng=np.random.default_rng([self.plan.seed, number]))

    @cached_property
    def inhabitants(self) -> float:
        return sum(self.plan.municipalities.values()) * self.plan.share

    @property
    def season(self) -> Floats:
        return SEASON[[month.first_day.month - 1 for month in self.months]]

    @property
    def winter(self) -> Floats:
        return WINTER[[month.first_day.month - 1 for month in self.months]]

    def listed_at(self, who: Integers, month: Integers) -> Integers:
        """The centre where each is listed in the month: one that has not opened yet lets its patients stay where they were."""
        places = {centre.key: number for number, centre in enumerate(self.plan.centres)}
        found = self.persons.centre[who].copy()
        for number, centre in enumerate(self.plan.centres):
            if centre.opened_months_ago:
                early = (found == number) & (month < self.plan.months - centre.opened_months_ago)
                found[early] = places[centre.before]
        return found

    def is_open(self, centre: Centre, month: int) -> bool:
        return month >= self.plan.months - (centre.opened_months_ago or self.plan.months)

    def days(self, month: Integers, *, every_day: bool = False) -> Integers:
        """An ordinal day in each of the months (by number): mostly working days, unless every day is alike."""
        found = np.empty(len(month), dtype=np.int64)
        for number, one in enumerate(self.months):
            rows = np.flatnonzero(month == number)
            all_days = np.arange(one.first_day.toordinal(), one.last_day.toordinal() + 1)
            # Ordinal day 1 was a Monday.
            weight = np.where(((all_days - 1) % 7 >= _SATURDAY) & (not every_day), _WEEKEND, 1.0)
            found[rows] = self.rng.choice(all_days, size=len(rows), p=weight / weight.sum())
        return found

    def middle(self, month: int) -> int:
        return self.months[month].first_day.toordinal() + 14


def pick(rng: Generator, options: dict[str, float], size: int) -> NDArray[np.str_]:
    """So many of the options, by their weights."""
    weights = np.array(list(options.values()), dtype=np.float64)
    return np.array(list(options))[rng.choice(len(options), size=size, p=weights / weights.sum())]


def happens(rng: Generator, chance: Floats | float, size: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = rng.random(size) < chance
    return found


def by_age(age: Integers, *steps: tuple[int, float]) -> Floats:
    """A level by age, straight lines between the steps."""
    return np.interp(age, [start for start, _level in steps], [level for _start, level in steps])


def found_world(plan: Plan, last: Month) -> World:
    months = tuple(last - (plan.months - 1 - number) for number in range(plan.months))
    rng = np.random.default_rng(plan.seed)
    return World(plan, months, _people(plan, months, rng), rng)


def _people(plan: Plan, months: tuple[Month, ...], rng: Generator) -> Persons:
    start, end = months[0].first_day, months[-1].last_day
    # From the new year before: the population counted then is in force when the months begin.
    begin = date(start.year - 1, 12, 31).toordinal()
    counts = [round(persons * plan.share) for persons in plan.municipalities.values()]
    living = sum(counts)
    years = (end.toordinal() - begin) / _YEAR
    born = rng.poisson(0.0095 * living * years)
    municipality = np.concatenate([np.repeat(np.arange(len(counts)), counts), rng.choice(len(counts), born, p=np.array(counts) / living)])
    age_days = _draw_ages(rng, living) * _YEAR
    birth = np.concatenate([(begin - age_days).astype(np.int64), rng.integers(begin, end.toordinal() + 1, born)])
    age = np.maximum(0, (begin - birth) / _YEAR)
    is_woman = rng.random(living + born) < by_age(age.astype(np.int64), (0, 0.487), (60, 0.495), (75, 0.51), (85, 0.60), (95, 0.72))
    hazard = 0.00035 * np.exp(0.094 * np.maximum(0, age - 28)) * np.where(is_woman, 0.85, 1.15)
    death = np.maximum(begin, birth) + np.maximum(1, rng.exponential(_YEAR / hazard)).astype(np.int64)
    return Persons(
        municipality=municipality,
        centre=_centres(plan, municipality, rng),
        birth=birth,
        death=np.where(death > 1 << 20, 1 << 20, death),
        is_woman=is_woman,
        frailty=rng.gamma(0.8, 1 / 0.8, living + born),
        doctor=rng.integers(0, 1 << 30, living + born),
    )


def _draw_ages(rng: Generator, size: int) -> Floats:
    each = np.arange(_OLDEST)
    weight = np.interp(each, [age for age, _weight in _AGES], [weight for _age, weight in _AGES])
    return rng.choice(each, size, p=weight / weight.sum()) + rng.random(size)


def _centres(plan: Plan, municipality: Integers, rng: Generator) -> Integers:
    found = np.empty(len(municipality), dtype=np.int64)
    for number, key in enumerate(plan.municipalities):
        own = [(place, centre.listed) for place, centre in enumerate(plan.centres) if centre.municipality == key]
        rows = np.flatnonzero(municipality == number)
        weights = np.array([share for _place, share in own])
        found[rows] = rng.choice([place for place, _share in own], len(rows), p=weights / weights.sum())
    return found
