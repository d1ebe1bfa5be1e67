"""How findings speak: quoted text in short form, and lists of words."""

from collections.abc import Iterable

from styrkedja.core.process.model import Node

_LONGEST = 80


def quoted(text: str) -> str:
    """`text` in Swedish quotation marks, on one line and not longer than a line of a list."""
    flat = " ".join(text.split())
    return f"”{flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + '…'}”"


def listed(words: Iterable[str], conjunction: str = "och") -> str:
    """`a, b och c`, each in quotation marks."""
    *first, last = [quoted(word) for word in words]
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def title(node: Node) -> str:
    """A node as people know it: its number and name in quotation marks, or its id when it has neither."""
    return quoted(f"{node.number} {node.name}".strip() or node.id)
