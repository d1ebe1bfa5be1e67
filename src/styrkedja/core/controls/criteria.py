"""Criteria: can it be told whether they are met?"""

from styrkedja.core.wording import vague_sentences


def is_measurable(criterion: str) -> bool:
    """Can one tell from the words whether it is met? Not from none, and not from vague ones alone."""
    return bool(criterion.strip()) and not vague_sentences(criterion)
