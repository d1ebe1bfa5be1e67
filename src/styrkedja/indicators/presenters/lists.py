"""The list of indicators."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.core.collation import swedish_key
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.judging import target_on
from styrkedja.indicators.library import definition_of
from styrkedja.indicators.models import COMPUTED, PERSPECTIVES, Indicator
from styrkedja.indicators.presenters.charts import Spark, spark
from styrkedja.indicators.presenters.links import indicator_url
from styrkedja.indicators.presenters.signals import judged, judged_behind, met, signal
from styrkedja.indicators.presenters.wording import READY_NAMES, figure_text, period_text, shown_text, unit_beside
from styrkedja.indicators.selectors.behind import Behind
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.indicators.selectors.places import Place
from styrkedja.indicators.selectors.values import Series
from styrkedja.indicators.ties import Tie
from styrkedja.ui.components import Status, Tone

_SIGNALS = {"forbattring": Tone.OK, "forsamring": Tone.DANGER}


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; "" for what is not asked."""

    words: str = ""
    perspective: str = ""
    area: str = ""
    goal: str = ""
    source: str = ""
    state: str = ""


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator and how it stands for the body of the list."""

    title: str
    url: str
    text: str
    perspective: str
    areas: frozenset[str]
    has_goal: bool
    sources: frozenset[str]
    unit: str
    value: str
    period: str
    target: str
    status: Status
    met: Status | None
    spark: Spark | None

    def fits(self, asked: Asked) -> bool:
        """Whether it is one of those that are looked for; every word must be there."""
        text = f"{self.title} {self.text}".casefold()
        return (
            all(word in text for word in asked.words.casefold().split())
            and asked.perspective in ("", self.perspective)
            and (not asked.area or asked.area in self.areas)
            and asked.goal in ("", "ja" if self.has_goal else "nej")
            and (not asked.source or asked.source in self.sources)
            and self._stands(asked.state)
        )

    def _stands(self, state: str) -> bool:
        if state == "mal":
            return self.met is not None and self.met.tone != Tone.OK
        return not state or self.status.tone == _SIGNALS.get(state)


@dataclass(frozen=True)
class Group:
    title: str
    rows: tuple[IndicatorRow, ...]


def rows(
    every: Iterable[Indicator], series: Mapping[int, Series], months: Behind, body: Place | None, tied: Iterable[Tie], *, on: date
) -> list[IndicatorRow]:
    """`series` and the `months` behind rolling values are of `body`, by indicator."""
    found = sorted(every, key=lambda one: swedish_key(one.title))
    by_indicator: dict[int, list[Tie]] = {}
    for tie in tied:
        by_indicator.setdefault(tie.indicator, []).append(tie)
    return [
        _row(one, series.get(one.pk, []), months.get(one.pk, ()), body if one.pk in series else None, by_indicator.get(one.pk, []), on)
        for one in found
    ]


def area_choices(tied: Iterable[Tie]) -> list[tuple[str, str]]:
    return [(area, area) for area in sorted({area for tie in tied for area in tie.areas}, key=swedish_key)]


def source_choices(every: Iterable[Indicator], *, on: date) -> list[tuple[str, str]]:
    """The kinds of source that some indicator has."""
    used = {source for one in every for source in _sources(definition_of(one, on=on))}
    names = {COMPUTED: _("Verksamhetens data"), **READY_NAMES}
    return [(source, str(name)) for source, name in names.items() if source in used]


def _sources(definition: Definition | None) -> frozenset[str]:
    if definition is None:
        return frozenset()
    return frozenset([*([COMPUTED] if definition.is_computed else []), *(str(ready.source) for ready in definition.ready)])


def _row(one: Indicator, series: Series, months: Sequence[Shown], body: Place | None, tied: Sequence[Tie], on: date) -> IndicatorRow:
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
        areas=frozenset(area for tie in tied for area in tie.areas),
        has_goal=any(tie.is_goal for tie in tied),
        sources=_sources(definition),
        unit=unit_beside(one.title, one.unit),
        value=shown_text(latest, one.decimals),
        period=period_text(latest.first, latest.last) if latest else "",
        target=figure_text(goal, one.decimals) if goal is not None else "",
        status=signal(judged_behind(months, direction=one.direction, definition=definition) or found),
        met=met(latest.value if latest else None, goal, one.direction),
        spark=spark(found),
    )


def groups(found: Sequence[IndicatorRow]) -> list[Group]:
    """By perspective, in the order that perspectives are told."""
    by_perspective = {str(one): [row for row in found if row.perspective == one] for one in PERSPECTIVES}
    return [Group(str(PERSPECTIVES[one]), tuple(own)) for one, own in by_perspective.items() if own]  # type: ignore[index]
