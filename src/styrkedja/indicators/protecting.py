"""What of newly computed values may be shown to readers without a right of access, decided before they are written down."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from django.conf import settings

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.disclosure.figures.deciding import Before, Decisions, decide
from styrkedja.core.indicators.evaluation import Outcomes
from styrkedja.core.indicators.outcome import ALL
from styrkedja.core.indicators.tree import Structure
from styrkedja.indicators.library import fact_sources
from styrkedja.indicators.models import Indicator
from styrkedja.indicators.selectors.periods import Seen, seen

# Another number for other rules: then everything is decided anew.
_RULES = 1


def rules() -> str:
    """What the decisions rest on beside the figures."""
    return f"{_RULES} {settings.DISCLOSURE_THRESHOLD}"


def protected(indicator: Indicator, definition: Definition, structure: Structure, outcomes: Outcomes) -> Decisions:
    """With what readers have seen already of the same periods in mind. To be asked before those values are replaced."""
    before = _before(outcomes, indicator.dimensions, seen(indicator, outcomes.spans))
    persons = [source.id for source in fact_sources().values() if source.entity]
    return decide(definition, structure, outcomes, threshold=settings.DISCLOSURE_THRESHOLD, persons=persons, before=before)


def _before(outcomes: Outcomes, dimensions: Sequence[str], rows: Iterable[Seen]) -> Before | None:
    """None where nobody has seen anything."""
    bodies = {key: place for place, key in enumerate(outcomes.bodies)}
    spans: dict[date, int] = {span.last_day: place for place, span in enumerate(outcomes.spans)}
    shape = (len(bodies), len(spans))
    before = Before({}, {}, np.zeros(shape, dtype=np.bool_))
    for row in rows:
        place = spans[row.last]
        before.decided[:, place] = True
        if row.body not in bodies:
            continue
        parts = tuple(row.parts.get(name, ALL) for name in dimensions)
        if parts not in before.figures:
            before.figures[parts] = (np.full(shape, np.nan), np.full(shape, np.nan))
            before.withheld[parts] = np.zeros(shape, dtype=np.bool_)
        at = (bodies[row.body], place)
        for kept, amount in zip(before.figures[parts], (row.numerator, row.denominator), strict=True):
            kept[at] = np.nan if amount is None else amount
        before.withheld[parts][at] = row.is_withheld
    return before if before.decided.any() else None
