"""Where the pages are, and the way to them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, ProgressReport
from styrkedja.ui.components import Crumb


def review_url(review: AuditReview) -> str:
    return reverse("audits:review", args=[review.key])


def recommendation_url(recommendation: AuditRecommendation) -> str:
    return reverse("audits:recommendation", args=[recommendation.key])


def response_url(response: AuditResponse) -> str:
    return reverse("audits:response", args=[response.key])


def report_url(report: ProgressReport) -> str:
    return reverse("audits:report", args=[report.key])


def list_crumbs() -> list[Crumb]:
    return [Crumb(_("Granskningar"), reverse("audits:reviews"))]


def review_crumbs(review: AuditReview) -> list[Crumb]:
    return [*list_crumbs(), Crumb(str(review), review_url(review))]


def recommendation_crumbs(recommendation: AuditRecommendation) -> list[Crumb]:
    name = _("Rekommendation %(number)s") % {"number": recommendation.number}
    return [*review_crumbs(recommendation.review), Crumb(name, recommendation_url(recommendation))]


def response_crumbs(response: AuditResponse) -> list[Crumb]:
    return [*review_crumbs(response.review), Crumb(str(response), response_url(response))]


def report_crumbs() -> list[Crumb]:
    return [*list_crumbs(), Crumb(_("Återrapporter"), reverse("audits:reports"))]


def reading_crumbs() -> list[Crumb]:
    return [*list_crumbs(), Crumb(_("Inlästa svar"), reverse("audits:readings"))]
