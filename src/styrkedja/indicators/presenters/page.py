"""An indicator's page for a body: its value, how it has gone, and how it looks further down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.collation import swedish_key
from styrkedja.core.indicators.definition.definition import Target
from styrkedja.core.indicators.judging import Judgement, target_on
from styrkedja.core.indicators.spc import Chart as Charted
from styrkedja.core.indicators.spc import cautions
from styrkedja.indicators.presenters.charts import Chart, Spark, centre_text, line_decimals, process_drawing, spark
from styrkedja.indicators.presenters.links import indicator_url
from styrkedja.indicators.presenters.signals import conclusion, judged, judged_behind, met, signal
from styrkedja.indicators.presenters.wording import figure_text, period_text, shown_text
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.indicators.selectors.places import Place
from styrkedja.indicators.selectors.scenes import Scene
from styrkedja.indicators.selectors.values import Series
from styrkedja.organisations.models import ORGANISATION_KINDS
from styrkedja.ui.components import Column, Crumb, Figure, Status, Tone
from styrkedja.ui.wording import day_text, sentence_text

_SLACK = timedelta(days=3)  # a leap year moves the ends of months


@dataclass(frozen=True)
class Reading:
    """A scene judged. `target` holds for the whole of the indicator's population and is None for parts of it.

    `behind` is the judgement of the months behind rolling values, where they may be seen; then it is what the page says of chance.
    """

    scene: Scene
    target: Target | None
    found: Judgement
    behind: Judgement | None

    @property
    def judged(self) -> Judgement:
        return self.behind or self.found

    @property
    def months(self) -> Sequence[Shown]:
        """The months that are judged in place of the values; none where the values themselves are."""
        return self.scene.months[self.scene.body.id] if self.behind else ()

    @property
    def goal(self) -> float | None:
        return self.target.value if self.target else None

    @property
    def decimals(self) -> int:
        return self.scene.indicator.decimals

    @property
    def latest(self) -> Shown | None:
        return self.scene.shown[-1] if self.scene.shown else None


def reading(scene: Scene, *, wanted: Charted | None = None) -> Reading:
    """`wanted` is the chart that is asked for; None for the one that the values belong in."""
    targets = scene.definition.targets if scene.definition and not scene.parts else ()
    target = target_on(targets, scene.until) if scene.until else None
    goal = target.value if target else None
    found = judged(scene.shown, direction=scene.indicator.direction, target=goal, definition=scene.definition, wanted=wanted)
    return Reading(scene, target, found, _behind(scene, scene.body, found, wanted))


def _behind(scene: Scene, place: Place, found: Judgement, wanted: Charted | None = None) -> Judgement | None:
    """Where the values themselves share days."""
    months = scene.months.get(place.id, ()) if found.overlaps else ()
    return judged_behind(months, direction=scene.indicator.direction, definition=scene.definition, wanted=wanted)


def figures(one: Reading) -> list[Figure]:
    """The value now, the target, and the value a year before."""
    latest, unit = one.latest, one.scene.indicator.unit
    if latest is None:
        return []
    period = period_text(latest.first, latest.last)
    found = [
        Figure(
            shown_text(latest, one.decimals),
            _("%(unit)s, %(period)s") % {"unit": unit, "period": period},
        )
    ]
    if one.target is not None:
        reached = met(latest.value, one.goal, one.scene.indicator.direction)
        words = {"by": day_text(one.target.by), "state": reached.word if reached else ""}
        label = _("Mål till %(by)s. %(state)s") % words if reached else _("Mål till %(by)s") % words
        found.append(Figure(figure_text(one.goal, one.decimals), label, reached.tone if reached else Tone.NEUTRAL))
    before = year_before(one.scene.shown)
    if before is not None:
        found.append(Figure(shown_text(before, one.decimals), _year_label(latest, before, one.decimals), Tone.NEUTRAL))
    return found


def _year_label(latest: Shown, before: Shown, decimals: int) -> str:
    period = period_text(before.first, before.last)
    if latest.value is None or before.value is None:
        return period
    change = round(latest.value, decimals) - round(before.value, decimals)
    sign = "+" if change > 0 else ""
    return _("%(period)s. Förändring %(change)s") % {"period": period, "change": f"{sign}{figure_text(change, decimals)}"}


def year_before(series: Series) -> Shown | None:
    """The period of the year before that ended on the same day as the latest."""
    if not series:
        return None
    last = series[-1].last
    wanted = date(last.year - 1, last.month, min(last.day, 28))
    return next((one for one in series if abs(one.last - wanted) <= _SLACK), None)


def chart(one: Reading) -> Chart | None:
    title = f"{one.scene.indicator.title}, {one.scene.body.name}"
    return process_drawing("serie", title, conclusion(one.found), one.found, target=one.goal, decimals=one.decimals)


def said(one: Reading) -> str:
    """What the page says of chance."""
    if one.behind is None:
        return conclusion(one.found)
    return _("Bedömt månad för månad. %(said)s") % {"said": conclusion(one.behind)}


def month_chart(one: Reading) -> Chart | None:
    """The months behind rolling values, with the limits that they are judged by."""
    if one.behind is None:
        return None
    title = _("Månad för månad, %(indicator)s, %(body)s") % {"indicator": one.scene.indicator.title, "body": one.scene.body.name}
    return process_drawing("manader", title, conclusion(one.behind), one.behind, target=None, decimals=one.decimals)


def warnings(one: Reading, *, today: date) -> list[str]:
    """What to know before trusting the chart."""
    if one.judged.chart is None or not one.judged.is_judged:
        return []
    return [sentence_text(sentence) for sentence in cautions(one.judged.chart, one.judged.observations, today=today)]


def point_columns(one: Reading) -> list[Column]:
    names = (_("Värde"), _("Täljare"), _("Nämnare"), centre_text(one.judged.chart), _("Gränser"))
    return [Column(_("Period")), *(Column(name, numeric=True) for name in names), Column(_("Tecken"))]


def body_columns() -> list[Column]:
    numbers = (Column(_("Värde"), numeric=True), Column(_("Ett år tidigare"), numeric=True))
    return [Column(_("Organ")), *numbers, Column(_("Utveckling")), Column(_("Läge"))]


@dataclass(frozen=True)
class PointRow:
    """A value of the chart as a row of its table."""

    period: str
    value: str
    numerator: str
    denominator: str
    centre: str
    limits: str
    status: Status | None


def point_rows(one: Reading) -> list[PointRow]:
    """The latest first."""
    return _rows(one.scene.shown, one.found, one.decimals)


def month_rows(one: Reading) -> list[PointRow]:
    """Those of the months behind rolling values."""
    return _rows(one.months, one.behind, one.decimals) if one.behind else []


def _rows(shown: Sequence[Shown], found: Judgement, decimals: int) -> list[PointRow]:
    points = found.chart.points if found.chart and found.is_judged else [None] * len(shown)
    lines = line_decimals(found.chart, decimals)
    return [_point_row(told, point, decimals, lines) for told, point in zip(shown, points, strict=True)][::-1]


def _point_row(told: Shown, point: object, decimals: int, finer: int) -> PointRow:
    centre, lower, upper = (getattr(point, name, None) for name in ("centre", "lower", "upper"))
    limits = f"{figure_text(lower, finer)} – {figure_text(upper, finer)}" if lower is not None else "–"
    return PointRow(
        period_text(told.first, told.last),
        shown_text(told, decimals),
        _amount(told.numerator),
        _amount(told.denominator),
        figure_text(centre, finer),
        limits,
        _sign(getattr(point, "type", "common")),
    )


def _amount(value: float | None) -> str:
    return "–" if value is None else figure_text(value, 0 if float(value).is_integer() else 2)


def _sign(look: str) -> Status | None:
    words = {
        "improvement": Status(_("Förbättring"), Tone.OK),
        "concern": Status(_("Försämring"), Tone.DANGER),
        "neutral_high": Status(_("Ökning"), Tone.INFO),
        "neutral_low": Status(_("Minskning"), Tone.INFO),
    }
    return words.get(str(look))


@dataclass(frozen=True)
class BodyRow:
    """A body that the value is broken down to. `url` leads one level further down."""

    name: str
    url: str
    kind: str
    value: str
    before: str
    status: Status
    met: Status | None
    spark: Spark | None


def body_rows(one: Reading, kept: Mapping[str, str]) -> list[BodyRow]:
    """Those that have a value of the period, or whose value is withheld."""
    return [_body_row(one, place, series, kept) for place, series in one.scene.below if _has_value(_of_period(one, series))]


def _of_period(one: Reading, series: Series) -> Shown | None:
    return next((told for told in reversed(series) if told.last == one.scene.until), None)


def _has_value(told: Shown | None) -> bool:
    return told is not None and (told.value is not None or told.is_withheld)


@dataclass(frozen=True)
class Coverage:
    """How many of the bodies that the value is broken down to have one. `without` are the others, by name, each with why."""

    said: str
    without: tuple[tuple[str, str, str], ...]


def coverage(one: Reading, kept: Mapping[str, str]) -> Coverage | None:
    """None where there is nothing to break down to."""
    latest = [(place, _of_period(one, series)) for place, series in one.scene.below]
    told = sum(_has_value(shown) for _place, shown in latest)
    without = [
        (place, shown_text(shown, one.decimals) if shown else _("Inga uppgifter")) for place, shown in latest if not _has_value(shown)
    ]
    without += [(place, _("Inga uppgifter")) for place in one.scene.without]
    if not latest:
        return None
    words = {"told": told, "all": told + len(without)}
    said = ngettext("%(told)s av %(all)s har ett värde för perioden.", "%(told)s av %(all)s har ett värde för perioden.", told) % words
    ordered = sorted(without, key=lambda item: swedish_key(item[0].name))
    key = one.scene.indicator.key
    return Coverage(said, tuple((place.name, indicator_url(key, place, _down(kept)), why) for place, why in ordered))


def _down(kept: Mapping[str, str]) -> dict[str, str]:
    """What an address keeps one level down."""
    return {name: value for name, value in kept.items() if name != "niva"}


def _body_row(one: Reading, place: Place, series: Series, kept: Mapping[str, str]) -> BodyRow:
    indicator, until = one.scene.indicator, one.scene.until
    latest = _of_period(one, series)
    found = judged(series, direction=indicator.direction, target=None, definition=one.scene.definition)
    return BodyRow(
        name=place.name,
        url=indicator_url(indicator.key, place, _down(kept)),
        kind=str(ORGANISATION_KINDS[place.kind]),  # type: ignore[index]
        value=shown_text(latest, one.decimals),
        before=shown_text(year_before([told for told in series if until is None or told.last <= until]), one.decimals),
        status=signal(_behind(one.scene, place, found) or found),
        met=met(latest.value if latest else None, one.goal, indicator.direction),
        spark=spark(found),
    )


def way(one: Reading, kept: Mapping[str, str]) -> list[Crumb]:
    """From the outermost body to the one above this."""
    return [Crumb(place.name, indicator_url(one.scene.indicator.key, place, kept)) for place in one.scene.above]


def told_of(series: Sequence[Shown]) -> list[tuple[str, str]]:
    """The periods to choose from, the latest first."""
    return [(one.last.isoformat(), period_text(one.first, one.last)) for one in reversed(series)]
