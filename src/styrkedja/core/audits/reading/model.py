"""What a reading of an answer to the auditors consists of. Everything is a proposal with its place in the source."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from styrkedja.core.audits.reading.source import Place, SourceText
from styrkedja.core.controls.snapshot.kinds import PromiseState, Stance
from styrkedja.core.registry_numbers import RegistryNumber
from styrkedja.core.sentences import Sentence

JoinedBy = Literal["label", "number", "order", "position", "table"]
BodyRole = Literal["answers", "auditors", "named"]


@dataclass(frozen=True)
class Passage:
    """A piece of the text: `text` without line breaks inside its paragraphs, `place` in the source."""

    text: str
    place: Place


@dataclass(frozen=True)
class Heading:
    """`level` from 1; 9 where neither number nor style tells."""

    passage: Passage
    level: int
    number: str


@dataclass(frozen=True)
class NumberFound:
    """A registry number in the text."""

    number: RegistryNumber
    passage: Passage


@dataclass(frozen=True)
class DateFound:
    """A day or a range of days; `exact` is False where only month and year are written."""

    first: date
    last: date
    shown: str
    exact: bool
    passage: Passage


@dataclass(frozen=True)
class BodyFound:
    """A body by its basic name, how often it is named, and where first."""

    name: str
    role: BodyRole
    mentions: int
    passage: Passage


@dataclass(frozen=True)
class StanceProposal:
    """`grounds` are the sentences that it rests on. Without a stance (None, *oklart*) they are those that lean without taking one."""

    stance: Stance | None
    grounds: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Promise:
    """A sentence or a point that may be a promised action. `owner` and `when` are words of the sentence, "" if it has none.

    `state` is None for what is under way: begun, and not done.
    """

    passage: Passage
    state: PromiseState | None
    owner: str
    when: str


@dataclass(frozen=True)
class Answer:
    """What one body answers to one recommendation. `points` are its list items, also part of the text.

    `joined_by` tells how it was joined to the recommendation: it follows with a label, has its number, comes in the same order, follows
    without a label, or stands on the same row of a table.
    """

    passage: Passage
    body: str
    label: str
    joined_by: JoinedBy
    points: tuple[Passage, ...]
    stance: StanceProposal
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Recommendation:
    """`number` as written, or by order for a list without numbers ("1", "2" …); `topic` is what the answer's own heading calls it.

    `addressees` are the bodies that its heading or lead-in addresses; none if the text does not say.
    """

    number: str
    passage: Passage
    topic: str
    addressees: tuple[str, ...]
    answers: tuple[Answer, ...]
    repeated: tuple[Place, ...] = ()


@dataclass(frozen=True)
class DecisionLine:
    """A decision: who, when (both days included) and by which item of the minutes. `shown` is "2025-03-25--26 § 39"."""

    body: str
    first: date | None
    last: date | None
    paragraphs: tuple[int, ...]
    shown: str
    passage: Passage


@dataclass(frozen=True)
class Conclusion:
    """What the answer says as a whole, outside the single answers."""

    passage: Passage
    stance: StanceProposal


@dataclass(frozen=True)
class Review:
    """The auditors' review as the answer tells of it: what it was of, what it asked, what it found, how many recommendations it is said to give."""

    subject: Passage | None
    questions: tuple[Passage, ...]
    assessments: tuple[Passage, ...]
    stated_count: tuple[int, Passage] | None


@dataclass(frozen=True)
class Unplaced:
    """What has no place in the reading, with the heading it stands under ("" for none)."""

    passage: Passage
    under: str


@dataclass(frozen=True)
class Furniture:
    """A line of the page: page_number, contact, repeated or outline."""

    kind: str
    passage: Passage


@dataclass(frozen=True)
class Reading:
    """The whole proposal. `source` is the text that every place points into, with names of persons masked."""

    source: SourceText
    registry_number: NumberFound | None
    other_registry_numbers: tuple[NumberFound, ...]
    document_date: DateFound | None
    other_dates: tuple[DateFound, ...]
    title: Passage | None
    department: Passage | None
    body: str
    bodies: tuple[BodyFound, ...]
    headings: tuple[Heading, ...]
    review: Review
    vision: Passage | None
    introduction: Passage | None
    recommendations: tuple[Recommendation, ...]
    unjoined_answers: tuple[Answer, ...]
    general_answer: tuple[Passage, ...]
    general_promises: tuple[Promise, ...]
    conclusions: tuple[Conclusion, ...]
    proposal: Passage | None
    decision: DecisionLine | None
    other_decisions: tuple[DecisionLine, ...]
    split_between: tuple[str, ...]
    split_passage: Passage | None
    related_answers: tuple[Passage, ...]
    signatories: tuple[Passage, ...]
    missing_attachments: tuple[Passage, ...]
    furniture: tuple[Furniture, ...]
    unplaced: tuple[Unplaced, ...]
    warnings: tuple[Sentence, ...]
