"""What is adopted: target states with their strategies, and steering documents with their decisions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.core.controls.snapshot.kinds import DocumentKind
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.organisations.models import Body, Validity, validity_ends_after_it_starts
from styrkedja.steering.models.base import ChainObject


class DocumentState(models.TextChoices):
    DRAFT = "DRAFT", _("Utkast")
    DECIDED = "DECIDED", _("Beslutat")


class TargetStateKind(models.TextChoices):
    VISION = "VISION", _("Vision")
    TARGET_STATE = "TARGET_STATE", _("Målbild")


DOCUMENT_KINDS = {
    DocumentKind.REGIONAL_PLAN: _("Regionplan"),
    DocumentKind.COMMITTEE_PLAN: _("Nämndplan"),
    DocumentKind.OPERATIONAL_PLAN: _("Verksamhetsplan"),
    DocumentKind.JOINT_PLAN: _("Gemensam plan"),
    DocumentKind.ACTION_PLAN: _("Åtgärdsplan"),
    DocumentKind.STRATEGY: _("Strategi"),
    DocumentKind.STEERING_MODEL: _("Styrmodell"),
    DocumentKind.RULES_OF_PROCEDURE: _("Reglemente"),
    DocumentKind.DELEGATION_RULES: _("Delegationsbestämmelser"),
    DocumentKind.INSTRUCTION: _("Instruktion"),
    DocumentKind.AGREEMENT: _("Avtal"),
    DocumentKind.OTHER: _("Annat styrdokument"),
}


class TargetState(ChainObject):
    """A picture of where we shall be, adopted by the region and the municipalities together (source 002: god och nära vård)."""

    KIND = "target-state"
    PLANS = ("",)
    WRITERS = ()

    kind = models.CharField(_("slag"), max_length=20, choices=TargetStateKind, default=TargetStateKind.TARGET_STATE)
    state = models.CharField(_("läge"), max_length=10, choices=DocumentState, default=DocumentState.DRAFT)

    class Meta:
        verbose_name = _("målbild")
        verbose_name_plural = _("målbilder")


class Strategy(ChainObject):
    """What a target state rests on, such as "ökad kontinuitet"."""

    KIND = "strategy"
    PLANS = ("target_state",)
    WRITERS = ("target_state.accountable_body",)

    target_state = models.ForeignKey(TargetState, verbose_name=_("målbild"), on_delete=models.PROTECT, related_name="strategies")
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("strategi")
        verbose_name_plural = _("strategier")


class SteeringDocument(ChainObject, Validity):
    """A plan or a set of rules. `accountable_body` owns it: nobody else sees it while it is a draft. The period is half-open.

    `parent` is the plan that this one carries out; `supersedes` the one whose place it takes. `mandates` are those that rules give.
    """

    KIND = "document"
    PLANS = ("",)
    WRITERS = ()

    kind = models.CharField(_("slag"), max_length=20, choices=[(kind.value, label) for kind, label in DOCUMENT_KINDS.items()])
    state = models.CharField(_("läge"), max_length=10, choices=DocumentState, default=DocumentState.DRAFT)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("överordnat dokument"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    supersedes = models.ForeignKey(
        "self", verbose_name=_("ersätter"), null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    target_state = models.ForeignKey(
        TargetState, verbose_name=_("målbild"), null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    next_report_on = models.DateField(_("återrapporteras nästa gång"), null=True, blank=True)
    mandates = models.ManyToManyField(Mandate, verbose_name=_("mandat"), blank=True, related_name="documents")

    class Meta:
        verbose_name = _("styrdokument")
        verbose_name_plural = _("styrdokument")
        constraints = [
            validity_ends_after_it_starts("steering_document_validity"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="steering_document_not_its_own_parent"),
        ]


class Adoption(models.Model):
    """That a body has adopted a document or a target state. A joint one has several; a meeting may last several days."""

    document = models.ForeignKey(
        SteeringDocument, verbose_name=_("styrdokument"), null=True, blank=True, on_delete=models.PROTECT, related_name="adoptions"
    )
    target_state = models.ForeignKey(
        TargetState, verbose_name=_("målbild"), null=True, blank=True, on_delete=models.PROTECT, related_name="adoptions"
    )
    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="adoptions")
    decided_on = models.DateField(_("beslutsdatum"))
    decided_until = models.DateField(_("till och med"), null=True, blank=True)
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    decision = models.ForeignKey(
        Decision, verbose_name=_("beslut"), null=True, blank=True, on_delete=models.PROTECT, related_name="adoptions"
    )

    class Meta:
        verbose_name = _("antagande")
        verbose_name_plural = _("antaganden")
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, target_state=None) | Q(document=None, target_state__isnull=False),
                name="adoption_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(decided_until=None) | Q(decided_until__gte=F("decided_on")), name="adoption_range_in_order"),
            models.UniqueConstraint(fields=["document", "target_state", "body", "decided_on"], nulls_distinct=False, name="adoption_once"),
        ]
