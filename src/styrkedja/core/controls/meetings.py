"""Which sets of words are worth comparing: a similarity join that does not compare all with all.

Prefix filtering (Bayardo, Ma and Srikant 2007, "Scaling up all pairs similarity search"), with several words to a signature (Wang, Li and Feng 2012,
"Can we beat the prefix filtering?"): put the words of each set in one order, the rarest first. Two sets that share enough words must share k among
their first few, so only those meet that have k of these in common, in a place where both can be. No pair that is alike enough is lost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple


class Place(NamedTuple):
    """Sets meet in `what` when the `home` of one is among the `visits` of the other."""

    what: str
    home: str
    visits: tuple[str, ...]


Visitor = tuple[int, str, tuple[str, ...]]


def meetings(
    sets: Sequence[frozenset[str]], places: Sequence[Sequence[Place]], *, percent: int, fewest: int, signature: int
) -> set[tuple[int, int]]:
    """The pairs of indexes (the lower first) among which are all that share a place and at least `percent` of their words by Dice's coefficient.

    Each set has at least `fewest` words. `signature`: how many words two must have in common to meet; fewer when the limits ask for it.
    """
    size = min(signature, required(fewest, percent, fewest))
    signatures = _signatures(sets, percent, fewest, size)
    gathered: defaultdict[str, list[Visitor]] = defaultdict(list)
    for index, own in enumerate(places):
        for what, home, visits in own:
            gathered[what].append((index, home, visits))
    return {pair for visitors in gathered.values() if len(visitors) > 1 for pair in _met(visitors, signatures)}


def _met(visitors: Sequence[Visitor], signatures: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Who meets in one `what`. One `what` at a time, so that what is looked up is small and near."""
    homes = {home: number for number, home in enumerate({home: None for _index, home, _visits in visitors})}
    hosts = _hosts(visitors, signatures, homes)
    for index, _home, visits in visitors:
        known = [homes[visit] for visit in visits if visit in homes]
        for signature in signatures[index]:
            for home in known:
                host = hosts.get(signature * len(homes) + home, index)
                for other in (host,) if isinstance(host, int) else host:
                    if other != index:
                        yield (index, other) if index < other else (other, index)


def _hosts(visitors: Sequence[Visitor], signatures: Sequence[Sequence[int]], homes: Mapping[str, int]) -> Mapping[int, int | list[int]]:
    """Who is at home where with what: the index, or several, by signature and home as one number.

    Numbers and not tuples, since there are very many: the collector of garbage need not go through them.
    """
    found: dict[int, int | list[int]] = {}
    for index, home, _visits in visitors:
        for signature in signatures[index]:
            key = signature * len(homes) + homes[home]
            known = found.setdefault(key, index)
            if isinstance(known, list):
                known.append(index)
            elif known != index:
                found[key] = [known, index]
    return found


def required(size: int, percent: int, fewest: int) -> int:
    """How many words a set of `size` must have in common with any other set to be alike enough; at least one."""
    smallest = max(fewest, _up(percent * size, 200 - percent))
    return max(1, _up(percent * (size + smallest), 200))


def _signatures(sets: Sequence[frozenset[str]], percent: int, fewest: int, size: int) -> list[list[int]]:
    """Of each set the combinations of `size` among its first words, each as one number; the words in order of rarity."""
    frequency = Counter(word for words in sets for word in words)
    rank = {word: number for number, word in enumerate(sorted(frequency, key=lambda word: (frequency[word], word)))}
    return [[_number(chosen, len(rank)) for chosen in combinations(_first(words, rank, percent, fewest, size), size)] for words in sets]


def _first(words: frozenset[str], rank: Mapping[str, int], percent: int, fewest: int, size: int) -> list[int]:
    return sorted(rank[word] for word in words)[: len(words) - required(len(words), percent, fewest) + size]


def _number(chosen: tuple[int, ...], base: int) -> int:
    number = 0
    for rank in chosen:
        number = number * base + rank
    return number


def _up(amount: int, by: int) -> int:
    return -(-amount // by)
