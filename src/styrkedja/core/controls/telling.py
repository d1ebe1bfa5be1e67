"""Words that several rules tell with."""

from collections.abc import Iterable, Sequence

from styrkedja.core.controls.chain import Chain
from styrkedja.core.sentences import Sentence


def together(words: Sequence[Sentence]) -> Sentence:
    """ "a", "a och b" or "a, b och c"; at least one."""
    *first, last = words
    if not first:
        return last
    return Sentence("%(start)s och %(last)s", start=in_a_row(first), last=last)


def in_a_row(words: Sequence[Sentence]) -> Sentence:
    """ "a, b, c"; at least one."""
    row = words[0]
    for word in words[1:]:
        row = Sentence("%(start)s, %(word)s", start=row, word=word)
    return row


def titles(chain: Chain, seats: Iterable[str]) -> str:
    """The titles of the seats, as a list."""
    return ", ".join(chain.seats[key].name if key in chain.seats else key for key in seats)
