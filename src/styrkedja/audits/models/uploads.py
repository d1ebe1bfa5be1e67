"""Answers that have been read from a file and wait for a person to confirm what was read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.models.answers import AuditResponse
from styrkedja.audits.models.reviews import AuditReview
from styrkedja.organisations.models import Body


class ReadAnswer(models.Model):
    """The text of a file with the names of persons masked. The file itself, which may hold names, is not kept; `sha256` says which it was.

    `body` is the body whose answer it is; `review` the one that it answers, if that is registered already. What is proposed is read from
    `source` anew each time (core.audits.kept_text), so that nothing of it is in the chain until it is confirmed.
    """

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="read_answers")
    review = models.ForeignKey(
        AuditReview, verbose_name=_("granskning"), null=True, blank=True, on_delete=models.PROTECT, related_name="read_answers"
    )
    title = models.CharField(_("rubrik"), max_length=250)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    source = models.JSONField(_("text"))
    read_at = models.DateTimeField(_("inläst"))
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("inläst av"), on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("bekräftat"), null=True, blank=True)
    response = models.ForeignKey(
        AuditResponse, verbose_name=_("svar"), null=True, blank=True, on_delete=models.PROTECT, related_name="read_from"
    )

    class Meta:
        verbose_name = _("inläst svar")
        verbose_name_plural = _("inlästa svar")
        ordering = ["-read_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None, response=None) | models.Q(confirmed_at__isnull=False, response__isnull=False),
                name="read_answer_confirmed_as_a_response",
            )
        ]

    def __str__(self) -> str:
        return self.title
