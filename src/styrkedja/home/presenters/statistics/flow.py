"""Which ways cases take, how many come and go, where they stand and where they have stalled."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.home.presenters.statistics.sections import Section, per_cent, step_cells, step_name
from styrkedja.home.selectors.statistics import Figures
from styrkedja.ui.wording import number_text


def ways(figures: Figures) -> Section:
    rows = figures.variants
    count = sum(row.cases for row in rows)
    conclusion = _("Inget ärende nådde ett slut under perioden.")
    if rows:
        said = ngettext(
            "%(ways)s väg genom rutinen. Den vanligaste gick %(most)s av %(count)s ärenden.",
            "%(ways)s olika vägar genom rutinen. Den vanligaste gick %(most)s av %(count)s ärenden.",
            len(rows),
        )
        conclusion = said % {"ways": len(rows), "most": number_text(rows[0].cases), "count": number_text(count)}
    return Section(
        key="vagar",
        title=_("Vägar genom rutinen"),
        conclusion=conclusion,
        labels=[_("Steg i ordning"), _("Ärenden"), _("Procent")],
        values=[(" → ".join(row.pathway), row.cases, per_cent(row.cases, count)) for row in rows],
        bars=[[(row.cases, "main")] for row in rows],
        legend=_("Stapeln är antalet ärenden."),
        definition=_(
            "En väg är stegens nummer i den ordning som de blev klara, för ärenden som nådde ett slut under perioden. Ett nummer står en gång för varje "
            "omgång, där dess första uppgift blev klar: uppgifter med samma nummer och organ som gör samma steg ger inga egna vägar."
        ),
    )


def in_and_out(figures: Figures) -> Section:
    rows = figures.months
    opened = sum(row.opened for row in rows)
    conclusion = _(
        "Under periodens månader öppnades %(opened)s ärenden, %(ended)s avslutades och %(off)s avskrevs. I dag pågår %(now)s."
    ) % {
        "opened": number_text(opened),
        "ended": number_text(sum(row.ended for row in rows)),
        "off": number_text(sum(row.written_off for row in rows)),
        "now": number_text(figures.under_way),
    }
    return Section(
        key="manader",
        title=_("Ärenden per månad"),
        conclusion=conclusion,
        labels=[_("Månad"), _("Öppnade"), _("Avslutade"), _("Avskrivna"), _("Pågående vid månadens slut")],
        values=[(date_format(row.first, "F Y"), row.opened, row.ended, row.written_off, row.under_way) for row in rows],
        bars=[[(row.under_way, "main")] for row in rows],
        legend=_("Stapeln är antalet pågående ärenden vid månadens slut."),
        definition=_(
            "Hela månader räknas, också den första och den sista. Avslutade har nått ett slut i rutinen; avskrivna har stängts där de stod. Med en "
            "version vald räknas de ärenden som nu följer den."
        ),
    )


def standing(figures: Figures) -> Section:
    rows = figures.standing
    most = max(rows, key=lambda row: row.cases, default=None)
    conclusion = _("Inget ärende pågår.")
    if most is not None:
        said = ngettext(
            "Flest ärenden står vid %(step)s: %(cases)s ärende.", "Flest ärenden står vid %(step)s: %(cases)s ärenden.", most.cases
        )
        conclusion = said % {"step": step_name(figures, most.key), "cases": number_text(most.cases)}
    return Section(
        key="star-vid",
        title=_("Här står ärendena i dag"),
        conclusion=conclusion,
        labels=[_("Steg"), _("Uppgift"), _("Ärenden"), _("Öppna uppgifter")],
        values=[(*step_cells(figures, row.key), row.cases, row.steps) for row in rows],
        bars=[[(row.cases, "main")] for row in rows],
        legend=_("Stapeln är antalet ärenden."),
        definition=_("Varje öppet steg räknas, oberoende av perioden. Ett ärende med parallella steg står på flera ställen."),
    )


def stalled(figures: Figures) -> Section:
    rows = figures.stalled
    steps = sum(row.steps for row in rows)
    conclusion = _("Ingen uppgift har stannat upp.")
    if rows:
        said = ngettext(
            "%(steps)s uppgift har stannat upp. Längst: %(step)s hos %(performer)s, %(days)s dagar.",
            "%(steps)s uppgifter har stannat upp. Längst: %(step)s hos %(performer)s, %(days)s dagar.",
            steps,
        )
        worst = {"step": step_name(figures, rows[0].key), "performer": rows[0].performer, "days": number_text(rows[0].longest)}
        conclusion = said % {"steps": number_text(steps), **worst}
    return Section(
        key="stannat",
        title=_("Uppgifter som har stannat upp"),
        conclusion=conclusion,
        labels=[_("Steg"), _("Uppgift"), _("Utförare"), _("Ärenden"), _("Uppgifter"), _("Längst, dagar")],
        values=[(*step_cells(figures, row.key), row.performer, row.cases, row.steps, row.longest) for row in rows],
        bars=[[(row.longest, "main")] for row in rows],
        legend=_("Stapeln är dagarna för den uppgift som har stått längst."),
        definition=_(
            "En öppen uppgift har stannat upp när dess slutdatum har passerat, eller när den saknar slutdatum och har varit öppen i mer än 30 dagar. "
            "Dagarna räknas i kalenderdagar från slutdatumet, eller från den trettionde dagen, till i dag. Väntan på ett datum räknas inte."
        ),
    )
