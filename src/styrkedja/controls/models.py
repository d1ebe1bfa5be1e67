"""What the controls have found, day after day, and what each organisation has set of them.

A finding's life is kept as core.controls.life tells it: spells of days on which the fault was there, what was said of it from which day, and for
how long somebody accepted it. So the list of any past day can be made again. Nothing here is ever deleted.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.core.controls.rule import Severity
from styrkedja.core.policies.controls import ACCEPTING_FUNCTIONS
from styrkedja.ledger.models import Versioned
from styrkedja.organisations.models import County

SEVERITIES = {Severity.FAULT: _("Fel"), Severity.WARNING: _("Varning"), Severity.INFO: _("Upplysning")}


def default_accepting() -> list[str]:
    return list(ACCEPTING_FUNCTIONS)


class ControlSetting(Versioned):
    """What a county has set: `severities` by rule or check, `thresholds` by rule and name, and what is `off` (core.controls.settings).

    `accepting`: the functions that may accept a finding in their own body's list.
    """

    county = models.OneToOneField(County, verbose_name=_("län"), on_delete=models.PROTECT, related_name="control_setting")
    severities = models.JSONField(_("allvarlighetsgrader"), default=dict, blank=True)
    thresholds = models.JSONField(_("gränsvärden"), default=dict, blank=True)
    off = models.JSONField(_("avstängda kontroller"), default=list, blank=True)
    accepting = models.JSONField(_("funktioner som får godta"), default=default_accepting, blank=True)

    class Meta:
        verbose_name = _("inställning för kontrollerna")
        verbose_name_plural = _("inställningar för kontrollerna")

    def __str__(self) -> str:
        return f"{self.county}"


class ControlRun(models.Model):
    """That the controls have looked at a county on a day, and how much they found."""

    county = models.ForeignKey(County, verbose_name=_("län"), on_delete=models.PROTECT, related_name="control_runs")
    on = models.DateField(_("dag"))
    finished_at = models.DateTimeField(_("klar"))
    found = models.PositiveIntegerField(_("iakttagelser"))

    class Meta:
        verbose_name = _("körning av kontrollerna")
        verbose_name_plural = _("körningar av kontrollerna")
        constraints = [models.UniqueConstraint(fields=["county", "on"], name="control_run_once_a_day")]


class Finding(models.Model):
    """A fault over time, known by its fingerprint within the county. `object_kind` and `object_key` lead to the thing and its page."""

    county = models.ForeignKey(County, verbose_name=_("län"), on_delete=models.PROTECT, related_name="findings")
    fingerprint = models.CharField(_("kännetecken"), max_length=32)
    rule = models.CharField(_("regel"), max_length=10)
    check_code = models.CharField(_("kontroll"), max_length=10)
    object_kind = models.CharField(_("slag av objekt"), max_length=30)
    object_key = models.CharField(_("objekt"), max_length=100)
    part = models.CharField(_("del"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("iakttagelse")
        verbose_name_plural = _("iakttagelser")
        constraints = [models.UniqueConstraint(fields=["county", "fingerprint"], name="finding_once")]
        indexes = [models.Index(fields=["object_kind", "object_key"], name="finding_object")]


class FindingSpell(models.Model):
    """Days in a row on which it was there: from `found_on` up to, not including, `cleared_on`."""

    finding = models.ForeignKey(Finding, verbose_name=_("iakttagelse"), on_delete=models.PROTECT, related_name="spells")
    found_on = models.DateField(_("funnen"))
    cleared_on = models.DateField(_("åtgärdad"), null=True, blank=True)

    class Meta:
        verbose_name = _("iakttagelsens tid")
        verbose_name_plural = _("iakttagelsers tider")
        ordering = ["finding", "found_on"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "found_on"], name="spell_begins_once"),
            models.UniqueConstraint(fields=["finding"], condition=Q(cleared_on=None), name="one_open_spell"),
            models.CheckConstraint(condition=Q(cleared_on=None) | Q(cleared_on__gt=F("found_on")), name="spell_holds_a_day"),
        ]


class FindingTelling(models.Model):
    """What was said of it from a day on, as core.controls.record writes it down."""

    spell = models.ForeignKey(FindingSpell, verbose_name=_("iakttagelsens tid"), on_delete=models.PROTECT, related_name="tellings")
    since = models.DateField(_("från"))
    record = models.JSONField(_("lydelse"))

    class Meta:
        verbose_name = _("iakttagelsens lydelse")
        verbose_name_plural = _("iakttagelsers lydelser")
        ordering = ["spell", "since"]
        constraints = [models.UniqueConstraint(fields=["spell", "since"], name="telling_once_a_day")]


class FindingAcceptance(models.Model):
    """That a function has accepted the finding, why, and to which day and with it. `withdrawn_on` ends it before."""

    spell = models.ForeignKey(FindingSpell, verbose_name=_("iakttagelsens tid"), on_delete=models.PROTECT, related_name="acceptances")
    since = models.DateField(_("från"))
    until = models.DateField(_("till och med"))
    reason = models.TextField(_("skäl"))
    function = models.CharField(_("i funktionen"), max_length=350)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("tidpunkt"))
    withdrawn_on = models.DateField(_("återtagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("godtagande")
        verbose_name_plural = _("godtaganden")
        ordering = ["spell", "since", "id"]
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="acceptance_ends_after_it_begins")]
