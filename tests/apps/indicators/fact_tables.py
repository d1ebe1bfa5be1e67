"""Rows of tests as files and as tables of a database."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.reference import Facts
from styrkedja.indicators.facts import FactFiles

TYPES = {
    ColumnType.DATE: pa.date32(),
    ColumnType.CODE: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.ORE: pa.int64(),
    ColumnType.KEY: pa.string(),
    ColumnType.UNIT: pa.string(),
}


def schema(source: FactSource) -> pa.Schema:
    return pa.schema([(column.name, TYPES[column.type]) for column in source.stored])


def write_files(root: Path, facts: Mapping[str, Facts]) -> FactFiles:
    """A file for each loaded month, also for one in which nothing happened."""
    files = FactFiles(root)
    for own in facts.values():
        for month in own.months:
            path = files.path(own.source.id, month)
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(pa.Table.from_pylist([dict(row) for row in own.of(month)], schema=schema(own.source)), path)
    return files
