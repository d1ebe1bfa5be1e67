"""What is done to reach the goals. Åtgärd is an action, never a measure."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.core.controls.snapshot.kinds import ActionKind, ActionState, TimeFrame
from styrkedja.decisions.models import Decision
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body
from styrkedja.steering.models.base import ChainObject
from styrkedja.steering.models.documents import SteeringDocument
from styrkedja.steering.models.goals import Assignment, Goal, GoalIndicator, Milestone

ACTION_KINDS = {
    ActionKind.RESULT_IMPROVING: _("Resultatförbättrande åtgärd"),
    ActionKind.CORRECTIVE: _("Korrigerande åtgärd"),
    ActionKind.OTHER: _("Annan åtgärd"),
}
TIME_FRAMES = {TimeFrame.STRUCTURAL: _("Långsiktig och strukturell"), TimeFrame.SHORT_TERM: _("Kortsiktig")}
ACTION_STATES = {
    ActionState.PLANNED: _("Planerad"),
    ActionState.STARTED: _("Pågår"),
    ActionState.DONE: _("Klar"),
    ActionState.CANCELLED: _("Avbruten"),
}


def _ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name=name)


class ActionProgramme(ChainObject):
    """Actions held together, such as "Rätt storlek, rätt stöd" (source 003). Both days belong to it."""

    KIND = "programme"

    document = models.ForeignKey(
        SteeringDocument, verbose_name=_("styrdokument"), null=True, blank=True, on_delete=models.PROTECT, related_name="programmes"
    )
    starts_on = models.DateField(_("startar"), null=True, blank=True)
    ends_on = models.DateField(_("slutar"), null=True, blank=True)

    class Meta:
        verbose_name = _("åtgärdsprogram")
        verbose_name_plural = _("åtgärdsprogram")
        constraints = [_ends_after_it_starts("programme_ends_after_it_starts")]


class Action(ChainObject):
    """`unit` is where it is done; `parent` the action of a level above that it carries out there. Both days belong to it.

    A corrective action says which deviation it corrects: a milestone that was not reached or a target that was missed.
    """

    KIND = "action"

    document = models.ForeignKey(
        SteeringDocument, verbose_name=_("styrdokument"), null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    programme = models.ForeignKey(
        ActionProgramme, verbose_name=_("åtgärdsprogram"), null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("överordnad åtgärd"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    assignment = models.ForeignKey(
        Assignment, verbose_name=_("uppdrag"), null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    goals = models.ManyToManyField(Goal, verbose_name=_("mål"), blank=True, related_name="actions")
    indicators = models.ManyToManyField(Indicator, verbose_name=_("indikatorer"), blank=True, related_name="actions")
    kind = models.CharField(
        _("slag"), max_length=20, choices=[(kind.value, label) for kind, label in ACTION_KINDS.items()], default=ActionKind.OTHER.value
    )
    time_frame = models.CharField(
        _("sikt"), max_length=20, choices=[(frame.value, label) for frame, label in TIME_FRAMES.items()], blank=True
    )
    state = models.CharField(
        _("läge"),
        max_length=10,
        choices=[(state.value, label) for state, label in ACTION_STATES.items()],
        default=ActionState.PLANNED.value,
    )
    unit = models.ForeignKey(
        Body, verbose_name=_("var åtgärden görs"), null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    starts_on = models.DateField(_("startar"), null=True, blank=True)
    ends_on = models.DateField(_("slutar"), null=True, blank=True)
    done_on = models.DateField(_("klar den"), null=True, blank=True)
    resources = models.TextField(_("resurser"), blank=True)
    corrects_milestone = models.ForeignKey(
        Milestone, verbose_name=_("korrigerar delmål"), null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    corrects_target = models.ForeignKey(
        GoalIndicator,
        verbose_name=_("korrigerar målindikator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    decision = models.ForeignKey(
        Decision, verbose_name=_("beslut"), null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )

    class Meta:
        verbose_name = _("åtgärd")
        verbose_name_plural = _("åtgärder")
        constraints = [
            _ends_after_it_starts("action_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="action_not_its_own_parent"),
        ]
