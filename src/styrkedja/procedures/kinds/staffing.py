"""Who shall do it: propose_staffing, appoint, compose_group. Functions are proposed, never persons (source 004, step 12)."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from styrkedja.core.fields import WORKING_GROUPS, FieldSpec, FieldType
from styrkedja.procedures import effects
from styrkedja.procedures.kinds.base import StepKind, choice, group, long_text, table, text

PROPOSE_STAFFING = StepKind(
    "propose_staffing",
    _("Föreslå resurssättning"),
    _("Underlag till beslut och förslag till vilka funktioner som behövs i en arbetsgrupp."),
    (
        long_text("brief", _("Underlag till beslut")),
        choice(
            "staffing",
            _("Arbetsgrupp"),
            ("reactivate", _("Tidigare grupp återaktiveras")),
            ("reactivate_extended", _("Tidigare grupp återaktiveras med komplettering")),
            ("new", _("Ny grupp tillsätts")),
        ),
        replace(
            group(
                "earlier_group",
                _("Tidigare grupp"),
                required=False,
                of=WORKING_GROUPS,
                help=_("Behövs när en tidigare grupp återaktiveras."),
            ),
            needed_when=("staffing", "reactivate", "reactivate_extended"),
        ),
        table(
            "functions",
            _("Funktioner som behövs"),
            text("function", _("Funktion"), no_person=True),
            text("organisation", _("Huvudman eller verksamhet")),
            FieldSpec("count", FieldType.NUMBER, _("Antal"), True, minimum=1),
            text("time", _("Omfattning"), required=False),
            help=_("Ange funktioner, inte personer."),
        ),
    ),
)

APPOINT = StepKind(
    "appoint",
    _("Utse"),
    _("Sakkunniga utses till de funktioner som har beslutats."),
    (
        table(
            "experts",
            _("Utsedda sakkunniga"),
            text("function", _("Funktion")),
            text("profession", _("Profession")),
            text("account", _("Användarnamn"), required=False, help=_("Om den utsedda har ett konto.")),
            required=False,
            help=_("En rad för varje utsedd."),
        ),
        long_text("comment", _("Kommentar"), required=False),
    ),
)

COMPOSE_GROUP = StepKind(
    "compose_group",
    _("Sätt samman grupp"),
    _("En arbetsgrupp sätts samman av de utsedda och får sitt uppdrag."),
    (
        group(
            "earlier_group",
            _("Tidigare grupp som återaktiveras"),
            required=False,
            of=WORKING_GROUPS,
            help=_("Lämna tomt om gruppen är ny."),
        ),
        text("group_name", _("Gruppens namn")),
        long_text("mandate", _("Uppdrag")),
        table(
            "members",
            _("Ledamöter"),
            text("function", _("Funktion")),
            text("organisation", _("Huvudman eller verksamhet")),
            text("account", _("Användarnamn"), required=False, help=_("Om ledamoten har ett konto.")),
        ),
        text("convener", _("Sammankallande"), help=_("Användarnamn för den som leder gruppen och gör gruppens steg.")),
        group("activated_groups", _("Stödjande samverkansgrupper"), required=False, many=True),
    ),
    derived=("group",),
    effect=effects.compose_group,
    initial={"earlier_group": ("earlier_group",)},
)
