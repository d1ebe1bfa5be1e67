"""The economy of the chain. Amounts are whole öre. An effect is what the result is improved by: a saving is positive, a cost of doing it too."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.decisions.models import Decision
from styrkedja.organisations.models import Seat
from styrkedja.steering.models import Action, ChainObject, SteeringDocument


class EffectEstimate(ChainObject):
    """The calculation behind an action (source 003: "att det finns en ekonomisk beräkning bakom besluten"); its years stand in `EstimateYear`.

    `one_off_ore` is what the action costs once. `first_effect_on` is the first day of the month in which it begins to pay.
    """

    KIND = "estimate"
    PLANS = ("action__document",)
    WRITERS = ("action.accountable_body", "action.document.accountable_body")

    action = models.ForeignKey(Action, verbose_name=_("åtgärd"), on_delete=models.PROTECT, related_name="estimates")
    one_off_ore = models.BigIntegerField(_("engångskostnad, öre"), null=True, blank=True)
    first_effect_on = models.DateField(_("första effektmånad"), null=True, blank=True)
    assumptions = models.TextField(_("antaganden"), blank=True)
    calculated_by = models.ForeignKey(
        Seat, verbose_name=_("beräknad av funktion"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    calculated_on = models.DateField(_("beräknad"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision, verbose_name=_("beslut"), null=True, blank=True, on_delete=models.PROTECT, related_name="estimates"
    )

    class Meta:
        verbose_name = _("ekonomisk beräkning")
        verbose_name_plural = _("ekonomiska beräkningar")
        constraints = [
            models.CheckConstraint(condition=Q(one_off_ore=None) | Q(one_off_ore__gte=0), name="estimate_one_off_not_negative"),
            models.CheckConstraint(
                condition=Q(first_effect_on=None) | Q(first_effect_on__day=1), name="estimate_first_month_is_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.action)


class EstimateYear(models.Model):
    """The effect in a year: gross, net of what the action itself costs to run, and the interval that the net effect is thought to lie in."""

    estimate = models.ForeignKey(EffectEstimate, verbose_name=_("ekonomisk beräkning"), on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(_("år"))
    gross_ore = models.BigIntegerField(_("bruttoeffekt, öre"))
    net_ore = models.BigIntegerField(_("nettoeffekt, öre"))
    low_ore = models.BigIntegerField(_("lägst, öre"), null=True, blank=True)
    high_ore = models.BigIntegerField(_("högst, öre"), null=True, blank=True)

    class Meta:
        verbose_name = _("beräkningens år")
        verbose_name_plural = _("beräkningens år")
        ordering = ["estimate", "year"]
        constraints = [
            models.UniqueConstraint(fields=["estimate", "year"], name="estimate_year_once"),
            models.CheckConstraint(
                condition=Q(low_ore=None) | Q(high_ore=None) | Q(high_ore__gte=F("low_ore")), name="estimate_interval_in_order"
            ),
        ]


class EffectRealisation(ChainObject):
    """What an action has brought home in a month (hemtagningseffekt), against what was planned for it.

    `month` is its first day. `realised_ore` is None until it is known; `forecast_ore` is what the whole year is then thought to give.
    """

    KIND = "realisation"
    PLANS = ("action__document",)
    WRITERS = ("action.accountable_body", "action.document.accountable_body")

    action = models.ForeignKey(Action, verbose_name=_("åtgärd"), on_delete=models.PROTECT, related_name="realisations")
    month = models.DateField(_("månad"))
    planned_ore = models.BigIntegerField(_("planerat, öre"), null=True, blank=True)
    realised_ore = models.BigIntegerField(_("hemtaget, öre"), null=True, blank=True)
    forecast_ore = models.BigIntegerField(_("prognos för året, öre"), null=True, blank=True)
    evidence = models.TextField(_("underlag"), blank=True)

    class Meta:
        verbose_name = _("hemtagningseffekt")
        verbose_name_plural = _("hemtagningseffekter")
        constraints = [
            models.UniqueConstraint(fields=["action", "month"], name="realisation_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="realisation_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.month:%Y-%m}"


class BalanceRequirement(ChainObject):
    """What the actions of a plan must bring together in a year for the economy to balance."""

    KIND = "balance-requirement"

    document = models.ForeignKey(
        SteeringDocument, verbose_name=_("styrdokument"), on_delete=models.PROTECT, related_name="balance_requirements"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    amount_ore = models.BigIntegerField(_("belopp, öre"))

    class Meta:
        verbose_name = _("balanskrav")
        verbose_name_plural = _("balanskrav")
        constraints = [
            models.UniqueConstraint(fields=["document", "year"], name="balance_requirement_once_a_year"),
            models.CheckConstraint(condition=Q(amount_ore__gte=0), name="balance_requirement_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.year}"


KINDS: dict[str, type[ChainObject]] = {model.KIND: model for model in (EffectEstimate, EffectRealisation, BalanceRequirement)}
