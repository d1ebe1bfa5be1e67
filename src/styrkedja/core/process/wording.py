"""How findings speak: quoted text in short form, and lists of words."""

from collections.abc import Iterable

_LONGEST = 80


def quoted(text: str) -> str:
    """`text` in Swedish quotation marks, on one line and not longer than a line of a list."""
    flat = " ".join(text.split())
    return f"”{flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + '…'}”"


def listed(words: Iterable[str], conjunction: str = "och") -> str:
    """`a, b och c`, each in quotation marks."""
    *first, last = [quoted(word) for word in words]
    return f"{', '.join(first)} {conjunction} {last}" if first else last
