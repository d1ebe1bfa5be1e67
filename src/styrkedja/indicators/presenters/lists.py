"""The list of indicators."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from styrkedja.core.collation import swedish_key
from styrkedja.core.indicators.judging import target_on
from styrkedja.indicators.library import definition_of
from styrkedja.indicators.models import PERSPECTIVES, Indicator
from styrkedja.indicators.presenters.charts import Spark, spark
from styrkedja.indicators.presenters.links import indicator_url
from styrkedja.indicators.presenters.signals import judged, met, signal
from styrkedja.indicators.presenters.wording import figure_text, period_text, shown_text
from styrkedja.indicators.selectors.places import Place
from styrkedja.indicators.selectors.values import Series
from styrkedja.ui.components import Status, Tone

_SIGNALS = {"forbattring": Tone.OK, "forsamring": Tone.DANGER}


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator and how it stands for the body of the list."""

    title: str
    url: str
    text: str
    perspective: str
    unit: str
    value: str
    period: str
    target: str
    status: Status
    met: Status | None
    spark: Spark | None

    def fits(self, wanted: str, perspective: str, state: str) -> bool:
        """Whether it is one of those that are looked for; every word must be there."""
        text = f"{self.title} {self.text}".casefold()
        is_found = all(word in text for word in wanted.casefold().split())
        is_state = {"": True, "mal": self.met is not None and self.met.tone != Tone.OK}.get(state, self.status.tone == _SIGNALS.get(state))
        return is_found and is_state and perspective in ("", self.perspective)


@dataclass(frozen=True)
class Group:
    title: str
    rows: tuple[IndicatorRow, ...]


def rows(every: Iterable[Indicator], series: Mapping[int, Series], body: Place | None, *, on: date) -> list[IndicatorRow]:
    found = sorted(every, key=lambda one: swedish_key(one.title))
    return [_row(one, series.get(one.pk, []), body if one.pk in series else None, on) for one in found]


def _row(one: Indicator, series: Series, body: Place | None, on: date) -> IndicatorRow:
    latest = series[-1] if series else None
    definition = definition_of(one, on=on)
    target = target_on(definition.targets, latest.last if latest else on) if definition else None
    goal = target.value if target else None
    found = judged(series, direction=one.direction, target=goal, definition=definition)
    return IndicatorRow(
        title=one.title,
        url=indicator_url(one.key, body),
        text=one.description,
        perspective=one.perspective,
        unit=one.unit,
        value=shown_text(latest, one.decimals),
        period=period_text(latest.first, latest.last) if latest else "",
        target=figure_text(goal, one.decimals) if goal is not None else "",
        status=signal(found),
        met=met(latest.value if latest else None, goal, one.direction),
        spark=spark(found),
    )


def groups(found: Sequence[IndicatorRow]) -> list[Group]:
    """By perspective, in the order that perspectives are told."""
    by_perspective = {str(one): [row for row in found if row.perspective == one] for one in PERSPECTIVES}
    return [Group(str(PERSPECTIVES[one]), tuple(own)) for one, own in by_perspective.items() if own]  # type: ignore[index]
