"""Sentences to a reader. The core speaks Swedish; a sentence remembers what it was made of, so that a page can say it in another language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Self


class Sentence(str):
    """A Swedish text, made of `pattern` and `values`: `Sentence("Uppgiften utförs av %(performer)s.", performer="…")`.

    To everybody else it is that text. A value may itself be a sentence; a Decimal is said with a decimal comma, a date in digits. Without values the pattern is the text, per cent signs and all.
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, **values: object) -> Self:
        sentence = super().__new__(cls, pattern % {name: _said(value) for name, value in values.items()} if values else pattern)
        sentence.pattern, sentence.values = pattern, values
        return sentence

    @classmethod
    def again(cls, pattern: str, values: Mapping[str, object]) -> Self:
        """A sentence that has been kept as what it was made of; the catalogue knows its pattern from where it was first said."""
        return cls(pattern, **values)


class Month(date):
    """A month as a value of a sentence, by its first day; in digits 2026-10."""

    def __str__(self) -> str:
        return f"{self:%Y-%m}"


def _said(value: object) -> object:
    """A number with decimals in Swedish, without zeros at its end: 0,4."""
    return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value
