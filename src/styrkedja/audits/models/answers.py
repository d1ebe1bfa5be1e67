"""What is answered. The answer of one body is a part; the parts of all bodies together are the answer (source 002)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.models.reviews import AuditRecommendation, AuditReview
from styrkedja.core.controls.snapshot.kinds import PromiseState, Stance
from styrkedja.organisations.models import Seat
from styrkedja.steering.models import Action, ChainObject, DocumentState

STANCES = {Stance.AGREE: _("Delar"), Stance.PARTLY: _("Delar delvis"), Stance.DISAGREE: _("Delar inte")}
PROMISE_STATES = {PromiseState.TAKEN: _("Vidtagen"), PromiseState.PLANNED: _("Planerad")}


class AuditResponse(ChainObject):
    """The part of `accountable_body` in the answer. A draft until the body has decided it; nobody outside the body sees it before.

    `text` is what it says besides the answers to the single recommendations. `signatories` are the functions that sign; persons are not kept.
    A meeting may last several days: `decided_until` (2025-03-25--26).
    """

    KIND = "audit-response"
    PLANS = ("",)
    WRITERS = ()

    review = models.ForeignKey(AuditReview, verbose_name=_("granskning"), on_delete=models.PROTECT, related_name="responses")
    state = models.CharField(_("läge"), max_length=10, choices=DocumentState, default=DocumentState.DRAFT)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    dated_on = models.DateField(_("daterat"), null=True, blank=True)
    decided_on = models.DateField(_("beslutsdatum"), null=True, blank=True)
    decided_until = models.DateField(_("till och med"), null=True, blank=True)
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    signatories = models.ManyToManyField(Seat, verbose_name=_("undertecknas av funktion"), blank=True, related_name="signed_responses")

    class Meta:
        verbose_name = _("svar på en granskning")
        verbose_name_plural = _("svar på granskningar")
        constraints = [
            models.UniqueConstraint(fields=["review", "accountable_body"], name="response_once_a_body"),
            models.CheckConstraint(condition=Q(decided_until=None) | Q(decided_until__gte=F("decided_on")), name="response_range_in_order"),
            models.CheckConstraint(condition=~Q(state="DECIDED") | Q(decided_on__isnull=False), name="response_decided_on_a_day"),
        ]

    def __str__(self) -> str:
        return _now("Svar från %(body)s") % {"body": self.accountable_body}

    @property
    def is_decided(self) -> bool:
        return self.state == DocumentState.DECIDED


class RecommendationAnswer(ChainObject):
    """What a body answers to one recommendation. One that is not shared has a `reason` and says what is done instead (A18)."""

    KIND = "recommendation-answer"
    PLANS = ("response",)
    WRITERS = ("response.accountable_body",)

    response = models.ForeignKey(AuditResponse, verbose_name=_("svar"), on_delete=models.PROTECT, related_name="answers")
    recommendation = models.ForeignKey(
        AuditRecommendation, verbose_name=_("rekommendation"), on_delete=models.PROTECT, related_name="answers"
    )
    stance = models.CharField(
        _("ställningstagande"), max_length=10, choices=[(stance.value, label) for stance, label in STANCES.items()], blank=True
    )
    reason = models.TextField(_("skäl"), blank=True)
    alternative = models.TextField(_("alternativ åtgärd"), blank=True)

    class Meta:
        verbose_name = _("svar på en rekommendation")
        verbose_name_plural = _("svar på rekommendationer")
        constraints = [models.UniqueConstraint(fields=["response", "recommendation"], name="recommendation_answered_once")]

    def __str__(self) -> str:
        return _now("Svar på %(number)s från %(body)s") % {"number": self.recommendation.number, "body": self.accountable_body}


class PromisedAction(ChainObject):
    """An action that an answer promises: "vidtagna eller planerade åtgärder" (source 003). `state` "": the answer does not say which.

    Its owner is `accountable_seat`. `action` is what it has become in the chain.
    """

    KIND = "promised-action"
    PLANS = ("answer__response",)
    WRITERS = ("answer.response.accountable_body",)

    answer = models.ForeignKey(RecommendationAnswer, verbose_name=_("svar"), on_delete=models.PROTECT, related_name="promised")
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)
    state = models.CharField(
        _("läge"), max_length=10, choices=[(state.value, label) for state, label in PROMISE_STATES.items()], blank=True
    )
    due_on = models.DateField(_("klar senast"), null=True, blank=True)
    action = models.ForeignKey(
        Action, verbose_name=_("åtgärd i styrkedjan"), null=True, blank=True, on_delete=models.PROTECT, related_name="promises"
    )
    is_withdrawn = models.BooleanField(_("borttagen ur svaret"), default=False)

    class Meta:
        verbose_name = _("utlovad åtgärd")
        verbose_name_plural = _("utlovade åtgärder")
        ordering = ["answer", "position", "id"]

    def __str__(self) -> str:
        return self.text[:200]
