"""How values and periods of indicators are said."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.outcome import UNKNOWN, ValueStatus
from styrkedja.indicators.models import COMPUTED, VALUE_STATUSES
from styrkedja.indicators.selectors.disclosing import Shown

_NARROW = "\u202f"
_QUARTER, _YEAR = 3, 12
READY_NAMES = {"kolada": gettext_lazy("Kolada"), "vis": gettext_lazy("Vården i siffror"), "file": gettext_lazy("Inläst fil")}


def figure_text(value: float | None, decimals: int) -> str:
    """A value with all its decimals, so that figures below each other are read as one column: "1 250,0"; a dash for none."""
    if value is None:
        return "–"
    text = f"{value:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.removeprefix("-")
    return text.replace(",", _NARROW).replace(".", ",").replace("-", "−") if get_language() == "sv" else text


def unit_beside(title: str, unit: str) -> str:
    """The unit after a value under the indicator's name, without what the name says already: "kr" of a cost "per invånare"."""
    words, said = unit.split(), title.casefold()
    for start in range(len(words)):
        rest = words[start:]
        if (start == 0 or len(rest) > 1) and " ".join(rest).casefold() in said:
            return " ".join(words[:start])
    return " ".join(words[1:]) if len(words) > 1 and words[0].casefold() in said else unit


def shown_text(shown: Shown | None, decimals: int) -> str:
    """The value, or why there is none."""
    if shown is None:
        return "–"
    if shown.is_withheld:
        return _("Visas inte (röjandeskydd)")
    return figure_text(shown.value, decimals) if shown.status == ValueStatus.VALUE else str(VALUE_STATUSES[shown.status])


def period_text(first: date, last: date) -> str:
    """ "okt 2026", "kvartal 3 2026", "2026", or the two months that the days run between."""
    months = Month.of(last).number - Month.of(first).number + 1
    if months == 1:
        return month_text(last)
    if months == _QUARTER and last.month % _QUARTER == 0:
        return _("kvartal %(number)s %(year)s") % {"number": last.month // _QUARTER, "year": last.year}
    if months == _YEAR and first.month == 1:
        return str(last.year)
    return f"{month_text(first)}–{month_text(last)}"


def month_text(day: date) -> str:
    return date_format(day, "b Y" if get_language() == "sv" else "M Y")


def source_text(source: str, titles: Mapping[str, str]) -> str:
    """ "Beräknat ur verksamhetens data", or the publisher and the publisher's own name of the series."""
    if source == COMPUTED:
        return _("Beräknat ur verksamhetens data")
    kind, _colon, series = source.partition(":")
    named = titles.get(source) or series
    return f"{READY_NAMES.get(kind, kind)}, {named}" if named else _("Påhittade värden för demonstration")


def part_text(source: FactSource | None, column: str, code: str) -> str:
    """A part of a dimension in words."""
    if code == UNKNOWN:
        return _("Uppgift saknas")
    known = source.columns.get(column) if source else None
    return known.codes.get(code, code) if known else code


def column_text(source: FactSource | None, column: str) -> str:
    known = source.columns.get(column) if source else None
    return known.title if known else column
