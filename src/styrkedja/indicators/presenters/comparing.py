"""Siblings as a funnel, benchmarks and sources as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.indicators.charting import is_counted
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Form
from styrkedja.core.indicators.funnel import Funnel, FunnelKind, FunnelZone, Limits, Unit, funnel, limits
from styrkedja.indicators.presenters.charts import FRAMES, WIDE, Chart, Drawing, Frame, Label, Line, Mark, Scale, apart, steps
from styrkedja.indicators.presenters.links import indicator_url
from styrkedja.indicators.presenters.page import Reading
from styrkedja.indicators.presenters.wording import figure_text, period_text, shown_text, source_text
from styrkedja.indicators.selectors.comparing import FEWEST_PEERS, Held, Peers
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.indicators.selectors.places import Place
from styrkedja.ui.components import Status, Tone

_CURVE = 40
_KINDS = {Form.PERCENTAGE: FunnelKind.BINOMIAL, Form.RATE: FunnelKind.POISSON}


@dataclass(frozen=True)
class PeerRow:
    name: str
    url: str
    value: str
    size: str
    status: Status
    is_this: bool


@dataclass(frozen=True)
class Beside:
    """Siblings held against each other: what they say together, their chart, and a row for each."""

    of: str
    conclusion: str
    chart: Chart
    rows: tuple[PeerRow, ...]


def funnel_kind(definition: Definition | None) -> FunnelKind | None:
    """None for what no distribution is known for: money, indices and means."""
    return _KINDS.get(definition.value.form) if definition is not None and is_counted(definition) else None


def beside(read: Reading, found: Peers | None, kept: Mapping[str, str]) -> Beside | None:
    kind = funnel_kind(read.scene.definition)
    if kind is None or found is None:
        return None
    told = [(place, shown, unit) for place, shown in found.values if (unit := _unit(shown, kind))]
    if len(told) < FEWEST_PEERS or not any(unit.numerator for _place, _shown, unit in told):
        return None
    placed = funnel([unit for _place, _shown, unit in told], kind)
    factor = _factor(told)
    said = _conclusion([place for place, _shown, _unit in told], placed)
    chart = Chart("jamforelse", _("Enheterna under %(name)s") % {"name": found.of.name}, said, _drawn(told, placed, read, factor), ())
    rows = tuple(
        PeerRow(
            place.name,
            indicator_url(read.scene.indicator.key, place, kept),
            shown_text(shown, read.decimals),
            figure_text(unit.denominator, 0),
            zone_status(zone),
            place.id == read.scene.body.id,
        )
        for (place, shown, unit), zone in zip(told, placed.zones, strict=True)
    )
    return Beside(found.of.name, said, chart, rows)


def _unit(shown: Shown, kind: FunnelKind) -> Unit | None:
    """None for a value that is not shown, or that does not count what its kind counts."""
    above, below = shown.numerator, shown.denominator
    if shown.value is None or above is None or not below or below <= 0 or above < 0:
        return None
    if kind is FunnelKind.BINOMIAL and (above > below or below != int(below)):
        return None
    return Unit(above, below)


def _factor(told: Sequence[tuple[Place, Shown, Unit]]) -> float:
    """From quotients to values: the indicator's factor, as it has been used."""
    return next((shown.value / unit.quotient for _place, shown, unit in told if unit.numerator and shown.value is not None), 1.0)


def zone_status(zone: FunnelZone) -> Status:
    words = {
        FunnelZone.WITHIN: Status(_("Inom gränserna"), Tone.NEUTRAL),
        FunnelZone.BETWEEN: Status(_("Avviker något"), Tone.INFO),
        FunnelZone.OUTSIDE: Status(_("Avviker tydligt"), Tone.WARN),
    }
    return words[zone]


def _conclusion(bodies: Sequence[Place], placed: Funnel) -> str:
    outside = [place.name for place, zone in zip(bodies, placed.zones, strict=True) if zone is FunnelZone.OUTSIDE]
    if not outside:
        return _("Ingen skiljer sig mer från de andra än vad slumpen gör mellan så stora enheter.")
    words = {"names": ", ".join(outside), "count": len(outside)}
    text = ngettext(
        "%(names)s skiljer sig mer från de andra än vad slumpen gör.",
        "%(count)s skiljer sig mer från de andra än vad slumpen gör: %(names)s.",
        len(outside),
    )
    return text % words


def _drawn(told: Sequence[tuple[Place, Shown, Unit]], placed: Funnel, read: Reading, factor: float) -> tuple[Drawing, ...]:
    return tuple(_drawing(frame, told, placed, read, factor) for frame in FRAMES)


def _drawing(frame: Frame, told: Sequence[tuple[Place, Shown, Unit]], placed: Funnel, read: Reading, factor: float) -> Drawing:
    sizes = [unit.denominator for _place, _shown, unit in told]
    sides = steps([min(sizes), max(sizes)], most=5 if frame is WIDE else 3)
    first = max(min(sizes) * 0.8, 1.0)
    wanted = sorted({round(first + (sides[-1] - first) * number / _CURVE) or 1 for number in range(_CURVE + 1)})
    around = [limits(placed.centre, size, placed.kind) for size in wanted]
    values = [factor * unit.quotient for _place, _shown, unit in told]
    heights = steps([*values, *(factor * one.inner_upper for one in around), *(factor * one.inner_lower for one in around)])
    up = Scale(heights[0], heights[-1], frame.height - frame.bottom, frame.top)
    across = Scale(min(sides[0], first), sides[-1], frame.left + 8, frame.width - frame.right - 8)
    lines = []
    for name, look in (("outer_lower", "limit"), ("outer_upper", "limit"), ("inner_lower", "inner"), ("inner_upper", "inner")):
        curve = [(across(size), factor * getattr(one, name)) for size, one in zip(wanted, around, strict=True)]
        lines.append(Line(look, " ".join(f"{x},{up(value)}" for x, value in curve if heights[0] <= value <= heights[-1])))
    lines.append(Line("centre", f"{frame.left},{up(factor * placed.centre)} {frame.width - frame.right},{up(factor * placed.centre)}"))
    marks = tuple(
        Mark(across(unit.denominator), up(factor * unit.quotient), _look(zone, place.id == read.scene.body.id), place.name)
        for (place, _shown, unit), zone in zip(told, placed.zones, strict=True)
    )
    rows = tuple(Label(frame.left - 6, up(tick), figure_text(tick, _places(heights))) for tick in heights)
    days = tuple(Label(across(size), 0, figure_text(size, 0)) for size in sides if size >= min(sides[0], first))
    return Drawing(frame, tuple(lines), marks, rows, days, _names(frame, around[-1], placed.centre, factor, up, heights))


def _look(zone: FunnelZone, is_this: bool) -> str:
    if is_this:
        return "this"
    return {FunnelZone.WITHIN: "common", FunnelZone.BETWEEN: "between", FunnelZone.OUTSIDE: "outside"}[zone]


def _places(ticks: Sequence[float]) -> int:
    text = f"{ticks[1] - ticks[0]:.10f}".rstrip("0")
    return len(text.partition(".")[2])


def _names(frame: Frame, last: Limits, centre: float, factor: float, up: Scale, heights: Sequence[float]) -> tuple[Label, ...]:
    said = [("99,8 %", last.outer_upper), ("95 %", last.inner_upper), (_("Alla"), centre)]
    wanted = sorted((up(min(factor * value, heights[-1])), text) for text, value in said)
    places = apart([place for place, _text in wanted], frame.top, frame.height - frame.bottom)
    return tuple(Label(frame.width - frame.right + 6, place, text) for place, (_old, text) in zip(places, wanted, strict=True))


@dataclass(frozen=True)
class BenchmarkRow:
    name: str
    value: str
    note: str


def benchmark_rows(read: Reading, held: Sequence[Held], nation: Shown | None) -> list[BenchmarkRow]:
    """The body itself first, when there is anything to hold it against."""
    rows = [BenchmarkRow(_("Riket"), shown_text(nation, read.decimals), "")] if nation is not None else []
    for one in held:
        assert one.mean is not None
        count = ngettext("Ovägt medel av %(count)s", "Ovägt medel av %(count)s", one.mean.count) % {"count": one.mean.count}
        rows.append(
            BenchmarkRow(
                one.group.title, figure_text(one.mean.value, read.decimals), f"{count}. {one.group.publisher}, {one.group.version}"
            )
        )
    return [BenchmarkRow(read.scene.body.name, shown_text(read.latest, read.decimals), ""), *rows] if rows else []


@dataclass(frozen=True)
class SourceRow:
    name: str
    url: str
    value: str
    period: str
    note: str
    is_this: bool


def source_rows(read: Reading, found: Sequence[tuple[str, Shown]]) -> list[SourceRow]:
    ready = {one.key: one for one in read.scene.definition.ready} if read.scene.definition else {}
    titles = {key: one.title for key, one in ready.items()}
    key, decimals = read.scene.indicator.key, read.decimals
    return [
        SourceRow(
            source_text(source, titles),
            indicator_url(key, read.scene.body, {"kalla": source}),
            shown_text(shown, decimals),
            period_text(shown.first, shown.last),
            ready[source].note if source in ready else "",
            source == read.scene.source,
        )
        for source, shown in found
    ]
