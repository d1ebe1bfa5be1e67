"""Medicines dispensed within and outside the benefit."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from styrkedja.core.indicators.demonstration.persons import World, by_age, happens
from styrkedja.core.indicators.demonstration.tables import dates, table

_RATE = ((0, 0.03), (18, 0.08), (45, 0.20), (65, 0.42), (80, 0.60))


@dataclass(frozen=True)
class _Medicine:
    """`weight` how common, `kronor` what a pack costs the region, `ddd` doses in a pack. After `falls` months the price is `to` times what it was;
    `grows` is how much more common it becomes over the months.
    """

    atc: str
    weight: float
    kronor: float
    ddd: float
    falls: int = 999
    to: float = 1.0
    grows: float = 0.0
    is_primary: bool = True


_MEDICINES = (
    _Medicine("C07AB02", 14, 45, 98), _Medicine("C09AA02", 12, 40, 98), _Medicine("C10AA05", 13, 50, 100), _Medicine("A10BA02", 7, 60, 75),
    _Medicine("A10BJ06", 5, 1_350, 28, grows=1.0), _Medicine("A10BK03", 4, 380, 90, grows=0.6), _Medicine("R03AK06", 5, 330, 60),
    _Medicine("B01AF02", 6, 820, 84, falls=20, to=0.35), _Medicine("N06AB06", 7, 55, 100), _Medicine("N02BE01", 8, 40, 50),
    _Medicine("H03AA01", 6, 65, 100), _Medicine("L04AB04", 1.2, 6_800, 28, falls=8, to=0.55, is_primary=False),
    _Medicine("L01EF01", 0.45, 26_000, 28, is_primary=False), _Medicine("M05BX04", 0.5, 1_900, 182, is_primary=False),
    _Medicine("L04AC05", 0.9, 21_000, 84, grows=0.3, is_primary=False),
)  # fmt: skip


def prescriptions(world: World) -> pa.Table:
    rng, plan = world.rng, world.plan
    who, month = [], []
    for number in range(plan.months):
        alive = world.persons.alive(world.middle(number))
        age = world.persons.ages(alive, np.full(len(alive), world.middle(number)))
        count = rng.poisson(by_age(age, *_RATE) * world.persons.frailty[alive])
        who.append(np.repeat(alive, count))
        month.append(np.full(int(count.sum()), number))
    people, months = np.concatenate(who), np.concatenate(month)
    size, day = len(people), world.days(months)
    weights = np.stack([one.weight * (1 + one.grows * np.arange(plan.months) / plan.months) for one in _MEDICINES], axis=1)[months]
    chosen = (weights.cumsum(axis=1) < (rng.random(size) * weights.sum(axis=1))[:, None]).sum(axis=1)
    price = np.stack([np.where(np.arange(plan.months) >= one.falls, one.kronor * one.to, one.kronor) for one in _MEDICINES])
    packs = 1 + rng.poisson(0.25, size)
    doses = np.array([one.ddd for one in _MEDICINES])[chosen]
    subsidised = happens(rng, 0.93, size)
    cost = np.round(price[chosen, months] * packs * 100 * rng.lognormal(-0.005, 0.1, size)).astype(np.int64)
    centres, clinics = (np.array([one.key for one in units]) for units in (plan.centres, plan.clinics))
    is_primary = np.array([one.is_primary for one in _MEDICINES])[chosen] & happens(rng, 0.85, size)
    return table(
        size,
        dispensed_on=dates(day),
        unit=np.where(is_primary, centres[world.listed_at(people, months)], clinics[rng.integers(0, len(clinics), size)]),
        home_region=plan.region,
        patient=world.persons.keys(people),
        atc=np.array([one.atc for one in _MEDICINES])[chosen],
        subsidised=subsidised,
        packs=packs,
        ddd=np.round(doses * packs * 1000).astype(np.int64),
        sex=world.persons.sexes(people),
        age=world.persons.ages(people, day),
        cost=np.where(subsidised, cost, 0),
    ).sort_by("dispensed_on")
