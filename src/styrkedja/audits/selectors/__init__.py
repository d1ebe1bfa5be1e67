"""Reviews and their answers for those who may see them."""

from styrkedja.audits.selectors.objects import (
    Covered,
    by_key,
    covered,
    read_answer_by_id,
    read_answers,
    recommendations,
    reports,
    reports_on,
    reviews,
    waiting_answers,
)
from styrkedja.audits.selectors.whole import Part, Promise, Recommended, Said, Whole, whole, wholes

__all__ = [
    "Covered",
    "Part",
    "Promise",
    "Recommended",
    "Said",
    "Whole",
    "by_key",
    "covered",
    "read_answer_by_id",
    "read_answers",
    "recommendations",
    "reports",
    "reports_on",
    "reviews",
    "waiting_answers",
    "whole",
    "wholes",
]
