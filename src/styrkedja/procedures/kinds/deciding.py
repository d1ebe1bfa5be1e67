"""What is decided: route, agenda, decide, recommend. A recommendation is not a decision (source 004, steps 23–25)."""

from django.utils.translation import gettext_lazy as _

from styrkedja.procedures import effects
from styrkedja.procedures.kinds.base import StepKind, attachment, group, long_text, on_date, text

_DECIDED = (
    on_date("decided_on", _("Beslutsdatum")),
    on_date("decided_until", _("Till och med"), required=False, help=_("Om sammanträdet varade flera dagar.")),
    text("paragraph", _("Paragraf"), required=False, help=_("Till exempel § 39.")),
)

ROUTE = StepKind(
    "route",
    _("Fördela"),
    _("Ärendet fördelas till det organ som ska ta ställning."),
    (group("body", _("Organ som ska ta ställning")), long_text("grounds", _("Skäl"), required=False)),
    effect=effects.route,
)

AGENDA = StepKind(
    "agenda",
    _("Anmäl till dagordning"),
    _(
        "Ärendet anmäls till ett sammanträde. Underlaget ska vara tydligt om konsekvenser, ansvar och resurser och ha en tydlig rekommendation."
    ),
    (
        on_date("meeting_on", _("Sammanträdesdatum")),
        text("rapporteur", _("Föredragande"), help=_("Ange funktion, inte person.")),
        long_text("consequences", _("Konsekvenser")),
        long_text("responsibility", _("Ansvar")),
        long_text("resources", _("Resurser")),
        long_text("recommendation", _("Rekommendation om beslut")),
        attachment(),
    ),
    effect=effects.draw_up,
    initial={name: (name,) for name in ("rapporteur", "consequences", "responsibility", "resources", "recommendation")},
)

DECIDE = StepKind(
    "decide",
    _("Besluta"),
    _("Ett beslut fattas och antecknas med organ, datum och paragraf."),
    (*_DECIDED, long_text("decision_text", _("Beslut")), attachment("minutes_file", _("Protokollsutdrag"))),
    effect=effects.decide,
)

RECOMMEND = StepKind(
    "recommend",
    _("Rekommendera"),
    _("En rekommendation till huvudmännen beslutas."),
    (*_DECIDED, long_text("recommendation_text", _("Rekommendation")), attachment("minutes_file", _("Protokollsutdrag"))),
    effect=effects.recommend,
)
