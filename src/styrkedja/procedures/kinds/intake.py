"""What comes in and is passed on: await, register, forward."""

from django.utils.translation import gettext_lazy as _

from styrkedja.procedures import effects
from styrkedja.procedures.kinds.base import StepKind, attachment, long_text, on_date, text

AWAIT = StepKind(
    "await",
    _("Invänta"),
    _("Något utanför länet inväntas. Steget avslutas när det har kommit eller när det står klart att det inte kommer."),
    (
        on_date("arrived_on", _("Ankom den"), not_future=True),
        text("sender", _("Avsändare")),
        on_date("answer_due", _("Svar senast"), required=False, help=_("Datum i avsändarens följebrev."), not_before="arrived_on"),
        attachment("received_file", _("Inkommen handling")),
    ),
)

REGISTER = StepKind(
    "register",
    _("Diarieför"),
    _("Handlingen diarieförs och ärendet får ett diarienummer."),
    (
        text("document_title", _("Handlingens rubrik"), help=_("Kort vad handlingen rör. Skriv inga personnamn.")),
        on_date("received_on", _("Inkom den"), not_future=True),
        text("counterpart", _("Avsändare"), help=_("En organisation, inte en person.")),
        attachment("document_file", _("Handlingen som fil")),
        long_text("note", _("Anteckning till samordnaren"), required=False),
    ),
    effect=effects.register,
    initial={"received_on": ("arrived_on",), "counterpart": ("sender",), "document_file": ("received_file",)},
)

FORWARD = StepKind(
    "forward",
    _("Vidarebefordra"),
    _("Handlingarna skickas vidare till dem som berörs."),
    (
        long_text("message", _("Meddelande"), required=False),
        text("also_informed", _("Även informerade"), required=False, help=_("Andra aktörer som har fått handlingarna.")),
    ),
)
