"""From blocks to recommendations and answers with their places, stances and promised actions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from styrkedja.core.audits.reading.answers import AnswerBlocks, Structure
from styrkedja.core.audits.reading.blocks import Block
from styrkedja.core.audits.reading.items import Item
from styrkedja.core.audits.reading.labels import RecommendationLabel, answer_label, recommendation_label
from styrkedja.core.audits.reading.model import Answer, Passage, Promise, Recommendation, StanceProposal
from styrkedja.core.audits.reading.promises import is_promise, promises, state_of
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.audits.reading.stances import combined, leans, stance_of, stance_of_sentence
from styrkedja.core.audits.reading.tables import TableRow
from styrkedja.core.controls.snapshot.kinds import PromiseState
from styrkedja.core.mentions import owners, time_words
from styrkedja.core.prose import Span, flow, sentences, trimmed


def recommendations(source: SourceText, blocks: Sequence[Block], structure: Structure, body: str) -> tuple[Recommendation, ...]:
    """Every recommendation with its answers, in the order of the text."""
    answers: dict[int, list[AnswerBlocks]] = defaultdict(list)
    for part in structure.joined:
        for index in part.items:
            answers[index].append(part)
    repeated = defaultdict(list)
    for index, position in structure.repeated:
        repeated[index].append(source.place(blocks[position].span))
    return tuple(
        Recommendation(
            number=item.number,
            passage=_recommendation(source, blocks, item),
            topic=next((part.label.topic for part in answers[index] if part.label.topic), ""),
            addressees=item.addressees,
            answers=tuple(answer(source, blocks, part, body) for part in answers[index]),
            repeated=tuple(repeated[index]),
        )
        for index, item in enumerate(structure.found.items)
    )


def from_table(source: SourceText, blocks: Sequence[Block], rows: Sequence[TableRow], body: str) -> tuple[Recommendation, ...]:
    """A recommendation for each row. A table's cells have the place of their row."""
    return tuple(_from_row(source, blocks[row.position].span, row, order, body) for order, row in enumerate(rows, 1))


def passage(source: SourceText, blocks: Sequence[Block], first: int, last: int, *, skip: int = 0) -> Passage:
    """Blocks as one text: paragraphs with an empty line between, list items with a bullet. `skip` characters of the first are a label."""
    texts = [_said_block(source, blocks[first], skip, first=True), *(_said_block(source, block) for block in blocks[first + 1 : last + 1])]
    span = Span(blocks[first].span.start, blocks[last].span.end)
    return Passage("\n\n".join(text for text in texts if text).strip(), source.place(span))


def stance_proposal(source: SourceText, spans: Sequence[Span]) -> StanceProposal:
    """The stance of some stretches of the text, with the sentences that say it."""
    told = [(span, said) for stretch in spans for span in sentences(source.text, stretch) for said in [flow(span.of(source.text))]]
    firm = [(stance_of_sentence(said), span, said) for span, said in told]
    grounds = [(span, said) for stance, span, said in firm if stance] or [(span, said) for span, said in told if leans(said)]
    return StanceProposal(
        combined(stance for stance, _span, _said in firm if stance), tuple(Passage(said, source.place(span)) for span, said in grounds)
    )


def answer(source: SourceText, blocks: Sequence[Block], part: AnswerBlocks, body: str) -> Answer:
    """One answer with what it says. Headings inside it are part of its text but take no stance and promise nothing. `body` answers where
    the label names nobody."""
    inside = blocks[part.first : part.last + 1]
    skip = 0 if part.joined_by == "position" else _label_length(source, inside[0])
    running = [
        span for block in inside if not block.is_item and block.kind != "heading" and (span := _running(source, block, inside[0], skip))
    ]
    label = source.text[inside[0].body.start : inside[0].body.start + skip] if skip else ""
    return Answer(
        passage=passage(source, blocks, part.first, part.last, skip=skip),
        body=part.label.body or body,
        label=flow(label).rstrip(" :"),
        joined_by=part.joined_by or "order",
        points=tuple(Passage(block.said, source.place(block.span)) for block in inside if block.kind in {"bullet", "lettered"}),
        stance=stance_proposal(source, [*running, *(block.body for block in inside if block.is_item)]),
        promises=tuple(sorted(promises(source, running, list(_points(inside))), key=lambda one: one.passage.place.span)),
    )


def _recommendation(source: SourceText, blocks: Sequence[Block], item: Item) -> Passage:
    return passage(source, blocks, item.first, item.last, skip=_label_length(source, blocks[item.first]))


def _label_length(source: SourceText, block: Block) -> int:
    """How many characters of the block's body are a label: all of it when nothing comes after."""
    body = block.body.of(source.text)
    label = answer_label(body) or recommendation_label(body)
    return label.at if label and (isinstance(label, RecommendationLabel) or label.colon or block.kind == "heading") else 0


def _said_block(source: SourceText, block: Block, skip: int = 0, *, first: bool = False) -> str:
    body = flow(block.body.of(source.text)[skip:])
    if block.kind == "picture" or not body or first or not block.is_item:
        return body if block.kind != "picture" else ""
    return f"{block.number}. {body}" if block.kind == "numbered" else f"• {body}"


def _running(source: SourceText, block: Block, first: Block, skip: int) -> Span | None:
    return trimmed(source.text, Span(block.body.start + (skip if block is first else 0), block.body.end))


def _points(inside: Sequence[Block]) -> Iterator[tuple[Span, Span | None]]:
    """Each list item with the paragraph that leads in to its list."""
    lead_in: Span | None = None
    for block in inside:
        if block.is_item:
            yield block.body, lead_in
        else:
            lead_in = block.body if block.kind == "paragraph" else None


def _from_row(source: SourceText, span: Span, row: TableRow, order: int, body: str) -> Recommendation:
    place, cells = source.place(span), row.cells
    text = "\n\n".join(part for part in (cells.get("answer", ""), cells.get("action", "")) if part)
    told = [sentence for part in sentences(text) if stance_of_sentence(sentence := flow(part.of(text)))]
    action = cells.get("action", "")
    candidates = [flow(part.of(cells["answer"])) for part in sentences(cells.get("answer", "")) if is_promise(part.of(cells["answer"]))]
    found = [_promised(sentence, source, span, row) for sentence in [*candidates, *([action] if action else [])]]
    given = Answer(
        Passage(text, place),
        body,
        "",
        "table",
        (),
        StanceProposal(stance_of(text), tuple(Passage(one, place) for one in told)),
        tuple(found),
    )
    return Recommendation(cells.get("number") or str(order), Passage(cells["recommendation"], place), "", (), (given,) if text else ())


def _promised(sentence: str, source: SourceText, span: Span, row: TableRow) -> Promise:
    who, when = owners(sentence), time_words(sentence)
    return Promise(
        Passage(flow(sentence), source.place(span)),
        state_of(sentence) if is_promise(sentence) else PromiseState.PLANNED,
        row.cells.get("owner") or (who[0].of(sentence) if who else ""),
        row.cells.get("when") or (when[0].of(sentence) if when else ""),
    )
