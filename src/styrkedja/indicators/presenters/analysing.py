"""The analysis page: charts, tables and a workbook of several series, and what may be chosen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.sheets.tables import Cell, Table
from styrkedja.core.sheets.writing import Heading, write_workbook
from styrkedja.indicators.models import COMPUTED
from styrkedja.indicators.presenters.lines import MOST_TOGETHER, Lines, Named, Small, Spot, apart_each, together
from styrkedja.indicators.presenters.links import indicator_url
from styrkedja.indicators.presenters.structures import structure_choices, structure_text, untold
from styrkedja.indicators.presenters.wording import column_text, part_text, period_text, shown_text, source_text, unit_beside
from styrkedja.indicators.selectors.analysing import WHOLE, Analysis, Strand, Thread
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.organisations.models import ORGANISATION_KINDS
from styrkedja.ui.components import Column
from styrkedja.ui.wording import moment_text

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class ThreadView:
    """An indicator of the analysis. `lines` when they are few, else `small`; both empty when there is nothing to draw.

    `nothing` says why there is nothing to be seen at all. A series of which all is withheld has no column.
    """

    key: str
    title: str
    url: str
    unit: str
    said: str
    notes: tuple[str, ...]
    lines: Lines | None
    small: tuple[Small, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    nothing: str


def thread_views(found: Analysis, *, today: date) -> list[ThreadView]:
    return [_thread_view(one, found, number, today) for number, one in enumerate(found.threads, start=1)]


def _thread_view(one: Thread, found: Analysis, number: int, today: date) -> ThreadView:
    periods = _periods(one)
    seen = [strand for strand in one.strands if not is_hidden(strand)]
    named = [Named(strand_text(one, strand), _spots(strand, periods)) for strand in seen]
    decimals = one.indicator.decimals
    few = sum(series.latest is not None for series in named) <= MOST_TOGETHER
    return ThreadView(
        key=f"analys-{number}",
        title=one.indicator.title,
        url=indicator_url(one.indicator.key, found.body),
        unit=unit_beside(one.indicator.title, one.indicator.unit),
        said=" ".join([_said(one, found, periods), structure_text(one.source, found.as_on, today=today)]),
        notes=tuple(_notes(one)),
        lines=together(named, decimals) if few else None,
        small=() if few else tuple(apart_each(named, decimals)),
        columns=(Column(_("Period")), *(Column(series.name, numeric=True) for series in named)),
        rows=tuple(_rows(one, seen, periods)) if seen else (),
        nothing=_nothing(one) if one.strands and not seen else "",
    )


def is_hidden(strand: Strand) -> bool:
    """Whether the protection hides all of it."""
    return all(shown.is_withheld for shown in strand.series)


def _nothing(one: Thread) -> str:
    """Why nothing is shown, and what to do about it."""
    if not one.split:
        return _(
            "Alla värden är dolda av röjandeskyddet: talen är små, eller skulle avslöja små tal. Välj en högre nivå, eller färre val av befolkning."
        )
    words = {"column": column_text(one.fact_source, one.split).lower()}
    return (
        _(
            "Uppdelat efter %(column)s är någon grupp för liten hos var och en, och då döljer röjandeskyddet hela uppdelningen."
            " Välj en annan uppdelning eller ingen."
        )
        % words
    )


def _periods(one: Thread) -> list[tuple[date, date]]:
    return sorted({(shown.first, shown.last) for strand in one.strands for shown in strand.series}, key=lambda days: (days[1], days[0]))


def _spots(strand: Strand, periods: Sequence[tuple[date, date]]) -> tuple[Spot, ...]:
    values = {(shown.first, shown.last): shown.value for shown in strand.series}
    return tuple(Spot(days[1], values.get(days)) for days in periods)


def _rows(one: Thread, seen: Sequence[Strand], periods: Sequence[tuple[date, date]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The latest first."""
    told = [{(shown.first, shown.last): shown for shown in strand.series} for strand in seen]
    for days in reversed(periods):
        yield period_text(*days), tuple(shown_text(own.get(days), one.indicator.decimals) for own in told)


def strand_text(one: Thread, strand: Strand) -> str:
    """ "Ålens hälsocentral, kvinnor"."""
    return f"{strand.place.name}, {part_text(one.fact_source, one.split, strand.part)}" if one.split else strand.place.name


def _said(one: Thread, found: Analysis, periods: Sequence[tuple[date, date]]) -> str:
    """What is drawn, in a sentence."""
    if not periods:
        return _("Det finns inga värden för det som är valt.")
    words = {
        "count": len(one.strands),
        "body": found.body.name,
        "first": period_text(*periods[0]),
        "last": period_text(*periods[-1]),
        "source": source_text(one.source, {ready.key: ready.title for ready in one.definition.ready} if one.definition else {}),
    }
    text = ngettext(
        "%(count)s serie inom %(body)s, %(first)s till %(last)s. %(source)s.",
        "%(count)s serier inom %(body)s, %(first)s till %(last)s. %(source)s.",
        len(one.strands),
    )
    return text % words


def _notes(one: Thread) -> Iterator[str]:
    yield from untold(one)
    if one.left_out:
        yield ngettext(
            "%(count)s enhet ryms inte och är utelämnad. Välj enheter eller en högre nivå.",
            "%(count)s enheter ryms inte och är utelämnade. Välj enheter eller en högre nivå.",
            one.left_out,
        ) % {"count": one.left_out}
    hidden = sum(is_hidden(strand) for strand in one.strands)
    if 0 < hidden < len(one.strands):
        yield ngettext(
            "%(count)s serie är helt dold av röjandeskyddet och är utelämnad.",
            "%(count)s serier är helt dolda av röjandeskyddet och är utelämnade.",
            hidden,
        ) % {"count": hidden}
    if any(shown.is_withheld for strand in one.strands if not is_hidden(strand) for shown in strand.series):
        yield _("Värden som saknas i diagrammet kan vara dolda av röjandeskyddet. Tabellen säger vilka.")


def form_choices(found: Analysis) -> dict[str, Choices]:
    every = [(one.key, one.title) for one in found.every]
    ends = [(last.isoformat(), period_text(first, last)) for first, last in found.periods]
    levels = [(level, str(ORGANISATION_KINDS[level])) for level in found.levels]  # type: ignore[index]
    return {
        "indikator": every,
        "med": [("", _("Ingen annan")), *every],
        "inom": [(place.key, place.name) for place in found.inside],
        "niva": [("", _("Nästa nivå")), *levels, (WHOLE, _("Bara helheten"))],
        "dela": [("", _("Ingen uppdelning")), *((column, label) for column, (label, _own) in part_choices(found.threads[0]).items())],
        "fran": [("", _("Början")), *ends],
        "till": [("", _("Senaste")), *reversed(ends)],
        "struktur": structure_choices(found.planned) if any(one.source == COMPUTED for one in found.threads) else [],
        "enhet": [(place.key, place.name) for place in found.bodies],
    }


def part_choices(one: Thread) -> dict[str, tuple[str, Choices]]:
    source = one.fact_source
    if source is None or one.source != COMPUTED:
        return {}
    return {
        column: (column_text(source, column), [(code, part_text(source, column, code)) for code in source.columns[column].codes])
        for column in one.indicator.dimensions
        if column in source.columns
    }


def workbook(found: Analysis, asked: Mapping[str, str], *, is_generated: bool, today: date, at: datetime) -> bytes:
    """Every value of the page, a row each; `asked` is what was chosen, by label."""
    header = (
        _("Indikator"), _("Organ"), _("Nivå"), _("Del"), _("Från"), _("Till och med"), _("Värde"), _("Täljare"), _("Nämnare"), _("Status"),
    )  # fmt: skip
    cells = [_row(one, strand, shown) for one in found.threads for strand in one.strands for shown in strand.series]
    days = Heading(14, format="yyyy-mm-dd")
    table = Table(_("Värden"), header, tuple(enumerate(cells, start=2)))
    headings = {header[0]: Heading(36), header[1]: Heading(36), header[4]: days, header[5]: days}
    return write_workbook([table], {table.name: headings}, list(_guide(found, asked, is_generated, today, at)), at=at)


def _row(one: Thread, strand: Strand, shown: Shown) -> tuple[Cell, ...]:
    kind = str(ORGANISATION_KINDS[strand.place.kind])  # type: ignore[index]
    part = part_text(one.fact_source, one.split, strand.part) if one.split else ""
    status = "" if shown.value is not None else shown_text(shown, one.indicator.decimals)
    values = (shown.first, shown.last, shown.value, shown.numerator, shown.denominator, status)
    return (one.indicator.title, strand.place.name, kind, part, *values)


def _guide(found: Analysis, asked: Mapping[str, str], is_generated: bool, today: date, at: datetime) -> Iterator[Sequence[str]]:
    yield (_("Analys av indikatorer"), "")
    if is_generated:
        yield (_("Genererade data"), _("Värdena är helt eller delvis beräknade ur data som är påhittade för demonstration."))
    yield from asked.items()
    for one in found.threads:
        yield (one.indicator.title, _said(one, found, _periods(one)))
        yield (_("Enhet"), one.indicator.unit)
        yield (_("Organisation"), " ".join([structure_text(one.source, found.as_on, today=today), *untold(one)]))
        if one.definition is not None:
            origin = one.definition.origin
            yield (_("Publicerad definition"), ", ".join(part for part in (origin.publisher, origin.name, origin.version) if part))
            yield (_("Ordalydelse"), origin.wording)
    yield (_("Hämtad"), moment_text(at))
