"""The case, its documents and the registry (diarium): what OSL chapter 5 asks for."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf, Upper
from django.utils.translation import gettext_lazy as _

from styrkedja.organisations.models import Body, County
from styrkedja.workflows.models import ProcessInstance, WorkItem


def _swedish_search(*sources: str | Combinable) -> models.GeneratedField:
    """What full text search looks in, kept by the database."""
    vector = SearchVector(*(F(source) if isinstance(source, str) else source for source in sources), config="swedish")
    return models.GeneratedField(expression=vector, output_field=SearchVectorField(), db_persist=True)


def _public(public: str, working: str) -> Combinable:
    """The public wording where there is one, else the working one."""
    return Coalesce(NullIf(F(public), Value("")), F(working))


class RegistrySeries(models.Model):
    """An authority's series of registry numbers, such as RS/1/2026."""

    county = models.ForeignKey(County, verbose_name=_("län"), on_delete=models.PROTECT, related_name="registry_series")
    authority = models.ForeignKey(Body, verbose_name=_("myndighet"), on_delete=models.PROTECT, related_name="registry_series")
    key = models.CharField(_("serie"), max_length=20)
    name = models.CharField(_("namn"), max_length=200)
    format = models.CharField(_("nummerformat"), max_length=60)
    closed_on = models.DateField(_("avslutad"), null=True, blank=True)

    class Meta:
        verbose_name = _("diarieserie")
        verbose_name_plural = _("diarieserier")
        constraints = [models.UniqueConstraint(fields=["county", "key"], name="registry_series_once")]

    def __str__(self) -> str:
        return self.key


class RegistryCounter(models.Model):
    """The last number given in a series and year."""

    series = models.ForeignKey(RegistrySeries, verbose_name=_("diarieserie"), on_delete=models.PROTECT, related_name="counters")
    year = models.PositiveSmallIntegerField(_("år"))
    last = models.PositiveIntegerField(_("senaste nummer"), default=0)

    class Meta:
        verbose_name = _("löpnummer")
        verbose_name_plural = _("löpnummer")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="registry_counter_once")]


class CaseCounter(models.Model):
    """The last case number given in a county and year."""

    county = models.ForeignKey(County, verbose_name=_("län"), on_delete=models.PROTECT, related_name="case_counters")
    year = models.PositiveSmallIntegerField(_("år"))
    last = models.PositiveIntegerField(_("senaste nummer"), default=0)

    class Meta:
        verbose_name = _("löpnummer för ärenden")
        verbose_name_plural = _("löpnummer för ärenden")
        constraints = [models.UniqueConstraint(fields=["county", "year"], name="case_counter_once")]


class Case(models.Model):
    """One matter that an authority handles. `number` is unique in its county, `registry_number` ("RS/1/2026") in its series.

    `public_subject` replaces `subject` in the public registry when that one is sensitive.
    """

    county = models.ForeignKey(County, verbose_name=_("län"), on_delete=models.PROTECT, related_name="cases")
    instance = models.OneToOneField(ProcessInstance, verbose_name=_("ärendegång"), on_delete=models.PROTECT, related_name="case")
    number = models.CharField(_("ärendenummer"), max_length=20)
    subject = models.CharField(_("ärendemening"), max_length=250)
    public_subject = models.CharField(_("offentlig ärendemening"), max_length=250, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    registry_series = models.ForeignKey(
        RegistrySeries, verbose_name=_("diarieserie"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    registry_year = models.PositiveSmallIntegerField(_("diarieår"), null=True, blank=True)
    registry_running = models.PositiveIntegerField(_("löpnummer i serien"), null=True, blank=True)
    opened_at = models.DateTimeField(_("öppnat"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("öppnat av"), on_delete=models.PROTECT, related_name="+")
    search = _swedish_search("number", "registry_number", "subject")
    public_search = _swedish_search("number", "registry_number", _public("public_subject", "subject"))

    class Meta:
        verbose_name = _("ärende")
        verbose_name_plural = _("ärenden")
        indexes = [
            GinIndex(fields=["search"], name="case_search"),
            GinIndex(fields=["public_search"], name="case_public_search"),
            models.Index(fields=["-opened_at"], name="case_opened"),
            models.Index(Upper("registry_number"), name="case_registry_number"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["registry_series", "registry_year", "registry_running"], name="case_registry_number_once"),
            models.CheckConstraint(
                condition=Q(registry_number="", registry_series=None, registry_year=None, registry_running=None)
                | ~Q(registry_number="") & Q(registry_series__isnull=False, registry_year__isnull=False, registry_running__isnull=False),
                name="case_registry_number_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def reference(self) -> str:
        """What the case is called in writing: its registry number once it has one."""
        return self.registry_number or self.number


class StoredFile(models.Model):
    """A file: what is known of it. `instance` is the case it belongs to; None until something refers to it."""

    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    name = models.CharField(_("filnamn"), max_length=250)
    media_type = models.CharField(_("filtyp"), max_length=150)
    size = models.PositiveBigIntegerField(_("storlek i byte"))
    uuid = models.UUIDField(_("nyckel"), unique=True)
    instance = models.ForeignKey(ProcessInstance, verbose_name=_("ärendegång"), null=True, on_delete=models.PROTECT, related_name="files")
    stored_at = models.DateTimeField(_("sparad"))
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("sparad av"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("fil")
        verbose_name_plural = _("filer")

    def __str__(self) -> str:
        return self.name


class FileContent(models.Model):
    """The bytes, in the database so that a step and its files are stored together or not at all; a row of its own so that lists never read them."""

    file = models.OneToOneField(StoredFile, verbose_name=_("fil"), primary_key=True, on_delete=models.PROTECT, related_name="content")
    content = models.BinaryField(_("innehåll"))

    class Meta:
        verbose_name = _("filinnehåll")
        verbose_name_plural = _("filinnehåll")


class Direction(models.TextChoices):
    RECEIVED = "RECEIVED", _("Inkommen")
    DISPATCHED = "DISPATCHED", _("Expedierad")
    DRAWN_UP = "DRAWN_UP", _("Upprättad")


class Document(models.Model):
    """A registered document. OSL 5:2: the date, the number, from or to whom, and briefly what it concerns."""

    case = models.ForeignKey(Case, verbose_name=_("ärende"), on_delete=models.PROTECT, related_name="documents")
    running_number = models.PositiveIntegerField(_("handlingsnummer"))
    direction = models.CharField(_("riktning"), max_length=10, choices=Direction)
    dated_on = models.DateField(_("inkom, upprättades eller skickades"))
    counterpart = models.CharField(_("avsändare eller mottagare"), max_length=250, blank=True)
    title = models.CharField(_("rubrik"), max_length=250)
    public_title = models.CharField(_("offentlig rubrik"), max_length=250, blank=True)
    file = models.ForeignKey(StoredFile, verbose_name=_("fil"), null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    item = models.ForeignKey(
        WorkItem, verbose_name=_("uppgift"), null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    registered_at = models.DateTimeField(_("registrerad"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("registrerad av"), on_delete=models.PROTECT, related_name="+"
    )
    function = models.CharField(_("i funktionen"), max_length=350, blank=True)
    idempotency_key = models.UUIDField(_("inlämningsnyckel"), null=True, unique=True)
    search = _swedish_search("title", "counterpart")
    public_search = _swedish_search(_public("public_title", "title"), "counterpart")

    class Meta:
        verbose_name = _("handling")
        verbose_name_plural = _("handlingar")
        ordering = ["case", "running_number"]
        indexes = [
            GinIndex(fields=["search"], name="document_search"),
            GinIndex(fields=["public_search"], name="document_public_search"),
            models.Index(fields=["-registered_at", "-id"], name="document_registered"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "running_number"], name="document_number_once"),
            models.CheckConstraint(condition=Q(direction="DRAWN_UP") | ~Q(counterpart=""), name="document_has_counterpart"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """The document's designation in the registry: "RS/1/2026:3"."""
        return f"{self.case.reference}:{self.running_number}"
