"""How a review, an answer and a promise stand, each as a word with its tone; and what is missing of the whole."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.audits.models import FollowUp, FollowUpState, ProgressReport, PromisedAction, RecommendationAnswer
from styrkedja.audits.selectors import Part, Promise, Recommended, Said, Whole
from styrkedja.core.controls.snapshot.kinds import PromiseState, Stance
from styrkedja.decisions.presenters import range_text
from styrkedja.ui.components import Status, Tone
from styrkedja.ui.wording import day_text

_STANCES = {Stance.AGREE: Tone.OK, Stance.PARTLY: Tone.INFO, Stance.DISAGREE: Tone.WARN}
_PROMISES = {PromiseState.TAKEN: Tone.OK, PromiseState.PLANNED: Tone.INFO}
_FOLLOWED = {FollowUpState.DONE: Tone.OK, FollowUpState.UNDER_WAY: Tone.INFO, FollowUpState.NOT_STARTED: Tone.WARN}


def review_status(whole: Whole, *, on: date) -> Status:
    if not whole.parts:
        return Status(_("Ingen mottagare"))
    if whole.is_answered:
        return Status(_("Besvarad"), Tone.OK)
    if whole.is_late(on):
        return Status(_("Svaret är försenat"), Tone.DANGER)
    if any(part.is_decided for part in whole.parts):
        return Status(_("Delvis besvarad"), Tone.WARN)
    return Status(_("Väntar på svar"), Tone.INFO)


def reports_status(whole: Whole, *, on: date) -> Status:
    """How the reports on the recommendations stand."""
    late = len(whole.late_reports(on))
    if late:
        return Status(ngettext("%(count)s försenad", "%(count)s försenade", late) % {"count": late}, Tone.DANGER)
    due = [one for one in whole.recommendations if one.row.report_due_on and not one.row.reported_on and not one.row.closed_on]
    if due:
        nearest = min(one.row.report_due_on for one in due)
        return Status(_("Nästa %(day)s") % {"day": day_text(nearest, on)}, Tone.INFO)
    if whole.recommendations and all(one.row.reported_on or one.row.closed_on for one in whole.recommendations):
        return Status(_("Återrapporterad"), Tone.OK)
    return Status(_("Inte planerad"))


def part_status(part: Part) -> Status:
    if part.response is None:
        return Status(_("Inte beslutat"))
    return Status(_("Beslutat"), Tone.OK) if part.is_decided else Status(_("Utkast"), Tone.INFO)


def decision_text(first: date | None, last: date | None, paragraph: str) -> str:
    """ "25–26 mar 2025 § 39", and "" for no decision."""
    return " ".join(filter(None, (range_text(first, last) if first else "", paragraph)))


def stance_status(answer: RecommendationAnswer | None) -> Status:
    if answer is None or not answer.stance:
        return Status(_("Inget ställningstagande"))
    return Status(answer.get_stance_display(), _STANCES[Stance(answer.stance)])


def promise_status(row: PromisedAction, *, on: date) -> Status:
    if row.state == PromiseState.PLANNED and row.due_on is not None and row.due_on < on:
        return Status(_("Försenad"), Tone.DANGER)
    if not row.state:
        return Status(_("Inte angivet"), Tone.WARN)
    return Status(row.get_state_display(), _PROMISES[PromiseState(row.state)])


def follow_up_status(found: FollowUp) -> Status:
    return Status(found.get_state_display(), _FOLLOWED[FollowUpState(found.state)])


def report_status(report: ProgressReport, *, on: date) -> Status:
    if report.approved_on:
        return Status(_("Godkänd"), Tone.OK)
    if report.handed_in_on:
        return Status(_("Lämnad"), Tone.INFO)
    if report.due_on and report.due_on < on:
        return Status(_("Försenad"), Tone.DANGER)
    return Status(_("Kommande"))


def missing(whole: Whole) -> list[str]:
    """What the answer as a whole lacks, sentence by sentence; a body's draft is nobody else's business and so is not told of."""
    return list(_missing(whole))


def _missing(whole: Whole) -> Iterator[str]:
    stated = whole.review.stated_count
    if stated is not None and stated != len(whole.recommendations):
        values = {"stated": stated, "listed": len(whole.recommendations)}
        yield _("Granskningen anger %(stated)s rekommendationer, men %(listed)s är införda.") % values
    if not whole.parts:
        yield _("Det framgår inte vem granskningen är riktad till.")
    for part in whole.undecided:
        yield _("%(body)s har inte beslutat sitt svar.") % {"body": part.body.name}
    for part in whole.parts:
        if part.response is not None and part.is_decided and not part.response.paragraph:
            yield _("Paragrafen för beslutet saknas i svaret från %(body)s.") % {"body": part.body.name}
    for one in whole.recommendations:
        for said in one.said:
            yield from _missing_of(one, said)


def _missing_of(one: Recommended, said: Said) -> Iterator[str]:
    values = {"number": one.row.number, "body": said.body.name}
    if said.response is None:
        return
    if not said.is_answered:
        yield _("Rekommendation %(number)s: svar från %(body)s saknas.") % values
        return
    answer = said.answer
    if answer is not None and not answer.stance:
        yield _("Rekommendation %(number)s: %(body)s tar inte ställning.") % values
    if answer is not None and answer.stance == Stance.DISAGREE and not (answer.reason.strip() and answer.alternative.strip()):
        yield _("Rekommendation %(number)s: %(body)s delar den inte, men skäl eller alternativ åtgärd saknas.") % values
    if answer is not None and answer.stance in (Stance.AGREE, Stance.PARTLY) and not said.promised:
        yield _("Rekommendation %(number)s: %(body)s utlovar ingen åtgärd.") % values
    for promise in said.promised:
        if lacking := _lacking(promise):
            yield _("Rekommendation %(number)s: åtgärden ”%(text)s” saknar %(lacking)s.") % {
                **values,
                "text": _short(promise.row.text),
                "lacking": lacking,
            }


def _lacking(promise: Promise) -> str:
    if promise.row.state == PromiseState.TAKEN:
        return ""
    parts = [_("ansvarig funktion")] if promise.row.accountable_seat is None else []
    parts += [_("datum")] if promise.row.due_on is None else []
    return _(" och ").join(parts)


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
