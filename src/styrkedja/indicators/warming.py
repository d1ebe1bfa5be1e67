"""What the first view of another organisation would wait for, loaded beforehand: the libraries that count, and the compiled loops."""

from datetime import date

import numpy as np

import styrkedja.indicators.retelling  # noqa: F401  # with all that it loads
from styrkedja.core.indicators.cells import Keys, Spread
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.readings import AsOn
from styrkedja.core.indicators.tree import Place, Structure, TreeBody
from styrkedja.core.organisations.kinds import OrganisationKind

_DAY = date(2026, 1, 31)


def warm() -> None:
    """Rolls up a cell of an organisation with one body, for each kind of amount and in each of the ways that cells are added: few of them in a long
    span, and many in a short one.
    """
    unit = TreeBody("unit", OrganisationKind.UNIT)
    reading = AsOn(Structure((unit,), ((Place(0, -1),),), (((0, _DAY.toordinal() + 1),),)), _DAY)
    last = Month.of(_DAY)
    one = np.zeros(1, dtype=np.int64)
    keys = Keys(one, one + _DAY.toordinal(), one + last.number, np.zeros((1, 0), dtype=np.int64))
    for span in (Span(last, last), Span.ending(last, 12)):
        spread = Spread(keys, reading, span, np.ones(1, dtype=np.bool_))
        spread.roll_up(one, one.astype(np.float64))
