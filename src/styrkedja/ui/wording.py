"""How dates, distances, sizes, amounts and the core's sentences are said, in the reader's language."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from styrkedja.core.sentences import Month, Sentence
from styrkedja.core.working_days import working_days_between

_KILO = 1024


def as_day(value: date | datetime) -> date:
    """The calendar day of a date or a moment, in the project's time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day_text(value: date | datetime, at: date | datetime | None = None) -> str:
    """ "24 nov"; with the year ("24 nov 2025") when it is another year than that of `at`, or when `at` is not given."""
    day = as_day(value)
    same_year = at is not None and as_day(at).year == day.year
    return date_format(day, f"j {_month()}" if same_year else f"j {_month()} Y")


def _month() -> str:
    """Months are written small in Swedish, with a capital in English."""
    return "b" if get_language() == "sv" else "M"


def long_day_text(value: date | datetime) -> str:
    """ "söndag 22 november 2026"."""
    return date_format(as_day(value), "l j F Y")


def long_month_text(month: date) -> str:
    """ "november 2026"."""
    return date_format(month, "F Y")


def moment_text(value: datetime, at: date | datetime | None = None) -> str:
    """ "24 nov kl. 14:32", with the year as `day_text` has it."""
    return _("%(day)s kl. %(time)s") % {"day": day_text(value, at), "time": date_format(timezone.localtime(value), "H:i")}


def distance_text(value: date | datetime, at: date | datetime) -> str:
    """How far off a due day is: "i dag", "om 3 arbetsdagar", "2 dagar sen".

    What is to come is counted in working days, since that is the time there is to work; what has passed in calendar days.
    """
    due, today = as_day(value), as_day(at)
    if due == today:
        return _("i dag")
    if due < today:
        days = (today - due).days
        return ngettext("%(days)s dag sen", "%(days)s dagar sen", days) % {"days": days}
    left = working_days_between(today, due)
    if left:
        return ngettext("om %(days)s arbetsdag", "om %(days)s arbetsdagar", left) % {"days": left}
    days = (due - today).days
    return ngettext("om %(days)s dag", "om %(days)s dagar", days) % {"days": days}


def size_text(size: int) -> str:
    """Bytes as "1,4 MB", "312 kB" or "87 byte"."""
    if size < _KILO:
        return _("%(size)s byte") % {"size": size}
    if size < _KILO * _KILO:
        return _("%(size)s kB") % {"size": round(size / _KILO)}
    return _("%(size)s MB") % {"size": number_text(round(size / _KILO / _KILO, 1))}


def number_text(value: float | Decimal) -> str:
    """A number without needless decimals: "12\u202f500,5" with a narrow space in Swedish, "12,500.5" in English."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return text.replace(",", "\u202f").replace(".", ",") if get_language() == "sv" else text


def sentence_text(sentence: str) -> str:
    """A sentence of the core in the reader's language; any other text as it is."""
    if not isinstance(sentence, Sentence) or not sentence:
        return sentence
    values = {name: _value_text(value) for name, value in sentence.values.items()}
    return _(sentence.pattern) % values if values else _(sentence.pattern)


def _value_text(value: object) -> object:
    if isinstance(value, Decimal):
        return number_text(value.normalize())
    if isinstance(value, Month):
        return long_month_text(value)
    if isinstance(value, date):
        return day_text(value)
    return sentence_text(value) if isinstance(value, str) else value
