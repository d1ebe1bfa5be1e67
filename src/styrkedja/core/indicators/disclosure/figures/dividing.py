"""One way of dividing an indicator's figures, in the periods of one forest, and what of it is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from styrkedja.core.indicators.disclosure.figures.covering import Fans, covered
from styrkedja.core.indicators.disclosure.figures.filling import worked_out
from styrkedja.core.indicators.disclosure.figures.forests import Forest

Amounts = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Nodes = frozenset[int]
_NOTHING = 1e-9


@dataclass(frozen=True)
class Division:
    """Amounts by quantity, part, body and period; the undivided figures have a single part. `small` by body and period: some part is too small.

    `withheld` were not shown before, by body and period; `steps` are how much what readers see has changed since, like amounts. Both are None where
    nothing has been shown before; `is_new` are the periods of which nothing has.
    """

    amounts: Amounts
    small: Flags
    withheld: Flags | None = None
    steps: Amounts | None = None
    is_new: Flags | None = None

    def over(self, forest: Forest, spans: Sequence[int], *, threshold: int, adds_up: bool) -> "Divided":
        """In those periods by the nodes of the forest, which has a place for what is left of each sum."""
        amounts = _by_node(self.amounts, forest, spans, with_rests=adds_up)
        amounts[amounts < _NOTHING] = 0
        small = _flags_by_node(self.small, forest, spans)
        rests = amounts[:, :, max(forest.node) + 1 :]
        small[max(forest.node) + 1 :] = ((rests > 0) & (rests < threshold)).any(axis=(0, 1))
        if self.withheld is None or self.steps is None or self.is_new is None:
            return Divided(forest, amounts, small, np.zeros_like(small), np.ones_like(small), threshold, adds_up)
        steps = np.abs(_by_node(self.steps, forest, spans, with_rests=adds_up))
        changed = (steps > _NOTHING).any(axis=(0, 1)) | self.is_new[spans]
        return Divided(forest, amounts, small, _flags_by_node(self.withheld, forest, spans), changed, threshold, adds_up)


def _by_node(amounts: Amounts, forest: Forest, spans: Sequence[int], *, with_rests: bool) -> Amounts:
    """Of bodies that share a node the sum; of what is left of a sum, without what is nothing but rounding."""
    found = np.zeros((*amounts.shape[:2], len(forest.parent), len(spans)))
    for body in sorted(forest.counted):
        found[:, :, forest.node[body]] += amounts[:, :, body][..., spans]
    first_rest = max(forest.node) + 1
    for rest, above in enumerate(forest.parent[first_rest:], start=first_rest):
        if with_rests:
            left = found[:, :, above] - found[:, :, [child for child in forest.children[above] if child < first_rest]].sum(axis=2)
            found[:, :, rest] = np.where(np.abs(left) > _NOTHING * (1 + np.abs(found[:, :, above])), left, 0)
    return found


def _flags_by_node(flags: Flags, forest: Forest, spans: Sequence[int]) -> Flags:
    """Of bodies that have a node to themselves."""
    found = np.zeros((len(forest.parent), len(spans)), dtype=np.bool_)
    alone = sorted(forest.counted - forest.merged)
    found[[forest.node[body] for body in alone]] = flags[alone][:, spans]
    return found


@dataclass(frozen=True)
class Divided:
    """A division by node instead of body, in the periods of the forest."""

    forest: Forest
    amounts: Amounts
    small: Flags
    withheld: Flags
    changed: Flags
    threshold: int
    adds_up: bool

    @cached_property
    def live(self) -> Flags:
        """By part, node and period: whether there is anything."""
        return np.asarray((self.amounts > 0).any(axis=0), dtype=np.bool_)

    @cached_property
    def merged(self) -> Nodes:
        return frozenset(self.forest.node[body] for body in self.forest.merged)

    @cached_property
    def rests(self) -> Nodes:
        return frozenset(range(max(self.forest.node) + 1, len(self.forest.parent)))

    def withhold(self, undivided: "Divided | None", bare: Sequence[Nodes]) -> tuple[list[Nodes], int]:
        """By period the nodes to withhold, and how many figures the audit can work out all the same. `bare` have their undivided figure withheld.

        Of a period in which it can work out a small one nothing is shown but the whole. What it can work out and needs no protection is shown.
        """
        chosen = [self._chosen(place, bare[place], undivided) for place in range(len(bare))]
        found = self._found(chosen, bare, undivided)
        for place in np.flatnonzero((found & self._is_small).any(axis=(0, 1, 2))).tolist():
            kept = self.forest.wholes - bare[place] - self._too_small(place)
            chosen[place] = frozenset(range(len(self.forest.parent))) - kept
        found = self._found(chosen, bare, undivided)
        is_open = (found | ~(self.amounts > 0)).all(axis=(0, 1)) & ~self.small & ~self.withheld
        for place in np.flatnonzero(is_open.any(axis=0) & found.any(axis=(0, 1, 2))).tolist():
            chosen[place] -= frozenset(np.flatnonzero(is_open[:, place]).tolist()) - bare[place]
        return chosen, int((found & ~is_open).sum())

    def _chosen(self, place: int, bare: Nodes, undivided: "Divided | None") -> Nodes:
        small = self._too_small(place)
        if not small and not bare:
            return frozenset()
        known = frozenset(np.flatnonzero(~self.changed[:, place] & ~self.withheld[:, place]).tolist())
        if undivided is not None:
            known |= self._equal_to_whole(place, bare)
        hidden = frozenset(node for node in self.rests if self.live[:, node, place].any())
        fans = Fans(
            rooms=[bits[place] for bits in self._rooms],
            weights=self._weights,
            small=small,
            hidden=hidden,
            bare=bare,
            fixed=(known - small - bare - self.rests) | self.merged,
            since=None if self.changed[:, place].all() else self._since[place],
            is_whole=undivided is None,
        )
        return frozenset(covered(self.forest, fans)) - hidden

    def _too_small(self, place: int) -> Nodes:
        """Those too that were withheld before; not those that were shown and are what they were: they are known, however small."""
        return frozenset(np.flatnonzero((self.small & self.changed | self.withheld)[:, place]).tolist())

    def _equal_to_whole(self, place: int, bare: Nodes) -> Nodes:
        """Where one part is everything, and what everything is is shown."""
        return frozenset(np.flatnonzero(self.live[:, :, place].sum(axis=0) == 1).tolist()) - bare - self.rests

    @cached_property
    def _rooms(self) -> list[list[list[int]]]:
        return [_as_bits(own > 0) for own in self.amounts]

    @cached_property
    def _since(self) -> list[list[int]]:
        """What is left of a sum has never been shown."""
        withheld = self.withheld.copy()
        withheld[[*self.rests]] = True
        found: list[list[int]] = (withheld + 2 * self.changed).T.tolist()
        return found

    @cached_property
    def _weights(self) -> list[float]:
        """Over all periods, so that it is mostly the same ones that are withheld month after month."""
        found: list[float] = self.amounts.sum(axis=(0, 1, 3)).tolist()
        return found

    @cached_property
    def _is_small(self) -> Flags:
        return (self.amounts > 0) & (self.amounts < self.threshold)

    def _found(self, chosen: Sequence[Nodes], bare: Sequence[Nodes], undivided: "Divided | None") -> Flags:
        """Which of the withheld figures can be worked out of the others, by quantity, part, node and period."""
        hidden = self._hidden(chosen)
        minded = hidden.copy()
        minded[[*self.rests]] &= self.small[[*self.rests]]
        found = np.zeros(self.amounts.shape, dtype=np.bool_)
        for quantity, own in enumerate(self.amounts):
            amounts, known = own, ~(self.live & hidden)
            if undivided is not None:
                amounts = np.concatenate([undivided.amounts[quantity], own])
                known = np.concatenate([~(undivided.live & undivided._hidden(bare)), known])
            out = worked_out(self.forest, amounts, known, adds_up=self.adds_up)[-len(own) :]
            found[quantity] = out & minded & (own > 0)
        return found

    def _hidden(self, chosen: Sequence[Nodes]) -> Flags:
        hidden = np.zeros((len(self.forest.parent), len(chosen)), dtype=np.bool_)
        for place, nodes in enumerate(chosen):
            hidden[[*nodes], place] = True
        hidden[[*self.rests]] = True
        hidden[[*self.merged]] = False
        return hidden


def _as_bits(flags: Flags) -> list[list[int]]:
    """By period and node, from flags by part, node and period."""
    kind = np.int64 if len(flags) < 63 else object
    bits: list[list[int]] = np.tensordot(np.array([1 << part for part in range(len(flags))], dtype=kind), flags, axes=1).T.tolist()
    return bits
