"""The statistics as sections of a page: what the figures say first, then the table with its bars, then how they are counted."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.home.presenters.statistics.flow import in_and_out, stalled, standing, ways
from styrkedja.home.presenters.statistics.sections import Section, nine_of_ten, per_cent
from styrkedja.home.presenters.statistics.times import on_time, phases, rework, steps, waiting
from styrkedja.home.selectors.statistics import Figures
from styrkedja.ui.components import Figure, Tone
from styrkedja.ui.wording import number_text

SECTIONS = (phases, steps, waiting, on_time, rework, ways, in_and_out, standing, stalled)


def sections(figures: Figures) -> list[Section]:
    """Every section, in the order of the page."""
    return [section(figures) for section in SECTIONS]


def conclusion(figures: Figures) -> str:
    """What the figures come to, in a few sentences."""
    time = figures.case_lead_time
    if time is None:
        return _("Inget ärende avslutades under perioden.")
    said = ngettext("Under perioden avslutades %(count)s ärende.", "Under perioden avslutades %(count)s ärenden.", figures.ended)
    ended = said % {"count": number_text(figures.ended)}
    took = _("Från öppnande till slut tog det i median %(median)s arbetsdagar.") % {"median": number_text(time.median_working)}
    within = nine_of_ten(time.p90_working, time.count)
    rest = _("Nio av tio var klara inom %(p90)s.") % {"p90": number_text(within)} if within is not None else ""
    return " ".join(filter(None, (ended, took, rest)))


def key_figures(figures: Figures) -> list[Figure]:
    """The row of boxes at the top."""
    time, late = figures.case_lead_time, sum(row.steps for row in figures.stalled)
    count, good = sum(row.count for row in figures.on_time), sum(row.on_time for row in figures.on_time)
    return [
        Figure(number_text(figures.under_way), _("pågående ärenden i dag")),
        Figure(number_text(figures.ended), _("ärenden som avslutades")),
        Figure(number_text(time.median_working) if time else "–", _("arbetsdagar från öppnande till slut, median")),
        Figure(_("%(rate)s %%") % {"rate": per_cent(good, count)} if count else "–", _("av de klara uppgifterna var i tid")),
        Figure(number_text(late), _("uppgifter har stannat upp"), Tone.DANGER if late else Tone.OK),
    ]
