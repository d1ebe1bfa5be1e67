"""A file of counts as a table: one count for each leaf of the hierarchy and combination of categories."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from styrkedja.core.csv_files import Unreadable, rows_of, text_of
from styrkedja.core.indicators.disclosure.cubes import Counts, Cube
from styrkedja.core.indicators.disclosure.dimensions import Dimension
from styrkedja.core.indicators.disclosure.protecting import Protection

_COUNT = re.compile(r"\d{1,15}", re.ASCII)
Node = tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """The first dimension of the cube is the hierarchy, its keys the paths from the top, () the whole; the others are categories, None all of them."""

    cube: Cube
    leaves: Counts
    rows: tuple[str, ...]
    by: tuple[str, ...]

    def key(self, cell: int) -> dict[str, str | None]:
        """Every column with its value; None where the cell holds all of them."""
        path, *categories = self.cube.key(cell)
        levels = [*path, *[None] * (len(self.rows) - len(path))]
        return dict(zip((*self.rows, *self.by), (*levels, *categories), strict=True))


def read_counts(source: bytes, *, rows: Sequence[str], by: Sequence[str], count: str, max_cells: int) -> Counted:
    """The counts of a CSV file. What is not in it is 0. Raises Unreadable for the first fault."""
    lines = list(rows_of(text_of(source)))
    if not lines:
        raise Unreadable(1, "Filen är tom. Första raden ska vara en rubrik med kolumnernas namn.")
    places = _places(*lines[0], [*rows, *by, count])
    found: dict[tuple[Node, tuple[str, ...]], int] = {}
    met: dict[tuple[Node, tuple[str, ...]], int] = {}
    for line, cells in lines[1:]:
        path, categories, number = _read(line, cells, places, rows, by, count)
        if (path, categories) in found:
            raise Unreadable(line, f"Samma kombination finns redan på rad {met[path, categories]}. Varje kombination får ha en rad.")
        found[path, categories], met[path, categories] = number, line
    if not found:
        raise Unreadable(lines[0][0], "Filen har en rubrik men inga antal.")
    return _table(found, tuple(rows), tuple(by), max_cells)


def _places(line: int, heading: Sequence[str], wanted: Sequence[str]) -> Mapping[str, int]:
    for name in wanted:
        if heading.count(name) != 1:
            what = "finns inte" if name not in heading else "finns mer än en gång"
            raise Unreadable(line, f"Kolumnen ”{name}” {what}. Filens kolumner är {', '.join(heading)}.")
        if wanted.count(name) > 1:
            raise Unreadable(line, f"Kolumnen ”{name}” är angiven mer än en gång.")
    return {name: heading.index(name) for name in wanted} | {"": len(heading)}


def _read(
    line: int, cells: Sequence[str], places: Mapping[str, int], rows: Sequence[str], by: Sequence[str], count: str
) -> tuple[Node, tuple[str, ...], int]:
    if len(cells) != places[""]:
        raise Unreadable(line, f"Antalet kolumner på raden är {len(cells)} men i rubriken {places['']}.")
    for name in (*rows, *by):
        if not cells[places[name]]:
            raise Unreadable(line, f"Kolumnen ”{name}” är tom. Skriv till exempel Okänt där värdet saknas.")
    written = cells[places[count]]
    if not _COUNT.fullmatch(written):
        raise Unreadable(line, f"”{written}” i kolumnen {count} är inget antal. Skriv ett heltal som är noll eller mer.")
    return tuple(cells[places[name]] for name in rows), tuple(cells[places[name]] for name in by), int(written)


def _table(found: Mapping[tuple[Node, tuple[str, ...]], int], rows: tuple[str, ...], by: tuple[str, ...], max_cells: int) -> Counted:
    tree = _tree([path for path, _categories in found])
    categories = [_flat(sorted({categories[place] for _path, categories in found})) for place in range(len(by))]
    cube = Cube((tree, *categories))
    if cube.size > max_cells:
        raise Unreadable(1, f"Tabellen har {cube.size} celler med alla summor. Högst {max_cells} prövas på en gång: dela upp den.")
    leaves = np.zeros(cube.leaf_shape, dtype=np.int64)
    at = [{dimension.keys[leaf]: place for place, leaf in enumerate(dimension.leaves)} for dimension in cube.dimensions]
    for (path, own), number in found.items():
        leaves[tuple(places[key] for places, key in zip(at, (path, *own), strict=True))] = number
    return Counted(cube, leaves, rows, by)


def _tree(paths: Sequence[Node]) -> Dimension:
    """The whole, and every node on the way to a leaf."""
    nodes = sorted({path[:depth] for path in paths for depth in range(len(path) + 1)})
    place = {node: number for number, node in enumerate(nodes)}
    parts: list[list[int]] = [[] for _node in nodes]
    for node in nodes[1:]:
        parts[place[node[:-1]]].append(place[node])
    return Dimension(tuple(nodes), tuple(map(tuple, parts)))


def _flat(values: Sequence[str]) -> Dimension:
    """The categories and all of them together."""
    return Dimension((None, *values), (tuple(range(1, len(values) + 1)), *[()] * len(values)))


def as_json(counted: Counted, protection: Protection) -> dict[str, Any]:
    """What `styrkedja disclose --json` prints."""
    return {"cells": list(_cells(counted, protection)), "audit": {"recoverable": len(protection.audit.recoverable)}}


def _cells(counted: Counted, protection: Protection) -> Iterator[dict[str, Any]]:
    values = protection.table.quantities[0].values
    for cell in range(counted.cube.size):
        shown = None if protection.withheld[cell] else int(values[cell])
        yield {"key": counted.key(cell), "count": shown, "status": protection.status(cell).value}
