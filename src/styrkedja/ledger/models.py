"""The log that stands up to an audit: append-only, each link holding the hash of the one before.

An act writes a `PendingEntry` in its own transaction; when that transaction commits, the database itself moves it into the chain (a deferred
trigger takes the lock on the head, numbers the entry and hashes it). The lock is thus held for the commit alone, and an act that is rolled
back leaves no trace. The text of an entry stands beside the chain, which holds only its salted digest: it can be erased where the law demands,
and the chain still verifies.
"""

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _


def _from_body(key: str, max_length: int) -> models.GeneratedField:
    """A column that the database reads out of `body`, and that can thus never say anything else than what is hashed."""
    return models.GeneratedField(
        expression=KeyTextTransform(key, Cast("body", models.JSONField())),
        output_field=models.CharField(max_length=max_length, null=True),
        db_persist=True,
    )


class PendingEntry(models.Model):
    """An entry on its way into the chain; lives only inside a transaction. `queued`: behind everything else that the commit must check."""

    body = models.TextField(_("innehåll"))
    payload = models.TextField(_("text"))
    salt = models.CharField(_("salt"), max_length=64)
    queued = models.BooleanField(_("köad"), default=False)

    class Meta:
        verbose_name = _("väntande loggpost")
        verbose_name_plural = _("väntande loggposter")


class LedgerEntry(models.Model):
    """One link. `body` is canonical JSON (core.ledger.chain.entry_body); `hash` is core.ledger.chain.link_hash, computed by the database."""

    sequence = models.BigIntegerField(_("nummer"), primary_key=True)
    body = models.TextField(_("innehåll"))
    previous_hash = models.CharField(_("föregående kontrollsumma"), max_length=64)
    hash = models.CharField(_("kontrollsumma"), max_length=64, unique=True)
    act = _from_body("act", 60)
    object_type = _from_body("object_type", 60)
    object_id = _from_body("object_id", 100)

    class Meta:
        verbose_name = _("loggpost")
        verbose_name_plural = _("loggposter")
        ordering = ["sequence"]
        indexes = [models.Index(fields=["object_type", "object_id", "sequence"], name="ledger_entry_object")]


class LedgerText(models.Model):
    """The readable text of an entry, erasable; the entry's digest is sha256(salt + text)."""

    entry = models.OneToOneField(LedgerEntry, verbose_name=_("loggpost"), on_delete=models.PROTECT, related_name="text")
    payload = models.TextField(_("text"), blank=True)
    salt = models.CharField(_("salt"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("loggtext")
        verbose_name_plural = _("loggtexter")


class Versioned(models.Model):
    """A row with a key for good and a version that every change raises. What it was before, `ObjectVersion` keeps (ledger.keeping)."""

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("tillagd"))
    changed_at = models.DateTimeField(_("ändrad"))

    class Meta:
        abstract = True


class ObjectVersion(models.Model):
    """What a change made of an object's fields, so that the object can be read as it stood at any moment.

    `changes` holds, for each field that changed, what it was before and after, as JSON values; before the first version everything was None.
    `account` and `function` as in the log, of which this is the readable side.
    """

    object_type = models.CharField(_("slag av objekt"), max_length=60)
    object_id = models.BigIntegerField(_("objekt"))
    version = models.PositiveIntegerField(_("version"))
    changes = models.JSONField(_("ändringar"))
    account = models.BigIntegerField(_("konto"), null=True)
    function = models.CharField(_("i funktionen"), max_length=350, blank=True)
    at = models.DateTimeField(_("tidpunkt"))

    class Meta:
        verbose_name = _("objektversion")
        verbose_name_plural = _("objektversioner")
        ordering = ["object_type", "object_id", "version"]
        constraints = [models.UniqueConstraint(fields=["object_type", "object_id", "version"], name="object_version_once")]
        indexes = [models.Index(fields=["object_type", "at"], name="object_version_at")]


class SentForm(models.Model):
    """A form that has been sent and done. The same `key` from the same account is the same act, which is never done twice.

    `digest` is that of what was filled in; `address` is where it led.
    """

    key = models.UUIDField(_("inlämningsnyckel"))
    account = models.BigIntegerField(_("konto"))
    digest = models.CharField(_("kontrollsumma"), max_length=64)
    address = models.TextField(_("adress"), blank=True)
    at = models.DateTimeField(_("tidpunkt"))

    class Meta:
        verbose_name = _("skickat formulär")
        verbose_name_plural = _("skickade formulär")
        constraints = [models.UniqueConstraint(fields=["key", "account"], name="form_sent_once")]
