"""Fetches values from Vården i siffror."""

from collections.abc import Sequence
from datetime import date

from styrkedja.core.indicators.definition.kinds import Frequency
from styrkedja.core.indicators.ready.vis import MEASUREMENTS, Answer, read_answer, request
from styrkedja.indicators.fetching.web import Web

# So that no answer grows too large.
_MOST_SERIES = 20


def fetch_vis(web: Web, *, series: Sequence[str], areas: Sequence[str], frequency: Frequency, first: date, last: date) -> Answer:
    """Every value of the series in the areas, of periods of the frequency. All of it or FetchFault, AnswerFault."""
    answers = [
        read_answer(web.post(MEASUREMENTS, request(series[start : start + _MOST_SERIES], areas, frequency, first, last)))
        for start in range(0, len(series), _MOST_SERIES)
    ]
    left_out: dict[str, int] = {}
    for answer in answers:
        for kind, count in answer.left_out.items():
            left_out[kind] = left_out.get(kind, 0) + count
    return Answer(tuple(value for answer in answers for value in answer.values), left_out)
