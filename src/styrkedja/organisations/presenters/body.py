"""The parts of a body's page that the structure itself knows."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from styrkedja.core.organisations.kinds import GroupKind
from styrkedja.organisations.models import Body, Membership, Seat
from styrkedja.organisations.presenters.names import body_url, full_name, grouped, kind_name
from styrkedja.organisations.selectors import BodyOn, SeatOn
from styrkedja.ui.components import Crumb, Fact
from styrkedja.ui.wording import day_text

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HolderRow:
    """Somebody in a seat. `end_url` is "" for a reader who may not end it."""

    name: str
    period: str
    substitutes: str
    end_url: str


@dataclass(frozen=True)
class SeatRow:
    title: str
    time: str
    holders: list[HolderRow]
    appoint_url: str


@dataclass(frozen=True)
class LinkGroup:
    """Bodies of one kind, as (name, address)."""

    heading: str
    links: list[tuple[str, str]]


def crumbs() -> list[Crumb]:
    """The way to a page below the structure."""
    return [Crumb(_("Organisation"), reverse("organisations:tree"))]


def crumb(body: Body) -> Crumb:
    return Crumb(str(body), body_url(body.key))


def period_text(valid_from: date | None, valid_until: date | None) -> str:
    """A half-open period as people say it, both days within: "1 jan 2026–31 dec 2026", "från 1 jan 2026", "tills vidare"."""
    last = day_text(valid_until - _DAY) if valid_until else ""
    if valid_from and last:
        return f"{day_text(valid_from)}–{last}"
    if valid_from:
        return _("från %(day)s") % {"day": day_text(valid_from)}
    return _("till och med %(day)s") % {"day": last} if last else _("tills vidare")


def body_facts(body: BodyOn, *, parents: Iterable[BodyOn], host: BodyOn | None, on: date | None) -> list[Fact]:
    """What is known of the body itself. `on` is the day of the links, None for today's."""
    is_area = body.kind == GroupKind.PROGRAMME_GROUP
    facts = [
        Fact(_("Slag"), kind_name(body)),
        Fact(_("Kortnamn"), body.short_name),
        Fact(_("Hör till"), _links(parents, on=on)),
        Fact(_("Värd"), full_name(host), body_url(host.key, on=on)) if host else Fact(_("Värd"), _("Saknas") if is_area else ""),
        Fact(_("Kommun\u00admedverkan"), (_("Ja") if body.municipal_participation else _("Nej")) if is_area else ""),
        Fact(_("Län"), body.county or _("Nationellt")),
        Fact(_("Kod"), body.code),
        Fact(_("Organisationsnummer"), body.org_number),
        Fact(_("HSA-id"), body.hsa_id),
        Fact(_("Gäller"), period_text(body.valid_from, body.valid_until)),
    ]
    return [fact for fact in facts if fact.value]


def _links(bodies: Iterable[BodyOn], *, on: date | None) -> SafeString | str:
    rows = [(body_url(body.key, on=on), full_name(body)) for body in bodies]
    return format_html_join(SafeString("<br>"), '<a class="ds-link" href="{}">{}</a>', rows)


def seat_rows(members: Iterable[SeatOn], *, may_fill: AbstractSet[int]) -> list[SeatRow]:
    """The seats with their holders; those in `may_fill` (ids) with the addresses where they are filled and emptied."""
    return [_seat_row(member, member.seat.pk in may_fill) for member in members]


def _seat_row(member: SeatOn, may_fill: bool) -> SeatRow:
    holders = [
        HolderRow(
            holder.name,
            membership_period(holder.membership),
            ", ".join(holder.substitutes),
            reverse("organisations:end_membership", args=[holder.membership.pk]) if may_fill else "",
        )
        for holder in member.holders
    ]
    time = f"{member.time_percent} %" if member.time_percent else ""
    return SeatRow(member.title, time, holders, reverse("organisations:appoint", args=[member.seat.pk]) if may_fill else "")


def holders_text(seat: Seat, held: Iterable[Membership]) -> str:
    """ "Ordförande i LPO psykisk hälsa. Platsen innehas av Ordföranden, från 1 jan 2026."."""
    where = _("%(seat)s i %(body)s.") % {"seat": seat.title, "body": seat.body.name}
    names = "; ".join(f"{row.account}, {membership_period(row)}" for row in held)
    return f"{where} " + (_("Platsen innehas av %(names)s.") % {"names": names} if names else _("Ingen innehar platsen."))


def appointed_text(made: Membership, *, on: date) -> str:
    """What an appointment came to: one that lies wholly in the past is told as what was."""
    said = {"name": made.account, "seat": made.seat.title}
    if made.valid_until is None or made.valid_until > on:
        return _("%(name)s är utsedd till %(seat)s.") % said
    first, last = day_text(made.valid_from) if made.valid_from else "", day_text(made.valid_until - _DAY)
    return _("Det är antecknat att %(name)s var %(seat)s mellan %(first)s och %(last)s.") % {**said, "first": first, "last": last}


def membership_period(membership: Membership) -> str:
    return period_text(membership.valid_from, membership.valid_until)


def link_groups(bodies: Iterable[BodyOn], *, on: date | None) -> list[LinkGroup]:
    """Bodies that stand in order of kind, as links under the heading of each kind."""
    return [LinkGroup(heading, [(full_name(body), body_url(body.key, on=on)) for body in found]) for heading, found in grouped(bodies)]
