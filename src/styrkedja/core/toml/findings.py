"""A fault in a file of definitions, and the words that findings share."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class FileFinding:
    """Where and, in Swedish, what is wrong and what to do. Lines count from 1. Findings sort by file and line."""

    file: str
    line: int
    message: str


def suggestion(word: str, known: Iterable[str]) -> str:
    """` Menade du ”X”?` if something known is like `word`, else nothing."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.7)
    return f" Menade du ”{near[0]}”?" if near else ""


def listed(words: Iterable[str], conjunction: str = "och") -> str:
    """`”a”, ”b” och ”c”`."""
    *first, last = [f"”{word}”" for word in words]
    return f"{', '.join(first)} {conjunction} {last}" if first else last
