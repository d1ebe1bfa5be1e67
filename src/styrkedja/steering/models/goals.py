"""What shall be reached, by when, and who has been told to see to it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.decisions.models import Decision
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body
from styrkedja.steering.models.base import ChainObject
from styrkedja.steering.models.documents import SteeringDocument, Strategy


class GoalHorizon(models.TextChoices):
    LONG_TERM = "LONG_TERM", _("Långsiktigt")
    PLAN_PERIOD = "PLAN_PERIOD", _("Planperioden")
    ANNUAL = "ANNUAL", _("Året")


class GoalState(models.TextChoices):
    OPEN = "OPEN", _("Gäller")
    REACHED = "REACHED", _("Uppnått")
    DROPPED = "DROPPED", _("Struket")


class GoalArea(ChainObject):
    """A heading of a plan: "God och nära vård", "Ekonomi i balans"."""

    KIND = "goal-area"

    document = models.ForeignKey(SteeringDocument, verbose_name=_("styrdokument"), on_delete=models.PROTECT, related_name="goal_areas")
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("målområde")
        verbose_name_plural = _("målområden")


class Goal(ChainObject):
    """What shall be reached. `parent` is the goal of the plan above that this one takes up; `resources` what it may cost in time and money."""

    KIND = "goal"

    document = models.ForeignKey(SteeringDocument, verbose_name=_("styrdokument"), on_delete=models.PROTECT, related_name="goals")
    area = models.ForeignKey(GoalArea, verbose_name=_("målområde"), null=True, blank=True, on_delete=models.PROTECT, related_name="goals")
    parent = models.ForeignKey(
        "self", verbose_name=_("överordnat mål"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    strategies = models.ManyToManyField(Strategy, verbose_name=_("strategier"), blank=True, related_name="goals")
    horizon = models.CharField(_("tidshorisont"), max_length=20, choices=GoalHorizon, blank=True)
    due_on = models.DateField(_("ska vara nått"), null=True, blank=True)
    state = models.CharField(_("läge"), max_length=10, choices=GoalState, default=GoalState.OPEN)
    resources = models.TextField(_("resurser"), blank=True)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="goal_not_its_own_parent")]


class GoalIndicator(ChainObject):
    """How a goal is seen to be reached: an indicator, where it stood and where it shall be. Values in the indicator's own unit."""

    KIND = "goal-indicator"
    PLANS = ("goal__document",)
    WRITERS = ("goal.accountable_body", "goal.document.accountable_body")

    goal = models.ForeignKey(Goal, verbose_name=_("mål"), on_delete=models.PROTECT, related_name="indicators")
    indicator = models.ForeignKey(Indicator, verbose_name=_("indikator"), on_delete=models.PROTECT, related_name="goal_indicators")
    baseline_value = models.DecimalField(_("utgångsvärde"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("utgångsvärdets dag"), null=True, blank=True)
    target_value = models.DecimalField(_("målvärde"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(_("målvärdets dag"), null=True, blank=True)

    class Meta:
        verbose_name = _("målindikator")
        verbose_name_plural = _("målindikatorer")
        constraints = [models.UniqueConstraint(fields=["goal", "indicator"], name="goal_indicator_once")]

    def __str__(self) -> str:
        return self.title or str(self.indicator)


class Milestone(ChainObject):
    """A dated step towards a goal or in an action (source 002: "tidsatta delmål").

    `criterion` is how one sees that it is reached, in words; better still `indicator` with the `target_value` that it shall have.
    """

    KIND = "milestone"
    PLANS = ("goal__document", "action__document")
    WRITERS = ("goal.accountable_body", "goal.document.accountable_body", "action.accountable_body", "action.document.accountable_body")

    goal = models.ForeignKey(Goal, verbose_name=_("mål"), null=True, blank=True, on_delete=models.PROTECT, related_name="milestones")
    action = models.ForeignKey(
        "steering.Action", verbose_name=_("åtgärd"), null=True, blank=True, on_delete=models.PROTECT, related_name="milestones"
    )
    due_on = models.DateField(_("klart senast"), null=True, blank=True)
    criterion = models.TextField(_("mätbart kriterium"), blank=True)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indikator"), null=True, blank=True, on_delete=models.PROTECT, related_name="milestones"
    )
    target_value = models.DecimalField(_("målvärde"), max_digits=18, decimal_places=4, null=True, blank=True)
    reached_on = models.DateField(_("nått"), null=True, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)

    class Meta:
        verbose_name = _("delmål")
        verbose_name_plural = _("delmål")
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=False, action=None) | Q(goal=None, action__isnull=False), name="milestone_of_goal_or_action"
            )
        ]


class Assignment(ChainObject):
    """What a body has told another to do and report back. `accountable_body` is the receiver; `parent` the assignment that it hands on."""

    KIND = "assignment"
    WRITERS = ("giver", "document.accountable_body")

    giver = models.ForeignKey(
        Body, verbose_name=_("uppdragsgivare"), null=True, blank=True, on_delete=models.PROTECT, related_name="given_assignments"
    )
    document = models.ForeignKey(
        SteeringDocument, verbose_name=_("styrdokument"), null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    area = models.ForeignKey(
        GoalArea, verbose_name=_("målområde"), null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    goal = models.ForeignKey(Goal, verbose_name=_("mål"), null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    parent = models.ForeignKey(
        "self", verbose_name=_("överordnat uppdrag"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    decision = models.ForeignKey(
        Decision, verbose_name=_("beslut"), null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    given_on = models.DateField(_("gavs"), null=True, blank=True)
    due_on = models.DateField(_("klart senast"), null=True, blank=True)
    report_due_on = models.DateField(_("återrapporteras senast"), null=True, blank=True)
    reported_on = models.DateField(_("återrapporterat"), null=True, blank=True)
    report = models.TextField(_("återrapport"), blank=True)
    report_decision = models.ForeignKey(
        Decision, verbose_name=_("beslut om återrapporten"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resources = models.TextField(_("resurser"), blank=True)

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="assignment_not_its_own_parent")]
