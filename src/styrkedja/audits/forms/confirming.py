"""The form in which a person confirms what was read of an answer. Everything can be changed, and nothing is kept before it is sent.

Every field has the name of its place: `r2_p1_text` is the text of the second promise of the third recommendation. After what was found there
is one empty recommendation, and one empty promise in each, for what the reading missed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms.answers import STANCE_CHOICES, STATE_CHOICES
from styrkedja.audits.forms.fields import LongText, RowField, RowsField, seat_choices
from styrkedja.audits.models import AuditRecommendation, AuditReview, ReviewKind
from styrkedja.audits.selectors.names import is_called, is_function
from styrkedja.audits.services import Confirmed, ConfirmedRecommendation
from styrkedja.core.audits.proposal import Proposal, ProposedPromise, ProposedRecommendation
from styrkedja.organisations.models import Body, Seat
from styrkedja.ui.forms import DateField, SubmissionForm

REVIEW = ("title", "kind", "reviewer", "received_on", "answer_due_on", "question", "assessment", "vision", "stated_count", "addressed")
RESPONSE = ("registry_number", "dated_on", "text", "signatories", "decided_on", "decided_until", "paragraph")


@dataclass(frozen=True)
class Choices:
    """What can be chosen: bodies to address (`named`: those that the text names), functions of the county, those that may sign the answer.

    `known` are the recommendations of the review that the body may answer; `taken` the numbers of all that it has. A number that is taken by
    one to other bodies is told apart by `mark`. `own` is the body whose answer it is.
    """

    own: Body
    bodies: list[Body]
    named: list[Body]
    seats: list[Seat]
    signing: list[Seat]
    known: list[AuditRecommendation] = field(default_factory=list)
    taken: frozenset[str] = frozenset()
    mark: str = "b"


class ConfirmForm(SubmissionForm):
    """`review`: the review that the answer is to, None for one that is to be registered with it."""

    def __init__(self, *args: Any, proposal: Proposal, review: AuditReview | None, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.proposal, self.review, self.choices = proposal, review, choices
        self._seats = [("", ""), *seat_choices(choices.seats)]
        self._seat_rows = {str(seat.pk): seat for seat in choices.seats}
        if review is None:
            self.fields |= dict(self._review_fields(proposal))
        self.fields |= dict(self._response_fields(proposal))
        for number, found in enumerate([*proposal.recommendations, None]):
            self.fields |= dict(self._recommendation_fields(f"r{number}", found))
        for number, promise in enumerate(proposal.promises):
            self.fields |= dict(self._promise_fields(f"g_p{number}", promise))
            self.fields[f"g_p{number}_at"] = forms.ChoiceField(
                label=_("Hör till rekommendation"), required=False, choices=[("", ""), *self._numbers()]
            )

    def _numbers(self) -> list[tuple[str, str]]:
        return [(f"r{index}", one.number) for index, one in enumerate(self.proposal.recommendations)]

    def _review_fields(self, found: Proposal) -> Iterator[tuple[str, forms.Field]]:
        kind = ReviewKind.NATIONAL_RECOMMENDATION if found.is_national else ReviewKind.AUDIT
        addressed = RowsField(label=_("Riktad till"), required=False)
        addressed.offer(self.choices.bodies, lambda body: body.name)
        named = {name.casefold() for name in found.bodies.value}
        addressed.initial = [body for body in self.choices.bodies if is_called(body, named)]
        yield "review_kind", forms.ChoiceField(label=_("Slag"), choices=ReviewKind.choices, widget=forms.RadioSelect, initial=kind)
        yield (
            "review_title",
            forms.CharField(
                label=_("Vad som har granskats"),
                max_length=250,
                initial=found.title.value[:250],
                error_messages={"required": _("Skriv vad som har granskats.")},
            ),
        )
        yield "review_reviewer", forms.CharField(label=_("Granskare"), max_length=200, required=False)
        yield "review_received_on", DateField(label=_("Inkommen"), required=False)
        yield "review_answer_due_on", DateField(label=_("Svar senast"), required=False)
        yield "review_question", LongText(label=_("Frågeställning"), required=False, initial=found.question.value)
        yield "review_assessment", LongText(label=_("Samlad bedömning"), required=False, initial=found.assessment.value)
        yield "review_vision", LongText(label=_("Vision"), required=False, initial=found.vision.value, rows=2)
        stated = forms.IntegerField(
            label=_("Angivet antal rekommendationer"), required=False, min_value=0, max_value=200, initial=found.stated_count.value
        )
        yield "review_stated_count", stated
        yield "review_addressed", addressed

    def _response_fields(self, found: Proposal) -> Iterator[tuple[str, forms.Field]]:
        signatories = RowsField(label=_("Undertecknas av"), required=False)
        signatories.offer_seats(self.choices.signing)
        written = [name.casefold() for name in found.signatories.value]
        signatories.initial = [seat for seat in self.choices.signing if any(is_function(seat, name) for name in written)]
        yield (
            "response_registry_number",
            forms.CharField(label=_("Diarienummer"), max_length=40, required=False, initial=found.registry_number.value),
        )
        yield "response_dated_on", DateField(label=_("Daterat"), required=False, initial=found.dated_on.value)
        yield "response_text", LongText(label=_("Svaret i allmänhet"), required=False, rows=8, initial=found.text.value)
        yield "response_signatories", signatories
        decided_on = DateField(
            label=_("Beslutsdatum"), required=False, initial=found.decided_on.value, help_text=_("Lämna tomt om svaret är ett utkast.")
        )
        yield "response_decided_on", decided_on
        yield "response_decided_until", DateField(label=_("Till och med"), required=False, initial=found.decided_until)
        yield "response_paragraph", forms.CharField(label=_("Paragraf"), max_length=20, required=False, initial=found.paragraph)

    def _recommendation_fields(self, at: str, found: ProposedRecommendation | None) -> Iterator[tuple[str, forms.Field]]:
        yield f"{at}_include", forms.BooleanField(label=_("Ta med rekommendationen"), required=False, initial=found is not None)
        if self.choices.known:
            known = RowField(label=_("Införd rekommendation"), required=False, empty=_("En som inte är införd än"))
            known.offer(self.choices.known)
            known.initial = next((one for one in self.choices.known if found and one.number == found.number), None)
            yield f"{at}_found", known
        yield (
            f"{at}_number",
            forms.CharField(label=_("Nummer eller bokstav"), max_length=10, required=False, initial=self._number(found)),
        )
        yield (
            f"{at}_title",
            forms.CharField(label=_("Kort rubrik"), max_length=250, required=False, initial=found.title[:250] if found else ""),
        )
        yield f"{at}_text", LongText(label=_("Rekommendationen"), required=False, initial=found.text.value if found else "")
        addressees = RowsField(label=_("Riktad till"), required=False)
        addressees.offer(self.choices.named, lambda body: body.name)
        names = {name.casefold() for name in (found.addressees if found else ())}
        addressees.initial = [body for body in self.choices.named if is_called(body, names)]
        yield f"{at}_addressees", addressees
        yield f"{at}_areas", forms.CharField(label=_("Områden"), max_length=250, required=False, help_text=_("Med komma emellan."))
        yield from self._answer_fields(at, found)
        for number, promise in enumerate([*(found.promises if found else ()), None]):
            yield from self._promise_fields(f"{at}_p{number}", promise)

    def _answer_fields(self, at: str, found: ProposedRecommendation | None) -> Iterator[tuple[str, forms.Field]]:
        stance = found.stance.value if found else None
        yield (
            f"{at}_stance",
            forms.ChoiceField(
                label=_("Ställningstagande"),
                choices=STANCE_CHOICES,
                widget=forms.RadioSelect,
                required=False,
                initial=stance.value if stance else "",
            ),
        )
        yield (
            f"{at}_answer",
            LongText(
                label=_("Svar"),
                required=False,
                rows=_rows(found.answer.value if found else ""),
                initial=found.answer.value if found else "",
            ),
        )
        yield f"{at}_reason", LongText(label=_("Skäl, om den inte delas"), required=False, rows=2)
        yield f"{at}_alternative", LongText(label=_("Alternativ åtgärd"), required=False, rows=2)

    def _number(self, found: ProposedRecommendation | None) -> str:
        number = found.number[:10] if found else ""
        mine = {one.number for one in self.choices.known}
        return f"{number} {self.choices.mark}"[:10] if number in self.choices.taken and number not in mine else number

    def _promise_fields(self, at: str, found: ProposedPromise | None) -> Iterator[tuple[str, forms.Field]]:
        yield f"{at}_include", forms.BooleanField(label=_("Ta med som utlovad åtgärd"), required=False)
        yield f"{at}_text", LongText(label=_("Utlovad åtgärd"), required=False, rows=2, initial=found.text if found else "")
        state = found.state.value if found and found.state else ""
        yield f"{at}_state", forms.ChoiceField(label=_("Läge"), choices=STATE_CHOICES, required=False, initial=state)
        owner = next((seat for seat in self.choices.seats if found and found.owner and is_function(seat, found.owner.casefold())), None)
        yield (
            f"{at}_seat",
            forms.ChoiceField(label=_("Ansvarig funktion"), choices=self._seats, required=False, initial=owner.pk if owner else ""),
        )
        yield f"{at}_due", DateField(label=_("Klar senast"), required=False, initial=found.due_on if found else None)

    # What is said in several fields together

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("response_decided_on") is None and (given.get("response_decided_until") or given.get("response_paragraph")):
            self.add_error("response_decided_on", _now("Ange beslutsdatumet, eller ta bort det som rör beslutet."))
        numbers: set[str] = set()
        for at in self.places():
            self._check(at, given, numbers)
        for at in self._promises():
            if given.get(f"{at}_include"):
                self._check_promise(at, given)
        return given

    def _check_promise(self, at: str, given: dict[str, Any]) -> None:
        if not (given.get(f"{at}_text") or "").strip():
            self.add_error(f"{at}_text", _now("Skriv vilken åtgärd som utlovas."))
        place = given.get(f"{at}_at") if at.startswith("g_") else at.partition("_")[0]
        if not place:
            self.add_error(f"{at}_at", _now("Välj vilken rekommendation åtgärden hör till."))
        elif not given.get(f"{place}_include"):
            self.add_error(f"{at}_include", _now("Åtgärden hör till en rekommendation som inte är med. Ta med den, eller lämna åtgärden."))

    def _check(self, at: str, given: dict[str, Any], numbers: set[str]) -> None:
        """A recommendation that is to be written has a number of its own, and a text."""
        if not given.get(f"{at}_include"):
            return
        if known := given.get(f"{at}_found"):
            if known.number in numbers:
                self.add_error(f"{at}_found", _now("Rekommendationen är redan vald på ett annat ställe."))
            numbers.add(known.number)
            return
        number = (given.get(f"{at}_number") or "").strip()
        if not number:
            self.add_error(f"{at}_number", _now("Ange rekommendationens nummer eller bokstav."))
        elif number in numbers or number in self.choices.taken:
            self.add_error(f"{at}_number", _now("Numret %(number)s finns redan. Ge rekommendationen ett eget nummer.") % {"number": number})
        numbers.add(number)
        if not (given.get(f"{at}_text") or "").strip():
            self.add_error(f"{at}_text", _now("Skriv vad som rekommenderas."))
        self._check_addressees(at, given, number)

    def _check_addressees(self, at: str, given: dict[str, Any], number: str) -> None:
        addressees, own = given.get(f"{at}_addressees") or (), self.choices.own
        answered = any(given.get(f"{at}_{name}") for name in ("answer", "stance"))
        if answered and addressees and own.pk not in {body.pk for body in addressees}:
            said = _now(
                "Rekommendation %(number)s är inte riktad till %(body)s, som svaret läses in för. Lägg till organet här, eller ta bort svaret på rekommendationen."
            )
            self.add_error(f"{at}_addressees", said % {"number": number, "body": own})

    def places(self) -> list[str]:
        """The place of each recommendation, the empty one last."""
        return [f"r{number}" for number in range(len(self.proposal.recommendations) + 1)]

    def promises_at(self, at: str) -> list[str]:
        """The place of each promise of a recommendation, the empty one last."""
        return [name.removesuffix("_include") for name in self.fields if name.startswith(f"{at}_p") and name.endswith("_include")]

    def _general(self) -> list[str]:
        return [f"g_p{number}" for number in range(len(self.proposal.promises))]

    def _promises(self) -> list[str]:
        return [promise for at in (*self.places(), "g") for promise in self.promises_at(at)]

    # What a person has confirmed

    def confirmed(self) -> Confirmed:
        given = self.cleaned_data
        decision = None
        if given["response_decided_on"] is not None:
            decision = {
                "decided_on": given["response_decided_on"],
                "decided_until": given["response_decided_until"],
                "paragraph": given["response_paragraph"],
            }
        return Confirmed(
            review={name: given[f"review_{name}"] for name in REVIEW} if self.review is None else None,  # type: ignore[arg-type]
            response={name: given[f"response_{name}"] for name in RESPONSE[:4]},  # type: ignore[arg-type]
            decision=decision,  # type: ignore[arg-type]
            recommendations=[self._confirmed(at) for at in self.places() if given[f"{at}_include"]],
        )

    def _confirmed(self, at: str) -> ConfirmedRecommendation:
        given = self.cleaned_data
        promised = [*self.promises_at(at), *(one for one in self._general() if given[f"{one}_at"] == at)]
        return ConfirmedRecommendation(
            found=given.get(f"{at}_found"),
            recommended={name: given[f"{at}_{name}"] for name in ("number", "title", "text", "areas", "addressees")},  # type: ignore[arg-type]
            answered={
                "text": given[f"{at}_answer"],
                "stance": given[f"{at}_stance"],
                "reason": given[f"{at}_reason"],
                "alternative": given[f"{at}_alternative"],
            },
            promised=[self._promised(one) for one in promised if given[f"{one}_include"]],
        )

    def _promised(self, at: str) -> Any:
        given = self.cleaned_data
        return {
            "text": given[f"{at}_text"],
            "state": given[f"{at}_state"],
            "due_on": given[f"{at}_due"],
            "accountable_seat": self._seat_rows.get(given[f"{at}_seat"]),
        }


def _rows(text: str) -> int:
    """As many lines as a text needs, within what fits a screen."""
    return min(24, max(5, len(text) // 60))
