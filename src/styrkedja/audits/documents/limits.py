"""How much a file may be."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Limits:
    """`max_bytes` of the file, `max_unpacked` bytes of everything in a zip, `max_pages` of a PDF, `max_characters` of its text."""

    max_bytes: int
    max_unpacked: int
    max_pages: int
    max_characters: int

    @classmethod
    def from_settings(cls) -> "Limits":
        return cls(
            max_bytes=settings.MAX_UPLOAD_BYTES,
            max_unpacked=settings.MAX_UNPACKED_BYTES,
            max_pages=settings.MAX_DOCUMENT_PAGES,
            max_characters=settings.MAX_DOCUMENT_CHARACTERS,
        )
