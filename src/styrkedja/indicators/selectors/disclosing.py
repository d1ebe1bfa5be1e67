"""The one way that figures take to a reader: what the reader has no right of access to is shown only where it gives nobody away.

What may be shown of the values that the program computes is decided when they are computed, of all of them together, and kept with each of them
(core.indicators.disclosure.figures); here it is read. Values that nothing has been decided of are shown as wholes of regions and of the nation alone:
where no two shown figures differ by a unit or by a group of people, none can be had by taking one from the other. What a publisher has given out is
public already, but for small counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.kinds import Form
from styrkedja.core.indicators.disclosure.tables import CellStatus
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.indicators.models import COMPUTED, Observation
from styrkedja.indicators.selectors.access import accessible_bodies
from styrkedja.organisations.models import Organisation
from styrkedja.ui.reading import once_a_reading

# Numerators that count persons or events; the others are sums of öre or of indices.
_COUNTS = frozenset({Form.COUNT, Form.PERCENTAGE, Form.RATE})


@dataclass(frozen=True)
class Shown:
    """A value as its reader sees it. One that is withheld has neither value, numerator nor denominator, and no status but that."""

    body: int
    first: date
    last: date
    source: str
    parts: Mapping[str, str]
    numerator: float | None
    denominator: float | None
    value: float | None
    status: ValueStatus
    is_withheld: bool = False


def disclosed(user: User | None, rows: Iterable[Observation], *, form: Form | None, on: date) -> Iterator[Shown]:
    """The rows in their order, as `user` may see them; None is somebody without any right of access.

    `form` is that of the indicator; None where it is not known what its numerator counts.
    """
    own, regions = accessible_bodies(user, on=on) if user else frozenset(), wholes()
    for row in rows:
        shown = Shown(
            row.body_id, row.period_start, row.period_end, row.source, row.dimensions,
            row.numerator, row.denominator, row.value, ValueStatus(row.status),
        )  # fmt: skip
        yield shown if row.body_id in own or (_is_open(row, regions) and not is_small(row, form)) else _withheld(shown)


def _is_open(row: Observation, wholes: frozenset[int]) -> bool:
    """Whether it is published, or was by its publisher."""
    if row.source != COMPUTED:
        return True
    return row.disclosure == CellStatus.PUBLISHED if row.disclosure else not row.dimensions and row.body_id in wholes


@once_a_reading
def wholes() -> frozenset[int]:
    """The regions and the nation."""
    kinds = (OrganisationKind.REGION, OrganisationKind.NATION)
    return frozenset(Organisation.objects.filter(kind__in=kinds).values_list("pk", flat=True))


def is_small(row: Observation | Shown, form: Form | None) -> bool:
    """Whether somebody could be told from the numerator, from the denominator, or from what is left of it. By the threshold as it is now."""
    if row.status == ValueStatus.TOO_FEW:
        return True
    counts = [row.denominator]
    if form in _COUNTS:
        counts.append(row.numerator)
    if form == Form.PERCENTAGE and row.numerator is not None and row.denominator is not None:
        counts.append(row.denominator - row.numerator)
    return any(count is not None and 0 < count < settings.DISCLOSURE_THRESHOLD for count in counts)


def _withheld(shown: Shown) -> Shown:
    return Shown(shown.body, shown.first, shown.last, shown.source, shown.parts, None, None, None, ValueStatus.TOO_FEW, is_withheld=True)
