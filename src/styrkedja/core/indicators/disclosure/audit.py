"""Looks, from nothing but a table and what is withheld of it, for what can be recovered.

It shares no step with the elimination that chose the cells: a withheld cell is safe when a second whole table is laid on the table that
agrees with the first in everything a reader knows and differs in the cell. Each such table is added up anew from its leaves before it counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from styrkedja.core.indicators.disclosure.covering import Need, Proof, mover, needs
from styrkedja.core.indicators.disclosure.cubes import Cube, Flags
from styrkedja.core.indicators.disclosure.moves import Move
from styrkedja.core.indicators.disclosure.tables import Table


@dataclass(frozen=True)
class Audit:
    """`recoverable`: the withheld cells for which no other table was found. `recoverable_if_told`: those for which one was found, but none for a
    reader who is also told which cells are small."""

    recoverable: tuple[int, ...]
    recoverable_if_told: tuple[int, ...]


def audit(table: Table, withheld: Flags, claims: Mapping[Need, Iterable[Proof]] | None = None) -> Audit:
    """Every withheld cell, in every quantity. What the search does not find may be claimed, and counts if it holds."""
    price = [0.0] * table.cube.size
    movers = {
        (place, told): mover(table, quantity, withheld, price, told=told)
        for place, quantity in enumerate(table.quantities)
        for told in ((False, True) if quantity.told else (False,))
    }
    safe: set[Need] = set()
    for need in needs(table, withheld):
        if need not in safe:
            found = (movers[need.place, need.told].find(need.cell, step) for step in (1, -1))
            claimed = (proof.move for proof in (claims or {}).get(need, ()))
            for move in chain(found, claimed):
                if move and is_unseen(table, withheld, need, move):
                    safe |= {Need(need.place, cell, told) for cell in move for told in {False, need.told}}
                    break
    left = [need for need in needs(table, withheld) if need not in safe]
    plain = {need.cell for need in left if not need.told}
    return Audit(tuple(sorted(plain)), tuple(sorted({need.cell for need in left} - plain)))


def is_unseen(table: Table, withheld: Flags, need: Need, move: Move) -> bool:
    """Whether the table changed by the move is a table, and one that a reader cannot tell from the first."""
    quantity = table.quantities[need.place]
    if need.told and quantity.told:
        lowest, highest = quantity.told
        if any(quantity.values[cell] + step > highest[cell] for cell, step in move.items()):
            return False
    else:
        lowest = quantity.lowest
    within = all(withheld[cell] and quantity.values[cell] + step >= lowest[cell] for cell, step in move.items())
    return within and added_up(table.cube, move) == move


def added_up(cube: Cube, move: Move) -> Move:
    """What the change of the leaves in a move does to every cell."""
    total: Move = {}
    for cell, step in move.items():
        if cube.is_leaf(cell):
            for one in cube.holding(cell):
                total[one] = total.get(one, 0) + step
    return {cell: step for cell, step in total.items() if step}
