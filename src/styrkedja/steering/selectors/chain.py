"""An object's place in the chain: what stands above it and what hangs below it. As many queries however much is found."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.collation import swedish_key
from styrkedja.steering.models import KINDS, ChainObject
from styrkedja.steering.selectors.edges import ABOVE, ORDER, Edge, Ref, edges_above, edges_below, refs
from styrkedja.steering.selectors.visibility import Sight, sight

Rows = Mapping[Ref, ChainObject]


@dataclass(frozen=True)
class Link:
    """An object in the chain. `depth`: its distance from the one that was asked for. `towards`: what of the chain leads from there to it."""

    row: ChainObject
    depth: int
    towards: tuple[ChainObject, ...]

    @property
    def kind(self) -> str:
        return self.row.KIND


@dataclass(frozen=True)
class Chain:
    """`above`: kind by kind, the top first. `below`: each after what it hangs in, as an indented list is drawn."""

    row: ChainObject
    above: tuple[Link, ...]
    below: tuple[Link, ...]


def chain(user: User | None, row: ChainObject, *, on: date) -> Chain:
    """Everything above and below `row` that `user` may see. Behind what is not seen nothing is found."""
    seen = sight(user, on=on)
    return Chain(row, _above(seen, row), _below(seen, row))


def above(user: User | None, row: ChainObject, *, on: date) -> tuple[Link, ...]:
    return _above(sight(user, on=on), row)


def below(user: User | None, row: ChainObject, *, on: date) -> tuple[Link, ...]:
    return _below(sight(user, on=on), row)


def _above(seen: Sight, row: ChainObject) -> tuple[Link, ...]:
    start = Ref(row.KIND, row.pk)
    edges = edges_above(start)
    rows = _rows(seen, edges, row)
    upwards: defaultdict[Ref, list[Ref]] = defaultdict(list)
    downwards: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for edge in edges:
        if edge.below in rows and edge.above in rows:
            upwards[edge.below].append(edge.above)
            downwards[edge.above].append(edge.below)
    depths = _distances(start, upwards)
    order = sorted((ref for ref in depths if ref != start), key=lambda ref: (ORDER.index(ref.kind), _nesting(ref, rows), _title(rows[ref])))
    return tuple(Link(rows[ref], depths[ref], tuple(rows[other] for other in downwards[ref] if other in depths)) for ref in order)


def _below(seen: Sight, row: ChainObject) -> tuple[Link, ...]:
    start = Ref(row.KIND, row.pk)
    edges = edges_below(start)
    rows = _rows(seen, edges, row)
    downwards: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for edge in edges:
        if edge.below in rows and edge.above in rows:
            downwards[edge.above].append(edge.below)
    reached = _distances(start, downwards)
    leading: defaultdict[Ref, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.below in reached and edge.above in reached and edge.below != start:
            leading[edge.below].append(edge)
    children: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for ref, found in leading.items():
        children[min(found, key=lambda edge: (ABOVE[edge.below.kind].index(edge.field), edge.above.id)).above].append(ref)
    return tuple(_indented(start, children, leading, rows))


def _indented(
    start: Ref, children: Mapping[Ref, list[Ref]], leading: Mapping[Ref, list[Edge]], rows: Rows, depth: int = 1
) -> Iterable[Link]:
    found = children.get(start, ())
    for ref in sorted(found, key=lambda ref: (ORDER.index(ref.kind), getattr(rows[ref], "position", 0), _title(rows[ref]))):
        yield Link(rows[ref], depth, tuple(rows[edge.above] for edge in leading[ref]))
        yield from _indented(ref, children, leading, rows, depth + 1)


def _rows(seen: Sight, edges: Iterable[Edge], row: ChainObject) -> dict[Ref, ChainObject]:
    """What is seen of what the edges touch. A query for each kind."""
    found: dict[Ref, ChainObject] = {}
    for kind, ids in refs(edges).items():
        plan = ("document",) if hasattr(KINDS[kind], "document_id") else ()
        rows = seen.of(KINDS[kind]).filter(pk__in=ids).select_related("accountable_body", "accountable_seat__body", *plan)
        found |= {Ref(kind, other.pk): other for other in rows}
    return found | {Ref(row.KIND, row.pk): row}


def _distances(start: Ref, leads: Mapping[Ref, Iterable[Ref]]) -> dict[Ref, int]:
    found, waiting = {start: 0}, deque([start])
    while waiting:
        ref = waiting.popleft()
        for other in leads.get(ref, ()):
            if other not in found:
                found[other] = found[ref] + 1
                waiting.append(other)
    return found


def _nesting(ref: Ref, rows: Rows) -> int:
    """How many objects of its own kind, among those found, it stands in."""
    depth, parent = 0, Ref(ref.kind, getattr(rows[ref], "parent_id", None) or 0)
    while parent in rows and depth < len(rows):
        depth, parent = depth + 1, Ref(ref.kind, getattr(rows[parent], "parent_id", None) or 0)
    return depth


def _title(row: ChainObject) -> object:
    return swedish_key(str(row))
