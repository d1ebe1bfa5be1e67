"""The page of a recommendation: what is known of it, what may be done, and what has happened level by level."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.models import FollowUp
from styrkedja.audits.presenters.review import LevelCell, level_cell
from styrkedja.audits.selectors import Recommended, Said
from styrkedja.steering.models import ChainObject
from styrkedja.steering.policies import can_edit
from styrkedja.ui.components import Fact
from styrkedja.ui.wording import day_text


@dataclass(frozen=True)
class Link:
    text: str
    url: str
    hint: str = ""


@dataclass(frozen=True)
class PromiseActs:
    """What the reader may do with a promise."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Acts:
    """What the reader may do: with the recommendation, with the answer of the own body, and with what it promises."""

    own: tuple[Link, ...]
    answers: tuple[Link, ...]
    promises: tuple[PromiseActs, ...]


@dataclass(frozen=True)
class FollowUpRow:
    cell: LevelCell
    function: str
    url: str


def facts(one: Recommended, *, on: date) -> list[Fact]:
    row = one.row
    return [
        Fact(_("Riktad till"), ", ".join(said.body.name for said in one.said)),
        Fact(_("Områden"), ", ".join(row.area_list)),
        Fact(_("Återrapporteras senast"), day_text(row.report_due_on, on) if row.report_due_on else ""),
        Fact(_("Avslutad"), day_text(row.closed_on, on) if row.closed_on else ""),
    ]


def rows_of(one: Recommended) -> list[ChainObject]:
    """Everything on the page that has a history."""
    answers = [said.answer for said in one.said if said.answer]
    promised = [promise.row for said in one.said for promise in said.promised]
    return [one.row, *answers, *promised, *one.follow_ups]


def acts(user: User, one: Recommended, *, on: date) -> Acts:
    answering = [said for said in one.said if said.response is not None and can_edit(user, said.response, on=on)]
    return Acts(
        _own(one) if can_edit(user, one.row, on=on) else (),
        tuple(_answer(one, said) for said in answering if _is_open(user, said)),
        tuple(found for said in answering for found in _promises(user, said)),
    )


def _is_open(user: User, said: Said) -> bool:
    """May what the answer says still be changed?"""
    return said.response is not None and (not said.response.is_decided or user.is_administrator)


def _own(one: Recommended) -> tuple[Link, ...]:
    key, row = one.row.key, one.row
    if row.closed_on:
        return (Link(_("Öppna igen"), reverse("audits:reopen", args=[key])),)
    found = [
        Link(_("Återrapportera") if row.reported_on is None else _("Ändra återrapporten"), reverse("audits:report_back", args=[key])),
        Link(_("Anteckna beslut om återrapporten"), reverse("audits:decide_report", args=[key])) if row.reported_on else None,
        Link(_("Följ upp en nivå"), reverse("audits:follow_up", args=[key])),
        Link(_("Avsluta"), reverse("audits:close", args=[key])),
    ]
    return tuple(link for link in found if link is not None)


def _answer(one: Recommended, said: Said) -> Link:
    assert said.response is not None
    text = _("Ändra svaret") if said.answer else _("Svara")
    return Link(text, reverse("audits:answer", args=[said.response.key, one.row.key]), said.body.name)


def _promises(user: User, said: Said) -> list[PromiseActs]:
    return [
        PromiseActs(promise.row.text, tuple(_promise_links(user, said, promise.row.key, promise.row.action_id)))
        for promise in said.promised
    ]


def _promise_links(user: User, said: Said, key: str, action: int | None) -> list[Link]:
    found = [Link(_("Ändra"), reverse("audits:change_promise", args=[key]))]
    if action is None:
        found.append(Link(_("För in i styrkedjan"), reverse("audits:take_into_chain", args=[key])))
        found.append(Link(_("Koppla till en åtgärd"), reverse("audits:link_promise", args=[key])))
    if _is_open(user, said):
        found.append(Link(_("Ta bort ur svaret"), reverse("audits:withdraw_promise", args=[key])))
    return found


def follow_ups(one: Recommended) -> list[FollowUpRow]:
    """Everything that has been followed up, the latest first."""
    return [_follow_up(found) for found in one.follow_ups]


def _follow_up(found: FollowUp) -> FollowUpRow:
    return FollowUpRow(
        level_cell(found.get_level_display(), found),
        str(found.accountable_seat or ""),
        reverse("audits:change_follow_up", args=[found.key]),
    )
