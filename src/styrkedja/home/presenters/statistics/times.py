"""How long things take, what waits, what is in time and what is done again."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.process.statistics import LeadTime
from styrkedja.home.presenters.statistics.sections import Section, nine_of_ten, per_cent, step_cells, step_name
from styrkedja.home.selectors.statistics import Figures
from styrkedja.ui.wording import number_text


def _time_labels(*first: str) -> list[str]:
    return [
        *first,
        _("Median, arbetsdagar"),
        _("Nio av tio inom, arbetsdagar"),
        _("Median, kalenderdagar"),
        _("Nio av tio inom, kalenderdagar"),
    ]


def _times(row: LeadTime) -> tuple[float, int | None, float, int | None]:
    working, calendar = (nine_of_ten(days, row.count) for days in (row.p90_working, row.p90_calendar))
    return (row.median_working, working, row.median_calendar, calendar)


def _time_bars(rows: Sequence[LeadTime]) -> list[list[tuple[float, str]]]:
    within = (nine_of_ten(row.p90_working, row.count) for row in rows)
    return [
        [(row.median_working, "main"), ((most or row.median_working) - row.median_working, "light")]
        for row, most in zip(rows, within, strict=True)
    ]


def _time_legend() -> str:
    return _("Stapelns mörka del är medianen i arbetsdagar, hela stapeln den tid som nio av tio klarar, där de är minst tio.")


def _time_definition(first: str) -> str:
    rest = _(
        "En dag räknas från och med dagen efter den första, så det som blir klart samma dag tar 0 dagar. Arbetsdagar är inte lördagar, söndagar, "
        "helgdagar, midsommar-, jul- och nyårsafton eller länets egna stängda dagar. Medianen är det mittersta värdet. Nio av tio inom är det "
        "minsta värde som minst 90 procent av fallen håller sig inom; det sägs bara när de är minst tio."
    )
    return f"{first} {rest}"


def phases(figures: Figures) -> Section:
    rows = figures.phases
    names = {row.key: figures.outline.phases.get(row.key, row.key) for row in rows}
    slowest = max(rows, key=lambda row: (row.median_working, row.p90_working), default=None)
    conclusion = _("Inget ärende lämnade någon fas under perioden.")
    if slowest is not None:
        conclusion = _("Längst tid tar fasen %(phase)s: %(median)s arbetsdagar i median.") % {
            "phase": names[slowest.key],
            "median": number_text(slowest.median_working),
        }
        if (within := nine_of_ten(slowest.p90_working, slowest.count)) is not None:
            conclusion += " " + _("Nio av tio ärenden är klara med den inom %(p90)s.") % {"p90": number_text(within)}
    return Section(
        key="faser",
        title=_("Ledtid per fas"),
        conclusion=conclusion,
        labels=_time_labels(_("Fas"), _("Ärenden")),
        values=[(names[row.key], row.count, *_times(row)) for row in rows],
        bars=_time_bars(rows),
        legend=_time_legend(),
        definition=_time_definition(
            _(
                "Fasens ledtid i ett ärende är de dagar då minst ett av fasens steg var öppet; väntan på ett datum räknas in. Ett ärende räknas när "
                "det har lämnat fasen under perioden. Avskrivna ärenden räknas inte."
            )
        ),
    )


def steps(figures: Figures) -> Section:
    rows = figures.steps
    slowest = max(rows, key=lambda row: (row.median_working, row.p90_working), default=None)
    conclusion = _("Inget steg blev klart under perioden.")
    if slowest is not None:
        conclusion = _("Längst tid tar %(step)s: %(median)s arbetsdagar i median.") % {
            "step": step_name(figures, slowest.key),
            "median": number_text(slowest.median_working),
        }
    return Section(
        key="steg",
        title=_("Ledtid per steg"),
        conclusion=conclusion,
        labels=_time_labels(_("Steg"), _("Uppgift"), _("Antal")),
        values=[(*step_cells(figures, row.key), row.count, *_times(row)) for row in rows],
        bars=_time_bars(rows),
        legend=_time_legend(),
        definition=_time_definition(
            _(
                "Ledtiden går från den dag då uppgiften öppnades till den dag då den blev klar. Där flera organ gör samma steg räknas varje organs "
                "uppgift för sig. Uppgifter som blev klara under perioden räknas; väntan på ett datum gör det inte."
            )
        ),
    )


def waiting(figures: Figures) -> Section:
    rows = figures.shares
    labels = [_("Steg"), _("Uppgift"), _("Antal"), _("Varav tagna"), _("Väntan, dagar"), _("Arbete, dagar"), _("Väntan på datum, dagar")]
    return Section(
        key="vantan",
        title=_("Väntan och arbete"),
        conclusion=_waiting_conclusion(figures),
        labels=[*labels, _("Ej tagna, dagar")],
        values=[(*step_cells(figures, row.key), row.count, row.claimed, row.waiting, row.working, row.pausing, row.untold) for row in rows],
        bars=[[(row.waiting, "light"), (row.working, "main"), (row.pausing, "frame")] for row in rows],
        legend=_("I stapeln står först väntan (ljus), sedan arbete (mörk) och sist väntan på ett datum (bara ram)."),
        definition=_(
            "Väntan är kalenderdagarna från att uppgiften öppnades till att någon tog den, arbete är dagarna därifrån till att den blev klar. För en "
            "uppgift som blev klar utan att ha tagits är det okänt när arbetet började; dess dagar står för sig. Väntan på ett datum är steg som "
            "rutinen låter vila till en viss dag. Uppgifter som blev klara under perioden räknas."
        ),
    )


def _waiting_conclusion(figures: Figures) -> str:
    """What is known, and of how much it is not."""
    rows = figures.shares
    told, untold = sum(row.told for row in rows), sum(row.untold for row in rows)
    if not told and not untold:
        return _("Inget steg tog någon tid under perioden.")
    if not told:
        return _("Ingen uppgift togs innan den blev klar, så det går inte att säga vad som var väntan och vad som var arbete.")
    sums = {
        "waiting": sum(row.waiting for row in rows),
        "working": sum(row.working for row in rows),
        "pausing": sum(row.pausing for row in rows),
    }
    said = _(
        "Av den tid som är känd gick %(waiting)s procent åt till att vänta på att någon tog uppgiften, %(working)s procent var arbete och %(pausing)s "
        "procent väntan på ett datum."
    ) % {name: per_cent(days, told) for name, days in sums.items()}
    if untold:
        said += " " + _("För %(untold)s procent av all tid är det inte känt, eftersom uppgiften aldrig togs.") % {
            "untold": per_cent(untold, told + untold)
        }
    if sums["waiting"]:
        said += " " + _("Mest väntan har %(step)s.") % {"step": step_name(figures, max(rows, key=lambda row: row.waiting).key)}
    return said


def on_time(figures: Figures) -> Section:
    rows = figures.on_time
    count, good = sum(row.count for row in rows), sum(row.on_time for row in rows)
    conclusion = _("Ingen uppgift med slutdatum blev klar under perioden.")
    if count:
        said = ngettext(
            "%(good)s av %(count)s uppgift med slutdatum blev klar i tid, %(rate)s procent.",
            "%(good)s av %(count)s uppgifter med slutdatum blev klara i tid, %(rate)s procent.",
            count,
        )
        conclusion = said % {"good": number_text(good), "count": number_text(count), "rate": per_cent(good, count)}
    if figures.overdue:
        said = ngettext(
            "Dessutom är %(late)s öppen uppgift försenad i dag.", "Dessutom är %(late)s öppna uppgifter försenade i dag.", figures.overdue
        )
        conclusion += " " + said % {"late": number_text(figures.overdue)}
    return Section(
        key="i-tid",
        title=_("Klart i tid"),
        conclusion=conclusion,
        labels=[_("Steg"), _("Uppgift"), _("Klara"), _("I tid"), _("I tid, procent")],
        values=[(*step_cells(figures, row.key), row.count, row.on_time, per_cent(row.on_time, row.count)) for row in rows],
        bars=[[(per_cent(row.on_time, row.count), "main"), (100 - per_cent(row.on_time, row.count), "light")] for row in rows],
        legend=_("Stapelns mörka del är andelen som blev klar i tid."),
        definition=_(
            "En uppgift är klar i tid när den blev klar på sitt slutdatum eller tidigare. Slutdatumet är det som gällde sist; ett datum kan ha "
            "ändrats med ett skäl. Uppgifter utan slutdatum räknas inte. Uppgifter som blev klara under perioden räknas."
        ),
    )


def rework(figures: Figures) -> Section:
    rows = figures.rework
    worst = max(rows, key=lambda row: (row.again, row.again / row.cases), default=None)
    conclusion = _("Inget steg gjordes mer än en gång i något ärende.")
    if worst is not None and worst.again:
        conclusion = _("Oftast görs steg %(number)s om: i %(again)s av %(cases)s ärenden.") % {
            "number": worst.number,
            "again": number_text(worst.again),
            "cases": number_text(worst.cases),
        }
    return Section(
        key="omtag",
        title=_("Omtag"),
        conclusion=conclusion,
        labels=[_("Steg"), _("Ärenden"), _("Med omtag"), _("Med omtag, procent"), _("Omtag")],
        values=[(row.number, row.cases, row.again, per_cent(row.again, row.cases), row.rounds) for row in rows],
        bars=[[(per_cent(row.again, row.cases), "main")] for row in rows],
        legend=_("Stapeln är andelen ärenden där steget gjordes mer än en gång."),
        definition=_(
            "Ett omtag är varje gång efter den första som ett steg görs i ett ärende. Har flera uppgifter samma stegnummer räknas den uppgift som har "
            "gjorts flest gånger, och gör flera organ steget räknas det organ som har gjort det flest gånger. Ärenden som gjorde steget under "
            "perioden räknas, med alla omtag de har haft."
        ),
    )
