"""The files of a county held against the schema: every value that is right in itself, with the line where it stands.

What is wrong in itself becomes a finding here; what is wrong between tables is found by the rules, which see a draft.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from styrkedja.core.toml.documents import Document, read_document
from styrkedja.core.toml.findings import FileFinding, listed, suggestion
from styrkedja.core.toml.tables import Entry, File, read_tables, required_tables


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
        required = bool(required_tables(self.schema[name]))
        if required:
            self.findings.append(FileFinding(name, 1, "Filen saknas. Lägg till den."))
        if lost or required:
            self.unreadable.add(name)

    def _document(self, document: Document, file: File) -> None:
        tables = read_tables(document, file)
        self.findings += tables.findings
        for name, entries in tables.entries.items():
            self.entries.setdefault(name, []).extend(entries)
        if not tables.complete:
            self.unreadable.add(document.name)
