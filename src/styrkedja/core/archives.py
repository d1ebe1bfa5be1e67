"""A zip file that somebody sends (docx and xlsx are such): what its directory promises, before anything is unpacked.

`zipfile` never unpacks more of an entry than its directory says, so a directory within the limits is a bound on what reading can cost.
"""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

MAX_ENTRIES = 5_000
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")

ArchiveFault = Literal["damaged", "encrypted", "too_large", "entities"]


@dataclass(frozen=True)
class Archive:
    """The names of the entries and the bytes of all of them unpacked."""

    names: Sequence[str]
    unpacked: int

    def has(self, name: str) -> bool:
        return name in self.names


def open_archive(content: bytes, *, max_unpacked: int) -> Archive | ArchiveFault:
    """Looks at the directory only, and then for document type definitions in the XML parts. Answers what is wrong, if anything is.

    `max_unpacked` bounds all entries together, in bytes. XML takes many times its size in memory, so its parts together may be a fifth of that.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                return "encrypted"
            if not _is_within(entries, max_unpacked):
                return "too_large"
            if any(_declares_entities(archive, entry) for entry in entries if _is_xml(entry.filename)):
                return "entities"
            return Archive([entry.filename for entry in entries], sum(entry.file_size for entry in entries))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        return "damaged"


def _is_within(entries: Sequence[zipfile.ZipInfo], max_unpacked: int) -> bool:
    xml = sum(entry.file_size for entry in entries if _is_xml(entry.filename))
    return len(entries) <= MAX_ENTRIES and sum(entry.file_size for entry in entries) <= max_unpacked and xml <= max_unpacked // 5


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _declares_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Office writes no document type; one that is there is an attempt. UTF-16 hides it from a search of bytes and is taken apart first."""
    head = archive.read(entry)
    text = head.decode("utf-16", errors="ignore").encode() if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    return any(mark in text.upper() for mark in _ENTITIES)
