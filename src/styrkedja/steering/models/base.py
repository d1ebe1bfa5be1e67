"""What all objects of the chain have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from styrkedja.organisations.models import Body, County, Seat


class ChainObject(models.Model):
    """An object with a key for good, somebody accountable, and a version that every change raises (ledger.ObjectVersion keeps what was before).

    `accountable_seat` is a function, never a person. What is missing is missing: a control finds it, no constraint hides it.
    """

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    county = models.ForeignKey(County, verbose_name=_("län"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("rubrik"), max_length=250, blank=True)
    text = models.TextField(_("beskrivning"), blank=True)
    accountable_body = models.ForeignKey(
        Body, verbose_name=_("ansvarigt organ"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accountable_seat = models.ForeignKey(
        Seat, verbose_name=_("ansvarig funktion"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("tillagd"))
    changed_at = models.DateTimeField(_("ändrad"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.key
