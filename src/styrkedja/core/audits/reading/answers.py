"""Which blocks answer which recommendation, and how that is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from styrkedja.core.audits.reading.blocks import UNKNOWN, Block
from styrkedja.core.audits.reading.items import Item, ItemSet
from styrkedja.core.audits.reading.labels import AnswerLabel, answer_label, recommendation_label
from styrkedja.core.audits.reading.model import JoinedBy
from styrkedja.core.audits.reading.stances import stance_of
from styrkedja.core.mentions import bodies

_CLOSING = re.compile(r"(?:slutligen|avslutningsvis|sammanfattningsvis|sammantaget|sammanfattande)\b", re.IGNORECASE)
_NO_LABEL = AnswerLabel("", (), "", "", 0, False)


@dataclass(frozen=True)
class AnswerBlocks:
    """Blocks `first` up to and including `last`, with the label that begins them. `items` are the indexes of the recommendations answered."""

    first: int
    last: int
    label: AnswerLabel
    items: tuple[int, ...] = ()
    joined_by: JoinedBy | None = None


@dataclass(frozen=True)
class Structure:
    """The recommendations and their answers as blocks. `openers` begin a section of answers, `unjoined` answer nobody knows what."""

    found: ItemSet
    joined: tuple[AnswerBlocks, ...] = ()
    unjoined: tuple[AnswerBlocks, ...] = ()
    openers: tuple[AnswerBlocks, ...] = ()
    repeated: tuple[tuple[int, int], ...] = field(default=())  # (index of the item, position of the block that says it again)


@dataclass(frozen=True)
class _Mark:
    position: int
    label: AnswerLabel | None
    item: int | None = None
    number: int | None = None


def read_structure(blocks: Sequence[Block], found: ItemSet) -> Structure:
    """Joins answers with recommendations: by the label after each, by number, by order when the counts agree; else not at all."""
    marks = _marks(blocks, found)
    direct = _direct(blocks, found, marks)
    ends = {mark.position: _end(blocks, marks, place, direct) for place, mark in enumerate(marks)}
    parts = {
        mark.position: AnswerBlocks(mark.position, ends[mark.position], mark.label or _NO_LABEL) for mark in marks if mark.item is None
    }
    joined = [replace(parts[position], items=(item,), joined_by="label") for position, item in direct.items()]
    numbered = [part for mark in marks if (part := _by_number(mark, parts, found, direct))]
    taken = {part.first for part in [*joined, *numbered]}
    topics = [parts[mark.position] for mark in marks if mark.label and mark.label.topic and mark.position not in taken]
    taken |= {part.first for part in topics}
    ordered = _by_order(topics, found, [*joined, *numbered])
    openers = tuple(part for part in parts.values() if part.first not in taken and not part.label.aimed)
    placed = [*joined, *numbered, *ordered]
    placed += _by_position(blocks, found, marks, placed)
    begun = {part.first for part in placed}
    unjoined = [part for part in parts.values() if part.first not in begun and part.label.aimed]
    repeated = tuple((mark.number, mark.position) for mark in marks if mark.number is not None and mark.position not in begun)
    return Structure(found, tuple(sorted(placed, key=lambda part: part.first)), tuple(unjoined), openers, repeated)


def _marks(blocks: Sequence[Block], found: ItemSet) -> list[_Mark]:
    """Where something begins: a recommendation, a label of an answer, or a recommendation named once more."""
    written = [item.number for item in found.items]
    # Two lists that both begin with 1 cannot be told apart by a number.
    numbers = {number: index for index, number in enumerate(written) if written.count(number) == 1}
    starts = {item.first: index for index, item in enumerate(found.items)}
    inside = {position for item in found.items for position in range(item.first + 1, item.last + 1)}
    marks: list[_Mark] = []
    for position, block in enumerate(blocks):
        if position in inside or position == found.section or block.kind == "row":
            continue
        label = answer_label(block.said)
        again = recommendation_label(block.said)
        if position in starts:
            marks.append(_Mark(position, None, item=starts[position]))
        elif label and (label.colon or block.kind == "heading"):
            marks.append(_Mark(position, label))
        elif again and again.number in numbers:
            marks.append(_Mark(position, None, number=numbers[again.number]))
        elif block.kind == "numbered" and found.manner == "listed" and block.number in numbers and _in_answers(marks):
            marks.append(_Mark(position, None, number=numbers[block.number]))
    return marks


def _in_answers(marks: Sequence[_Mark]) -> bool:
    """Are we in a section of answers that so far says nothing of numbers but by its items?"""
    last = next((mark for mark in reversed(marks) if mark.number is None), None)
    return last is not None and last.item is None and last.label is not None and not last.label.aimed


def _direct(blocks: Sequence[Block], found: ItemSet, marks: Sequence[_Mark]) -> dict[int, int]:
    """Position of an answer's label → index of the recommendation that it follows."""
    followed: dict[int, int] = {}
    written = [item.number for item in found.items]
    item: int | None = None
    opened = False  # a heading "Svar" has come: what follows may be the section of all answers
    for mark in marks:
        if mark.label is None:
            item, opened = mark.item if mark.item is not None else mark.number, False
            continue
        unclear = opened and bool(mark.label.numbers) and item is not None and written.count(written[item]) > 1
        if item is not None and not (mark.label.topic or unclear or _is_other(mark.label, found.items[item])):
            followed[mark.position] = item
        else:
            item = None
        opened = opened or (blocks[mark.position].kind == "heading" and not mark.label.aimed)
    return _without_openers(blocks, found, marks, followed)


def _without_openers(blocks: Sequence[Block], found: ItemSet, marks: Sequence[_Mark], followed: dict[int, int]) -> dict[int, int]:
    """Labels with a colon always answer what they follow; headings only if most recommendations have one."""
    headed = {index for position, index in followed.items() if blocks[position].kind == "heading"}
    if len(headed) * 2 > len(found.items) and not any(mark.label and mark.label.topic for mark in marks):
        return followed
    return {position: index for position, index in followed.items() if blocks[position].kind != "heading"}


def _is_other(label: AnswerLabel, item: Item) -> bool:
    return bool(label.numbers) and item.number not in map(str, label.numbers)


def _by_number(mark: _Mark, parts: dict[int, AnswerBlocks], found: ItemSet, direct: dict[int, int]) -> AnswerBlocks | None:
    """An answer with the number of its recommendation, or under the recommendation's name said again."""
    if mark.position not in parts or mark.position in direct:
        return None
    part = parts[mark.position]
    if mark.label is None:
        # The name said again with "Svar:" after it is only a quotation.
        has_own = mark.number in {item for position, item in direct.items() if position > mark.position}
        return None if has_own or mark.number is None else replace(part, items=(mark.number,), joined_by="number")
    written = [item.number for item in found.items]
    wanted = {str(number) for number in mark.label.numbers if written.count(str(number)) == 1}
    items = tuple(index for index, number in enumerate(written) if number in wanted)
    return replace(part, items=items, joined_by="number") if items else None


def _by_order(topics: Sequence[AnswerBlocks], found: ItemSet, joined: Sequence[AnswerBlocks]) -> list[AnswerBlocks]:
    """ "Svar på rekommendation om …": the first answers the first, if there are as many of both and nothing else is known."""
    if joined or len(topics) != len(found.items):
        return []
    return [replace(part, items=(index,), joined_by="order") for index, part in enumerate(topics)]


def _by_position(blocks: Sequence[Block], found: ItemSet, marks: Sequence[_Mark], placed: Sequence[AnswerBlocks]) -> list[AnswerBlocks]:
    """What stands straight after a recommendation and takes a stance to it, where nothing is called an answer at all."""
    if placed or found.manner not in {"labelled", "listed"}:
        return []
    starts = [mark.position for mark in marks]
    parts = []
    for index, item in enumerate(found.items):
        following = next((position for position in starts if position > item.first), len(blocks))
        last = _last_of_answer(blocks, item.last + 1, following, level=blocks[item.first].level, more=index + 1 < len(found.items))
        text = " ".join(block.said for block in blocks[item.last + 1 : last + 1])
        if last > item.last and blocks[item.last + 1].kind == "paragraph" and (stance_of(text) or bodies(text[:120])):
            parts.append(AnswerBlocks(item.last + 1, last, _NO_LABEL, (index,), "position"))
    return parts


def _end(blocks: Sequence[Block], marks: Sequence[_Mark], place: int, direct: dict[int, int]) -> int:
    """The last block that belongs to a mark."""
    mark = marks[place]
    following = marks[place + 1].position if place + 1 < len(marks) else len(blocks)
    level = blocks[mark.position].level
    if mark.position in direct and not level:
        level = next((blocks[other.position].level for other in reversed(marks[:place]) if other.item is not None), 0)
    return _last_of_answer(blocks, mark.position + 1, following, level=level, more=place + 1 < len(marks))


def _last_of_answer(blocks: Sequence[Block], first: int, end: int, *, level: int, more: bool) -> int:
    """Goes on to the next heading that is no part of the answer, or to the words that close the whole."""
    for position in range(first, end):
        block = blocks[position]
        if block.kind == "heading" and not (block.level > level > 0 or (more and block.level == UNKNOWN and not block.styled)):
            return position - 1
        if not more and position > first and block.kind == "paragraph" and _CLOSING.match(block.said):
            return position - 1
    return end - 1
