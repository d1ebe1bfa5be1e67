"""What of a table may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from styrkedja.core.indicators.disclosure.audit import Audit, audit
from styrkedja.core.indicators.disclosure.covering import Cover, Need, Proof
from styrkedja.core.indicators.disclosure.cubes import Flags
from styrkedja.core.indicators.disclosure.elimination import Elimination
from styrkedja.core.indicators.disclosure.tables import CellStatus, Table

# How eagerly the search settles for more cells, one after the other when a cheaper answer is not found.
_GREEDS = (1.0, 2.0, 3.0, 6.0, 12.0)


@dataclass(frozen=True)
class Protection:
    """Which cells are withheld, and what an audit of that says."""

    table: Table
    withheld: Flags
    audit: Audit

    def status(self, cell: int) -> CellStatus:
        if self.table.primary[cell]:
            return CellStatus.PRIMARY
        return CellStatus.COMPLEMENTARY if self.withheld[cell] else CellStatus.PUBLISHED


def protect(table: Table) -> Protection:
    """Withholds the small counts and what would give them away, in all that the table links together.

    First elimination, for what can be computed from sums; then more cells where sums and bounds leave a cell a single value; last, what has
    become needless is shown again. The same table always gives the same answer.
    """
    withheld = table.primary | ~(table.known | table.offered)
    if not table.primary.any():
        return Protection(table, withheld, Audit((), ()))
    cover = Cover(table, withheld)
    for cell in refused(table, [need.cell for need in cover.unmet() if not need.told]):
        cover.withhold(cell)
    _meet_all(cover)
    cover.release()
    return Protection(table, withheld, audit(table, withheld, cover.proofs))


def refused(table: Table, exposed: Iterable[int]) -> list[int]:
    """The offered cells that cannot be shown beside the others without giving an exposed cell away, after Langsrud.

    Totals are offered first, and great counts before small ones.
    """
    vectors, heights, weights = table.cube.vectors(table.weights), table.cube.heights, table.weights
    elimination = Elimination(vectors, sorted(set(exposed)))
    for cell in sorted(np.flatnonzero(table.known).tolist(), key=lambda one: (vectors.length(one), one)):
        elimination.publish(cell)
    offered = sorted(np.flatnonzero(table.offered).tolist(), key=lambda one: (-heights[one], -weights[one], one))
    return [cell for cell in offered if not elimination.offer(cell)]


def _meet_all(cover: Cover) -> None:
    """Withholds until every need is kept, or nothing is left to withhold for it. A cell that is withheld brings needs of its own."""
    given_up: set[Need] = set()
    while unmet := [need for need in cover.unmet() if need not in given_up]:
        for greed in _GREEDS:
            unmet = [need for need in unmet if not cover.meet(need, greed)]
        given_up |= {need for need in unmet if not _meet_dearly(cover, need)}


def _meet_dearly(cover: Cover, need: Need) -> bool:
    """Withholds every cell that counts one and the same leaf: one more of that is a change wherever nothing of it is shown or limited."""
    table, members = cover.table, cover.table.cube.members(need.cell)
    if need.told:
        return False
    leaves = [min(dimension.leaves_of[member]) for dimension, member in zip(table.cube.dimensions, members, strict=True)]
    move = dict.fromkeys(table.cube.holding(table.cube.cell(leaves)), 1)
    if any(table.known[cell] for cell in move):
        return False
    cover.keep(need, [Proof(need.place, False, move)])
    return True
