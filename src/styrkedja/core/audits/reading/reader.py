"""The whole reading, in the order in which one thing needs another: names away, pages away, then the head, the answers and the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from styrkedja.core.audits.reading import decisions as deciding
from styrkedja.core.audits.reading import heads, proposing, telling
from styrkedja.core.audits.reading.answers import AnswerBlocks, Structure, read_structure
from styrkedja.core.audits.reading.blocks import Block, blocks
from styrkedja.core.audits.reading.furniture import furniture
from styrkedja.core.audits.reading.items import ItemSet, find_items
from styrkedja.core.audits.reading.model import (
    Answer,
    Conclusion,
    DecisionLine,
    Furniture,
    Heading,
    Passage,
    Reading,
    Recommendation,
)
from styrkedja.core.audits.reading.names import mask_names, possible_names
from styrkedja.core.audits.reading.numbers import registry_numbers
from styrkedja.core.audits.reading.promises import promises
from styrkedja.core.audits.reading.remainder import unplaced
from styrkedja.core.audits.reading.remarks import warnings
from styrkedja.core.audits.reading.signing import Signing, signing
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.audits.reading.stances import stance_of_sentence
from styrkedja.core.audits.reading.tables import TableRow, answer_rows
from styrkedja.core.prose import Span, flow, sentences

_PROPOSAL = re.compile(r"(?:.*\s)?förslag(?:\s+till\s+(?:beslut|svar|yttrande))?", re.IGNORECASE)
_BOARD = re.compile(r"nämnd|styrelse|fullmäktige|region", re.IGNORECASE)
_SHORT = 200  # a longer block is prose that tells of a decision, and no line of its own
_CLOSING = re.compile(r"(?:slutligen|avslutningsvis|sammanfattningsvis|sammantaget)\b", re.IGNORECASE)


def read_answer(source: SourceText) -> Reading:
    """Reads a text as an answer to the auditors. Never raises for what stands in it: an empty text gives an empty reading with warnings."""
    masked = mask_names(source)
    return _Reader(masked).reading()


@dataclass(frozen=True)
class _Reader:
    masked: SourceText

    @cached_property
    def pages(self) -> dict[int, str]:
        """The furniture: index of a line → kind."""
        return dict(furniture(self.masked))

    @cached_property
    def clean(self) -> SourceText:
        return self.masked.without(self.pages)

    @cached_property
    def outer(self) -> list[Block]:
        """The blocks while signatures and the decision still stand among them."""
        return blocks(self.clean, gaps=frozenset(self.pages))

    @cached_property
    def signed(self) -> Signing:
        title = heads.title_block(self.outer)
        return signing(self.clean, head=self.clean.index_at(title.span.end) if title else -1)

    @cached_property
    def adoption(self) -> DecisionLine | None:
        """The decision on the answer, where it has lines of its own."""
        told = [span for block in self.outer if not block.is_item for span in [block.span] if len(block.said) < _SHORT]
        return next((one for one in reversed(deciding.decisions(self.clean, told)) if deciding.is_adoption(one)), None)

    @cached_property
    def text(self) -> SourceText:
        """What is left to read: no furniture, no signatures, and not the line with the decision."""
        gone: set[int] = set()
        if self.signed.first is not None and self.signed.last is not None:
            gone |= set(range(self.signed.first, self.signed.last + 1))
        if self.adoption:
            place = self.adoption.passage.place
            gone |= set(range(place.first_line - 1, place.last_line))
        return self.clean.without(gone)

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks(self.text, gaps=frozenset(self.pages))

    @cached_property
    def title(self) -> Block | None:
        return heads.title_block(self.blocks)

    @cached_property
    def told(self) -> list[Span]:
        """The sentences of the running text."""
        return [span for block in self.blocks if block.kind != "heading" for span in sentences(self.text.text, block.span)]

    @cached_property
    def body(self) -> str:
        decided = self.decision.body if self.decision else ""
        speaking = heads.speaking_body(self.text, self.told)
        return heads.answering_body(self.text, self.blocks, self.title, [self.signed.body, decided, speaking])

    @cached_property
    def department(self) -> Passage | None:
        return heads.department(self.text, self.blocks, self.title)

    @cached_property
    def rows(self) -> list[TableRow]:
        return answer_rows(self.blocks)

    @cached_property
    def structure(self) -> Structure:
        """Recommendations and answers stand before the signatures."""
        if self.rows:
            return Structure(ItemSet(""))
        signed = len(self.text.lines) if self.signed.first is None else self.signed.first
        above = [block for block in self.blocks if block.index < signed]
        return read_structure(above, find_items(above))

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        if self.rows:
            return proposing.from_table(self.text, self.blocks, self.rows, self.body)
        return proposing.recommendations(self.text, self.blocks, self.structure, self.body)

    @cached_property
    def unjoined(self) -> tuple[Answer, ...]:
        return tuple(proposing.answer(self.text, self.blocks, part, self.body) for part in self.structure.unjoined)

    @cached_property
    def answered(self) -> list[Span]:
        """The stretches that are recommendations or answers."""
        places = [one.passage.place for one in self.recommendations]
        places += [answer.passage.place for one in self.recommendations for answer in one.answers]
        places += [answer.passage.place for answer in self.unjoined]
        return [place.span for place in places]

    @cached_property
    def decisions(self) -> list[DecisionLine]:
        """Every decision that the text tells of, but in the recommendations and the answers."""
        parts = [*self.structure.joined, *self.structure.unjoined]
        inside = {position for part in parts for position in range(part.first, part.last + 1)}
        inside |= {position for item in self.structure.found.items for position in range(item.first, item.last + 1)}
        outside = [block.span for position, block in enumerate(self.blocks) if position not in inside]
        found = deciding.decisions(self.text, [span for block in outside for span in sentences(self.text.text, block)])
        return [*found, *([self.adoption] if self.adoption else [])]

    @cached_property
    def decision(self) -> DecisionLine | None:
        return self.adoption or deciding.adopting(self.decisions)

    def reading(self) -> Reading:
        title = Passage(self.title.said, self.text.place(self.title.span)) if self.title else None
        end = heads.head_end(self.text, self.blocks, self.title)
        numbers = list(registry_numbers(self.text))
        number = heads.own_number(self.text, numbers, end)
        document_date, other_dates = heads.found_dates(self.clean, end)
        between, split_passage = telling.split(self.text, self.told)
        reading = Reading(
            source=self.masked,
            registry_number=number,
            other_registry_numbers=tuple(one for one in numbers if one is not number),
            document_date=document_date,
            other_dates=other_dates,
            title=title,
            department=self.department,
            body=self.body,
            bodies=heads.found_bodies(self.clean, self.body),
            headings=tuple(self.headings()),
            review=telling.review(self.text, self.told, title),
            vision=telling.vision(self.text),
            introduction=self.introduction(),
            recommendations=self.recommendations,
            unjoined_answers=self.unjoined,
            general_answer=tuple(self.general()),
            general_promises=tuple(promises(self.text, [one.place.span for one in self.general()], ())),
            conclusions=tuple(self.conclusions()),
            proposal=self.proposal(),
            decision=self.decision,
            other_decisions=tuple(one for one in self.decisions if one is not self.decision),
            split_between=between,
            split_passage=split_passage,
            related_answers=telling.related_answers(self.text, self.told, self.body),
            signatories=self.signed.functions,
            missing_attachments=telling.missing_attachments(self.clean),
            furniture=tuple(self.lines_of_pages()),
            unplaced=(),
            warnings=(),
        )
        reading = replace(reading, unplaced=unplaced(self.text, self.blocks, [*_covered(reading), *self.around(reading.vision)]))
        return replace(reading, warnings=warnings(reading, self.structure, possible_names(self.text)))

    def headings(self) -> Iterator[Heading]:
        for block in self.blocks:
            if block.kind == "heading" and not (self.department and self.department.place.span == block.span):
                yield Heading(Passage(block.said, self.text.place(block.span)), block.level, block.number)

    def introduction(self) -> Passage | None:
        """What stands between the heading of the recommendations and the first of them."""
        found = self.structure.found
        if found.section is None or not found.items:
            return None
        first = found.section + (self.blocks[found.section].kind == "heading")
        last = found.items[0].first - 1
        return proposing.passage(self.text, self.blocks, first, last) if first <= last else None

    def general(self) -> Iterator[Passage]:
        """What an answer's section says before or beside the single answers."""
        for part in self.structure.openers:
            yield from self._running(part)

    def _running(self, part: AnswerBlocks) -> Iterator[Passage]:
        for position in range(part.first, part.last + 1):
            block = self.blocks[position]
            label = part.label.at if position == part.first and block.kind != "heading" else 0
            if block.kind == "heading" or label >= len(block.said) or _CLOSING.match(block.said):
                continue
            yield proposing.passage(self.text, self.blocks, position, position, skip=label)

    def around(self, passage: Passage | None) -> Iterator[Span]:
        """The sentences that hold a passage."""
        if passage:
            span = passage.place.span
            yield from (one for one in self.told if one.start < span.end and span.start < one.end)

    def conclusions(self) -> Iterator[Conclusion]:
        """Outside the answers: sentences with a stance, and paragraphs that close the whole."""
        taken = [*self.answered, *([self.decision.passage.place.span] if self.decision else [])]
        for block in self.blocks:
            if block.kind != "paragraph" or any(span.holds(block.span) for span in taken):
                continue
            whole = bool(_CLOSING.match(block.said))
            for span in [block.span] if whole else list(sentences(self.text.text, block.span)):
                if (whole or _is_stance(span.of(self.text.text))) and not any(one.holds(span) for one in taken):
                    yield Conclusion(
                        Passage(flow(span.of(self.text.text)), self.text.place(span)), proposing.stance_proposal(self.text, [span])
                    )

    def proposal(self) -> Passage | None:
        """The text under "Regiondirektörens förslag" or "Förslag till beslut"."""
        for position, block in enumerate(self.blocks):
            if block.kind == "heading" and _PROPOSAL.fullmatch(block.said):
                last = position
                while last + 1 < len(self.blocks) and self.blocks[last + 1].kind != "heading":
                    last += 1
                return proposing.passage(self.text, self.blocks, position + 1, last) if last > position else None
        return None

    def lines_of_pages(self) -> Iterator[Furniture]:
        functions = {passage.place.first_line for passage in self.signed.functions}
        for index, line in enumerate(self.masked.lines):
            signed = self.signed.first is not None and self.signed.first <= index <= (self.signed.last or 0)
            kind = self.pages.get(index) or ("signature" if signed and line.number not in functions and line.text.strip() else "")
            if kind:
                yield Furniture(kind, Passage(line.text.strip(), self.masked.place(self.masked.span_of(index))))


def _is_stance(sentence: str) -> bool:
    """Does a board take a stance?"""
    return stance_of_sentence(sentence) is not None and bool(_BOARD.search(sentence))


def _covered(reading: Reading) -> list[Span]:
    """The stretches that stand in a field. What is only mentioned (a date, a body) covers nothing."""
    passages: Sequence[Passage | None] = (
        reading.title,
        reading.department,
        *(one.passage for one in reading.headings),
        *reading.review.questions,
        *reading.review.assessments,
        reading.review.stated_count[1] if reading.review.stated_count else None,
        reading.introduction,
        *(one.passage for one in reading.recommendations),
        *(answer.passage for one in reading.recommendations for answer in one.answers),
        *(one.passage for one in reading.unjoined_answers),
        *reading.general_answer,
        *(one.passage for one in reading.conclusions),
        reading.proposal,
        *(one.passage for one in (reading.decision, *reading.other_decisions) if one),
        reading.split_passage,
        *reading.related_answers,
    )
    repeated = [place.span for one in reading.recommendations for place in one.repeated]
    labelled = [heads.with_label(reading.source, one.passage) for one in (reading.registry_number, reading.document_date) if one]
    return [*(one.place.span for one in passages if one), *repeated, *labelled]
