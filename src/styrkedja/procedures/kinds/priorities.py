"""What comes first: prioritise, park. The criteria are those of the national model for open priorities (reference 2.2)."""

from django.utils.translation import gettext_lazy as _

from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.procedures.kinds.base import StepKind, choice, long_text, on_date

_SCALE = (
    ("very_high", _("Mycket stor")),
    ("high", _("Stor")),
    ("moderate", _("Måttlig")),
    ("low", _("Liten")),
    ("unknown", _("Går inte att bedöma")),
)

PRIORITISE = StepKind(
    "prioritise",
    _("Prioritera"),
    _("Kunskapsstödet prioriteras enligt prioriteringsblanketten."),
    (
        choice("severity", _("Tillståndets svårighetsgrad"), *_SCALE),
        choice("benefit", _("Åtgärdernas patientnytta"), *_SCALE),
        choice("evidence", _("Evidens"), ("strong", _("Stark")), ("moderate", _("Måttlig")), ("weak", _("Svag")), ("none", _("Saknas"))),
        choice("cost_effectiveness", _("Kostnadseffektivitet"), *_SCALE),
        FieldSpec("patients", FieldType.NUMBER, _("Uppskattat antal patienter i länet per år")),
        choice("known_gap", _("Känt gap mot kunskapsstödet"), *_SCALE),
        choice("coordination", _("Vinst av att samordna i länet"), *_SCALE),
        FieldSpec("rank", FieldType.NUMBER, _("Sammanvägd rang 1–10"), True, _("1 är högst prioritet, 10 är lägst.")),
        long_text("grounds", _("Motivering")),
    ),
)

PARK = StepKind(
    "park",
    _("Vänta"),
    _("Arbetet läggs åt sidan till ett bestämt datum."),
    (on_date("reconsider_on", _("Ompröva den")), long_text("grounds", _("Skäl"))),
)
