"""The page where a reading is confirmed: section by section, the source's own text beside the fields that were filled from it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext as _

from styrkedja.audits.forms.confirming import REVIEW, ConfirmForm
from styrkedja.core.audits.proposal import Proposal, ProposedPromise, ProposedRecommendation
from styrkedja.core.audits.reading import Reading
from styrkedja.core.audits.reading.model import Passage


@dataclass(frozen=True)
class Source:
    """A passage of the text: its paragraphs, its lines as "rad 48–52", the first of them, and what is to be noticed."""

    paragraphs: tuple[str, ...]
    lines: str
    first_line: int
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """Fields with the text that they come from. `legend` names a group of fields; `notes` stand where there is no text, or beside it.

    `toggle` says whether the group is to be written at all; the rest of it lies folded until that is wanted (`is_open`).
    """

    sources: tuple[Source, ...]
    fields: tuple[BoundField, ...]
    legend: str = ""
    notes: tuple[str, ...] = ()
    toggle: BoundField | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Section:
    """`open` False: folded away until it is wanted."""

    id: str
    title: str
    pairs: tuple[Pair, ...]
    is_open: bool = True


@dataclass(frozen=True)
class LeftOver:
    under: str
    source: Source


@dataclass(frozen=True)
class TextLine:
    number: int
    text: str
    is_heading: bool


def sections(form: ConfirmForm) -> list[Section]:
    found = form.proposal
    wanted = [*([_review(form, found)] if form.review is None else []), _response(form, found)]
    for at, one in zip(form.places(), [*found.recommendations, None], strict=True):
        wanted.append(_recommendation(form, at, one))
    if found.promises:
        wanted.append(_general(form, found))
    return wanted


def _review(form: ConfirmForm, found: Proposal) -> Section:
    passages = {
        "title": found.title.passages,
        "question": found.question.passages,
        "assessment": found.assessment.passages,
        "vision": found.vision.passages,
        "stated_count": found.stated_count.passages,
        "addressed": found.bodies.passages,
    }
    pairs = [_pair(form, [f"review_{name}"], passages.get(name, ())) for name in REVIEW]
    return Section("granskningen", _("Granskningen"), _gathered(pairs))


def _response(form: ConfirmForm, found: Proposal) -> Section:
    pairs = [
        _pair(form, ["response_registry_number"], found.registry_number.passages),
        _pair(form, ["response_dated_on"], found.dated_on.passages),
        _pair(form, ["response_text"], found.text.passages),
        _pair(form, ["response_signatories"], found.signatories.passages),
        _pair(
            form,
            ["response_decided_on", "response_decided_until", "response_paragraph"],
            found.decided_on.passages,
            legend=_("Beslutet om svaret"),
        ),
    ]
    return Section("svaret", _("Svaret som helhet"), _gathered(pairs))


def _gathered(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """What no text was found for stands together, last: there is nothing to hold it against."""
    found = [pair for pair in pairs if pair.sources or pair.notes or pair.legend]
    fields = tuple(field for pair in pairs if pair not in found for field in pair.fields)
    without = Pair((), fields, notes=(_("Det här hittades inte i texten. Fyll i det du vet."),))
    return (*found, *([without] if fields else []))


def _recommendation(form: ConfirmForm, at: str, one: ProposedRecommendation | None) -> Section:
    title = _("Rekommendation %(number)s") % {"number": one.number} if one else _("En rekommendation som inte hittades")
    pairs = [
        _pair(
            form,
            [f"{at}_include", f"{at}_found", f"{at}_number", f"{at}_title", f"{at}_text", f"{at}_addressees", f"{at}_areas"],
            one.text.passages if one else (),
        ),
        _pair(form, [f"{at}_answer"], one.answer.passages if one else (), notes=_joining(one)),
        _pair(form, [f"{at}_stance", f"{at}_reason", f"{at}_alternative"], one.stance.passages if one else (), notes=_stance_notes(one)),
    ]
    promises: list[ProposedPromise | None] = [*(one.promises if one else ()), None]
    for number, (place, promise) in enumerate(zip(form.promises_at(at), promises, strict=True), 1):
        pairs.append(_promise(form, place, promise, number))
    return Section(f"rekommendation-{at}", title, tuple(pairs), is_open=one is not None or _has_errors(form, at))


def _general(form: ConfirmForm, found: Proposal) -> Section:
    pairs = [_promise(form, f"g_p{number}", promise, number + 1) for number, promise in enumerate(found.promises)]
    return Section("allmant", _("Åtgärder som inte står vid någon rekommendation"), tuple(pairs))


def _promise(form: ConfirmForm, at: str, promise: ProposedPromise | None, number: int) -> Pair:
    fields = tuple(form[name] for name in (f"{at}_at", f"{at}_text", f"{at}_state", f"{at}_seat", f"{at}_due") if name in form.fields)
    said = [_("Vem: %(owner)s") % {"owner": promise.owner}] if promise and promise.owner else []
    said += [_("När: %(when)s") % {"when": promise.when}] if promise and promise.when else []
    toggle = form[f"{at}_include"]
    return Pair(
        sources=(source(promise.passage),) if promise else (),
        fields=fields,
        legend=_("Åtgärd %(number)s") % {"number": number} if promise else _("En åtgärd som inte hittades"),
        notes=tuple(said),
        toggle=toggle,
        is_open=bool(toggle.value()) or any(field.errors for field in fields),
    )


def _joining(one: ProposedRecommendation | None) -> list[str]:
    if one is None:
        return []
    told = [_("Svaret är kopplat till rekommendationen efter ordningen. Kontrollera att de hör ihop.")] if one.by_order else []
    for body, passage in one.others:
        told.append(_("Här står också ett svar från %(body)s (%(lines)s).") % {"body": body, "lines": lines_text(passage)})
    return told


def _stance_notes(one: ProposedRecommendation | None) -> list[str]:
    if one is None or one.stance.value is not None:
        return []
    return [_("Texten tar inte tydligt ställning. Välj själv, eller lämna det öppet.")]


def _pair(form: ConfirmForm, names: Iterable[str], passages: Sequence[Passage], *, legend: str = "", notes: Iterable[str] = ()) -> Pair:
    fields = tuple(form[name] for name in names if name in form.fields)
    return Pair(tuple(map(source, passages)), fields, legend, tuple(notes))


def _has_errors(form: ConfirmForm, at: str) -> bool:
    return any(name.startswith(f"{at}_") for name in form.errors)


def source(passage: Passage) -> Source:
    paragraphs = tuple(part.strip() for part in passage.text.split("\n\n") if part.strip())
    return Source(paragraphs, lines_text(passage), passage.place.first_line)


def lines_text(passage: Passage) -> str:
    first, last = passage.place.first_line, passage.place.last_line
    if first == last:
        return _("rad %(line)s") % {"line": first}
    return _("rad %(first)s–%(last)s") % {"first": first, "last": last}


def left_over(found: Proposal) -> list[LeftOver]:
    return [LeftOver(under, source(passage)) for under, passage in found.left_over]


def whole_text(reading: Reading) -> Iterator[TextLine]:
    """Every line of the text; empty ones keep their numbers and are left out."""
    for line in reading.source.lines:
        if line.text.strip():
            yield TextLine(line.number, line.text.strip(), bool(line.heading))
