"""What a section of the statistics is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.home.selectors.statistics import Figures
from styrkedja.ui.components import Column
from styrkedja.ui.wording import number_text

Value = str | int | float | None
FEWEST_FOR_NINE_OF_TEN = 10
MOST, SHORT = 100, 12
_STEP_NUMBER = 6


@dataclass(frozen=True)
class Segment:
    """A part of a bar, in hundredths of the widest bar, as SVG writes numbers. `look` is main, light or frame; the cells say the same."""

    start: str
    width: str
    look: str


@dataclass(frozen=True)
class Cell:
    """`look` is number, wide (a text that needs room) or "" (a step's number)."""

    text: str
    label: str
    look: str


@dataclass(frozen=True)
class Row:
    cells: Sequence[Cell]
    bar: Sequence[Segment]


@dataclass(frozen=True)
class Section:
    """A table of figures. `values` are the cells as they are counted, `bars` for each row its segments as (amount, look), one after another.

    `legend` says what the looks of the bars mean, `definition` how the figures are counted.
    """

    key: str
    title: str
    conclusion: str
    labels: Sequence[str]
    values: Sequence[Sequence[Value]]
    bars: Sequence[Sequence[tuple[float, str]]]
    legend: str
    definition: str

    @property
    def columns(self) -> list[Column]:
        numeric = [bool(self.values) and not isinstance(value, str) for value in (self.values[0] if self.values else self.labels)]
        named = [Column(label, numeric=number) for label, number in zip(self.labels, numeric, strict=True)]
        return [*named, Column(_("Stapel"), hidden=True)]

    @property
    def rows(self) -> list[Row]:
        """The rows that the page shows: at most MOST, the file has them all."""
        widest = max((sum(amount for amount, _look in bar) for bar in self.bars), default=0) or 1
        shown = zip(self.values[:MOST], self.bars[:MOST], strict=True)
        return [Row(_cells(values, self.labels), _segments(bar, widest)) for values, bar in shown]

    @property
    def is_short(self) -> bool:
        """Shown without having to be unfolded."""
        return len(self.values) <= SHORT

    @property
    def table_title(self) -> str:
        """What the fold around the table is called."""
        if len(self.values) > MOST:
            return _("Tabell: de första %(shown)s av %(count)s rader") % {"shown": MOST, "count": number_text(len(self.values))}
        return ngettext("Tabell: %(count)s rad", "Tabell: %(count)s rader", len(self.values)) % {"count": len(self.values)}

    @property
    def definition_title(self) -> str:
        """What the fold around the definition is called."""
        return _("Så räknas: %(title)s") % {"title": self.title}


def _cells(values: Sequence[Value], labels: Sequence[str]) -> list[Cell]:
    return [_cell(value, label) for value, label in zip(values, labels, strict=True)]


def nine_of_ten(value: int, count: int) -> int | None:
    """What nine of ten keep within; None of fewer than ten, of which there is no tenth to leave out."""
    return value if count >= FEWEST_FOR_NINE_OF_TEN else None


def _cell(value: Value, label: str) -> Cell:
    if value is None:
        return Cell("–", label, "number")
    if isinstance(value, str):
        return Cell(value, label, "wide" if len(value) > _STEP_NUMBER else "")
    return Cell(number_text(value), label, "number")


def _segments(bar: Sequence[tuple[float, str]], widest: float) -> list[Segment]:
    found, start = [], 0.0
    for amount, look in bar:
        width = round(100 * amount / widest, 2)
        if width:
            found.append(Segment(f"{start:g}", f"{width:g}", look))
        start = round(start + width, 2)
    return found


def step_cells(figures: Figures, node_id: str) -> tuple[str, str]:
    """The number and the name of a task."""
    info = figures.outline.steps.get(node_id)
    return (info.number, info.name) if info else ("", node_id)


def step_name(figures: Figures, node_id: str) -> str:
    """ "steg 5 Samla in svar från sakkunniga"."""
    number, name = step_cells(figures, node_id)
    return _("steg %(number)s %(name)s") % {"number": number, "name": name} if number else name


def per_cent(part: float, whole: float) -> int:
    return round(100 * part / whole) if whole else 0
