"""A file held against its schema: every value that is right in itself, with the line where it stands, and a finding for every one that is not."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from styrkedja.core.toml.documents import Document
from styrkedja.core.toml.findings import FileFinding, listed, suggestion
from styrkedja.core.toml.positions import Path
from styrkedja.core.toml.shapes import Column, Shape, missing_columns


@dataclass(frozen=True)
class Table:
    """A table with known keys: `[name]`, or `[[name]]` if it may stand many times."""

    columns: Mapping[str, Column]
    many: bool = True
    required: bool = False


@dataclass(frozen=True)
class Names:
    """A table `[name]` whose keys the writer chooses."""

    name: Shape
    value: Shape
    required: bool = False


# A Column stands outside every table, at the beginning of the file.
File = Mapping[str, Table | Names | Column]
# The entry that holds what stands outside every table.
TOP = ""


@dataclass(frozen=True)
class Entry:
    """One table. `values` holds what could be read; a key among `keys` but not there was wrong and has its finding already."""

    document: Document
    path: Path
    keys: frozenset[str]
    values: Mapping[str, Any]

    def finding(self, message: str, *keys: str | int) -> FileFinding:
        """A finding on the line of `keys` inside the table; without keys on the table's own line."""
        return FileFinding(self.document.name, self.line(*keys), message)

    def line(self, *keys: str | int) -> int:
        return self.document.positions.line((*self.path, *keys))

    def place(self) -> str:
        """Where the table stands, as words in a sentence about another table."""
        return f"i {self.document.name} på rad {self.line()}"


@dataclass(frozen=True)
class Tables:
    """`entries` by table name, in the order of the file. `complete` is False if a part of the file is lost."""

    entries: Mapping[str, Sequence[Entry]]
    findings: Sequence[FileFinding]
    complete: bool

    def first(self, name: str) -> Entry | None:
        """The one `[name]`, or None if it is not there."""
        return next(iter(self.entries.get(name, ())), None)


def repeats(entries: Iterable[Entry], identity: Callable[[Entry], Hashable]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry that says the same thing again, with the first that said it. An identity of None is no identity."""
    first: dict[Hashable, Entry] = {}
    for entry in entries:
        same = identity(entry)
        if same is not None and first.setdefault(same, entry) is not entry:
            yield entry, first[same]


def read_tables(document: Document, file: File) -> Tables:
    """Hold the whole document against `file`. Never raises on what it holds."""
    reader = _Reader(document, file)
    reader.read()
    return Tables(reader.entries, reader.findings, reader.complete)


def required_tables(file: File) -> list[str]:
    return [name for name, table in file.items() if not isinstance(table, Column) and table.required]


@dataclass
class _Reader:
    document: Document
    file: File
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    findings: list[FileFinding] = field(default_factory=list)
    complete: bool = True

    def read(self) -> None:
        columns = {name: column for name, column in self.file.items() if isinstance(column, Column)}
        values = self.document.values
        whole = Entry(self.document, (), frozenset(values), values)
        for name, raw in values.items():
            table = self.file.get(name)
            if table is None:
                self._unknown(whole, name, raw)
            elif not isinstance(table, Column):
                self._table(name, raw, table)
        if columns:
            self._entry((), {name: raw for name, raw in values.items() if name in columns}, Table(columns, many=False))
        for name in required_tables(self.file):
            if name not in values:
                self.findings.append(whole.finding(f"Tabellen [{name}] saknas. Lägg till den."))

    def _unknown(self, whole: Entry, name: str, raw: Any) -> None:
        message = f"Okänd tabell eller nyckel ”{name}”.{suggestion(name, self.file)} Här får {listed(self.file)} finnas."
        self.findings.append(whole.finding(message, *_first_of(name, raw)))
        self.complete = False

    def _table(self, name: str, raw: Any, table: Table | Names) -> None:
        many = isinstance(table, Table) and table.many
        rows = raw if isinstance(raw, list) else [raw]
        if isinstance(raw, list) != many or not all(isinstance(row, dict) for row in rows):
            line = self.document.positions.line(_first_of(name, raw))
            message = f"”{name}” ska vara en tabell med rubriken {_header(name, many)}."
            self.findings.append(FileFinding(self.document.name, line, message))
            self.complete = False
            return
        for index, row in enumerate(rows):
            self._entry((name, index) if many else (name,), row, table)

    def _entry(self, path: Path, row: Mapping[str, Any], table: Table | Names) -> None:
        values: dict[str, Any] = {}
        entry = Entry(self.document, path, frozenset(row), values)
        for key, raw in row.items():
            if shape := self._shape(entry, key, table):
                self._value(entry, key, raw, shape, values)
        if isinstance(table, Table) and (missing := missing_columns(table.columns, row)):
            where = f"i {_header(str(path[0]), table.many)}" if path else "i början av filen"
            self.findings.append(entry.finding(f"{listed(missing)} saknas {where}. Lägg till {'det' if len(missing) == 1 else 'dem'}."))
        self.entries.setdefault(str(path[0]) if path else TOP, []).append(entry)

    def _shape(self, entry: Entry, key: str, table: Table | Names) -> Shape | None:
        """The shape of the key's value; None, with a finding, if the key may not stand here."""
        if isinstance(table, Table):
            if key in table.columns:
                return table.columns[key].shape
            advice = self._elsewhere(key) or f"{suggestion(key, table.columns)} Här får {listed(table.columns)} finnas."
            self.findings.append(entry.finding(f"Okänd nyckel ”{key}”.{advice}", key))
            return None
        faults = [entry.finding(f"Namnet {fault}.", key) for _, fault in table.name.faults(key)]
        self.findings += faults
        return None if faults else table.value

    def _elsewhere(self, key: str) -> str:
        """Everything after the first header belongs to a table: the commonest slip of those who write TOML by hand."""
        if not isinstance(self.file.get(key), Column):
            return ""
        return " Den hör inte till tabellen. Flytta den till filens början, före den första rubriken."

    def _value(self, entry: Entry, key: str, raw: Any, shape: Shape, values: dict[str, Any]) -> None:
        faults = list(shape.faults(raw))
        if not faults:
            values[key] = shape.value(raw)
        for path, fault in faults:
            subject = next(part for part in reversed((key, *path)) if isinstance(part, str))
            self.findings.append(entry.finding(f"”{subject}” {fault}{'' if fault.endswith(('?', '.')) else '.'}", key, *path))


def _header(name: str, many: bool) -> str:
    return f"[[{name}]]" if many else f"[{name}]"


def _first_of(name: str, raw: Any) -> Path:
    """Where a table's first header stands, whether it is written `[name]` or `[[name]]`."""
    return (name, 0) if isinstance(raw, list) else (name,)
