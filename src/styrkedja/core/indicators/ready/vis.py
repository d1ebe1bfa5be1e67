"""Vården i siffror, as its public pages ask for values. The interface has no published documentation; what does not fit is refused or told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from styrkedja.core.indicators.definition.kinds import Frequency
from styrkedja.core.indicators.ready.values import WHOLE, Part, ReadyValue
from styrkedja.core.organisations.kinds import OrganisationKind

MEASUREMENTS = "/api/measurements/measurementswithmetadata"
HEADERS = {"x-bvo-ticket": ""}
NATION = "SE"
_PERIODS = {Frequency.MONTH: "Month", Frequency.QUARTER: "Quarter", Frequency.YEAR: "Year"}
# What `type` may say of whom the value is about.
_SEXES = {"": WHOLE, "total": WHOLE, "all": WHOLE, "totalt": WHOLE, "alla": WHOLE, "none": WHOLE}
_SEXES |= {"female": "K", "women": "K", "kvinnor": "K", "kvinna": "K", "male": "M", "men": "M", "män": "M", "man": "M"}


@dataclass(frozen=True)
class Answer:
    """`left_out` counts values by the kind (`type`) that nobody knows what it means."""

    values: tuple[ReadyValue, ...]
    left_out: Mapping[str, int]


def area_id(kind: OrganisationKind, code: str) -> str | None:
    """The id of an organisation: "SE", or the county code of a region."""
    if kind == OrganisationKind.NATION:
        return NATION
    return code if kind == OrganisationKind.REGION and code else None


def request(series: Sequence[str], areas: Sequence[str], frequency: Frequency, first: date, last: date) -> dict[str, Any]:
    return {
        "measureIds": list(series),
        "units": list(areas),
        "periodType": _PERIODS[frequency],
        "dateFrom": first.isoformat(),
        "dateTo": last.isoformat(),
    }


def read_answer(answer: object) -> Answer:
    """Where a series is told of one kind alone, that is the whole whatever it is called. Raises AnswerFault."""
    told = list(_told(Part(answer, "")))
    kinds: dict[str, set[str]] = {}
    for kind, value in told:
        kinds.setdefault(value.series, set()).add(kind)
    values: dict[tuple[Any, ...], ReadyValue] = {}
    left_out: dict[str, int] = {}
    for kind, value in told:
        sex = WHOLE if len(kinds[value.series]) == 1 and kind not in _SEXES else _SEXES.get(kind)
        if sex is None:
            left_out[kind] = left_out.get(kind, 0) + 1
        else:
            of = ReadyValue(value.series, value.area, value.start, value.end, sex, value.value, value.numerator, value.denominator)
            values[value.series, *of.key] = of
    return Answer(tuple(values.values()), left_out)


def _told(answer: Part) -> Iterator[tuple[str, ReadyValue]]:
    for row in answer.items():
        area, series = row.get("organizationId").text(), row.get("measureId").text()
        for told in row.get("measurements").items():
            start, end = _days(told.get("period"))
            numbers = (told.get(name).number() for name in ("value", "numerator", "denominator"))
            kind = told.get("type").raw
            yield str(kind or "").casefold(), ReadyValue(series.casefold(), area, start, end, WHOLE, *numbers)


def _days(period: Part) -> tuple[date, date]:
    """Both days included, whether the end is told as the last day or as the first day after."""
    start, end = _day(period.get("start")), _day(period.get("end"))
    if end > start and end.day == 1:
        end -= timedelta(days=1)
    if end < start:
        raise period.get("end").fault("en dag efter periodens början")
    return start, end


def _day(part: Part) -> date:
    try:
        return datetime.fromisoformat(part.text()).date()
    except ValueError:
        raise part.fault("en dag") from None


def left_out_text(left_out: Mapping[str, int]) -> Iterable[str]:
    for kind, count in sorted(left_out.items()):
        values = "1 värde av slaget" if count == 1 else f"{count} värden av slaget"
        yield f"{values} ”{kind}” är {'utelämnat' if count == 1 else 'utelämnade'}: vad det betyder är inte känt."
