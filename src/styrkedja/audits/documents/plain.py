"""Plain text in the encodings that Swedish authorities write."""

import codecs
import unicodedata

from django.utils.translation import gettext as _

from styrkedja.audits.documents.refusal import DocumentRefused
from styrkedja.core.audits.reading import SourceText, from_text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WHITE = "\t\n\r\f\v"


def read_plain(content: bytes) -> SourceText:
    """By the file's own mark; else UTF-8, else Windows' Western letters (of which Latin-1 is part). Raises DocumentRefused."""
    text = _decoded(content)
    if text is None or not _is_text(text):
        raise DocumentRefused(_("Filen är ingen text som kan läsas. Välj en fil i formatet txt, docx eller pdf."))
    return from_text(text)


def _decoded(content: bytes) -> str | None:
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_text(text: str) -> bool:
    """No control characters, nothing unassigned, and letters among what there is."""
    kinds = {character: unicodedata.category(character) for character in set(text)}
    odd = {character for character, kind in kinds.items() if kind in {"Cc", "Cn", "Co", "Cs"} and character not in _WHITE}
    bullets = {"\uf0b7", "\uf0a7", "\uf0d8", "\uf0fc"}
    return not odd - bullets and any(kind.startswith("L") for kind in kinds.values())
