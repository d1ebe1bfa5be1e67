"""Where organisations hung before, as the files tell it with dates. Used by the other services only."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.core.organisations.county import GroupRow, OrganisationRow
from styrkedja.organisations.models import Body, Placement
from styrkedja.organisations.services.load import Load

# (parent, valid_from, valid_until)
_Link = tuple[int, date | None, date | None]


def place_moved(
    load: Load, rows: Sequence[OrganisationRow | GroupRow], bodies: Mapping[str, Body], ids: Mapping[str, int], *, is_new: bool
) -> None:
    """Makes the placements of the rows that tell of earlier parents exactly what they tell: the dates are facts about all days."""
    for row in rows:
        if isinstance(row, OrganisationRow) and row.earlier:
            has_changed = _place(bodies[row.key], list(_told(row, bodies[row.key].valid_from, ids)))
            if has_changed and not is_new:
                load.tell(_("Ändrad tillhörighet"), bodies[row.key], _("filernas datum"))


def _told(row: OrganisationRow, start: date | None, ids: Mapping[str, int]) -> Iterator[_Link]:
    for earlier in row.earlier:
        yield from ((ids[parent], start, earlier.until) for parent in earlier.parents)
        start = earlier.until
    yield from ((ids[parent], start, None) for parent in row.parents)


def _place(body: Body, told: Sequence[_Link]) -> bool:
    """Whether anything was changed. What the files do not tell never held; rows are used again where they can be."""
    kept = {(row.parent_id, row.valid_from, row.valid_until): row for row in Placement.objects.filter(child=body).order_by("-pk")}
    spare = [row for link, row in kept.items() if link not in told and not _is_void(row)]
    missing = [link for link in told if link not in kept]
    for row in spare:
        # Ended first, so that no parent stands twice among those that hold.
        Placement.objects.filter(pk=row.pk).update(valid_from=row.valid_until or told[-1][1], valid_until=row.valid_until or told[-1][1])
    for parent, start, until in missing:
        Placement.objects.create(child=body, parent_id=parent, valid_from=start, valid_until=until)
    return bool(spare or missing)


def _is_void(row: Placement) -> bool:
    return row.valid_until is not None and row.valid_from == row.valid_until
