"""What is counted and booked: inhabitants, listed persons, calls, beds, kronor."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from styrkedja.core.indicators.demonstration.persons import Integers, World
from styrkedja.core.indicators.demonstration.tables import dates, table

_OLDEST = 106
_CALLS = 0.0045  # for each listed and working day
_NET_OF_STAFF = {
    "staff": 0.62,
    "premises": 0.06,
    "other_cost": 0.14,
    "bought_care": 0.16,
    "fees": -0.025,
    "sold_care": -0.03,
    "other_income": -0.02,
}
_SUMMER_BEDS = 0.86


def population(world: World) -> pa.Table:
    """By municipality, sex and age on the last day of each year, from the one before the first month."""
    years = range(world.months[0].first_day.year - 1, world.months[-1].last_day.year + 1)
    days = [day for year in years if (day := date(year, 12, 31)) <= world.months[-1].last_day]
    keys = np.array(list(world.plan.municipalities))
    parts = []
    for day in days:
        alive = world.persons.alive(day.toordinal())
        group = world.persons.municipality[alive]
        place, woman, age, count = _counted(world, alive, group, day.toordinal())
        sex = np.where(woman, "K", "M")
        parts.append(
            table(
                len(count),
                counted_on=_same(day, len(count)),
                region=world.plan.region,
                municipality=keys[place],
                sex=sex,
                age=age,
                persons=count,
            )
        )
    return pa.concat_tables(parts)


def listed(world: World) -> pa.Table:
    """By centre, sex and age on the last day of each month, and how many have a named doctor."""
    centres = world.plan.centres
    levels = np.stack([world.plan.levels(one.key, "named", one.named) for one in centres])
    keys, providers = np.array([one.key for one in centres]), np.array([one.provider for one in centres])
    parts = []
    for number, month in enumerate(world.months):
        day = month.last_day.toordinal()
        alive = world.persons.alive(day)
        place, woman, age, count = _counted(world, alive, world.listed_at(alive, np.full(len(alive), number)), day)
        chance = np.clip(levels[place, number] + np.where(age >= 65, 0.14, -0.04), 0, 1)
        parts.append(
            table(
                len(count),
                counted_on=_same(month.last_day, len(count)),
                unit=keys[place],
                sex=np.where(woman, "K", "M"),
                age=age,
                provider=providers[place],
                persons=count,
                with_named_doctor=world.rng.binomial(count, chance),
            )
        )
    return pa.concat_tables(parts)


def _counted(world: World, who: Integers, place: Integers, day: int) -> tuple[Integers, Integers, Integers, Integers]:
    """(place, whether women, age, how many) of those that there are."""
    age = np.minimum(world.persons.ages(who, np.full(len(who), day)), _OLDEST - 1)
    code = (place * 2 + world.persons.is_woman[who]) * _OLDEST + age
    kinds, count = np.unique(code, return_counts=True)
    return kinds // _OLDEST // 2, kinds // _OLDEST % 2, kinds % _OLDEST, count


def _same(day: date, size: int) -> pa.Array:
    return dates(np.full(size, day.toordinal()))


def calls(world: World) -> pa.Table:
    """Each working day at each centre; Mondays are busy."""
    rng = world.rng
    parts = []
    for place, centre in enumerate(world.plan.centres):
        levels = world.plan.levels(centre.key, "answered", centre.answered)
        for number, month in enumerate(world.months):
            if not world.is_open(centre, number):
                continue
            days = np.array([day for day in range(month.first_day.toordinal(), month.last_day.toordinal() + 1) if (day - 1) % 7 < 5])
            alive = world.persons.alive(world.middle(number))
            size = int((world.listed_at(alive, np.full(len(alive), number)) == place).sum())
            busy = np.where((days - 1) % 7 == 0, 1.35, 0.95) * world.season[number]
            count = rng.poisson(_CALLS * size * busy)
            chance = np.clip(levels[number] - 0.05 * (busy > 1.2) + rng.normal(0, 0.015, len(days)), 0.3, 0.999)
            answered = rng.binomial(count, chance)
            parts.append(
                table(len(days), called_on=dates(days), unit=centre.key, provider=centre.provider, calls=count, answered_same_day=answered)
            )
    return pa.concat_tables(parts).sort_by("called_on")


def beds(world: World) -> pa.Table:
    """Each day at each ward; fewer beds in July and August. In the size of the invented population, or shares would be of another county."""
    rng = world.rng
    parts = []
    for ward in world.plan.wards:
        levels = world.plan.levels(ward.key, "ready", ward.ready)
        for number, month in enumerate(world.months):
            days = np.arange(month.first_day.toordinal(), month.last_day.toordinal() + 1)
            closed = _SUMMER_BEDS if month.first_day.month in (7, 8) else 1.0
            available = np.maximum(1, np.round(ward.beds * closed + rng.normal(0, 0.7, len(days)))).astype(np.int64)
            occupied = rng.binomial(available, np.clip(0.032 * levels[number] * world.winter[number], 0, 1))
            parts.append(
                table(
                    len(days),
                    counted_on=dates(days),
                    unit=ward.key,
                    care_area=ward.care_area,
                    available=available,
                    occupied_by_ready=occupied,
                )
            )
    return pa.concat_tables(parts).sort_by("counted_on")


def costs(world: World) -> pa.Table:
    """Booked on the last day of each month, by unit, account and activity; positive costs and negative income in öre."""
    rows = [row for number in range(world.plan.months) for row in _booked(world, number)]
    days, units, accounts, activities, amounts = zip(*rows, strict=True)
    return table(
        len(rows),
        booked_on=dates(np.array(days)),
        unit=np.array(units),
        region=world.plan.region,
        account=np.array(accounts),
        activity=np.array(activities),
        amount=np.array(amounts, dtype=np.int64),
    )


def _booked(world: World, number: int) -> Iterator[tuple[int, str, str, str, int]]:
    rng = world.rng
    day = world.months[number].last_day.toordinal()
    dearer = 1 + 0.0035 * number
    for activity, unit, share, hired in _cost_places(world, number):
        net = world.plan.net_cost[activity] / 12 * world.inhabitants * share * dearer * rng.lognormal(0, 0.02) * 100
        if activity == "medicines":
            yield day, unit, "medicines", activity, round(net)
            continue
        for account, part in _NET_OF_STAFF.items():
            amount = net * part / sum(_NET_OF_STAFF.values()) * rng.lognormal(0, 0.03)
            if account == "staff":
                own = min(0.95, max(0.0, hired * rng.lognormal(0, 0.12)))
                yield day, unit, "hired_staff", activity, round(amount * own)
                amount *= 1 - own
            yield day, unit, account, activity, round(amount)


def _cost_places(world: World, number: int) -> Iterator[tuple[str, str, float, float]]:
    """(activity, unit, share of the activity's cost, share of hired staff). What belongs to no unit of care is booked where most of it is spent."""
    plan = world.plan
    alive = world.persons.alive(world.middle(number))
    at = np.bincount(world.listed_at(alive, np.full(len(alive), number)), minlength=len(plan.centres)) / len(alive)
    for place, centre in enumerate(plan.centres):
        if world.is_open(centre, number):
            yield "primary", centre.key, float(at[place]), float(plan.levels(centre.key, "hired", centre.hired)[number])
            yield "medicines", centre.key, 0.6 * float(at[place]), 0.0
    wards = [ward for ward in plan.wards if ward.care_area == "somatic"]
    for ward in wards:
        yield "somatic", ward.key, 0.62 * ward.share / sum(one.share for one in wards), 0.09
    for ward in plan.wards:
        if ward not in wards:
            yield "psychiatric", ward.key, 0.5, 0.14
    for activity, whole in (("somatic", 0.38), ("psychiatric", 0.5), ("other_care", 1.0)):
        own = [clinic for clinic in plan.clinics if clinic.activity == activity]
        for clinic in own:
            yield activity, clinic.key, whole * clinic.visits / sum(one.visits for one in own), 0.08
    largest = max(plan.clinics, key=lambda clinic: clinic.visits)
    for activity, share in (("medicines", 0.4), ("dental", 1.0), ("other", 1.0)):
        yield activity, largest.key, share, 0.05
