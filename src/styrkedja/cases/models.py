"""The case, its documents and the registry (diarium): what OSL chapter 5 asks for."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from styrkedja.organisations.models import Body, County
from styrkedja.workflows.models import ProcessInstance, WorkItem


class RegistrySeries(models.Model):
    """An authority's series of registry numbers, such as RS/1/2026."""

    authority = models.ForeignKey(Body, verbose_name=_("myndighet"), on_delete=models.PROTECT, related_name="registry_series")
    key = models.CharField(_("serie"), max_length=20, unique=True)
    name = models.CharField(_("namn"), max_length=200)
    format = models.CharField(_("nummerformat"), max_length=60)
    closed_on = models.DateField(_("avslutad"), null=True, blank=True)

    class Meta:
        verbose_name = _("diarieserie")
        verbose_name_plural = _("diarieserier")

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


class Case(models.Model):
    """One matter that an authority handles. `public_subject` replaces `subject` in the public registry when that one is sensitive."""

    county = models.ForeignKey(County, verbose_name=_("län"), on_delete=models.PROTECT, related_name="cases")
    instance = models.OneToOneField(ProcessInstance, verbose_name=_("ärendegång"), on_delete=models.PROTECT, related_name="case")
    number = models.CharField(_("ärendenummer"), max_length=20, unique=True)
    subject = models.CharField(_("ärendemening"), max_length=250)
    public_subject = models.CharField(_("offentlig ärendemening"), max_length=250, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    opened_at = models.DateTimeField(_("öppnat"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("öppnat av"), on_delete=models.PROTECT, related_name="+")
    search = models.GeneratedField(
        expression=SearchVector(F("number"), F("registry_number"), F("subject"), config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("ärende")
        verbose_name_plural = _("ärenden")
        indexes = [GinIndex(fields=["search"], name="case_search"), models.Index(fields=["-opened_at"], name="case_opened")]
        constraints = [models.UniqueConstraint(fields=["registry_number"], condition=~Q(registry_number=""), name="case_registry_number_once")]

    def __str__(self) -> str:
        return f"{self.registry_number or self.number} {self.subject}"


class StoredFile(models.Model):
    """The bytes of a file, kept in the database so that a step and its files are stored together or not at all."""

    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    name = models.CharField(_("filnamn"), max_length=250)
    media_type = models.CharField(_("filtyp"), max_length=150)
    size = models.PositiveBigIntegerField(_("storlek i byte"))
    content = models.BinaryField(_("innehåll"))
    uuid = models.UUIDField(_("nyckel"), unique=True)
    instance = models.ForeignKey(ProcessInstance, verbose_name=_("ärendegång"), null=True, on_delete=models.PROTECT, related_name="files")
    stored_at = models.DateTimeField(_("sparad"))
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("sparad av"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("fil")
        verbose_name_plural = _("filer")


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
    item = models.ForeignKey(WorkItem, verbose_name=_("uppgift"), null=True, blank=True, on_delete=models.SET_NULL, related_name="documents")
    registered_at = models.DateTimeField(_("registrerad"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("registrerad av"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("handling")
        verbose_name_plural = _("handlingar")
        ordering = ["case", "running_number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "running_number"], name="document_number_once"),
            models.CheckConstraint(condition=Q(direction="DRAWN_UP") | ~Q(counterpart=""), name="document_has_counterpart"),
        ]
