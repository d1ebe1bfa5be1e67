"""What a series says, in a word and in sentences."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.core.indicators.charting import natural_chart
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.judging import Judgement, Told, is_met, judge
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.rolling import each_alone
from styrkedja.core.indicators.spc import Chart, PointType, Rule, assurance_meaning, meaning
from styrkedja.core.indicators.spc.rules import LONG
from styrkedja.indicators.models import COMPUTED
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.ui.components import Status, Tone
from styrkedja.ui.wording import day_text, sentence_text

# What a reader may ask for: both suit any series.
CHOSEN = (Chart.XMR, Chart.RUN)


def judged(
    series: Sequence[Shown], *, direction: str, target: float | None, definition: Definition | None, wanted: Chart | None = None
) -> Judgement:
    """By the chart that is wanted, else by that which the values belong in."""
    told = [Told(_begins(one, definition), one.last, one.value, one.numerator, one.denominator) for one in series]
    factor = definition.multiplier if definition is not None else 1.0
    chart = wanted or suited(series, definition)
    return judge(told, direction=DesiredDirection(direction), target=target, chart=chart, factor=factor)


def _begins(one: Shown, definition: Definition | None) -> date:
    """The first day that the value rests on, which may lie before its period."""
    if definition is None or one.source != COMPUTED:
        return one.first
    return min(one.first, Span.ending(Month.of(one.last), definition.reach).first_day)


def judged_behind(
    months: Sequence[Shown], *, direction: str, definition: Definition | None, wanted: Chart | None = None
) -> Judgement | None:
    """The months behind rolling values, each on its own. None where there are none to judge; the target is of the rolling value and not theirs."""
    alone = each_alone(definition) if definition is not None else None
    if alone is None or not months:
        return None
    found = judged(months, direction=direction, target=None, definition=alone, wanted=wanted)
    return found if found.is_judged else None


def suited(series: Sequence[Shown], definition: Definition | None) -> Chart:
    """Of what others publish it is not known what it was divided of."""
    return natural_chart(definition) if series and series[0].source == COMPUTED else Chart.XMR


def signal(found: Judgement) -> Status:
    """What the latest value says, in a word. The tone says the same and never more."""
    if found.chart is None or found.chart.latest is None:
        return Status(_("Värde saknas"), Tone.NEUTRAL)
    if found.overlaps:
        return Status(_("Bedöms inte"), Tone.NEUTRAL)
    latest = found.chart.latest
    if latest.rule is Rule.NONE:
        too_few = sum(point.value is not None for point in found.chart.points) < LONG
        return Status(_("För få värden") if too_few else _("Ingen förändring"), Tone.NEUTRAL)
    return _words()[latest.type]


def _words() -> dict[PointType, Status]:
    return {
        PointType.IMPROVEMENT: Status(_("Förbättring"), Tone.OK),
        PointType.CONCERN: Status(_("Försämring"), Tone.DANGER),
        PointType.NEUTRAL_HIGH: Status(_("Ökning"), Tone.INFO),
        PointType.NEUTRAL_LOW: Status(_("Minskning"), Tone.INFO),
    }


def conclusion(found: Judgement) -> str:
    """What the chart means, for somebody who has never seen one."""
    if found.chart is None:
        return _("Det finns inga värden att bedöma.")
    if found.overlaps:
        return _(
            "Varje värde bygger på %(months)s månader och delar månader med nästa, som därför följer det av sig självt."
            " Serien bedöms inte mot slumpen."
        ) % {"months": found.months}
    said = [meaning(found.chart), assurance_meaning(found.chart)]
    return " ".join(sentence_text(sentence) for sentence in said if sentence)


def month_text(found: Judgement, behind: Judgement | None, definition: Definition | None, *, day: date | None) -> str:
    """Why the months are judged and not the values, or why neither is; "" where the values are."""
    if not found.overlaps or definition is None or each_alone(definition) is None:
        return ""
    if behind is None:
        return _(
            "Månaderna för sig kan bedömas, men visas bara för den som har en funktion i eller över enheten och så länge de finns kvar."
        )
    words = {"months": found.months, "day": day_text(day) if day else ""}
    return (
        _(
            "Varje värde bygger på %(months)s månader och delar månader med nästa. Därför bedöms månaderna var för sig, omräknade så att de kan"
            " jämföras med värdet och efter organisationen %(day)s. Årstiden kan både ge tecken och dölja en långsam förändring här: jämför med samma månad året före."
        )
        % words
    )


def chart_text(found: Judgement) -> str:
    """Which chart it is, and why; "" for a series that is only drawn."""
    if found.chart is None or found.overlaps:
        return ""
    words = {
        Chart.P_PRIME: _("Styrdiagram för andelar (p′): gränserna följer nämnaren och är vidare där den är liten."),
        Chart.U_PRIME: _("Styrdiagram för antal per nämnare (u′): gränserna följer nämnaren och är vidare där den är liten."),
        Chart.XMR: _("Styrdiagram för enskilda värden (XmR): gränserna följer hur mycket värdena brukar skilja sig från ett till nästa."),
        Chart.RUN: _("Linjediagram med median: utan gränser. En lång rad värden på samma sida om medianen är tecken på en förändring."),
    }
    return words.get(found.chart.manner.chart, "")


def chart_choices(suits: Chart) -> list[tuple[str, str]]:
    """What may be chosen instead of the chart that suits the values."""
    names = {
        Chart.P_PRIME: _("Andelar (p′)"),
        Chart.U_PRIME: _("Antal per nämnare (u′)"),
        Chart.XMR: _("Enskilda värden (XmR)"),
        Chart.RUN: _("Linje med median"),
    }
    return [("", names[suits]), *((str(chart), names[chart]) for chart in CHOSEN if chart is not suits)]


def chart_asked(name: str) -> Chart | None:
    return next((chart for chart in CHOSEN if chart == name), None)


def met(value: float | None, target: float | None, direction: str) -> Status | None:
    """Whether the value reaches the target; None where that cannot be said."""
    if value is None or target is None:
        return None
    reached = is_met(value, target, DesiredDirection(direction))
    if reached is None:
        return None
    return Status(_("Målet nås"), Tone.OK) if reached else Status(_("Målet nås inte"), Tone.WARN)
