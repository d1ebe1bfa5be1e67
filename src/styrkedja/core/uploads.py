"""A file that somebody sends: a name that is safe to write anywhere, and a media type that does not trust the sender."""

import re
import unicodedata
from collections.abc import Collection, Mapping

BINARY = "application/octet-stream"
TEXT = "text/plain"
MAX_NAME = 150

_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_NAMELESS = "namnlös"
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"{\\rtf", "application/rtf"),
)
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_IN_ZIP: Mapping[str, str] = {
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
_IN_COMPOUND: Mapping[str, str] = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_WHITE = "\t\n\r\f"


# What a content must be to go by an ending. Of an ending that is not here nothing can be told.
_BY_ENDING: Mapping[str, str] = {
    **_IN_ZIP,
    **_IN_COMPOUND,
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "rtf": "application/rtf",
}
_WRITTEN = frozenset({"txt", "csv", "md", "eml"})
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


def safe_name(name: str) -> str:
    """The file's name without folder, invisible characters and what some system cannot write; at most MAX_NAME characters, ending kept."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(character for character in last if unicodedata.category(character)[0] != "C" or character.isspace())
    tidy = " ".join(_NOT_IN_NAMES.sub("_", visible).split()).strip(". ")
    if not tidy or _RESERVED.fullmatch(tidy):
        tidy = f"{_NAMELESS} {tidy}".strip()
    stem, dot, ending = tidy.rpartition(".")
    if len(tidy) <= MAX_NAME or not dot or len(ending) > 10:
        return tidy[:MAX_NAME].rstrip(". ")
    return f"{stem[: MAX_NAME - len(ending) - 1].rstrip('. ')}.{ending}"


def media_type(name: str, content: bytes) -> str:
    """By the content's own mark; the name only tells apart what shares a mark. Plain text is UTF-8 without control characters.

    What is not known, and what a browser could run (HTML, SVG, XML), is never named as such.
    """
    for signature, known in _SIGNATURES:
        if content.startswith(signature):
            return known
    ending = name.rpartition(".")[2].casefold()
    if content.startswith(_ZIP):
        return _IN_ZIP.get(ending, "application/zip")
    if content.startswith(_COMPOUND):
        return _IN_COMPOUND.get(ending, BINARY)
    return TEXT if _is_text(content) else BINARY


def ending_of(name: str) -> str:
    """ "pdf" of "Remiss.PDF"; "" of a name without one."""
    return name.rpartition(".")[2].casefold() if "." in name else ""


def is_accepted(name: str, content: bytes, *, formats: Collection[str]) -> bool:
    """Is the file of one of the `formats` (endings in small letters), by its name and by what it holds? Of `content` the beginning is enough.

    Text may be of any encoding, so it is told by holding no zero byte; what no mark is known of goes by its name, unless it is a program.
    """
    ending = ending_of(name)
    if ending not in formats or content.startswith(_PROGRAMS):
        return False
    if ending in _WRITTEN:
        return b"\0" not in content and media_type(name, content) in {TEXT, BINARY}
    return _BY_ENDING.get(ending, media_type(name, content)) == media_type(name, content)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(character) == "Cc" and character not in _WHITE for character in set(text))
