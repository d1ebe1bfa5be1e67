"""The words of process charts. Their values are those of `styrkedja spc --json`."""

from enum import StrEnum


class Chart(StrEnum):
    """What is drawn. `limits` says how each is computed and from which source."""

    XMR = "xmr"
    RUN = "run"
    C = "c"
    U = "u"
    U_PRIME = "u-prime"
    P = "p"
    P_PRIME = "p-prime"
    INDIVIDUALS = "i"
    MOVING_RANGE = "mr"
    CASES_BETWEEN = "g"
    TIME_BETWEEN = "t"


class Rule(StrEnum):
    """Why a point is no chance: the first of these, in this order, that it is part of."""

    NONE = "none"
    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"


class PointType(StrEnum):
    """What a point says, given which way is better. Without such a way it is only high or low."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Whether the process as it now runs reaches its target: always, by chance, or never."""

    CONSISTENT_PASS = "consistent_pass"
    INCONSISTENT = "inconsistent"
    CONSISTENT_FAIL = "consistent_fail"
