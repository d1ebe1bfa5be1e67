"""Whether the engine and what one would write by hand tell the same: a ratio means nothing else."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from bench.indicators.by_hand import MEASURES, ByHand
from bench.indicators.data import LEVELS, MONTHS
from styrkedja.core.indicators.evaluation import Outcomes
from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.tree import Structure

SEXES = ("M", "K")


def of_fused(hand: ByHand, structure: Structure, outcomes: Sequence[Outcomes]) -> int:
    """The amounts of every measure by body, sex and month, and the sexes together. Answers how many were compared."""
    told = hand.told()
    place = (told["body"], told["sex"].astype(np.int64), told["month"].astype(np.int64) - MONTHS.first.number)
    compared = 0
    for number, ours in zip(range(len(MEASURES)), outcomes, strict=True):
        theirs = np.zeros((len(structure.bodies), len(SEXES), len(MONTHS)), dtype=np.int64)
        theirs[place] = np.ma.filled(told[f"m{number}"], 0).astype(np.int64)
        compared += _same(ours, structure, theirs)
        assert np.allclose(ours.told[0].value, ours.told[0].amount, equal_nan=True), "a count is its own value"
    return compared


def of_distinct(hand: ByHand, structure: Structure, ours: Outcomes) -> int:
    """By body, sex and month with the neighbours, by level with count(distinct)."""
    theirs = hand.neighbours(structure)
    compared = _same(ours, structure, theirs)
    kinds = [body.kind for body in structure.bodies]
    by_level = [int(theirs[[kind == level for kind in kinds]].sum()) for level, _count in LEVELS]
    assert by_level == (exact := hand.distinct_by_level()), (by_level, exact)
    return compared


def of_windows(exact: Mapping[Month, tuple[int, float, float]], ours: Iterator[tuple[Month, Mapping[str, pa.Table]]]) -> int:
    """How many have an index, and the sums of both indices, at each month-end."""
    compared = 0
    for month, tables in ours:
        coc, upc = tables.values()
        counted, *sums = (float(np.sum(column.to_numpy())) for column in (coc["count"], coc["total"], upc["total"]))
        assert counted == exact[month][0], month
        assert np.allclose(sums, np.array(exact[month][1:], dtype=float), rtol=1e-9), month
        compared += 1
    assert compared == len(exact)
    return compared


def _same(ours: Outcomes, structure: Structure, theirs: np.ndarray) -> int:
    bodies = np.array([structure.index[key] for key in ours.bodies])
    found = {parts: one.amount for parts, one in zip(ours.combinations, ours.told, strict=True)}
    expected = {("",): theirs.sum(axis=1), **{(sex,): theirs[:, number] for number, sex in enumerate(SEXES)}}
    assert found.keys() == expected.keys(), found.keys()
    for parts, amounts in found.items():
        assert (amounts == expected[parts][bodies]).all(), parts
        assert amounts.sum() == expected[parts].sum(), "nobody is left out"
    return sum(amounts.size for amounts in found.values())
