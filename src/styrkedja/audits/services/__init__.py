"""Everything that changes reviews, answers and reports, kind by kind; what they share with the chain is in steering.services.objects."""

from styrkedja.audits.services.answers import answer_recommendation, change_response, decide_response, start_response
from styrkedja.audits.services.following import (
    change_follow_up,
    close_recommendation,
    decide_report,
    follow_up,
    reopen_recommendation,
    report_back,
)
from styrkedja.audits.services.importing import load_reviews
from styrkedja.audits.services.promises import change_promise, link_promise, promise_action, take_into_chain, withdraw_promise
from styrkedja.audits.services.reading import Confirmed, ConfirmedRecommendation, confirm_reading, discard_reading, read_file
from styrkedja.audits.services.reports import approve_report, change_report, hand_in_report, plan_report
from styrkedja.audits.services.reviews import add_recommendation, change_recommendation, change_review, register_review

__all__ = [
    "Confirmed",
    "ConfirmedRecommendation",
    "add_recommendation",
    "answer_recommendation",
    "approve_report",
    "change_follow_up",
    "change_promise",
    "change_recommendation",
    "change_report",
    "change_response",
    "change_review",
    "close_recommendation",
    "confirm_reading",
    "decide_report",
    "decide_response",
    "discard_reading",
    "follow_up",
    "hand_in_report",
    "link_promise",
    "load_reviews",
    "plan_report",
    "promise_action",
    "read_file",
    "register_review",
    "reopen_recommendation",
    "report_back",
    "start_response",
    "take_into_chain",
    "withdraw_promise",
]
