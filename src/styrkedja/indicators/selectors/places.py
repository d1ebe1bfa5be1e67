"""Where bodies stand, level by level, on the day of a figure."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.core.collation import swedish_key
from styrkedja.organisations.models import Organisation, Placement
from styrkedja.organisations.selectors.validity import valid_on
from styrkedja.ui.reading import once_a_reading


@dataclass(frozen=True)
class Place:
    """A body that figures are told of."""

    id: int
    key: str
    name: str
    kind: str
    code: str

    def __str__(self) -> str:
        return self.name


@once_a_reading
def places() -> Mapping[int, Place]:
    """Every organisation there is or has been."""
    rows = Organisation.objects.values_list("pk", "key", "name", "kind", "code")
    return {pk: Place(pk, key, name, kind, code) for pk, key, name, kind, code in rows}


@once_a_reading
def _links(on: date) -> tuple[Mapping[int, tuple[int, ...]], Mapping[int, tuple[int, ...]]]:
    """Children by parent and parents by child, on the day."""
    down, up = defaultdict(list), defaultdict(list)
    for parent, child in Placement.objects.filter(valid_on(on)).order_by("parent__key").values_list("parent_id", "child_id"):
        down[parent].append(child)
        up[child].append(parent)
    return {pk: tuple(found) for pk, found in down.items()}, {pk: tuple(found) for pk, found in up.items()}


def everything_below(bodies: Collection[int], *, on: date) -> frozenset[int]:
    """The bodies themselves and all that stand under them, groups too."""
    down, _up = _links(on)
    found, waiting = set(bodies), list(bodies)
    while waiting:
        new = [child for child in down.get(waiting.pop(), ()) if child not in found]
        found.update(new)
        waiting += new
    return frozenset(found)


def next_below(body: Place, *, levels: Collection[str], on: date) -> list[Place]:
    """The nearest bodies under `body` that stand on one of the levels; what stands between and is on none of them is passed over."""
    return _in_order(_nearest(body.id, frozenset(levels), on, {body.id}))


def _nearest(body: int, levels: frozenset[str], on: date, seen: set[int]) -> Iterator[Place]:
    down, _up = _links(on)
    for child in down.get(body, ()):
        if child in seen:
            continue
        seen.add(child)
        place = places().get(child)
        if place is not None and place.kind in levels:
            yield place
        else:
            yield from _nearest(child, levels, on, seen)


def all_below(body: Place, *, level: str, on: date) -> list[Place]:
    """Everybody on the level under `body`, however far down."""
    known = places()
    below = everything_below([body.id], on=on) - {body.id}
    return _in_order(known[pk] for pk in below if pk in known and known[pk].kind == level)


def line_above(body: Place, *, levels: Collection[str], on: date) -> list[Place]:
    """Those over `body` that stand on one of the levels, the outermost first. Of several parents, the first by key."""
    _down, up = _links(on)
    found: list[Place] = []
    seen, here = {body.id}, body.id
    while (parents := up.get(here)) and parents[0] not in seen:
        here = parents[0]
        seen.add(here)
        place = places().get(here)
        if place is not None and place.kind in levels:
            found.append(place)
    return found[::-1]


def _in_order(found: Iterator[Place] | Collection[Place]) -> list[Place]:
    return sorted(found, key=lambda place: swedish_key(place.name))
