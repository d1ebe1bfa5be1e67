"""What is done: analyse, plan, acknowledge, assign, report_back, follow_up, and the free form."""

from django.utils.translation import gettext_lazy as _

from styrkedja.procedures import effects
from styrkedja.procedures.kinds.base import StepKind, attachment, choice, long_text, on_date, table, text

ANALYSE = StepKind(
    "analyse",
    _("Analysera"),
    _("Gap- och konsekvensanalys: nuläge, gap till önskat läge och vad det innebär."),
    (
        long_text("current_state", _("Nuläge")),
        long_text("gaps", _("Gap till önskat läge")),
        long_text("consequences", _("Konsekvenser"), help=_("Organisation, kompetens, bemanning, ekonomi, patienter och jämlikhet.")),
        long_text("actions", _("Åtgärder för att stänga gapen")),
        attachment(),
    ),
    effect=effects.draw_up,
    initial={name: (name,) for name in ("current_state", "gaps", "consequences", "actions")},
)

PLAN = StepKind(
    "plan",
    _("Planera"),
    _("Aktivitets-, tids- och kommunikationsplan med ställningstagande till vad som ska fasas ut."),
    (
        table(
            "activities",
            _("Aktiviteter"),
            text("activity", _("Aktivitet")),
            choice("scope", _("Omfattning"), ("county_wide", _("Länsgemensam")), ("internal", _("Intern hos huvudman"))),
            text("responsible", _("Ansvarig funktion")),
            on_date("due_on", _("Klart senast")),
            text("follow_up", _("Uppföljning"), required=False),
        ),
        long_text("communication", _("Kommunikation")),
        long_text("phase_out", _("Detta fasas ut"), help=_("Vad slutar göras när det nya införs? Skriv varför om inget fasas ut.")),
        attachment(),
    ),
    effect=effects.draw_up,
    initial={name: (name,) for name in ("activities", "communication", "phase_out")},
)

ACKNOWLEDGE = StepKind(
    "acknowledge",
    _("Kvittera"),
    _("Mottagandet och ansvaret kvitteras."),
    (long_text("note", _("Anteckning"), required=False),),
)

ASSIGN = StepKind(
    "assign",
    _("Fördela insatser"),
    _("Insatser fördelas till den som ska utföra dem."),
    (
        table(
            "assignments",
            _("Fördelade insatser"),
            text("activity", _("Insats")),
            text("body", _("Utförs av")),
            on_date("due_on", _("Återrapporteras senast")),
            required=False,
        ),
        long_text("note", _("Anteckning"), required=False),
    ),
)

REPORT_BACK = StepKind(
    "report_back",
    _("Återrapportera"),
    _("Det som har gjorts återrapporteras."),
    (long_text("report", _("Rapport")), attachment()),
    effect=effects.draw_up,
)

FOLLOW_UP = StepKind(
    "follow_up",
    _("Följ upp"),
    _("Insatserna följs upp på de valda indikatorerna och behovet av justeringar prövas."),
    (
        long_text("results", _("Resultat på valda indikatorer")),
        long_text("adjustments", _("Behov av annan uppföljning eller justeringar")),
        on_date("next_follow_up_on", _("Nästa uppföljning")),
        attachment(),
    ),
    effect=effects.draw_up,
)

FORM = StepKind("form", _("Formulär"), _("Uppgifterna som rutinen frågar efter lämnas."), effect=effects.draw_up)
