"""An answer is read from a file, and a person confirms what was read beside its text."""

from collections.abc import Iterable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from styrkedja.audits import selectors, services
from styrkedja.audits.forms import UploadForm, ValuesForm
from styrkedja.audits.forms.confirming import Choices, ConfirmForm
from styrkedja.audits.models import ReadAnswer
from styrkedja.audits.policies import acts_anywhere
from styrkedja.audits.presenters import confirming as presenter
from styrkedja.audits.presenters import links
from styrkedja.audits.selectors import choices
from styrkedja.audits.selectors.names import is_called
from styrkedja.audits.views.acting import Frame, act, posted
from styrkedja.core.audits.kept_text import restored
from styrkedja.core.audits.proposal import proposal
from styrkedja.core.audits.reading import Reading, read_answer
from styrkedja.ledger.sending import led_to
from styrkedja.organisations.models import Body
from styrkedja.ui.clock import day, now
from styrkedja.ui.wording import sentence_text

_SHORT = 6  # letters of a name that can stand beside a number


@posted
def upload(request: HttpRequest) -> HttpResponse:
    """A file is read. Nothing of it is in the chain before somebody has confirmed it."""
    at = now()
    if not acts_anywhere(request.user, on=day(at)):
        raise PermissionDenied(_("Bara den som innehar en funktion i ett organ kan läsa in ett svar."))
    own = choices.own_bodies(request.user, on=day(at))
    initial = {"body": request.GET.get("organ", ""), "review": request.GET.get("granskning", "")}
    form = UploadForm(
        request.POST or None, request.FILES or None, initial=initial, bodies=own, reviews=choices.open_reviews(request.user, on=day(at))
    )
    lead = _(
        "Styrkedja läser svaret och föreslår vad som är rekommendationer, svar och åtgärder. Du bekräftar bredvid texten innan något sparas."
    )
    frame = Frame(_("Läs in ett svar"), _("Läs in"), reverse("audits:readings"), links.reading_crumbs(), lead=lead)

    def do(given: ValuesForm) -> str:
        file, values = given.cleaned_data["file"], given.cleaned_data
        found = services.read_file(
            actor=request.user, body=values["body"], review=values["review"], content=file.read(), name=file.name or "", at=at
        )
        return reverse("audits:confirm", args=[found.pk])

    return act(request, form, frame, do, at=at)


@posted
def confirm(request: HttpRequest, found_id: int) -> HttpResponse:
    """The text beside what was read of it. Sent, it is written."""
    at = now()
    found = _find(request, found_id)
    if found.response is not None:
        return redirect(links.response_url(found.response))
    reading = read_answer(restored(found.source))
    form = _form(request, found, reading)

    def do() -> str:
        made = services.confirm_reading(actor=request.user, found=found, confirmed=form.confirmed(), at=at)
        messages.success(request, _("Svaret är infört. Läs igenom det, och komplettera det som saknas."))
        return links.response_url(made)

    if page := led_to(request, form, do, is_new=True, at=at):
        return page
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "audits/confirm.html", _context(form, found, reading), status=status)


def _context(form: ConfirmForm, found: ReadAnswer, reading: Reading) -> dict[str, object]:
    return {
        "form": form,
        "found": found,
        "sections": presenter.sections(form),
        "left_over": presenter.left_over(form.proposal),
        "warnings": [*_foreign(form, found, reading), *map(sentence_text, (*reading.source.remarks, *reading.warnings))],
        "lines": list(presenter.whole_text(reading)),
        "crumbs": links.reading_crumbs(),
        "at": day(now()),
    }


def _foreign(form: ConfirmForm, found: ReadAnswer, reading: Reading) -> list[str]:
    """What says that the text is another body's answer than the one that was chosen."""
    bodies = form.choices.bodies
    warnings = []
    if (other := _other(reading.body, found.body, bodies)) and not any(
        is_called(found.body, [answer.body.casefold()]) for one in reading.recommendations for answer in one.answers
    ):
        said = _(
            "Texten ser ut att vara svaret från %(other)s, men läses in som svaret från %(body)s. Är det fel organ: kasta den och läs in filen på nytt."
        )
        warnings.append(said % {"other": other, "body": found.body})
    if reading.decision and (decider := _other(reading.decision.body, found.body, bodies)):
        said = _("Beslutet i texten (%(decision)s) är fattat av %(other)s. Det föreslås därför inte som beslut i %(body)s.")
        warnings.append(said % {"decision": reading.decision.shown, "other": decider, "body": found.body})
    return warnings


def _other(name: str, own: Body, bodies: Iterable[Body]) -> Body | None:
    """The body that is called so, when that is not the own one."""
    called = [name.casefold()]
    return None if is_called(own, called) else next((body for body in bodies if is_called(body, called)), None)


def _form(request: HttpRequest, found: ReadAnswer, reading: Reading) -> ConfirmForm:
    on = day(now())
    county = found.body.county
    bodies, names = _bodies(request, found), {body.name.casefold() for body in reading.bodies}
    known = list(selectors.recommendations(request.user, found.review, on=on)) if found.review else []
    offered = Choices(
        own=found.body,
        bodies=bodies,
        named=[body for body in bodies if body.pk == found.body_id or is_called(body, names)],
        seats=choices.seats(request.user, on=on, county=county),
        signing=choices.signing_seats(request.user, found.body, on=on),
        known=[one for one in known if not (addressees := one.addressees.all()) or found.body in addressees],
        taken=frozenset(one.number for one in known),
        mark=found.body.short_name if 0 < len(found.body.short_name) <= _SHORT else "b",
    )
    proposed = proposal(
        reading,
        is_own=lambda name: is_called(found.body, [name.casefold()]),
        is_other=lambda name: _other(name, found.body, bodies) is not None,
    )
    return ConfirmForm(request.POST or None, proposal=proposed, review=found.review, choices=offered)


def _bodies(request: HttpRequest, found: ReadAnswer) -> list:
    """The bodies that the review may be addressed to; the one whose answer it is always is one of them."""
    bodies = choices.bodies_to_address(request.user, on=day(now()), county=found.body.county)
    return bodies if any(body.pk == found.body_id for body in bodies) else [found.body, *bodies]


@posted
def discard(request: HttpRequest, found_id: int) -> HttpResponse:
    """The text is thrown away."""
    at = now()
    found = _find(request, found_id)
    frame = Frame(
        _("Kasta det inlästa svaret"),
        _("Kasta"),
        reverse("audits:readings"),
        links.reading_crumbs(),
        lead=found.title,
        done=_("Det inlästa svaret är kastat."),
    )

    def do(given: ValuesForm) -> None:
        services.discard_reading(actor=request.user, found=found, at=at)

    return act(request, ValuesForm(request.POST or None), frame, do, at=at)


def _find(request: HttpRequest, found_id: int) -> ReadAnswer:
    found = selectors.read_answer_by_id(request.user, found_id, on=day(now()))
    if found is None:
        raise Http404
    return found
