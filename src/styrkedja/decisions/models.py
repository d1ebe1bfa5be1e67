"""Decisions, and recommendations, which are not decisions: a principal is bound only by its own (source 004, steps 23–25)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.cases.models import Case, StoredFile
from styrkedja.core.mandates import DecisionLevel
from styrkedja.ledger.models import Versioned
from styrkedja.organisations.models import Body, County, Seat, Validity, validity_ends_after_it_starts
from styrkedja.workflows.models import WorkItem


class DecisionNature(models.TextChoices):
    DECISION = "DECISION", _("Beslut")
    RECOMMENDATION = "RECOMMENDATION", _("Rekommendation")


DECISION_LEVELS = {DecisionLevel.POLITICAL: _("Politiskt beslut"), DecisionLevel.ADMINISTRATIVE: _("Tjänstemannabeslut")}


def _level(**options: Any) -> models.CharField:
    choices = [(level.value, label) for level, label in DECISION_LEVELS.items()]
    return models.CharField(_("nivå"), max_length=20, choices=choices, **options)


class Mandate(Versioned, Validity):
    """What a body, or a function in it, may decide: matters of `subject`, up to and with `amount_limit` öre (None: any amount), in the period.

    A line of a reglemente or of delegation rules. `subject` is a path, "ekonomi.inköp" (core.mandates). `may_correct`: may order corrective
    action for the bodies in `corrects`. Of the people in `body`, `seat` alone when it is given: that is what delegation means.
    """

    county = models.ForeignKey(County, verbose_name=_("län"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("rubrik"), max_length=250)
    text = models.TextField(_("beskrivning"), blank=True)
    level = _level()
    subject = models.CharField(_("ämne"), max_length=100)
    amount_limit = models.BigIntegerField(_("beloppsgräns, öre"), null=True, blank=True)
    body = models.ForeignKey(Body, verbose_name=_("innehavande organ"), on_delete=models.PROTECT, related_name="mandates")
    seat = models.ForeignKey(
        Seat, verbose_name=_("innehavande funktion"), null=True, blank=True, on_delete=models.PROTECT, related_name="mandates"
    )
    given_by = models.ForeignKey(Body, verbose_name=_("givet av"), on_delete=models.PROTECT, related_name="given_mandates")
    point = models.CharField(_("punkt"), max_length=60, blank=True)
    may_correct = models.BooleanField(_("får besluta om korrigerande åtgärder"), default=False)
    corrects = models.ManyToManyField(Body, verbose_name=_("korrigerar organ"), blank=True, related_name="correcting_mandates")

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandat")
        constraints = [
            validity_ends_after_it_starts("mandate_validity"),
            models.CheckConstraint(condition=Q(amount_limit=None) | Q(amount_limit__gte=0), name="mandate_limit_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """What a body decided. `decided_until` is set when the meeting lasted several days (2025-03-25--26).

    A decision outside every case carries its own `registry_number`, and `key` when it came from a file. `seat` is who decided by delegation.
    `level`, `mandate`, `subject`, `amount` (öre) and what is said of its calculation are empty for decisions that no mandate was asked of.
    """

    case = models.ForeignKey(Case, verbose_name=_("ärende"), null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    key = models.SlugField(_("nyckel"), max_length=100, null=True, blank=True, unique=True)
    county = models.ForeignKey(County, verbose_name=_("län"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    nature = models.CharField(_("slag"), max_length=20, choices=DecisionNature, default=DecisionNature.DECISION)
    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField(_("beslutsdatum"))
    decided_until = models.DateField(_("till och med"), null=True, blank=True)
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    outcome = models.CharField(_("utfall"), max_length=250, blank=True)
    text = models.TextField(_("beslut"))
    level = _level(blank=True)
    mandate = models.ForeignKey(
        Mandate, verbose_name=_("mandat"), null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    seat = models.ForeignKey(
        Seat, verbose_name=_("beslutat av funktion"), null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    subject = models.CharField(_("ämne"), max_length=100, blank=True)
    amount = models.BigIntegerField(_("belopp, öre"), null=True, blank=True)
    no_estimate_reason = models.TextField(_("skäl till att beräkning saknas"), blank=True)
    outside_budget = models.BooleanField(_("utanför budget"), default=False)
    exception_reason = models.TextField(_("skäl till undantag"), blank=True)
    minutes = models.ForeignKey(
        StoredFile, verbose_name=_("protokollsutdrag"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    item = models.ForeignKey(
        WorkItem, verbose_name=_("uppgift"), null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    recorded_at = models.DateTimeField(_("antecknat"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("antecknat av"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    function = models.CharField(_("i funktionen"), max_length=350, blank=True)

    class Meta:
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        ordering = ["case", "decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_until__isnull=True) | Q(decided_until__gte=F("decided_on")), name="decision_range_in_order"
            ),
            models.CheckConstraint(condition=Q(case__isnull=False) | ~Q(registry_number=""), name="decision_is_in_a_registry"),
        ]
