"""What an auditor would ask, rule by rule, where the controls have found something."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

QUESTIONS: Mapping[str, Promise] = {
    "R01": _("Vilka tidsatta delmål har ni, och hur ser ni att de är nådda?"),
    "R02": _("Vem ansvarar, och med vilka resurser?"),
    "R03": _("Varför saknas värden för det som planen säger ska följas?"),
    "R04": _("Hur följs detta på de nivåer där arbetet görs?"),
    "R05": _("Hur undviker ni att två gör samma sak?"),
    "R06": _("Hur har målet i planen ovanför omsatts i planerna nedanför?"),
    "R07": _("Hur hänger målen och åtgärderna ihop?"),
    "R08": _("Var finns den samlade planen med ekonomiska beräkningar?"),
    "R09": _("Vilken indikator visar vad åtgärden bidrar med?"),
    "R10": _("Vad har åtgärden hittills gett i hemtagen effekt?"),
    "R11": _("Hur säkerställer ni att alla enheter och nivåer följs upp på samma sätt?"),
    "R12": _("Hur avgör ni om åtgärden är genomförd och har haft effekt?"),
    "R13": _("Med stöd av vilket mandat fattades beslutet?"),
    "R14": _("Vem får ingripa när målet inte nås, och vad har gjorts?"),
    "R15": _("Vilken ekonomisk beräkning låg bakom beslutet?"),
    "R16": _("När återrapporterades resultatet, och vad beslutade nämnden?"),
    "R17": _("Hur hanterar ni hinder, förändringsmotstånd och målkonflikter?"),
    "R18": _("Hur är kunskapsorganisationen bemannad och säkrad på lång sikt?"),
    "R19": _("Vilka parter är med, och vad bygger beslutet på?"),
    "R20": _("Vad slutar ni göra när det nya införs?"),
}
