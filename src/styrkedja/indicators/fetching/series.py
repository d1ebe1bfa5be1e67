"""From the indicators that follow a publisher's series to values of our bodies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.definition import Definition, ReadySource
from styrkedja.core.indicators.definition.kinds import Frequency, ReadyKind
from styrkedja.core.indicators.ready import kolada, vis
from styrkedja.core.indicators.ready.values import ATTRIBUTIONS, ReadyValue, deviations
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.fetching.kolada import fetch_kolada
from styrkedja.indicators.fetching.vis import fetch_vis
from styrkedja.indicators.fetching.web import Web
from styrkedja.indicators.selectors.areas import Area, areas_by
from styrkedja.indicators.services.loads import check_may_load
from styrkedja.indicators.services.ready import ReadyBatch, ReadyRow, Replaced, Scope, replace_ready_values


@dataclass(frozen=True)
class Followed:
    """One series that an indicator follows."""

    definition: Definition
    ready: ReadySource

    @property
    def ids(self) -> list[str]:
        return [told for told in (self.ready.id, self.ready.reference) if told]


@dataclass(frozen=True)
class Fetched:
    followed: Followed
    replaced: Replaced


@dataclass(frozen=True)
class Fetching:
    """`done` by series, and in Swedish what was left out and why."""

    kind: ReadyKind
    done: Sequence[Fetched]
    notes: Sequence[str]

    @property
    def attribution(self) -> str:
        return ATTRIBUTIONS[self.kind]


def followed(definitions: Mapping[str, Definition], kind: ReadyKind, only: Sequence[str]) -> list[Followed]:
    """The series of the kind that the indicators follow. Raises Refused if one of `only` is not there or follows none."""
    found = [Followed(one, ready) for one in definitions.values() for ready in one.ready if ready.source == kind]
    for key in only:
        if key not in definitions:
            raise Refused(f"Det finns ingen indikator ”{key}”. Kontrollera med styrkedja indicators check.")
        if not any(one.definition.id == key for one in found):
            raise Refused(f"Indikatorn ”{key}” följer ingen serie från {ATTRIBUTIONS[kind].removeprefix('Källa: ')}.")
    return [one for one in found if not only or one.definition.id in only]


def fetch_series(
    *, actor: User | None, web: Web, kind: ReadyKind, series: Sequence[Followed], first: int, last: int, at: datetime
) -> Fetching:
    """Fetch the values of the years and keep them. Everything is fetched before anything is kept.

    Raises Refused (FetchFault, AnswerFault), and then nothing has changed.
    """
    check_may_load(actor)
    areas = areas_by(kolada.area_id if kind == ReadyKind.KOLADA else vis.area_id)
    wanted = {kind for one in series for kind in one.definition.levels}
    asked = {area: found for area, found in areas.items() if found.kind in wanted}
    if not (series and asked):
        return Fetching(kind, [], ["Det finns inga organ eller serier att hämta värden för."])
    if kind == ReadyKind.KOLADA:
        ids = _unique(one for followed in series for one in followed.ids)
        values, notes = fetch_kolada(web, series=ids, areas=list(asked), years=range(first, last + 1)), list[str]()
    else:
        values, notes = _from_vis(web, series, list(asked), date(first, 1, 1), date(last, 12, 31))
    batches = [_batch(one, values, asked, first, last) for one in series]
    told = {"attribution": ATTRIBUTIONS[kind], "from": first, "to": last}
    done = replace_ready_values(actor=actor, batches=batches, told=told, at=at)
    by_batch = {(one.batch.indicator, one.batch.source): one for one in done}
    return Fetching(kind, [Fetched(one, by_batch[one.definition.id, one.ready.key]) for one in series], notes)


def _from_vis(web: Web, series: Sequence[Followed], areas: Sequence[str], first: date, last: date) -> tuple[list[ReadyValue], list[str]]:
    """Each frequency by itself, since they are asked for one at a time."""
    values: list[ReadyValue] = []
    notes: list[str] = []
    for frequency in Frequency:
        ids = _unique(told for one in series if one.definition.frequency == frequency for told in one.ids)
        if ids:
            answer = fetch_vis(web, series=ids, areas=areas, frequency=frequency, first=first, last=last)
            values += answer.values
            notes += vis.left_out_text(answer.left_out)
    return values, notes


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _batch(one: Followed, values: Sequence[ReadyValue], asked: Mapping[str, Area], first: int, last: int) -> ReadyBatch:
    levels = set(one.definition.levels)
    own = [value for value in values if _is_series(value, one.ready.id) and value.area in asked and first <= value.end.year <= last]
    if one.ready.reference:
        own = deviations(own, [value for value in values if _is_series(value, one.ready.reference)], one.definition.value)
    rows = [
        ReadyRow(
            asked[value.area].body_id, value.start, value.end, value.sex, value.value, value.status, value.numerator, value.denominator
        )
        for value in own
        if asked[value.area].kind in levels
    ]
    bodies = frozenset(area.body_id for area in asked.values() if area.kind in levels)
    return ReadyBatch(one.definition.id, one.ready.key, rows, Scope(bodies, date(first, 1, 1), date(last, 12, 31)))


def _is_series(value: ReadyValue, told: str) -> bool:
    return value.series.casefold() == told.casefold()
