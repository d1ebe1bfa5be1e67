"""What stands in the way, who follows up, and how one year's plan became the next."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.core.controls.snapshot.kinds import ObstacleKind
from styrkedja.decisions.models import Decision
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body, Group
from styrkedja.steering.models.actions import Action, ActionProgramme
from styrkedja.steering.models.base import ChainObject
from styrkedja.steering.models.documents import SteeringDocument
from styrkedja.steering.models.goals import Assignment, Goal

OBSTACLE_KINDS = {
    ObstacleKind.RESISTANCE: _("Förändringsmotstånd"),
    ObstacleKind.GOAL_CONFLICT: _("Målkonflikt"),
    ObstacleKind.RESOURCES: _("Resursbrist"),
    ObstacleKind.COMPETENCE: _("Kompetensbrist"),
    ObstacleKind.LEGAL: _("Juridik"),
    ObstacleKind.IT: _("IT-stöd"),
    ObstacleKind.OTHER: _("Annat hinder"),
}


class Obstacle(ChainObject):
    """What hinders a goal or an action (source 003.5). Its owner is `accountable_seat`; `response` is what is done about it."""

    KIND = "obstacle"
    PLANS = ("goal__document", "action__document")
    WRITERS = ("goal.accountable_body", "goal.document.accountable_body", "action.accountable_body", "action.document.accountable_body")

    kind = models.CharField(
        _("slag"), max_length=20, choices=[(kind.value, label) for kind, label in OBSTACLE_KINDS.items()], default=ObstacleKind.OTHER.value
    )
    goal = models.ForeignKey(Goal, verbose_name=_("mål"), null=True, blank=True, on_delete=models.PROTECT, related_name="obstacles")
    action = models.ForeignKey(Action, verbose_name=_("åtgärd"), null=True, blank=True, on_delete=models.PROTECT, related_name="obstacles")
    response = models.TextField(_("hantering"), blank=True)
    reported_on = models.DateField(_("anmält"), null=True, blank=True)
    due_on = models.DateField(_("hanterat senast"), null=True, blank=True)
    resolved_on = models.DateField(_("undanröjt"), null=True, blank=True)

    class Meta:
        verbose_name = _("hinder")
        verbose_name_plural = _("hinder")
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=False, action=None) | Q(goal=None, action__isnull=False), name="obstacle_of_goal_or_action"
            )
        ]


class GoalConflict(ChainObject):
    """Two goals that pull apart, and what was decided about it."""

    KIND = "goal-conflict"
    PLANS = ("first__document", "second__document")
    WRITERS = ("first.accountable_body", "first.document.accountable_body", "second.accountable_body", "second.document.accountable_body")

    first = models.ForeignKey(Goal, verbose_name=_("ett mål"), on_delete=models.PROTECT, related_name="conflicts_as_first")
    second = models.ForeignKey(Goal, verbose_name=_("ett annat mål"), on_delete=models.PROTECT, related_name="conflicts_as_second")
    response = models.TextField(_("hantering"), blank=True)
    decision = models.ForeignKey(Decision, verbose_name=_("beslut"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resolved_on = models.DateField(_("undanröjd"), null=True, blank=True)

    class Meta:
        verbose_name = _("målkonflikt")
        verbose_name_plural = _("målkonflikter")
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="goal_conflict_of_two"),
            models.UniqueConstraint(fields=["first", "second"], name="goal_conflict_once"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.first} – {self.second}"


class Forum(ChainObject):
    """What a group follows up, and to whom it reports. Its name, mandate and members by function are the group's own (organisations)."""

    KIND = "forum"
    PLANS = ()
    WRITERS = ("group", "reports_to")

    group = models.OneToOneField(Group, verbose_name=_("grupp"), on_delete=models.PROTECT, related_name="forum")
    reports_to = models.ForeignKey(
        Body, verbose_name=_("rapporterar till"), null=True, blank=True, on_delete=models.PROTECT, related_name="reporting_forums"
    )
    goals = models.ManyToManyField(Goal, verbose_name=_("följer mål"), blank=True, related_name="forums")
    programmes = models.ManyToManyField(ActionProgramme, verbose_name=_("följer åtgärdsprogram"), blank=True, related_name="forums")
    assignments = models.ManyToManyField(Assignment, verbose_name=_("följer uppdrag"), blank=True, related_name="forums")
    indicators = models.ManyToManyField(Indicator, verbose_name=_("följer indikatorer"), blank=True, related_name="forums")

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forum")

    def __str__(self) -> str:
        return self.title or str(self.group)


class TransferKind(models.TextChoices):
    KEPT = "KEPT", _("Oförändrad")
    CHANGED = "CHANGED", _("Ändrad")
    MERGED = "MERGED", _("Sammanslagen")
    DROPPED = "DROPPED", _("Struken")


class Transfer(models.Model):
    """What became of a goal or an action when the next plan was made. What is dropped has no successor, and says why."""

    from_document = models.ForeignKey(SteeringDocument, verbose_name=_("från plan"), on_delete=models.PROTECT, related_name="transfers_out")
    to_document = models.ForeignKey(SteeringDocument, verbose_name=_("till plan"), on_delete=models.PROTECT, related_name="transfers_in")
    kind = models.CharField(_("hur"), max_length=10, choices=TransferKind)
    goal = models.ForeignKey(Goal, verbose_name=_("mål"), null=True, on_delete=models.PROTECT, related_name="transfers")
    new_goal = models.ForeignKey(Goal, verbose_name=_("nytt mål"), null=True, on_delete=models.PROTECT, related_name="transferred_from")
    action = models.ForeignKey(Action, verbose_name=_("åtgärd"), null=True, on_delete=models.PROTECT, related_name="transfers")
    new_action = models.ForeignKey(
        Action, verbose_name=_("ny åtgärd"), null=True, on_delete=models.PROTECT, related_name="transferred_from"
    )
    reason = models.TextField(_("skäl"), blank=True)
    at = models.DateTimeField(_("tidpunkt"))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("konto"), null=True, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("i funktionen"), max_length=350, blank=True)

    class Meta:
        verbose_name = _("överföring")
        verbose_name_plural = _("överföringar")
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=False, action=None, new_action=None) | Q(goal=None, new_goal=None, action__isnull=False),
                name="transfer_of_goal_or_action",
            ),
            models.CheckConstraint(
                condition=Q(kind="DROPPED", new_goal=None, new_action=None) & ~Q(reason="")
                | ~Q(kind="DROPPED") & (Q(new_goal__isnull=False) | Q(new_action__isnull=False)),
                name="transfer_goes_somewhere_or_says_why",
            ),
            models.UniqueConstraint(fields=["goal", "to_document"], condition=Q(goal__isnull=False), name="goal_transferred_once"),
            models.UniqueConstraint(fields=["action", "to_document"], condition=Q(action__isnull=False), name="action_transferred_once"),
        ]
