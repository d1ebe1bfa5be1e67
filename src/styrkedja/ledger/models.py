"""The log that stands up to an audit: append-only, each link holding the hash of the one before.

An act writes a `PendingEntry` in its own transaction; when that transaction commits, the database itself moves it into the chain (a deferred
trigger takes the lock on the head, numbers the entry and hashes it). The lock is thus held for the commit alone, and an act that is rolled
back leaves no trace. The text of an entry stands beside the chain, which holds only its salted digest: it can be erased where the law demands,
and the chain still verifies.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingEntry(models.Model):
    """An entry on its way into the chain; lives only inside a transaction."""

    body = models.TextField(_("innehåll"))
    payload = models.TextField(_("text"))
    salt = models.CharField(_("salt"), max_length=64)

    class Meta:
        verbose_name = _("väntande loggpost")
        verbose_name_plural = _("väntande loggposter")


class LedgerEntry(models.Model):
    """One link. `body` is canonical JSON: at, act, account, function, object, digest. `hash` = sha256(previous_hash, sequence, body)."""

    sequence = models.BigIntegerField(_("nummer"), primary_key=True)
    body = models.TextField(_("innehåll"))
    previous_hash = models.CharField(_("föregående kontrollsumma"), max_length=64)
    hash = models.CharField(_("kontrollsumma"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("loggpost")
        verbose_name_plural = _("loggposter")
        ordering = ["sequence"]


class LedgerText(models.Model):
    """The readable text of an entry, erasable; the entry's digest is sha256(salt + text)."""

    entry = models.OneToOneField(LedgerEntry, verbose_name=_("loggpost"), on_delete=models.PROTECT, related_name="text")
    payload = models.TextField(_("text"), blank=True)
    salt = models.CharField(_("salt"), max_length=64)

    class Meta:
        verbose_name = _("loggtext")
        verbose_name_plural = _("loggtexter")
