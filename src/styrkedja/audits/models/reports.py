"""What is reported to a board, month by month and at the end of the year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.models.reviews import AuditRecommendation
from styrkedja.core.controls.snapshot.kinds import ReportingCycle
from styrkedja.indicators.models import Indicator
from styrkedja.steering.models import ChainObject, Goal

REPORTING_CYCLES = {
    ReportingCycle.MONTHLY: _("Månadsrapport"),
    ReportingCycle.INTERIM: _("Delårsrapport"),
    ReportingCycle.ANNUAL: _("Årsbokslut"),
    ReportingCycle.IN_DEPTH: _("Fördjupad redovisning"),
}


class ProgressReport(ChainObject):
    """A report of `accountable_body` on a period (source 002: "månadsrapporter, delårsrapporter och årsbokslut"). Both days belong to the period.

    It lets the board decide (source 003): `analysis` says why, `proposal` what is proposed. `row_count`: how many lines the board is given.
    """

    KIND = "progress-report"
    PLANS = ()
    WRITERS = ()

    cycle = models.CharField(_("slag"), max_length=10, choices=[(cycle.value, label) for cycle, label in REPORTING_CYCLES.items()])
    starts_on = models.DateField(_("från och med"))
    ends_on = models.DateField(_("till och med"))
    due_on = models.DateField(_("lämnas senast"), null=True, blank=True)
    handed_in_on = models.DateField(_("lämnad"), null=True, blank=True)
    approved_on = models.DateField(_("godkänd"), null=True, blank=True)
    paragraph = models.CharField(_("beslutets paragraf"), max_length=20, blank=True)
    analysis = models.TextField(_("analys"), blank=True)
    proposal = models.TextField(_("förslag till beslut"), blank=True)
    row_count = models.PositiveSmallIntegerField(_("antal rader"), null=True, blank=True)
    goals = models.ManyToManyField(Goal, verbose_name=_("redovisar mål"), blank=True, related_name="reports")
    indicators = models.ManyToManyField(Indicator, verbose_name=_("redovisar indikatorer"), blank=True, related_name="reports")
    recommendations = models.ManyToManyField(
        AuditRecommendation, verbose_name=_("redovisar rekommendationer"), blank=True, related_name="reports"
    )

    class Meta:
        verbose_name = _("återrapport")
        verbose_name_plural = _("återrapporter")
        ordering = ["-ends_on", "cycle", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="report_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.title or f"{REPORTING_CYCLES[ReportingCycle(self.cycle)]} {self.starts_on}–{self.ends_on}"
