"""PDF with text: the only door to pypdf. Pictures are not read, so a scanned page has no text here."""

import logging
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

from styrkedja.audits.documents.limits import Limits
from styrkedja.audits.documents.refusal import DocumentRefused
from styrkedja.core.audits.reading import SourceText, from_text
from styrkedja.core.audits.reading.remarks import pages_without_text, unreadable_pages
from styrkedja.core.sentences import Sentence

# What pypdf says of faults in a file is for developers; the reader of the file gets a reason or a remark.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
_READABLE = 0.5  # less than this share of letters and digits is a text whose font says nothing of letters


def read_pdf(content: bytes, limits: Limits) -> SourceText:
    """The text of every page. Raises DocumentRefused: encrypted, damaged, too many pages, or no text at all."""
    reader, count = _opened(content)
    if count > limits.max_pages:
        raise DocumentRefused(
            _("Filen har %(count)s sidor. Den får ha högst %(limit)s sidor.") % {"count": count, "limit": limits.max_pages}
        )
    pages = list(_pages(reader, count, limits))
    _refuse_textless(pages)
    return from_text("\f".join(page or "" for page in pages), tuple(_remarks(pages)))


def _opened(content: bytes) -> tuple[PdfReader, int]:
    """The reader and the number of pages. A file that is only protected against changes opens with an empty password, as in every viewer."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        if not locked:
            return reader, len(reader.pages)
    except (FileNotDecryptedError, WrongPasswordError, DependencyError):
        pass
    except Exception:  # pypdf raises whatever its parsers happen to meet
        raise DocumentRefused(_("Filen är skadad och kan inte öppnas som pdf. Skapa en ny pdf och försök igen.")) from None
    raise DocumentRefused(_("Filen är skyddad med lösenord. Ta bort lösenordet och försök igen."))


def _pages(reader: PdfReader, count: int, limits: Limits) -> Iterator[str | None]:
    """The text of each page; None for one that cannot be read. Stops where the text is longer than it may be."""
    length = 0
    for number in range(count):
        try:
            text = reader.pages[number].extract_text()
        except Exception:  # as above; the other pages may be whole
            yield None
            continue
        length += len(text)
        yield text
        if length > limits.max_characters:
            return


def _refuse_textless(pages: list[str | None]) -> None:
    text = "".join("".join((page or "").split()) for page in pages)
    if pages and all(page is None for page in pages):
        raise DocumentRefused(_("Filen är skadad: ingen sida går att läsa. Skapa en ny pdf och försök igen."))
    if not any(character.isalpha() for character in text):
        raise DocumentRefused(
            _(
                "Filen innehåller ingen text; den är troligen inskannad. Tolka den med textigenkänning (OCR) eller välj originalet som docx eller pdf."
            )
        )
    if sum(character.isalnum() for character in text) < _READABLE * len(text):
        raise DocumentRefused(
            _("Filens text går inte att läsa: teckensnitten saknar uppgift om bokstäver. Välj originalet som docx eller pdf.")
        )


def _remarks(pages: list[str | None]) -> Iterator[Sentence]:
    """Pages without text are told of, never passed over."""
    if empty := [number for number, page in enumerate(pages, 1) if page is not None and not page.strip()]:
        yield pages_without_text(empty)
    if broken := [number for number, page in enumerate(pages, 1) if page is None]:
        yield unreadable_pages(broken)
