"""Sentences to a reader. The core speaks Swedish; a sentence remembers what it was made of, so that a page can say it in another language."""

from collections.abc import Mapping
from typing import Self


class Sentence(str):
    """A Swedish text, made of `pattern` and `values`: `Sentence("Uppgiften utförs av %(performer)s.", performer="…")`.

    To everybody else it is that text. A value may itself be a sentence. Without values the pattern is the text, per cent signs and all.
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, **values: object) -> Self:
        sentence = super().__new__(cls, pattern % values if values else pattern)
        sentence.pattern, sentence.values = pattern, values
        return sentence

    @classmethod
    def again(cls, pattern: str, values: Mapping[str, object]) -> Self:
        """A sentence that has been kept as what it was made of; the catalogue knows its pattern from where it was first said."""
        return cls(pattern, **values)
