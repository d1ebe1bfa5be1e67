"""What a file is, by its content and never by its name alone, and which reader takes it."""

from django.utils.translation import gettext as _

from styrkedja.audits.documents.limits import Limits
from styrkedja.audits.documents.pdf import read_pdf
from styrkedja.audits.documents.plain import read_plain
from styrkedja.audits.documents.refusal import DocumentRefused
from styrkedja.audits.documents.word import read_word
from styrkedja.core.archives import Archive, open_archive
from styrkedja.core.audits.reading import SourceText

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MB = 1024 * 1024
_WORD_PART = "word/document.xml"


def read_document(content: bytes, name: str, limits: Limits) -> SourceText:
    """The lines of a file. `name` only tells a Word file with macros apart. Raises DocumentRefused."""
    if not content.strip():
        raise DocumentRefused(_("Filen är tom. Välj en fil med text."))
    if len(content) > limits.max_bytes:
        raise DocumentRefused(_("Filen är för stor. Den får vara högst %(limit).1f MB.") % {"limit": limits.max_bytes / _MB})
    source = _read(content, name, limits)
    if len(source.text) > limits.max_characters:
        raise DocumentRefused(
            _("Filens text är för lång: %(count)s tecken. Den får vara högst %(limit)s tecken.")
            % {"count": len(source.text), "limit": limits.max_characters}
        )
    if not any(character.isalpha() for character in source.text):
        raise DocumentRefused(_("Filen innehåller ingen text. Välj en fil med text."))
    return source


def _read(content: bytes, name: str, limits: Limits) -> SourceText:
    if b"%PDF-" in content[:1024]:
        return read_pdf(content, limits)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_word(content, _word_archive(content, name, limits))
    _refuse_known(content)
    return read_plain(content)


def _word_archive(content: bytes, name: str, limits: Limits) -> Archive:
    """The zip of a Word file that may be opened."""
    archive = open_archive(content, max_unpacked=limits.max_unpacked)
    if archive == "encrypted":
        raise DocumentRefused(_("Filen är skyddad med lösenord. Ta bort lösenordet och försök igen."))
    if archive == "too_large":
        raise DocumentRefused(
            _(
                "Filen blir för stor när den packas upp. Innehållet får vara högst %(limit).0f MB, varav text en femtedel. Ingenting har packats upp."
            )
            % {"limit": limits.max_unpacked / _MB}
        )
    if archive == "entities":
        raise DocumentRefused(
            _("Filen innehåller en dokumenttypsdeklaration, som Word aldrig skriver. Den läses inte. Spara om texten som docx.")
        )
    if isinstance(archive, str):
        raise DocumentRefused(_("Filen är skadad och kan inte öppnas. Öppna den i Word, spara den på nytt och försök igen."))
    if not archive.has(_WORD_PART):
        raise DocumentRefused(_("Filen är inget Word-dokument. Välj en fil i formatet txt, docx eller pdf."))
    if _has_macros(archive, name):
        raise DocumentRefused(_("Filen innehåller makron och läses inte. Spara den som docx utan makron och försök igen."))
    return archive


def _has_macros(archive: Archive, name: str) -> bool:
    """A macro project in the file, or a name that says so."""
    return name.lower().endswith((".docm", ".dotm")) or any(
        entry.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in entry.lower() for entry in archive.names
    )


def _refuse_known(content: bytes) -> None:
    """Files that are known and not read, each with what to do instead."""
    if content.startswith(_COMPOUND):
        if _ENCRYPTED_PACKAGE in content:
            raise DocumentRefused(_("Filen är skyddad med lösenord. Ta bort lösenordet och försök igen."))
        raise DocumentRefused(_("Filen är i Words äldre format (doc). Öppna den i Word och spara den som docx."))
    if content.startswith(b"{\\rtf"):
        raise DocumentRefused(_("Filen är i formatet rtf. Öppna den i Word och spara den som docx."))
    if content.startswith(_PICTURES):
        raise DocumentRefused(_("Filen är en bild och innehåller ingen text. Välj en fil i formatet txt, docx eller pdf med text."))
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise DocumentRefused(_("Filen är en webbsida eller ett XML-dokument. Välj en fil i formatet txt, docx eller pdf."))
