"""Which sets of words are worth comparing: a similarity join that does not compare all with all.

Prefix filtering (Bayardo, Ma and Srikant 2007, "Scaling up all pairs similarity search"), with several words to a signature (Wang, Li and Feng 2012,
"Can we beat the prefix filtering?"): put the words of each set in one order, the rarest first. Two sets that share enough words must share k among
their first few, so only those meet that have k of these in common, in a place where both can be. No pair that is alike enough is lost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple


class Place(NamedTuple):
    """Sets meet in `what` when the `home` of one is among the `visits` of the other."""

    what: str
    home: str
    visits: tuple[str, ...]


Spot = tuple[str, str]
Signature = tuple[str, ...]


def meetings(
    sets: Sequence[frozenset[str]], places: Sequence[Sequence[Place]], *, percent: int, fewest: int, signature: int
) -> set[tuple[int, int]]:
    """The pairs of indexes (the lower first) among which are all that share a place and at least `percent` of their words by Dice's coefficient.

    Each set has at least `fewest` words. `signature`: how many words two must have in common to meet; fewer when the limits ask for it.
    """
    size = min(signature, required(fewest, percent, fewest))
    frequency = Counter(word for words in sets for word in words)
    homes: defaultdict[Spot, dict[Signature, list[int]]] = defaultdict(dict)
    signatures = [list(_signatures(words, frequency, percent, fewest, size)) for words in sets]
    for index, own in enumerate(places):
        for what, home, _visits in own:
            at_home = homes[what, home]
            for words in signatures[index]:
                at_home.setdefault(words, []).append(index)
    return {pair for index, own in enumerate(places) for pair in _met(index, own, signatures[index], homes)}


def _met(
    index: int, places: Sequence[Place], signatures: Sequence[Signature], homes: dict[Spot, dict[Signature, list[int]]]
) -> Iterator[tuple[int, int]]:
    for what, _home, visits in places:
        for visit in visits:
            hosts = homes.get((what, visit))
            for words in signatures if hosts else ():
                for other in (hosts or {}).get(words, ()):
                    if other != index:
                        yield (index, other) if index < other else (other, index)


def required(size: int, percent: int, fewest: int) -> int:
    """How many words a set of `size` must have in common with any other set to be alike enough; at least one."""
    smallest = max(fewest, _up(percent * size, 200 - percent))
    return max(1, _up(percent * (size + smallest), 200))


def _signatures(words: frozenset[str], frequency: Counter[str], percent: int, fewest: int, size: int) -> Iterator[Signature]:
    first = len(words) - required(len(words), percent, fewest) + size
    return combinations(sorted(words, key=lambda word: (frequency[word], word))[:first], size)


def _up(amount: int, by: int) -> int:
    return -(-amount // by)
