"""Which blocks are the recommendations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from styrkedja.core.audits.reading.blocks import Block
from styrkedja.core.audits.reading.labels import answer_label, recommendation_label
from styrkedja.core.mentions import AUDITORS, bodies

# How the recommendations were found: by the word "Rekommendation 1", as items with an answer after each, in a list that is said to hold
# recommendations, or as lettered commitments.
Manner = Literal["labelled", "answered", "listed", "lettered", ""]

_WORD = re.compile(r"rekommend|åtagand", re.IGNORECASE)
_LEADS_IN = re.compile(r"(?:rekommend|följande)[^.!?]{0,300}(?::|\batt)$", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One recommendation: blocks `first` up to and including `last`, addressed to the bodies that its heading or lead-in names."""

    number: str
    first: int
    last: int
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemSet:
    """All recommendations. `section` is the position of the heading or paragraph that announces the first list, None if nothing does."""

    manner: Manner
    items: tuple[Item, ...] = ()
    section: int | None = None


def find_items(blocks: Sequence[Block]) -> ItemSet:
    """The first manner that gives anything; an empty set if none does."""
    answered = _answered(blocks)
    for manner, starts, section in (
        ("labelled", _labelled(blocks), None),
        ("answered", answered, None),
        ("listed", *_listed(blocks)),
        ("lettered", _lettered(blocks), None),
    ):
        if starts:
            items = (replace(item, addressees=_addressed(blocks, item)) for item in _with_texts(blocks, starts))
            return ItemSet(manner, tuple(items), section)  # type: ignore[arg-type]
    return ItemSet("")


def _labelled(blocks: Sequence[Block]) -> list[Item]:
    """ "Rekommendation 1 …": the first of each number. A recommendation that is named again is where its answer is."""
    found: dict[str, Item] = {}
    for position, block in enumerate(blocks):
        if (label := recommendation_label(block.said)) and block.kind != "row":
            found.setdefault(label.number, Item(label.number, position, position))
    return list(found.values())


def _answered(blocks: Sequence[Block]) -> list[Item]:
    """Items with "Svar:" after them, and those of the same series that lack one. A heading "Svar" counts if most items have it: after the last
    item of a list it may begin the section of all answers."""
    for kind in ("numbered", "lettered", "bullet"):
        positions = [position for position, block in enumerate(blocks) if block.kind == kind]
        labels = {
            position: blocks[label]
            for position, following in pairwise([*positions, len(blocks)])
            if (label := direct_label(blocks, position, following, blocks[position].number)) is not None
        }
        written = [position for position, label in labels.items() if label.kind != "heading"]
        answered = list(labels) if len(labels) * 2 > len(positions) else written
        if answered:
            return _numbered_in_order(blocks, _completed(blocks, positions, answered) if kind == "numbered" else answered)
    return []


def direct_label(blocks: Sequence[Block], item: int, end: int, number: str) -> int | None:
    """The position of the first "Svar:" after an item and before `end`, unless a section or another item's answer comes between."""
    for position in range(item + 1, end):
        block, label = blocks[position], answer_label(blocks[position].said)
        if label and label.numbers and number not in map(str, label.numbers):
            return None
        if label and (label.colon or (block.kind == "heading" and not block.number and not label.topic)):
            return position
        if block.kind == "heading" and block.number:
            return None
    return None


def _completed(blocks: Sequence[Block], positions: Sequence[int], answered: Sequence[int]) -> list[int]:
    """The answered items and, where the numbers leave a gap, the one item between that has the missing number."""
    numbers = {int(blocks[position].number): position for position in answered}
    for number in range(1, max(numbers) + 2):
        before = max((position for known, position in numbers.items() if known < number), default=-1)
        after = min((position for known, position in numbers.items() if known > number), default=len(blocks))
        missing = [position for position in positions if before < position < after and blocks[position].number == str(number)]
        if number not in numbers and len(missing) == 1 and not _is_within_answer(blocks, positions, missing[0], numbers.get(1)):
            numbers[number] = missing[0]
    return sorted(numbers.values())


def _is_within_answer(blocks: Sequence[Block], positions: Sequence[int], position: int, first: int | None) -> bool:
    """Does the item go on a list that began with 1 in an answer?"""
    begun = [one for one in positions if one < position and blocks[one].number == "1"]
    return first is not None and bool(begun) and begun[-1] != first


def _listed(blocks: Sequence[Block]) -> tuple[list[Item], int | None]:
    """The list under a heading, or after a lead-in, that speaks of recommendations; and further ones under headings with the body that they
    are addressed to ("Rekommendationer till regionstyrelsen", "Rekommendationer till hälso- och sjukvårdsnämnden")."""
    first: int | None = None
    listed: list[int] = []
    for position, block in enumerate(blocks):
        if not _announces(block) or (
            first is not None and (block.kind != "heading" or answer_label(block.said) or not _addressees(block.said))
        ):
            continue
        found = [one for one in _list_after(blocks, position) if one not in listed]
        if found:
            first = position if first is None else first
            listed += found
    return _numbered_in_order(blocks, listed), first


def _addressees(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in bodies(said) if not one.genitive and one.name != AUDITORS))


def _addressed(blocks: Sequence[Block], item: Item) -> tuple[str, ...]:
    """The bodies in the nearest announcement above the item."""
    announced = next((block for block in reversed(blocks[: item.first]) if _announces(block)), None)
    return _addressees(announced.said) if announced else ()


def _announces(block: Block) -> bool:
    if block.kind == "heading":
        label = answer_label(block.said)
        return bool(_WORD.search(block.said)) and not (label and label.aimed)
    return block.kind == "paragraph" and bool(_WORD.search(block.said) and _LEADS_IN.search(block.said))


def _list_after(blocks: Sequence[Block], announced: int) -> Iterator[int]:
    """The outermost items of the section; after a lead-in, only those that follow at once."""
    section = blocks[announced].kind == "heading"
    kind = ""
    for position in range(announced + 1, len(blocks)):
        block = blocks[position]
        if block.kind == "heading" and not (kind == "" and section and block.level > blocks[announced].level):
            return
        if block.is_item:
            kind = kind or block.kind
            if block.kind == kind:
                yield position
        elif not section:
            return


def _lettered(blocks: Sequence[Block]) -> list[Item]:
    """a), b), c) … in order, two or more, after the word recommendation: the commitments of a national recommendation (source 001)."""
    found: list[int] = []
    told = False
    for position, block in enumerate(blocks):
        told = told or bool(_WORD.search(block.said))
        if block.kind == "lettered" and told and block.number == "abcdefghijklmnopqrstuvwxyz"[len(found) : len(found) + 1]:
            found.append(position)
    return _numbered_in_order(blocks, found) if len(found) > 1 else []


def _numbered_in_order(blocks: Sequence[Block], positions: Sequence[int]) -> list[Item]:
    """Items without a number get their place in the order."""
    return [Item(blocks[position].number or str(order), position, position) for order, position in enumerate(positions, 1)]


def _with_texts(blocks: Sequence[Block], items: Sequence[Item]) -> Iterator[Item]:
    """An item's text goes on until its answer; without one it is the item's own block, or the one after a bare "Rekommendation 1"."""
    for item, following in zip(items, [*(one.first for one in items[1:]), len(blocks)], strict=True):
        answer = direct_label(blocks, item.first, following, item.number)
        label = recommendation_label(blocks[item.first].said)
        bare = label is not None and not label.rest
        if answer is not None:
            yield replace(item, last=_before_headings(blocks, item.first, answer))
        elif bare and item.first + 1 < following and blocks[item.first + 1].kind != "heading":
            yield replace(item, last=item.first + 1)
        else:
            yield replace(item, last=_with_points(blocks, item.first, following))


def _with_points(blocks: Sequence[Block], first: int, end: int) -> int:
    """The last of the points that stand under an item in a list of another kind."""
    last = first
    while last + 1 < end and blocks[last + 1].is_item and blocks[last + 1].kind != blocks[first].kind:
        last += 1
    return last


def _before_headings(blocks: Sequence[Block], first: int, end: int) -> int:
    """The last block of the text: no heading that stands between it and the answer."""
    last = first
    while last + 1 < end and blocks[last + 1].kind != "heading":
        last += 1
    return last
