"""Near-duplicate actions: who does the same work as somebody else without either of them knowing?

Two open actions of different owners are near-duplicates when their headings share enough of their words (Dice's coefficient of the stems,
2|A ∩ B| / (|A| + |B|)): fewer words suffice when a goal or an indicator is shared. Precision goes before recall, so they are not when

- they are done in different places (the same work in two units is a roll-out, not a doubling),
- one has a word of its own that tells what it is about ("hjärtsvikt" here, "stroke" there; "nyanställda", "nyanställda chefer"), or does more of
  what the other does less of,
- one carries the other out on a lower level, follows from it in the next plan, or ends before the other begins.

What counts depends on the two alone, never on what else there is, so that an unrelated action changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.meetings import Place, meetings
from styrkedja.core.controls.snapshot import Action, ObjectKind
from styrkedja.core.controls.stems import Stemmer, Words, are_contrary

COMMON_FOR_EACH_OWN = 4  # so many common words outweigh one that only one of two actions has
FEWEST_STEMS = 3  # "Översyn av taxor" says too little to be compared
Carried = frozenset[frozenset[str]]
_ANYWHERE = ""  # the unit of an action that has none


class Likeness(NamedTuple):
    """Two actions, the first by key, with how much of the words they share (per cent, downwards) and what else."""

    one: Action
    other: Action
    percent: int
    same_goal: bool
    near_goal: bool
    same_indicator: bool
    same_unit: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as it is compared. `near_goals` are its goals and those right above them; `line` its unit and what is above that."""

    action: Action
    words: Words
    near_goals: frozenset[str]
    owners: frozenset[str]
    line: tuple[str, ...]

    @property
    def unit(self) -> str:
        return self.line[0]


def near_duplicates(chain: Chain, *, percent_shared: int, percent_alone: int) -> list[Likeness]:
    """Every pair of near-duplicates, once, in the order of their keys. The limits are per cent of the words: with a shared goal or indicator, and without."""
    entries = entries_of(chain)
    stems = [entry.words.stems for entry in entries]
    shared = meetings(stems, [list(_shared_places(entry)) for entry in entries], percent=percent_shared, fewest=FEWEST_STEMS, signature=2)
    alone = meetings(stems, [[_place("", entry)] for entry in entries], percent=percent_alone, fewest=FEWEST_STEMS, signature=3)
    carried = carried_over(chain)
    met = ((entries[one], entries[other]) for one, other in shared | alone)
    found = (likeness(one, other) for one, other in met if can_be_double(one, other, carried))
    alike = (pair for pair in found if pair.percent >= (percent_shared if pair.near_goal or pair.same_indicator else percent_alone))
    return sorted(alike, key=lambda pair: (pair.one.key, pair.other.key))


def entries_of(chain: Chain) -> list[Entry]:
    """The open actions that say enough to be compared."""
    stemmer = Stemmer()
    entries = (_entry(chain, action, stemmer) for action in chain.open_actions)
    return [entry for entry in entries if len(entry.words.stems) >= FEWEST_STEMS]


def _entry(chain: Chain, action: Action, stemmer: Stemmer) -> Entry:
    words = stemmer.words(action.name)
    if len(words.stems) < FEWEST_STEMS:
        words = stemmer.words(f"{action.name} {action.text}")
    parents = (chain.goals[key].parent for key in action.goals if key in chain.goals)
    near = frozenset((*action.goals, *(parent for parent in parents if parent)))
    owners = frozenset(action.accountable) or frozenset((f"body {action.body}",))
    line = (*chain.body_line(action.unit), _ANYWHERE) if action.unit else (_ANYWHERE,)
    return Entry(action, words, near, owners, line)


def _shared_places(entry: Entry) -> Iterator[Place]:
    for goal in sorted(entry.near_goals):
        yield _place(f"goal {goal}", entry)
    for indicator in entry.action.indicators:
        yield _place(f"indicator {indicator}", entry)


def _place(what: str, entry: Entry) -> Place:
    """Where the action can be met: itself in its unit, others in any unit above."""
    return Place(what, entry.unit, entry.line)


def likeness(one: Entry, other: Entry) -> Likeness:
    """How alike two actions are."""
    if other.action.key < one.action.key:
        one, other = other, one
    first, second = one.action, other.action
    return Likeness(
        first,
        second,
        200 * len(one.words.stems & other.words.stems) // (len(one.words.stems) + len(other.words.stems)),
        not set(first.goals).isdisjoint(second.goals),
        not one.near_goals.isdisjoint(other.near_goals),
        not set(first.indicators).isdisjoint(second.indicators),
        first.unit is not None and first.unit == second.unit,
    )


def can_be_double(one: Entry, other: Entry, carried: Carried) -> bool:
    """Can the two be the same work, done twice? Says no for each of the reasons above."""
    if not one.owners.isdisjoint(other.owners) or not (one.unit in other.line or other.unit in one.line):
        return False
    if _are_about_different_things(one.words.specific, other.words.specific) or are_contrary(one.words.stems, other.words.stems):
        return False
    return not _is_carried_on(one.action, other.action, carried)


def _are_about_different_things(one: frozenset[str], other: frozenset[str]) -> bool:
    """Has each a word of its own, or one more of them than a long heading explains?"""
    own = len(one ^ other)
    return (own > 0 and not (one <= other or other <= one)) or own * COMMON_FOR_EACH_OWN > len(one & other)


def _is_carried_on(one: Action, other: Action, carried: Carried) -> bool:
    """Does one carry the other out, do both carry out a third, does one follow from the other, or do they not meet in time?"""
    related = other.key == one.parent or one.key == other.parent or (one.parent is not None and one.parent == other.parent)
    return related or frozenset((one.key, other.key)) in carried or _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Action, other: Action) -> bool:
    return one.ends_on is not None and other.starts_on is not None and one.ends_on < other.starts_on


def carried_over(chain: Chain) -> Carried:
    """The pairs of an action of the last plan and what it has become."""
    transfers = (transfer for transfer in chain.snapshot.transfers if transfer.previous.kind is ObjectKind.ACTION)
    return frozenset(frozenset((transfer.previous.key, ref.key)) for transfer in transfers for ref in transfer.into)
