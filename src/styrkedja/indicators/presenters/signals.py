"""What a series says, in a word and in sentences."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.judging import Judgement, Told, is_met, judge
from styrkedja.core.indicators.spc import PointType, Rule, assurance_meaning, meaning
from styrkedja.core.indicators.spc.rules import LONG
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.ui.components import Status, Tone
from styrkedja.ui.wording import sentence_text


def judged(series: Sequence[Shown], *, direction: str, target: float | None) -> Judgement:
    return judge([Told(one.first, one.last, one.value) for one in series], direction=DesiredDirection(direction), target=target)


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
        return _("Varje värde delar månader med nästa och följer därför det av sig självt. Serien bedöms inte mot slumpen.")
    said = [meaning(found.chart), assurance_meaning(found.chart)]
    return " ".join(sentence_text(sentence) for sentence in said if sentence)


def met(value: float | None, target: float | None, direction: str) -> Status | None:
    """Whether the value reaches the target; None where that cannot be said."""
    if value is None or target is None:
        return None
    reached = is_met(value, target, DesiredDirection(direction))
    if reached is None:
        return None
    return Status(_("Målet nås"), Tone.OK) if reached else Status(_("Målet nås inte"), Tone.WARN)
