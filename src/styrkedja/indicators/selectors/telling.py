"""Series of an indicator's source and part, by the organisation that is asked for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.indicators.months import Span
from styrkedja.indicators.models import Indicator
from styrkedja.indicators.selectors.retold import told_again
from styrkedja.indicators.selectors.values import Series, series_by_body


@dataclass
class Telling:
    """`as_on` is the day whose organisation is meant; None for that of each value's own time. What was found lacking is said afterwards."""

    user: User
    indicator: Indicator
    source: str
    parts: Mapping[str, str]
    as_on: date | None
    on: date
    lacking: tuple[Span, ...] = field(default=(), init=False)
    refused: str = field(default="", init=False)

    def series(self, bodies: Collection[int], *, until: date | None = None) -> dict[int, Series]:
        """By body, those that have any, at most until a period's end."""
        if self.as_on is None:
            return self._as_was(bodies, until)
        again = told_again(
            self.user, self.indicator, bodies, day=self.as_on, parts=self.parts, as_was=lambda some: self._as_was(some, until), on=self.on
        )
        self.lacking, self.refused = again.lacking, again.refused
        cut = {body: [one for one in own if until is None or one.last <= until] for body, own in again.series.items()}
        return {body: own for body, own in cut.items() if own}

    def _as_was(self, bodies: Collection[int], until: date | None) -> dict[int, Series]:
        return series_by_body(self.user, self.indicator, bodies, source=self.source, parts=self.parts, until=until, on=self.on)
