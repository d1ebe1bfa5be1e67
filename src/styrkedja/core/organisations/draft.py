"""The files of a county held against the schema: every value that is right in itself, with the line where it stands.

What is wrong in itself becomes a finding here; what is wrong between tables is found by the rules, which see a draft.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from styrkedja.core.organisations.findings import FileFinding, listed, suggestion
from styrkedja.core.organisations.schema import File, Names, Table
from styrkedja.core.organisations.shapes import Shape
from styrkedja.core.organisations.toml_documents import Document, read_document
from styrkedja.core.organisations.toml_positions import Path


@dataclass(frozen=True)
class Entry:
    """One table. `values` holds what could be read; a key among `keys` but not there was wrong and has its finding already."""

    document: Document
    path: Path
    keys: frozenset[str]
    values: Mapping[str, Any]

    def finding(self, message: str, *keys: str | int) -> FileFinding:
        """A finding on the line of `keys` inside the table; without keys on the table's own line."""
        return FileFinding(self.document.name, self.document.positions.line((*self.path, *keys)), message)

    def place(self) -> str:
        """Where the table stands, as words in a sentence about another table."""
        return f"i {self.document.name} på rad {self.document.positions.line(self.path)}"


@dataclass(frozen=True)
class Draft:
    """`unreadable` names files of which a part or all is lost: what refers to them cannot be judged. `known_bodies` are kinds by key."""

    entries: Mapping[str, Sequence[Entry]]
    unreadable: frozenset[str]
    known_bodies: Mapping[str, str]

    @cached_property
    def own_bodies(self) -> Sequence[Entry]:
        """Every organisation and group of the files whose key could be read."""
        return [entry for table in ("organisation", "group") for entry in self.of(table) if "key" in entry.values]

    @cached_property
    def bodies(self) -> Mapping[str, str]:
        """Kind by key of every body that may be referred to; "" where the kind itself was wrong."""
        return {entry.values["key"]: entry.values.get("kind", "") for entry in self.own_bodies} | dict(self.known_bodies)

    @cached_property
    def seats(self) -> frozenset[tuple[str, str]]:
        """(body key, function) of every seat of the files, lists taken apart."""
        return frozenset((body, seat.values.get("function", "")) for seat in self.of("seat") for body in self.bodies_of(seat))

    def bodies_of(self, seat: Entry) -> tuple[str, ...]:
        """The keys of the bodies that have the seat: `body`, or every body of the list that `bodies` names."""
        one = (seat.values["body"],) if "body" in seat.values else ()
        return (*one, *self.first("lists").get(seat.values.get("bodies", ""), ()))

    @cached_property
    def knows_every_seat(self) -> bool:
        """False if some seat could be another than it seems, because something about it is wrong: none can then be said to be missing."""
        unread_lists = self.names("lists") - self.first("lists").keys()
        return not (unread_lists or self.lacks("seats.toml", "county.toml")) and all(map(self._is_known, self.of("seat")))

    def of(self, table: str) -> Sequence[Entry]:
        """Every `[[table]]`, or the one `[table]`, in the order of the file."""
        return self.entries.get(table, ())

    def first(self, table: str) -> Mapping[str, Any]:
        """The values of the one `[table]`, empty if it is missing."""
        return next((entry.values for entry in self.of(table)), {})

    def names(self, table: str) -> frozenset[str]:
        """The keys of the one `[table]`, whether or not their values could be read."""
        return next((entry.keys for entry in self.of(table)), frozenset())

    def lacks(self, *files: str) -> bool:
        """True if a part of one of the files could not be read."""
        return not self.unreadable.isdisjoint(files)

    def _is_known(self, seat: Entry) -> bool:
        function = seat.values.get("function") in self.names("functions")
        return function and (seat.values.get("body") in self.bodies or seat.values.get("bodies") in self.names("lists"))


def repeats(entries: Iterable[Entry], identity: Callable[[Entry], Hashable]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry that says the same thing again, with the first that said it. An identity of None is no identity."""
    first: dict[Hashable, Entry] = {}
    for entry in entries:
        same = identity(entry)
        if same is not None and first.setdefault(same, entry) is not entry:
            yield entry, first[same]


def read_draft(files: Mapping[str, bytes], schema: Mapping[str, File], known_bodies: Mapping[str, str]) -> tuple[Draft, list[FileFinding]]:
    """Read every file that the schema knows. Never raises on what a file holds."""
    reader = _Reader(schema)
    for name in files.keys() & schema.keys():
        reader.file(name, files[name])
    for name in files.keys() - schema.keys():
        reader.unknown_file(name)
    for name in schema.keys() - files.keys():
        # A file that stands under another name is lost, not empty.
        reader.missing_file(name, lost=not files.keys() <= schema.keys())
    return Draft(reader.entries, frozenset(reader.unreadable), known_bodies), reader.findings


@dataclass
class _Reader:
    schema: Mapping[str, File]
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    findings: list[FileFinding] = field(default_factory=list)

    def file(self, name: str, data: bytes) -> None:
        document = read_document(name, data)
        if isinstance(document, Document):
            self._document(document, self.schema[name])
        else:
            self.unreadable.add(name)
            self.findings += document

    def unknown_file(self, name: str) -> None:
        message = f"Filen hör inte hit.{suggestion(name, self.schema)} Här får {listed(self.schema)} finnas."
        self.findings.append(FileFinding(name, 1, message))

    def missing_file(self, name: str, *, lost: bool) -> None:
        required = bool(_required_tables(self.schema[name]))
        if required:
            self.findings.append(FileFinding(name, 1, "Filen saknas. Lägg till den."))
        if lost or required:
            self.unreadable.add(name)

    def _document(self, document: Document, tables: File) -> None:
        whole = Entry(document, (), frozenset(document.values), document.values)
        for name, raw in document.values.items():
            if name in tables:
                self._table(document, name, raw, tables[name])
            else:
                message = f"Okänd tabell eller nyckel ”{name}”.{suggestion(name, tables)} Här får {listed(tables)} finnas."
                self.findings.append(whole.finding(message, *_first_of(name, raw)))
                self.unreadable.add(document.name)
        for name in _required_tables(tables):
            if name not in document.values:
                self.findings.append(whole.finding(f"Tabellen [{name}] saknas. Lägg till den."))

    def _table(self, document: Document, name: str, raw: Any, table: Table | Names) -> None:
        many = isinstance(table, Table) and table.many
        rows = raw if isinstance(raw, list) else [raw]
        if isinstance(raw, list) != many or not all(isinstance(row, dict) for row in rows):
            line = document.positions.line(_first_of(name, raw))
            self.findings.append(FileFinding(document.name, line, f"”{name}” ska vara en tabell med rubriken {_header(name, many)}."))
            self.unreadable.add(document.name)
            return
        for index, row in enumerate(rows):
            self._entry(document, (name, index) if many else (name,), row, table)

    def _entry(self, document: Document, path: Path, row: Mapping[str, Any], table: Table | Names) -> None:
        values: dict[str, Any] = {}
        entry = Entry(document, path, frozenset(row), values)
        for key, raw in row.items():
            if shape := self._shape(entry, key, table):
                self._value(entry, key, raw, shape, values)
        if isinstance(table, Table) and (missing := [key for key, column in table.columns.items() if column.required and key not in row]):
            header = _header(str(path[0]), table.many)
            self.findings.append(entry.finding(f"{listed(missing)} saknas i {header}. Lägg till {'det' if len(missing) == 1 else 'dem'}."))
        self.entries.setdefault(str(path[0]), []).append(entry)

    def _shape(self, entry: Entry, key: str, table: Table | Names) -> Shape | None:
        """The shape of the key's value; None, with a finding, if the key may not stand here."""
        if isinstance(table, Table):
            if key in table.columns:
                return table.columns[key].shape
            message = f"Okänd nyckel ”{key}”.{suggestion(key, table.columns)} Här får {listed(table.columns)} finnas."
            self.findings.append(entry.finding(message, key))
            return None
        faults = [entry.finding(f"Namnet {fault}.", key) for _, fault in table.name.faults(key)]
        self.findings += faults
        return None if faults else table.value

    def _value(self, entry: Entry, key: str, raw: Any, shape: Shape, values: dict[str, Any]) -> None:
        faults = list(shape.faults(raw))
        if not faults:
            values[key] = shape.value(raw)
        for path, fault in faults:
            self.findings.append(entry.finding(f"”{key}” {fault}{'' if fault.endswith('?') else '.'}", key, *path))


def _required_tables(tables: File) -> list[str]:
    return [name for name, table in tables.items() if isinstance(table, Table) and table.required]


def _header(name: str, many: bool) -> str:
    return f"[[{name}]]" if many else f"[{name}]"


def _first_of(name: str, raw: Any) -> Path:
    """Where a table's first header stands, whether it is written `[name]` or `[[name]]`."""
    return (name, 0) if isinstance(raw, list) else (name,)
