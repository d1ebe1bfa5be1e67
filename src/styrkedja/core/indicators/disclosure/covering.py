"""Keeps, for every withheld cell, other tables in which it holds something else; withholds more where there is none, and less where it can."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from styrkedja.core.indicators.disclosure.cubes import Flags
from styrkedja.core.indicators.disclosure.moves import Move, Mover
from styrkedja.core.indicators.disclosure.tables import Quantity, Table

# What it costs to withhold a cell: every level above the leaves as much as a leaf of 16 times the count.
_BASE, _PER_LEVEL, _PER_DOUBLING = 2.0, 2.0, 0.5
_FAR = 1 << 20
_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, order=True)
class Need:
    """A number that must stay unknown: the place of its quantity, its cell, and whether to readers who are told which cells are small."""

    place: int
    cell: int
    told: bool = False


def prices(table: Table) -> list[float]:
    """What it costs to withhold each of the offered cells; 0 for the others."""
    steps = _BASE + _PER_LEVEL * table.cube.heights + _PER_DOUBLING * np.log2(1 + np.maximum(table.weights, 0))
    return [float(price) for price in np.where(table.offered, steps, 0.0)]


def mover(table: Table, quantity: Quantity, able: Flags, price: list[float], *, told: bool) -> Mover:
    """What may change without a reader noticing: the cells of `able`, within what the reader knows of them."""
    lowest, highest = quantity.told if told and quantity.told else (quantity.lowest, quantity.values + _FAR)
    up, down = np.minimum(highest - quantity.values, _FAR), np.minimum(quantity.values - lowest, _FAR)
    ups, downs = (np.where(able, np.maximum(way, 0), 0).tolist() for way in (up, down))
    return Mover(table.cube, ups, downs, price)


def needs(table: Table, withheld: Flags) -> Iterator[Need]:
    """Everything that must stay unknown, least cells first. To be told is minded only where the cell is small itself."""
    heights, weights = table.cube.heights, table.weights
    guarded = np.flatnonzero(withheld & (table.primary | table.offered)).tolist()
    guarded.sort(key=lambda cell: (heights[cell], weights[cell], cell))
    for place, quantity in enumerate(table.quantities):
        cells = [cell for cell in guarded if quantity.guarded[cell]]
        if quantity.told:
            yield from (Need(place, cell, told=True) for cell in cells if table.primary[cell])
        yield from (Need(place, cell) for cell in cells)


@dataclass(frozen=True, eq=False)
class Proof:
    """A move in one quantity, and whether it holds for readers who are told which cells are small."""

    place: int
    told: bool
    move: Move


@dataclass
class Cover:
    """The withheld cells of a table, and for each need the proofs that keep it."""

    table: Table
    withheld: Flags
    proofs: dict[Need, list[Proof]] = field(default_factory=dict)
    _full_price: list[float] = field(init=False)
    _price: list[float] = field(init=False)
    _movers: dict[tuple[int, bool], Mover] = field(init=False)
    _changing: dict[int, list[Proof]] = field(default_factory=dict)
    _keeping: dict[Proof, set[Need]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._full_price = prices(self.table)
        self._price = [0.0 if hidden else price for hidden, price in zip(self.withheld.tolist(), self._full_price, strict=True)]
        self._movers = {
            (place, told): mover(self.table, quantity, ~self.table.known, self._price, told=told)
            for place, quantity in enumerate(self.table.quantities)
            for told in ((False, True) if quantity.told else (False,))
        }

    def unmet(self) -> list[Need]:
        """The needs that cannot be kept among the cells that are withheld."""
        return [need for need in needs(self.table, self.withheld) if need not in self.proofs and not self.meet(need)]

    def meet(self, need: Need, greed: float = 0.0) -> bool:
        """Keeps the need, withholding more cells if there is greed. Says whether it could be done."""
        found = self._found(need, greed=greed)
        if found is not None:
            self.keep(need, found)
        return found is not None

    def keep(self, need: Need, proofs: list[Proof]) -> None:
        """Everything that the proofs change is withheld."""
        self.proofs[need] = proofs
        for proof in proofs:
            if proof not in self._keeping:
                self._keeping[proof] = set()
                for cell in proof.move:
                    self.withhold(cell)
                    self._changing.setdefault(cell, []).append(proof)
            self._keeping[proof].add(need)

    def withhold(self, cell: int) -> None:
        if not self.withheld[cell]:
            self.withheld[cell] = True
            self._set_price(cell, 0.0)

    def _set_price(self, cell: int, price: float) -> None:
        self._price[cell] = price
        for one in self._movers.values():
            one.forget(cell)

    def _found(self, need: Need, *, frozen: frozenset[int] = _NOTHING, greed: float = 0.0) -> list[Proof] | None:
        """Proofs without the frozen cells: one, or so many that nobody who is alone in a cell knows a cell of each."""
        proofs: list[Proof] = []
        known: frozenset[int] | None = frozen
        while known is not None:
            proof = self._proof(need, known, greed)
            if proof is None:
                return None
            proofs.append(proof)
            insider = self._insider(need, proofs)
            known = None if insider is None else frozen | insider
        return proofs

    def _insider(self, need: Need, proofs: list[Proof]) -> frozenset[int] | None:
        """The cells that somebody knows who is alone in a cell, where each proof changes one of them; None if there is nobody such."""
        if not self.table.insiders or not self.table.primary[need.cell]:
            return None
        values = self.table.quantities[need.place].values
        for cell in sorted(proofs[0].move):
            if values[cell] == 1 and self.table.cube.is_leaf(cell):
                known = frozenset(one for one in self.table.cube.holding(cell) if values[one] == 1)
                if need.cell not in known and not any(known.isdisjoint(proof.move) for proof in proofs):
                    return known
        return None

    def _proof(self, need: Need, frozen: frozenset[int], greed: float) -> Proof | None:
        """One that is there already, or the cheaper one of a search upwards and one downwards."""
        for proof in self._changing.get(need.cell, ()):
            if proof.place == need.place and proof.told >= need.told and frozen.isdisjoint(proof.move):
                return proof
        mover = self._movers[need.place, need.told]
        found = [move for step in (1, -1) if (move := mover.find(need.cell, step, greed=greed, frozen=frozen)) is not None]
        return Proof(need.place, need.told, min(found, key=self._cost)) if found else None

    def _cost(self, move: Move) -> tuple[float, int]:
        return sum(self._price[cell] for cell in move), len(move)

    def release(self) -> None:
        """Shows every offered cell, the dearest first, without which all needs that are kept can be kept as well."""
        chosen = np.flatnonzero(self.withheld & self.table.offered).tolist()
        for cell in sorted(chosen, key=lambda one: (-self._full_price[one], one)):
            frozen = frozenset({cell})
            uses = sorted({need for proof in self._changing.get(cell, ()) for need in self._keeping[proof] if need.cell != cell})
            instead: dict[Need, list[Proof]] = {}
            for need in uses:
                found = self._found(need, frozen=frozen)
                if found is None:
                    break
                instead[need] = found
            if len(instead) == len(uses):
                self._show(cell)
                for need, proofs in instead.items():
                    self.keep(need, proofs)

    def _show(self, cell: int) -> None:
        self.withheld[cell] = False
        self._set_price(cell, self._full_price[cell])
        for proof in self._changing.pop(cell, []):
            for need in self._keeping.pop(proof):
                if need.cell == cell:
                    self.proofs.pop(need, None)
            for other in proof.move:
                if other != cell:
                    self._changing[other].remove(proof)
