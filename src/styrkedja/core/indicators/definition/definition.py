"""An indicator as its file says it: definitions/indicators/<id>.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from styrkedja.core.indicators.definition.cells import CellMeasure
from styrkedja.core.indicators.definition.kinds import DesiredDirection, Form, Frequency, IndicatorKind, Perspective, ReadyKind
from styrkedja.core.organisations.kinds import OrganisationKind


@dataclass(frozen=True)
class Origin:
    """The published definition. `wording` is quoted and "" where none was found; `note` says how ours differs, or what was not found."""

    name: str
    publisher: str
    version: str
    wording: str
    exclusions: str
    note: str


@dataclass(frozen=True)
class ValueForm:
    """How the value is made of n (numerator) and d (denominator), each being the total of its cells if it sums or indexes, else the count:

    COUNT              factor · n
    RATIO, RATE        factor · n / d
    PERCENTAGE         factor · n / d, with factor 100
    MEAN, INDEX        factor · n / d, or without a denominator factor · total / count of the numerator's own cells
    AGE_STANDARDISED   factor · Σ w_g (n_g / d_g) / Σ w_g over the groups g of `Standard`
    DEVIATION          factor · (n - d) / d
    MEDIAN             ready values only

    An empty or zero d gives no value (None), never 0. `factor` is exact; 1/100 turns öre into kronor. With `annualised` the value of a
    period of m months is multiplied by 12/m: a rate is then a rate a year, however long the period.
    """

    form: Form
    factor: Fraction
    unit: str
    decimals: int
    annualised: bool


@dataclass(frozen=True)
class Standard:
    """Direct standardisation: `weights` by the codes of `column`, the standard population that `population` names with its year."""

    column: str
    population: str
    weights: Mapping[str, int]


@dataclass(frozen=True)
class Target:
    """`value` to be reached by the day `by`, decided or agreed in `origin`. `baseline` is where it started, on the day `baseline_on`."""

    value: float
    by: date
    origin: str
    baseline: float | None
    baseline_on: date | None


@dataclass(frozen=True)
class ReadySource:
    """Ready values of the same thing, shown beside the computed ones and never mixed with them.

    `id` is the Kolada id, the guid in Vården i siffror or the name of a series in a file. With `reference` (another id of the same kind) the value is
    the form DEVIATION of the two: factor · (id - reference) / reference. `title` is the publisher's own name of the series.
    """

    source: ReadyKind
    id: str
    reference: str
    title: str
    note: str

    @property
    def key(self) -> str:
        """What tells the observations of one source from those of another: "kolada:N79173"."""
        return f"{self.source}:{self.id}"


@dataclass(frozen=True)
class Definition:
    """`numerator` is None for an indicator that is only followed by ready values. `dimensions` are columns of the numerator's source.

    `months` is how many months a value covers, the last one ending the period of `frequency`: 12 at frequency MONTH is a rolling year.
    `minimum_n` is the smallest denominator (numerator where there is none) for which a value is told; smaller ones have no value.
    `coverage` says which providers and persons the figure covers.
    """

    id: str
    title: str
    description: str
    coverage: str
    kind: IndicatorKind
    perspective: Perspective
    direction: DesiredDirection
    levels: tuple[OrganisationKind, ...]
    frequency: Frequency
    months: int
    dimensions: tuple[str, ...]
    minimum_n: int
    author: str
    checker: str
    reviewed_on: date
    next_review: date
    origin: Origin
    value: ValueForm
    numerator: CellMeasure | None
    denominator: CellMeasure | None
    standard: Standard | None
    targets: tuple[Target, ...]
    ready: tuple[ReadySource, ...]

    @property
    def is_computed(self) -> bool:
        return self.numerator is not None

    @property
    def reach(self) -> int:
        """How many months the facts behind a value come from: more than its period where persons are followed over a window that ends with it."""
        windows = [cells.index.window_months for cells in self.cell_measures if cells.index is not None]
        return self.months + max(windows, default=1) - 1

    @property
    def multiplier(self) -> float:
        """What a quotient is multiplied with to become a value."""
        return float(self.value.factor * 12 / self.months) if self.value.annualised else float(self.value.factor)

    @property
    def cell_measures(self) -> tuple[CellMeasure, ...]:
        """Numerator and denominator, those that there are."""
        return tuple(cells for cells in (self.numerator, self.denominator) if cells is not None)

    @property
    def split_by(self) -> tuple[str, ...]:
        """The columns that its cells are split by: the dimensions, and the one that it is standardised by."""
        extra = (self.standard.column,) if self.standard and self.standard.column not in self.dimensions else ()
        return (*self.dimensions, *extra)
