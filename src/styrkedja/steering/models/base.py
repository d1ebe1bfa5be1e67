"""What all objects of the chain have in common."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from styrkedja.ledger.models import Versioned
from styrkedja.organisations.models import Body, County, Seat


class ChainObject(Versioned):
    """An object with somebody accountable: `accountable_seat` is a function, never a person. What is missing is missing; a control finds it.

    `KIND` names it in the log, the history and the addresses. `PLANS` are the ways to what decides who sees it: while that is a draft, its own
    body alone does ("" when it is the object itself). `WRITERS` are the ways to the bodies whose functions may write, besides the accountable one.
    """

    KIND: ClassVar[str]
    PLANS: ClassVar[tuple[str, ...]] = ("document",)
    WRITERS: ClassVar[tuple[str, ...]] = ("document.accountable_body",)

    county = models.ForeignKey(County, verbose_name=_("län"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("rubrik"), max_length=250, blank=True)
    text = models.TextField(_("beskrivning"), blank=True)
    accountable_body = models.ForeignKey(
        Body, verbose_name=_("ansvarigt organ"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accountable_seat = models.ForeignKey(
        Seat, verbose_name=_("ansvarig funktion"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def writing_functions(self) -> tuple[str, ...]:
        """The functions whose holders may write on it wherever in the county they hold them."""
        return ()
