"""The forms of every act, named as the act; `confirming` is the page where a reading is confirmed."""

from styrkedja.audits.forms.answers import AnswerForm, DecideForm, IntoChainForm, LinkForm, PromiseForm, ResponseForm, UploadForm
from styrkedja.audits.forms.base import ValuesForm, said_by
from styrkedja.audits.forms.lists import ReviewFilterForm
from styrkedja.audits.forms.reports import ApproveForm, CoverForm, HandInForm, ReportForm
from styrkedja.audits.forms.reviews import CloseForm, DecideReportForm, FollowUpForm, RecommendationForm, ReportBackForm, ReviewForm

__all__ = [
    "AnswerForm",
    "ApproveForm",
    "CloseForm",
    "CoverForm",
    "DecideForm",
    "DecideReportForm",
    "FollowUpForm",
    "HandInForm",
    "IntoChainForm",
    "LinkForm",
    "PromiseForm",
    "RecommendationForm",
    "ReportBackForm",
    "ReportForm",
    "ResponseForm",
    "ReviewFilterForm",
    "ReviewForm",
    "UploadForm",
    "ValuesForm",
    "said_by",
]
