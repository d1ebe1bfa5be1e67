"""Recommendations and answers in a table: one row each, with columns that say what they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from styrkedja.core.audits.reading.blocks import Block

_COLUMNS = (
    ("number", re.compile(r"(?:nr|nummer|#|rek\.?\s*nr)\.?", re.IGNORECASE)),
    ("answer", re.compile(r".*\b(?:svar|kommentar(?:er)?|yttrande|ställningstagande)\b.*", re.IGNORECASE | re.DOTALL)),
    ("recommendation", re.compile(r".*rekommendation.*", re.IGNORECASE | re.DOTALL)),
    ("action", re.compile(r".*(?:åtgärd|aktivitet).*", re.IGNORECASE | re.DOTALL)),
    ("owner", re.compile(r".*ansvar.*", re.IGNORECASE | re.DOTALL)),
    ("when", re.compile(r".*(?:\btid|\bnär\b|\bklar|datum|senast).*", re.IGNORECASE | re.DOTALL)),
)


@dataclass(frozen=True)
class TableRow:
    """A row below the head: the block, and its cells by "number", "recommendation", "answer", "action", "owner" and "when"."""

    position: int
    cells: Mapping[str, str]


def answer_rows(blocks: Sequence[Block]) -> list[TableRow]:
    """The rows of the first table that has a column for recommendations and one for answers or actions."""
    for head, rows in _tables(blocks):
        columns = _columns(blocks[head].cells)
        if "recommendation" in columns and {"answer", "action"} & columns.keys():
            return [_row(blocks, position, columns) for position in rows if _has_recommendation(blocks[position], columns)]
    return []


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[int, list[int]]]:
    """The head and the rows of each run of rows."""
    run: list[int] = []
    for position, block in enumerate([*blocks, None]):
        if block is not None and block.kind == "row":
            run.append(position)
        elif run:
            yield run[0], run[1:]
            run = []


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(head):
        name = next((name for name, pattern in _COLUMNS if pattern.fullmatch(cell.strip())), None)
        if name:
            found.setdefault(name, index)
    return found


def _has_recommendation(block: Block, columns: Mapping[str, int]) -> bool:
    index = columns["recommendation"]
    return index < len(block.cells) and bool(block.cells[index].strip())


def _row(blocks: Sequence[Block], position: int, columns: Mapping[str, int]) -> TableRow:
    cells = blocks[position].cells
    return TableRow(position, {name: cells[index].strip() for name, index in columns.items() if index < len(cells)})
