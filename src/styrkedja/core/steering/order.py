"""Days that must follow on each other, in whatever object they stand."""

from collections.abc import Mapping
from typing import Any

from styrkedja.core.sentences import Sentence

Values = Mapping[str, Any]
Found = dict[str, Sentence | None]


def in_order(values: Values, start: str, end: str, fault: Sentence, *, may_be_equal: bool = True) -> Found:
    """`fault` by the field `end` unless its day follows on that of `start`; a day that is not given is in order."""
    first, last = values.get(start), values.get(end)
    if first is None or last is None or first < last or (may_be_equal and first == last):
        return {}
    return {end: fault}
