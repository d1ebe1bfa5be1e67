"""The words that definitions are written with, as in docs/indicator-format.md."""

from enum import StrEnum


class IndicatorKind(StrEnum):
    """A key figure is followed without calling high or low good."""

    INDICATOR = "INDICATOR"
    KEY_FIGURE = "KEY_FIGURE"


class Perspective(StrEnum):
    """Whose figure it is: what a unit produces, what a population consumes, whom a unit has listed …"""

    PRODUCTION = "production"
    CONSUMPTION = "consumption"
    LISTED = "listed"
    WORKFORCE = "workforce"
    ECONOMY = "economy"
    PATIENT_REPORTED = "patient_reported"
    POPULATION = "population"


class DesiredDirection(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class Frequency(StrEnum):
    """How often a value ends. How many months a value covers is said by `Definition.months`."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Form(StrEnum):
    """How numerator and denominator become a value; evaluated last, on rolled-up cells. A median is only fetched: it cannot be rolled up."""

    COUNT = "count"
    RATIO = "ratio"
    PERCENTAGE = "percentage"
    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"
    INDEX = "index"
    AGE_STANDARDISED = "age_standardised"
    DEVIATION = "deviation"


class Aggregate(StrEnum):
    """How rows become additive cells: (count, total) by unit version, month and dimensions."""

    COUNT = "count"
    SUM = "sum"
    ENTITY_INDEX = "entity_index"
    DISTINCT = "distinct"
    EVENT_FLAG = "event_flag"


class OverTime(StrEnum):
    """How the months of a period become one figure. A snapshot (a population) may never be summed."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"


class ContinuityIndex(StrEnum):
    """COC = (sum n_j^2 - N) / (N (N - 1)), Bice and Boxerman 1977; UPC = max n_j / N, Breslau and Reeb 1975."""

    COC = "coc"
    UPC = "upc"


class ColumnType(StrEnum):
    """`UNIT` is the key or HSA-id of a body, `KEY` a pseudonym (never a personal identity number), `ORE` whole öre."""

    DATE = "date"
    CODE = "code"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    ORE = "ore"
    KEY = "key"
    UNIT = "unit"


class ReadyKind(StrEnum):
    """Where ready values come from."""

    KOLADA = "kolada"
    VIS = "vis"
    FILE = "file"
