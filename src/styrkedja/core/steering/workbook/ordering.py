"""In which order rows are brought in: each after what it refers to. Rows that refer to each other in a ring are refused."""

from collections.abc import Iterable, Mapping, Sequence

from styrkedja.core.sheets.tables import SheetFault
from styrkedja.core.steering.workbook.reading import Row, references_of, sheet_order

Node = tuple[str, str]


def in_order(rows: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[SheetFault, ...]]:
    """The rows, what is referred to first, else as they stand in the file; and a fault for each row that stands in a ring."""
    ordered = sorted(rows, key=sheet_order)
    nodes = {(row.kind, row.key): row for row in ordered}
    needs = {node: [other for other in _needed(row) if other in nodes] for node, row in nodes.items()}
    done: dict[Node, Row] = {}
    waiting = dict(nodes)
    while waiting:
        ready = {node: row for node, row in waiting.items() if all(other in done for other in needs[node])}
        if not ready:
            break
        done |= ready
        waiting = {node: row for node, row in waiting.items() if node not in ready}
    return tuple(done.values()), tuple(_faults(waiting, needs))


def _needed(row: Row) -> list[Node]:
    return [(kind, key) for _field, kind, key in references_of(row)]


def _faults(waiting: Mapping[Node, Row], needs: Mapping[Node, Sequence[Node]]) -> Iterable[SheetFault]:
    """For each row in a ring, the ring from there. Rows that merely refer to one are not to blame."""
    for node, row in waiting.items():
        ring = _ring(node, needs)
        if ring:
            field = next(name for name, kind, key in references_of(row) if (kind, key) == ring[1])
            names = " → ".join(key for _kind, key in ring)
            yield row.fault(f"Raderna hänvisar till varandra runt: {names}. Ta bort en av hänvisningarna.", field)


def _ring(start: Node, needs: Mapping[Node, Sequence[Node]]) -> list[Node]:
    """The shortest way from `start` back to itself; empty if there is none."""
    came_from: dict[Node, Node] = {}
    edge = [start]
    while edge:
        following = []
        for node in edge:
            for other in needs[node]:
                if other == start:
                    way = [start, node]
                    while way[-1] != start:
                        way.append(came_from[way[-1]])
                    return [start, *reversed(way[1:-1]), start] if node != start else [start, start]
                if other not in came_from:
                    came_from[other] = node
                    following.append(other)
        edge = following
    return []
