"""A reading laid out as the fields that a person confirms, each with the passages that it was taken from.

Nothing is thrown away: what has no field stands among the passages `left_over`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from styrkedja.core.audits.reading.model import Answer, Passage, Promise, Reading, Recommendation
from styrkedja.core.controls.snapshot.kinds import PromiseState, Stance
from styrkedja.core.mentions import dates

Value = TypeVar("Value")
LONGEST_TITLE = 120
_BREAK = "\n\n"
_OBJECTS = ("granskning av ", "granskningen av ")


@dataclass(frozen=True)
class Proposed(Generic[Value]):
    """A value and where it stands; without a passage it is no more than a start."""

    value: Value
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class ProposedPromise:
    """`owner` and `when` are the sentence's own words; `due_on` a day only where the sentence gives exactly one."""

    text: str
    state: PromiseState | None
    due_on: date | None
    owner: str
    when: str
    passage: Passage


@dataclass(frozen=True)
class ProposedRecommendation:
    """`addressees` are names of bodies. `others` are answers of other bodies that stand in the same text, with the name of each body. `by_order`: joined by nothing but the order."""

    number: str
    title: str
    text: Proposed[str]
    answer: Proposed[str]
    stance: Proposed[Stance | None]
    promises: tuple[ProposedPromise, ...]
    others: tuple[tuple[str, Passage], ...]
    by_order: bool
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """`bodies` are the names of those that the answer is said to be split between; `signatories` functions as they are written."""

    title: Proposed[str]
    question: Proposed[str]
    assessment: Proposed[str]
    vision: Proposed[str]
    stated_count: Proposed[int | None]
    bodies: Proposed[tuple[str, ...]]
    registry_number: Proposed[str]
    dated_on: Proposed[date | None]
    text: Proposed[str]
    signatories: Proposed[tuple[str, ...]]
    decided_on: Proposed[date | None]
    decided_until: date | None
    paragraph: str
    recommendations: tuple[ProposedRecommendation, ...]
    promises: tuple[ProposedPromise, ...]
    left_over: tuple[tuple[str, Passage], ...]

    @property
    def is_national(self) -> bool:
        """Does it look like a recommendation by a national body: a vision, and commitments with letters (source 001)?"""
        return bool(self.vision.value) and all(one.number.isalpha() for one in self.recommendations)


def proposal(reading: Reading, *, is_own: Callable[[str], bool], is_other: Callable[[str], bool] = lambda name: False) -> Proposal:
    """`is_own` says whether a name in the text is the body whose answer it is, `is_other` whether it is another body that is known.

    A decision of another is not proposed as the own body's.
    """
    decision, date_found, stated = reading.decision, reading.document_date, reading.review.stated_count
    foreign = decision if decision and is_other(decision.body) else None
    decision = None if foreign else decision
    said = [*reading.general_answer, *(one.passage for one in reading.conclusions)]
    return Proposal(
        title=_title(reading),
        question=_joined(reading.review.questions),
        assessment=_joined(reading.review.assessments),
        vision=_joined([reading.vision] if reading.vision else []),
        stated_count=Proposed(stated[0], (stated[1],)) if stated else Proposed(None),
        bodies=Proposed(reading.split_between, (reading.split_passage,) if reading.split_passage else ()),
        registry_number=_number(reading),
        dated_on=Proposed(date_found.first, (date_found.passage,)) if date_found and date_found.exact else Proposed(None),
        text=_joined(said),
        signatories=Proposed(tuple(one.text for one in reading.signatories), reading.signatories),
        decided_on=Proposed(decision.first, (decision.passage,)) if decision else Proposed(None),
        decided_until=decision.last if decision and decision.last != decision.first else None,
        paragraph=str(decision.paragraphs[0]) if decision and decision.paragraphs else "",
        recommendations=tuple(_recommendation(one, is_own) for one in reading.recommendations),
        promises=tuple(map(_promise, reading.general_promises)),
        left_over=_left_over(reading, [foreign.passage] if foreign else []),
    )


def _title(reading: Reading) -> Proposed[str]:
    """What was reviewed: "omställningsarbetet mot en god och nära vård" begins with a capital and leaves "granskning av" out."""
    subject = reading.review.subject or reading.title
    if subject is None:
        return Proposed("")
    text = subject.text
    for words in _OBJECTS:
        if text.lower().startswith(words):
            text = text[len(words) :]
    return Proposed(shortened(text[:1].upper() + text[1:]), (subject,))


def shortened(text: str, longest: int = LONGEST_TITLE) -> str:
    """A title of running text: cut between two words, with … where something is left out."""
    if len(text) <= longest:
        return text
    return text[:longest].rpartition(" ")[0].rstrip(" ,;:–-") + "…" if " " in text[:longest] else text[: longest - 1] + "…"


def _number(reading: Reading) -> Proposed[str]:
    """As it is written: an authority has its own form."""
    return _joined([reading.registry_number.passage] if reading.registry_number else [])


def _recommendation(one: Recommendation, is_own: Callable[[str], bool]) -> ProposedRecommendation:
    own = [answer for answer in one.answers if is_own(answer.body)] or ([] if _names_others(one.answers) else list(one.answers))
    others = [answer for answer in one.answers if answer not in own]
    return ProposedRecommendation(
        number=one.number,
        title=one.topic[:1].upper() + one.topic[1:],
        text=Proposed(one.passage.text, (one.passage,)),
        answer=_joined([answer.passage for answer in own]),
        stance=_stance(own),
        promises=tuple(_promise(promise) for answer in own for promise in answer.promises),
        others=tuple((answer.body, answer.passage) for answer in others),
        by_order=any(answer.joined_by == "order" for answer in own),
        addressees=one.addressees,
    )


def _names_others(answers: Sequence[Answer]) -> bool:
    """Are there answers of several bodies? One that names nobody is the answer of whoever wrote the text."""
    return len({answer.body for answer in answers}) > 1


def _stance(answers: Sequence[Answer]) -> Proposed[Stance | None]:
    stances = {answer.stance.stance for answer in answers}
    grounds = tuple(ground for answer in answers for ground in answer.stance.grounds)
    return Proposed(stances.pop() if len(stances) == 1 else None, grounds)


def _promise(promise: Promise) -> ProposedPromise:
    days = [one.first for one in dates(promise.passage.text) if one.exact]
    due_on = days[0] if len(days) == 1 and promise.state is not PromiseState.TAKEN else None
    return ProposedPromise(promise.passage.text, promise.state, due_on, promise.owner, promise.when, promise.passage)


def _left_over(reading: Reading, foreign: Sequence[Passage]) -> tuple[tuple[str, Passage], ...]:
    """What no field holds, with the heading that it stands under, in the order of the text."""
    found = [(one.under, one.passage) for one in reading.unplaced]
    found += [("", answer.passage) for answer in reading.unjoined_answers]
    found += [("", one) for one in (reading.introduction, reading.proposal, *reading.related_answers) if one is not None]
    found += [("", one) for one in (*(other.passage for other in reading.other_decisions), *foreign)]
    return tuple(sorted(found, key=lambda pair: pair[1].place.span.start))


def _joined(passages: Iterable[Passage]) -> Proposed[str]:
    found = tuple(passages)
    return Proposed(_BREAK.join(one.text for one in found), found)
