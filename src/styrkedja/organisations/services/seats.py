"""The seats and lead times of a county's files. Used by the other services only."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.organisations.county import LeadTimeRow, SeatRow
from styrkedja.organisations.models import County, LeadTime, Seat
from styrkedja.organisations.services.descriptions import close, redescribe
from styrkedja.organisations.services.load import Load, difference, ids_of

Identity = tuple[str, str, str]
Likeness = Callable[[SeatRow, Seat], bool]


def load_seats(load: Load, rows: Sequence[SeatRow]) -> None:
    """Makes, changes and closes the county's seats, in its own bodies and in those that it shares. Holders stay."""
    ids = ids_of(row.body for row in rows)
    seats = Seat.objects.filter(county=load.county).select_related("body").order_by("id")
    matched, left = _match(load, rows, list(seats))
    made = 0
    for index, row in enumerate(rows):
        seat = matched.get(index) or _renamed(load, row, left)
        if seat is None:
            _make(load, row, ids[row.body])
            made += 1
        else:
            _update(load, seat, row)
    if made and load.is_first:
        load.sum_up(ngettext("%(count)s ny plats", "%(count)s nya platser", made) % {"count": made})
    for seat in left:
        if not load.is_over(seat.valid_until):
            close(Seat.objects.filter(pk=seat.pk), on=load.on)
            load.tell(_("Stängd plats"), seat)


def _match(load: Load, rows: Sequence[SeatRow], seats: list[Seat]) -> tuple[dict[int, Seat], list[Seat]]:
    """Which seat each row (by its place) already has, and the seats of no row. The same seat may have stood at several times: nearest first."""
    likenesses: tuple[Likeness, ...] = (
        lambda row, seat: seat.valid_until == row.validity.valid_until and row.validity.valid_from in {None, seat.valid_from},
        lambda _row, seat: not load.is_over(seat.valid_until),
        lambda _row, seat: seat.valid_until == load.on,
    )
    alike: defaultdict[Identity, list[Seat]] = defaultdict(list)
    for seat in seats:
        alike[seat.body.key, seat.function, seat.title].append(seat)
    found: dict[int, Seat] = {}
    for is_like in likenesses:
        for index, row in enumerate(rows):
            candidates = alike[row.body, row.function, row.title]
            seat = next((seat for seat in candidates if index not in found and is_like(row, seat)), None)
            if seat is not None:
                found[index] = seat
                candidates.remove(seat)
    return found, [seat for candidates in alike.values() for seat in candidates]


def _renamed(load: Load, row: SeatRow, left: list[Seat]) -> Seat | None:
    """A seat of the same function in the same body that no row has: its title was changed, and its holders stay."""
    for seat in left:
        if (seat.body.key, seat.function) == (row.body, row.function) and not load.is_over(seat.valid_until):
            left.remove(seat)
            return seat
    return None


def _make(load: Load, row: SeatRow, body_id: int) -> None:
    start, end = row.validity.valid_from, row.validity.valid_until
    if start is None and not load.is_over(end):
        start = load.since
    made = Seat.objects.create(
        body_id=body_id,
        county=load.county,
        function=row.function,
        title=row.title,
        time_percent=row.time_percent,
        valid_from=start,
        valid_until=end,
    )
    if not load.is_first:
        load.tell(_("Ny plats"), made)


def _update(load: Load, seat: Seat, row: SeatRow) -> None:
    before = redescribe(seat, {"title": row.title, "time_percent": row.time_percent}, on=load.on)
    if before:
        load.tell(_("Ändrad plats"), seat, difference(before, seat))
    start = row.validity.valid_from or seat.valid_from
    end = row.validity.valid_until
    if end is not None and start is not None:
        end = max(start, end)
    if (start, end) == (seat.valid_from, seat.valid_until):
        return
    load.tell(_("Öppnad plats") if load.is_over(seat.valid_until) and not load.is_over(end) else _("Ändrad giltighetstid"), seat)
    seat.valid_from, seat.valid_until = start, end
    seat.save(update_fields=["valid_from", "valid_until"])


def load_lead_times(load: Load, county: County, rows: Sequence[LeadTimeRow]) -> None:
    """Makes the planned times what the files say. They are settings for what comes, not history: those that are gone are removed."""
    ids = ids_of(row.escalate_to[0] for row in rows if row.escalate_to)
    present = {(row.routine, row.step): row for row in LeadTime.objects.filter(county=county)}
    made = 0
    for row in rows:
        body, function = row.escalate_to or ("", "")
        wanted = {
            "working_days": row.working_days,
            "remind_before": row.remind_before,
            "escalate_after": row.escalate_after,
            "escalate_to_body_id": ids.get(body),
            "escalate_to_function": function,
        }
        found = present.pop((row.routine, row.step), None)
        if found is None:
            LeadTime.objects.create(county=county, routine=row.routine, step=row.step, **wanted)
            made += 1
        elif any(getattr(found, name) != value for name, value in wanted.items()):
            LeadTime.objects.filter(pk=found.pk).update(**wanted)
            load.tell(_("Ändrad ledtid"), _step(row))
    if made:
        load.sum_up(ngettext("%(count)s ny ledtid", "%(count)s nya ledtider", made) % {"count": made})
    for gone in present.values():
        gone.delete()
        load.tell(_("Borttagen ledtid"), _step(gone))


def _step(row: LeadTime | LeadTimeRow) -> str:
    return _("steg %(step)s i rutinen %(routine)s") % {"step": row.step, "routine": row.routine}
