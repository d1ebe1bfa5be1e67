"""What the auditors, or a national body, have said: the review and its recommendations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from styrkedja.core.organisations.kinds import GroupLevel
from styrkedja.core.policies.audits import AUDITING_FUNCTIONS
from styrkedja.organisations.models import GROUP_LEVELS, Body
from styrkedja.steering.models import ChainObject


class ReviewKind(models.TextChoices):
    AUDIT = "AUDIT", _("Granskning")
    NATIONAL_RECOMMENDATION = "NATIONAL_RECOMMENDATION", _("Nationell rekommendation")


class AuditReview(ChainObject):
    """A review by the auditors (sources 002 and 003), or a recommendation by a national body (source 001). Everybody in the county sees it.

    `addressed` are the bodies that shall answer; `accountable_body` is the one that sees to it that the whole is answered. `stated_count` is how
    many recommendations the review itself says that it gives. `vision` is that of a national recommendation.
    """

    KIND = "audit-review"
    PLANS = ()
    WRITERS = ("addressed",)

    kind = models.CharField(_("slag"), max_length=30, choices=ReviewKind, default=ReviewKind.AUDIT)
    reviewer = models.CharField(_("granskare"), max_length=200, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    question = models.TextField(_("frågeställning"), blank=True)
    assessment = models.TextField(_("samlad bedömning"), blank=True)
    vision = models.TextField(_("vision"), blank=True)
    received_on = models.DateField(_("inkommen"), null=True, blank=True)
    answer_due_on = models.DateField(_("svar senast"), null=True, blank=True)
    stated_count = models.PositiveSmallIntegerField(_("angivet antal rekommendationer"), null=True, blank=True)
    addressed = models.ManyToManyField(Body, verbose_name=_("riktad till"), blank=True, related_name="audit_reviews")

    class Meta:
        verbose_name = _("granskning")
        verbose_name_plural = _("granskningar")

    @property
    def writing_functions(self) -> tuple[str, ...]:
        return AUDITING_FUNCTIONS


class AuditRecommendation(ChainObject):
    """One recommendation, or one commitment of a national recommendation; `number` is its number or letter, `text` its own words.

    What has become of it stands in four columns (reference 6.3): decided actions, which are those promised in the answers; what was reported
    back; what was decided on that; and what need remains. `addressees` are the bodies that it is addressed to; nobody: all of the review's.
    """

    KIND = "audit-recommendation"
    PLANS = ()
    WRITERS = ("review.accountable_body", "review.addressed", "addressees")

    review = models.ForeignKey(AuditReview, verbose_name=_("granskning"), on_delete=models.PROTECT, related_name="recommendations")
    number = models.CharField(_("nummer eller bokstav"), max_length=10)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)
    areas = models.CharField(_("områden"), max_length=250, blank=True)
    addressees = models.ManyToManyField(Body, verbose_name=_("riktad till"), blank=True, related_name="audit_recommendations")
    report_due_on = models.DateField(_("återrapporteras senast"), null=True, blank=True)
    reported_on = models.DateField(_("återrapporterad"), null=True, blank=True)
    report = models.TextField(_("återrapport"), blank=True)
    report_decided_on = models.DateField(_("beslut om återrapporten"), null=True, blank=True)
    report_decided_until = models.DateField(_("beslut till och med"), null=True, blank=True)
    report_paragraph = models.CharField(_("beslutets paragraf"), max_length=20, blank=True)
    report_decision = models.TextField(_("vad som beslutades"), blank=True)
    remaining_need = models.TextField(_("kvarstående behov"), blank=True)
    closed_on = models.DateField(_("avslutad"), null=True, blank=True)

    class Meta:
        verbose_name = _("rekommendation i en granskning")
        verbose_name_plural = _("rekommendationer i granskningar")
        ordering = ["review", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="recommendation_number_once"),
            models.CheckConstraint(
                condition=Q(report_decided_until=None) | Q(report_decided_until__gte=F("report_decided_on")),
                name="recommendation_report_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title or self.text}"[:200]

    @property
    def writing_functions(self) -> tuple[str, ...]:
        """Auditors add it; what becomes of it is written by those who are to answer."""
        return AUDITING_FUNCTIONS if self.pk is None else ()

    @property
    def area_list(self) -> list[str]:
        """The areas that it belongs to (A01), as written between commas or on lines of their own."""
        return [area.strip() for area in self.areas.replace("\n", ",").split(",") if area.strip()]


class FollowUpState(models.TextChoices):
    NOT_STARTED = "NOT_STARTED", _("Inte påbörjat")
    UNDER_WAY = "UNDER_WAY", _("Pågår")
    DONE = "DONE", _("Genomfört")


class FollowUp(ChainObject):
    """What has happened nationally, in the healthcare region or locally with what was recommended (source 001), and what shows it (`evidence`)."""

    KIND = "follow-up"
    PLANS = ()
    WRITERS = ("recommendation.review.accountable_body", "recommendation.review.addressed", "recommendation.addressees")

    recommendation = models.ForeignKey(
        AuditRecommendation, verbose_name=_("rekommendation"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    level = models.CharField(_("nivå"), max_length=40, choices=[(level.value, label) for level, label in GROUP_LEVELS.items()])
    state = models.CharField(_("läge"), max_length=20, choices=FollowUpState, default=FollowUpState.UNDER_WAY)
    followed_up_on = models.DateField(_("uppföljt den"))
    evidence = models.TextField(_("underlag"), blank=True)

    class Meta:
        verbose_name = _("uppföljning")
        verbose_name_plural = _("uppföljningar")
        ordering = ["-followed_up_on", "-id"]

    def __str__(self) -> str:
        return _now("Uppföljning, %(level)s, %(day)s") % {"level": GROUP_LEVELS[GroupLevel(self.level)], "day": self.followed_up_on}
