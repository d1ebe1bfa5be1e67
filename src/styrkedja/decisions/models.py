"""Decisions, and recommendations, which are not decisions: a principal is bound only by its own (source 004, steps 23–25)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.cases.models import Case, StoredFile
from styrkedja.organisations.models import Body
from styrkedja.workflows.models import WorkItem


class DecisionNature(models.TextChoices):
    DECISION = "DECISION", _("Beslut")
    RECOMMENDATION = "RECOMMENDATION", _("Rekommendation")


class Decision(models.Model):
    """What a body decided. `decided_until` is set when the meeting lasted several days (2025-03-25--26)."""

    case = models.ForeignKey(Case, verbose_name=_("ärende"), on_delete=models.PROTECT, related_name="decisions")
    nature = models.CharField(_("slag"), max_length=20, choices=DecisionNature, default=DecisionNature.DECISION)
    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField(_("beslutsdatum"))
    decided_until = models.DateField(_("till och med"), null=True, blank=True)
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    outcome = models.CharField(_("utfall"), max_length=250, blank=True)
    text = models.TextField(_("beslut"))
    minutes = models.ForeignKey(
        StoredFile, verbose_name=_("protokollsutdrag"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    item = models.ForeignKey(
        WorkItem, verbose_name=_("uppgift"), null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    recorded_at = models.DateTimeField(_("antecknat"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("antecknat av"), on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("i funktionen"), max_length=350, blank=True)

    class Meta:
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        ordering = ["case", "decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_until__isnull=True) | Q(decided_until__gte=F("decided_on")), name="decision_range_in_order"
            ),
        ]
