"""The page of a review, and its printed matrix."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from styrkedja.audits.models import AuditReview, FollowUp, ReviewKind
from styrkedja.audits.presenters.links import recommendation_url, response_url
from styrkedja.audits.presenters.minutes import Minutes
from styrkedja.audits.presenters.standing import (
    decision_text,
    follow_up_status,
    part_status,
    promise_status,
    stance_status,
)
from styrkedja.audits.selectors import Part, Promise, Recommended, Said, Whole
from styrkedja.core.organisations.kinds import GroupLevel
from styrkedja.organisations.models import GROUP_LEVELS
from styrkedja.ui.components import Column, Fact, Status
from styrkedja.ui.wording import day_text

LEVELS = (GroupLevel.NATIONAL, GroupLevel.HEALTHCARE_REGION, GroupLevel.LOCAL)


@dataclass(frozen=True)
class PartRow:
    """A body's part of the answer. `url` "" when the reader sees none; `begin_url` where the reader may begin it; `decision_url` "" for none."""

    body: str
    status: Status
    decision: str
    decision_url: str
    registry_number: str
    signatories: tuple[str, ...]
    url: str
    begin_url: str


@dataclass(frozen=True)
class PromiseRow:
    """`action_url` is the page of the action that it has become, "" while it is none or there is no such page."""

    text: str
    status: Status
    owner: str
    due_on: date | None
    action: str
    action_url: str


@dataclass(frozen=True)
class SaidRow:
    """What a body says. `silent` tells why nothing is shown, "" when something is."""

    body: str
    stance: Status
    paragraphs: tuple[str, ...]
    reason: str
    alternative: str
    promised: tuple[PromiseRow, ...]
    silent: str


@dataclass(frozen=True)
class RecommendedRow:
    number: str
    heading: str
    text: str
    url: str
    areas: tuple[str, ...]
    said: tuple[SaidRow, ...]
    columns: "Columns"


@dataclass(frozen=True)
class Columns:
    """The four columns of the follow-up (reference 6.3), as texts. `closed` is when it was closed."""

    decided: tuple[str, ...]
    undecided: str
    reported: str
    report: str
    decision: str
    decision_url: str
    decision_text: str
    need: str
    closed: str


@dataclass(frozen=True)
class LevelCell:
    """What has happened at a level; `status` None: nothing is followed up."""

    level: str
    status: Status | None
    day: date | None
    text: str
    evidence: str


@dataclass(frozen=True)
class LevelRow:
    number: str
    url: str
    text: str
    cells: tuple[LevelCell, ...]


def lead(review: AuditReview) -> str:
    received = _("inkommen %(day)s") % {"day": day_text(review.received_on)} if review.received_on else ""
    return " · ".join(filter(None, (str(review.get_kind_display()), review.reviewer, review.registry_number, received)))


def facts(whole: Whole, *, on: date) -> list[Fact]:
    review = whole.review
    found = [
        Fact(_("Riktad till"), ", ".join(part.body.name for part in whole.parts)),
        Fact(_("Samordnar svaret"), review.accountable_body.name if review.accountable_body else ""),
        Fact(_("Ansvarig funktion"), str(review.accountable_seat or "")),
        Fact(_("Svar senast"), day_text(review.answer_due_on, on) if review.answer_due_on else ""),
    ]
    if review.stated_count is not None:
        found.append(
            Fact(
                _("Införda"),
                _("%(listed)s av %(stated)s rekommendationer") % {"listed": len(whole.recommendations), "stated": review.stated_count},
            )
        )
    return found


def part_rows(whole: Whole, *, may_begin: Iterable[int], minutes: Minutes) -> list[PartRow]:
    """`may_begin` are the ids of the bodies for which the reader may begin an answer."""
    bodies = set(may_begin)
    return [_part_row(whole.review, part, part.body.pk in bodies, minutes) for part in whole.parts]


def _part_row(review: AuditReview, part: Part, may_begin: bool, minutes: Minutes) -> PartRow:
    response = part.response
    return PartRow(
        body=part.body.name,
        status=part_status(part),
        decision=decision_text(response.decided_on, response.decided_until, response.paragraph) if response else "",
        decision_url=minutes.url([part.body], response.decided_on, response.paragraph) if response else "",
        registry_number=response.registry_number if response else "",
        signatories=tuple(seat.title for seat in response.signatories.all()) if response else (),
        url=response_url(response) if response else "",
        begin_url=reverse("audits:begin_response", args=[review.key, part.body.key]) if may_begin and response is None else "",
    )


def recommended_rows(whole: Whole, *, on: date, minutes: Minutes) -> list[RecommendedRow]:
    return [recommended_row(one, on=on, minutes=minutes) for one in whole.recommendations]


def recommended_row(one: Recommended, *, on: date, minutes: Minutes) -> RecommendedRow:
    return RecommendedRow(
        number=one.row.number,
        heading=one.row.title,
        text=one.row.text,
        url=recommendation_url(one.row),
        areas=tuple(one.row.area_list),
        said=tuple(said_row(said, on) for said in one.said),
        columns=columns(one, on=on, minutes=minutes),
    )


def said_row(said: Said, on: date) -> SaidRow:
    answer = said.answer
    return SaidRow(
        body=said.body.name,
        stance=stance_status(answer),
        paragraphs=paragraphs(answer.text) if answer else (),
        reason=answer.reason if answer else "",
        alternative=answer.alternative if answer else "",
        promised=tuple(promise_row(promise, on=on) for promise in said.promised),
        silent="" if said.is_answered else _silence(said),
    )


def _silence(said: Said) -> str:
    if said.response is None:
        return _("Svaret är inte beslutat.")
    return _("Svar på den här rekommendationen saknas.")


def promise_row(promise: Promise, *, on: date) -> PromiseRow:
    row = promise.row
    return PromiseRow(
        text=row.text,
        status=promise_status(row, on=on),
        owner=str(row.accountable_seat or ""),
        due_on=row.due_on,
        action=str(promise.action or ""),
        action_url=action_url(promise),
    )


def action_url(promise: Promise) -> str:
    """The page of the action, which another app holds."""
    if promise.action is None:
        return ""
    try:
        return reverse("steering:object", args=[promise.action.KIND, promise.action.key])
    except NoReverseMatch:
        return ""


def paragraphs(text: str) -> tuple[str, ...]:
    """A text as its paragraphs; single line breaks are kept in them."""
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def columns(one: Recommended, *, on: date, minutes: Minutes) -> Columns:
    row = one.row
    bodies = {row.review.accountable_body, *(said.body for said in one.said)}
    decided = [promise for said in one.decided for promise in said.promised]
    return Columns(
        decided=tuple(_promised(promise, on) for promise in decided),
        undecided=_("Inga åtgärder utlovade") if one.decided else _("Svaret är inte beslutat"),
        reported=_reported(one, on),
        report=row.report,
        decision=decision_text(row.report_decided_on, row.report_decided_until, row.report_paragraph) or _("Inget beslut"),
        decision_url=minutes.url(bodies, row.report_decided_on, row.report_paragraph),
        decision_text=row.report_decision,
        need=row.remaining_need or _("Inte utrett"),
        closed=_("Avslutad %(day)s") % {"day": day_text(row.closed_on, on)} if row.closed_on else "",
    )


def _promised(promise: Promise, on: date) -> str:
    row = promise.row
    about = [promise_status(row, on=on).word.lower(), str(row.accountable_seat or "")]
    about += [_("senast %(day)s") % {"day": day_text(row.due_on, on)}] if row.due_on else []
    return f"{row.text} ({', '.join(filter(None, about))})"


def _reported(one: Recommended, on: date) -> str:
    row = one.row
    if row.reported_on:
        return day_text(row.reported_on, on)
    if row.report_due_on is None:
        return _("Ingen dag bestämd")
    said = {"day": day_text(row.report_due_on, on)}
    return _("Försenad, skulle ha lämnats %(day)s") % said if one.is_report_late(on) else _("Senast %(day)s") % said


def shows_levels(whole: Whole) -> bool:
    """Is it followed up by level? A national recommendation always, others when somebody has."""
    return whole.review.kind == ReviewKind.NATIONAL_RECOMMENDATION or any(one.follow_ups for one in whole.recommendations)


def level_columns() -> list[Column]:
    return [Column(_("Åtagande")), *(Column(str(GROUP_LEVELS[level])) for level in LEVELS)]


def level_rows(whole: Whole) -> list[LevelRow]:
    return [
        LevelRow(one.row.number, recommendation_url(one.row), one.row.title or one.row.text, tuple(_cells(one)))
        for one in whole.recommendations
    ]


def _cells(one: Recommended) -> Iterator[LevelCell]:
    for level in LEVELS:
        latest = next((found for found in one.follow_ups if found.level == level), None)
        yield level_cell(str(GROUP_LEVELS[level]), latest)


def level_cell(level: str, found: FollowUp | None) -> LevelCell:
    if found is None:
        return LevelCell(level, None, None, "", "")
    return LevelCell(level, follow_up_status(found), found.followed_up_on, found.text, found.evidence)
