"""What is decided: route, agenda, decide, recommend. A recommendation is not a decision (source 004, steps 23–25)."""

from django.utils.translation import gettext_lazy as _

from styrkedja.core.fields import ESTIMATES, FieldSpec, FieldType
from styrkedja.core.mandates import DecisionLevel
from styrkedja.decisions.models import DECISION_LEVELS
from styrkedja.procedures import effects
from styrkedja.procedures.kinds.base import StepKind, attachment, choice, group, long_text, on_date, text

_DECIDED = (
    on_date("decided_on", _("Beslutsdatum")),
    on_date("decided_until", _("Till och med"), required=False, help=_("Om sammanträdet varade flera dagar.")),
    text("paragraph", _("Paragraf"), required=False, help=_("Till exempel § 39.")),
)
# Who decides, and on what: optional here, since it is asked of bodies whose reglemente or delegation rules are loaded (selectors.deciding).
_MANDATED = (
    choice(
        "decision_level",
        _("Nivå"),
        *((level.value, DECISION_LEVELS[level]) for level in DecisionLevel),
        required=False,
        help=_("Ett politiskt beslut fattas av de förtroendevalda, ett tjänstemannabeslut på delegation."),
    ),
    FieldSpec("delegate", FieldType.FUNCTION, _("Beslutat av funktion"), help=_("Vid beslut på delegation.")),
    text("mandate_subject", _("Ämne"), required=False, help=_("Som i mandatet, till exempel ekonomi.inköp.")),
    FieldSpec("decision_amount", FieldType.NUMBER, _("Belopp, kronor"), help=_("Lämna tomt om beslutet inte gäller pengar.")),
)
_CALCULATED = (
    FieldSpec("estimates", FieldType.CHOICES, _("Ekonomiska beräkningar bakom beslutet"), of=ESTIMATES),
    long_text(
        "no_estimate_reason",
        _("Skäl till att beräkning saknas"),
        required=False,
        help=_("Om beslutet inte vilar på någon ekonomisk beräkning."),
    ),
    FieldSpec("outside_budget", FieldType.YES_NO, _("Går beslutet utanför budget?")),
    long_text(
        "exception_reason",
        _("Skäl till undantag"),
        required=False,
        help=_("Om beslutet går utanför mandatet eller budgeten. Det antecknas då som det är, och kontrollerna visar det."),
    ),
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
    _("Ett beslut fattas och antecknas med organ, datum, paragraf och det som det vilar på."),
    (
        *_DECIDED,
        *_MANDATED,
        long_text("decision_text", _("Beslut")),
        *_CALCULATED,
        attachment("minutes_file", _("Protokollsutdrag")),
    ),
    effect=effects.decide,
)

RECOMMEND = StepKind(
    "recommend",
    _("Rekommendera"),
    _("En rekommendation till huvudmännen beslutas."),
    (*_DECIDED, long_text("recommendation_text", _("Rekommendation")), attachment("minutes_file", _("Protokollsutdrag"))),
    effect=effects.recommend,
)
