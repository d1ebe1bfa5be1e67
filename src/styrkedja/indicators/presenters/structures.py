"""By which organisation a page tells its values: what may be chosen, and the sentences that always say what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Aggregate
from styrkedja.indicators.models import COMPUTED
from styrkedja.indicators.presenters.wording import period_text
from styrkedja.indicators.selectors.analysing import Thread
from styrkedja.indicators.selectors.scenes import Move, Scene
from styrkedja.ui.wording import day_text

TODAY, ON_DAY = "idag", "datum"
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_MOST = 20


def day_asked(structure: str, day: str, *, today: date) -> date | None:
    """The day whose organisation an address asks for; None for as-was, and for what it says wrongly. `structure` may be the day itself."""
    if structure == TODAY:
        return today
    try:
        found = date.fromisoformat(day if structure == ON_DAY else structure)
    except ValueError:
        return None
    return found if _FIRST <= found <= _LAST else None


def structure_kept(as_on: date | None, *, today: date) -> str:
    """As an address says it; today's is said so that it stays today's."""
    if as_on is None:
        return ""
    return TODAY if as_on == today else as_on.isoformat()


def structure_choices(planned: Sequence[date]) -> list[tuple[str, str]]:
    """`planned` are the days to come on which the organisation changes."""
    days = [(day.isoformat(), _("Som den är planerad från %(day)s") % {"day": day_text(day)}) for day in planned]
    return [
        ("", _("Som den var i varje period")),
        (TODAY, _("Som den är i dag")),
        *days,
        (ON_DAY, _("Som den är ett visst datum")),
    ]


def structure_text(source: str, as_on: date | None, *, today: date) -> str:
    """Which organisation the values are told by."""
    if source != COMPUTED:
        return _("Värdena är utgivarens egna och följer utgivarens indelning.")
    if as_on is None:
        return _("Organisationen visas som den var i varje period.")
    words = {"day": day_text(as_on)}
    if as_on == today:
        return _("Organisationen visas som den är i dag, %(day)s. Alla perioder är räknade efter den.") % words
    if as_on > today:
        return _("Organisationen visas som den är planerad att vara %(day)s. Alla perioder är räknade efter den.") % words
    return _("Organisationen visas som den var %(day)s. Alla perioder är räknade efter den.") % words


def structure_notes(scene: Scene, *, is_asked_without_day: bool, today: date) -> list[str]:
    """What cannot be told by that organisation, and why."""
    found: list[str] = []
    if is_asked_without_day:
        found.append(_("Ange ett datum för att se organisationen som den är just då."))
    if scene.as_on is not None and scene.as_on > today and not any(day <= scene.as_on for day in scene.planned):
        found.append(_("Ingen ändring av organisationen är inlagd till dess."))
    found += untold(scene)
    if scene.as_on is None and scene.moves:
        found.append(_("Enheter har flyttats medan serien löper. Välj organisationen som den är i dag för att jämföra lika med lika."))
    return found


def untold(shown: Scene | Thread) -> list[str]:
    """What cannot be told by the organisation that is asked for, and why."""
    found = []
    if shown.refused:
        found.append(_("Organisationen går inte att räkna efter: %(reason)s") % {"reason": shown.refused})
    if shown.lacking:
        found.append(_lacking_text(shown))
    return found


def _lacking_text(shown: Scene | Thread) -> str:
    first, last = shown.lacking[0], shown.lacking[-1]
    words = {"count": len(shown.lacking), "periods": period_text(first.first_day, last.last_day)}
    if is_distinct(shown.definition):
        text = ngettext(
            "Den som har kontakt med flera enheter räknas en gång, så antalet personer går inte att lägga ihop i en annan organisation."
            " %(count)s period visas därför inte (%(periods)s).",
            "Den som har kontakt med flera enheter räknas en gång, så antalet personer går inte att lägga ihop i en annan organisation."
            " %(count)s perioder visas därför inte (%(periods)s).",
            len(shown.lacking),
        )
    else:
        text = ngettext(
            "%(count)s period visas inte (%(periods)s): det som den skulle räknas av finns inte kvar.",
            "%(count)s perioder visas inte (%(periods)s): det som de skulle räknas av finns inte kvar.",
            len(shown.lacking),
        )
    return text % words


def is_distinct(definition: Definition | None) -> bool:
    """Whether the indicator counts persons once, so that its cells cannot be added in another tree."""
    return definition is not None and any(one.aggregate == Aggregate.DISTINCT for one in definition.cell_measures)


@dataclass(frozen=True)
class MoveRow:
    day: date
    who: str
    before: str
    after: str


def move_rows(moves: Sequence[Move]) -> list[MoveRow]:
    """The latest first; no more than can be read."""
    found = sorted(moves, key=lambda one: (one.day, one.who.name), reverse=True)[:_MOST]
    return [MoveRow(one.day, one.who.name, one.before.name if one.before else "–", one.after.name if one.after else "–") for one in found]
