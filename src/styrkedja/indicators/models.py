"""Indicators as they are defined in files, the loads that they rest on, and their values."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.core.indicators.definition.kinds import DesiredDirection, Frequency, IndicatorKind, Perspective
from styrkedja.core.indicators.disclosure.tables import CellStatus
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.organisations.models import Body

INDICATOR_KINDS = {IndicatorKind.INDICATOR: _("Indikator"), IndicatorKind.KEY_FIGURE: _("Nyckeltal")}
DIRECTIONS = {
    DesiredDirection.UP: _("Högre är bättre"),
    DesiredDirection.DOWN: _("Lägre är bättre"),
    DesiredDirection.NEUTRAL: _("Varken eller"),
}
PERSPECTIVES = {
    Perspective.PRODUCTION: _("Produktion"),
    Perspective.CONSUMPTION: _("Konsumtion"),
    Perspective.LISTED: _("Listade"),
    Perspective.WORKFORCE: _("Personal"),
    Perspective.ECONOMY: _("Ekonomi"),
    Perspective.PATIENT_REPORTED: _("Patientrapporterat"),
    Perspective.POPULATION: _("Befolkning"),
}
FREQUENCIES = {Frequency.MONTH: _("Månad"), Frequency.QUARTER: _("Kvartal"), Frequency.YEAR: _("År")}
VALUE_STATUSES = {
    ValueStatus.VALUE: _("Värde"),
    ValueStatus.NO_DENOMINATOR: _("Nämnare saknas"),
    ValueStatus.TOO_FEW: _("För få"),
    ValueStatus.NOT_PUBLISHED: _("Inte publicerat"),
}
CELL_STATUSES = {
    CellStatus.PUBLISHED: _("Visas"),
    CellStatus.PRIMARY: _("För få"),
    CellStatus.COMPLEMENTARY: _("Skyddar andra"),
}
# Where computed values come from; ready ones have the key of their source (ReadySource.key).
COMPUTED = "computed"


def _choices(labels: dict[str, object]) -> list[tuple[str, object]]:
    return [(str(value), label) for value, label in labels.items()]


class Indicator(models.Model):
    """An indicator as its file says it. One whose file is gone is closed and keeps its values: nothing is deleted.

    `definition` is the text of the file when it was last read; `definition_hash` is of what changes the values alone.
    """

    key = models.CharField(_("id"), max_length=100, unique=True)
    title = models.CharField(_("namn"), max_length=250)
    description = models.TextField(_("beskrivning"), blank=True)
    kind = models.CharField(_("slag"), max_length=20, choices=_choices(INDICATOR_KINDS))
    perspective = models.CharField(_("perspektiv"), max_length=20, choices=_choices(PERSPECTIVES))
    direction = models.CharField(_("önskad riktning"), max_length=10, choices=_choices(DIRECTIONS))
    unit = models.CharField(_("enhet"), max_length=100)
    decimals = models.PositiveSmallIntegerField(_("decimaler"))
    frequency = models.CharField(_("frekvens"), max_length=10, choices=_choices(FREQUENCIES))
    months = models.PositiveSmallIntegerField(_("månader i perioden"))
    levels = models.JSONField(_("nivåer"), default=list)
    dimensions = models.JSONField(_("uppdelningar"), default=list)
    definition = models.TextField(_("definition"))
    definition_hash = models.CharField(_("kontrollsumma"), max_length=64)
    reviewed_on = models.DateField(_("granskad"))
    next_review = models.DateField(_("nästa granskning"))
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True)

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikatorer")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class DataLoad(models.Model):
    """What was loaded of a source for a month, and what was not. The newest load of a source and month is what holds.

    `source` is the id of a fact table ("visits"), or the key of ready values ("kolada:N79173"), which may have no month of their own.
    """

    source = models.CharField(_("källa"), max_length=120)
    month = models.DateField(_("månad"), null=True, blank=True)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    rows_read = models.PositiveBigIntegerField(_("lästa rader"))
    rows_rejected = models.PositiveBigIntegerField(_("avvisade rader"))
    report = models.JSONField(_("rapport"), default=dict)
    is_generated = models.BooleanField(_("genererade data"), default=False)
    loaded_at = models.DateTimeField(_("inläst"))
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("inläst av"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("datainläsning")
        verbose_name_plural = _("datainläsningar")
        ordering = ["source", "month", "id"]
        indexes = [models.Index(fields=["source", "month", "-loaded_at"], name="data_load_newest")]

    def __str__(self) -> str:
        return f"{self.source} {self.month:%Y-%m}" if self.month else self.source


class Observation(models.Model):
    """A value of an indicator for a body and a period, both days included, from one source.

    `dimensions` are the parts that it is about ({"sex": "K"}); what is not named is the whole. Computed values are as-was (core.indicators.readings);
    `numerator` and `denominator` are what the value was divided of, before any factor. Without a value the status says why. `disclosure` is what
    became of a computed value when it was protected together with the others; "" for one that has not been, and is shown to who has the right alone.
    """

    indicator = models.ForeignKey(Indicator, verbose_name=_("indikator"), on_delete=models.PROTECT, related_name="observations")
    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="observations")
    period_start = models.DateField(_("från"))
    period_end = models.DateField(_("till och med"))
    source = models.CharField(_("källa"), max_length=120, default=COMPUTED)
    dimensions = models.JSONField(_("uppdelning"), default=dict)
    numerator = models.FloatField(_("täljare"), null=True)
    denominator = models.FloatField(_("nämnare"), null=True)
    value = models.FloatField(_("värde"), null=True)
    status = models.CharField(_("status"), max_length=20, choices=_choices(VALUE_STATUSES))
    disclosure = models.CharField(_("röjandeskydd"), max_length=15, blank=True, default="", choices=_choices(CELL_STATUSES))
    definition_hash = models.CharField(_("kontrollsumma"), max_length=64)
    computed_at = models.DateTimeField(_("beräknat"))

    class Meta:
        verbose_name = _("mätvärde")
        verbose_name_plural = _("mätvärden")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "body", "period_end", "period_start", "source", "dimensions"], name="observation_once"
            ),
            models.CheckConstraint(condition=Q(period_start__lte=F("period_end")), name="observation_period_in_order"),
            models.CheckConstraint(
                condition=Q(status=ValueStatus.VALUE, value__isnull=False) | (~Q(status=ValueStatus.VALUE) & Q(value__isnull=True)),
                name="observation_value_by_status",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "source", "period_end"], name="observation_period")]


class ComputedPeriod(models.Model):
    """That the values of an indicator for a period have been computed, also when nobody had any. `fingerprint` is of all that they rest on."""

    indicator = models.ForeignKey(Indicator, verbose_name=_("indikator"), on_delete=models.PROTECT, related_name="computed_periods")
    period_start = models.DateField(_("från"))
    period_end = models.DateField(_("till och med"))
    fingerprint = models.CharField(_("kontrollsumma"), max_length=64)
    observations = models.PositiveIntegerField(_("mätvärden"))
    computed_at = models.DateTimeField(_("beräknat"))

    class Meta:
        verbose_name = _("beräknad period")
        verbose_name_plural = _("beräknade perioder")
        constraints = [models.UniqueConstraint(fields=["indicator", "period_end"], name="computed_period_once")]


class IndicatorComment(models.Model):
    """What somebody says of a value, under the fixed headings, signed by the function that says it. Nothing is changed: a new one is written."""

    indicator = models.ForeignKey(Indicator, verbose_name=_("indikator"), on_delete=models.PROTECT, related_name="comments")
    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="indicator_comments")
    period_end = models.DateField(_("till och med"))
    situation = models.TextField(_("läget"))
    why = models.TextField(_("varför"), blank=True)
    development = models.TextField(_("utvecklingen"), blank=True)
    factors = models.TextField(_("påverkansfaktorer"), blank=True)
    proposal = models.TextField(_("förslag"), blank=True)
    signed_by = models.CharField(_("signerad av"), max_length=300)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.PROTECT, related_name="+")
    commented_at = models.DateTimeField(_("skriven"))

    class Meta:
        verbose_name = _("indikatorkommentar")
        verbose_name_plural = _("indikatorkommentarer")
        ordering = ["-commented_at", "-id"]
        indexes = [models.Index(fields=["indicator", "body", "period_end"], name="indicator_comment_of")]
