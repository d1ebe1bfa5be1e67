"""Who may do what with a work item.

The rule of the routine: only a holder of a performing function, or a substitute, does a step. Everybody in the collaboration may read.
The functions take shapes, so that a model fits as it is.
"""

from collections.abc import Set as AbstractSet
from typing import Protocol

from styrkedja.core.policies.refusal import Forbidden, Refused

Position = tuple[int, str]


class ItemLike(Protocol):
    """What the rules must know of a work item."""

    @property
    def state(self) -> str: ...
    @property
    def claimed_by_id(self) -> int | None: ...
    @property
    def is_wait(self) -> bool: ...
    @property
    def performer(self) -> str: ...


def performing_position(offers: AbstractSet[Position], positions: AbstractSet[Position]) -> Position | None:
    """The function in which somebody with `positions` would do a step offered to `offers`; the lowest, so that it is always the same."""
    return min(offers & positions, default=None)


def check_perform(
    item: ItemLike, *, acting_for: AbstractSet[int], offers: AbstractSet[Position], positions: AbstractSet[Position]
) -> Position:
    """May the user do the step now? Returns the function it is done in; raises Refused.

    `acting_for` holds the user and everybody for whom the user is a substitute that day: what the absent have taken, their substitutes carry on with.
    """
    if item.state != "OPEN":
        raise Refused("Uppgiften är redan klar eller återtagen.")
    position = performing_position(offers, positions)
    if position is None:
        raise Forbidden(
            "Uppgiften utförs av %(performer)s. Du innehar inte den funktionen och är inte ersättare för någon som gör det.",
            performer=item.performer,
        )
    if item.claimed_by_id is not None and item.claimed_by_id not in acting_for:
        raise Refused("Uppgiften är tagen av någon annan. Be den personen lämna eller överlåta uppgiften.")
    return position


def can_perform(item: ItemLike, *, acting_for: AbstractSet[int], offers: AbstractSet[Position], positions: AbstractSet[Position]) -> bool:
    try:
        check_perform(item, acting_for=acting_for, offers=offers, positions=positions)
    except Refused:
        return False
    return True


def check_release(item: ItemLike, *, user_id: int, offers: AbstractSet[Position], positions: AbstractSet[Position]) -> None:
    """May the user let go of the item? Its taker may, and so may another holder of the function, so that nothing is stuck with one absent."""
    if item.state != "OPEN" or item.claimed_by_id is None:
        raise Refused("Uppgiften är inte tagen.")
    if item.claimed_by_id != user_id and performing_position(offers, positions) is None:
        raise Forbidden(
            "Bara den som har tagit uppgiften eller en annan som är %(performer)s kan lämna tillbaka den.", performer=item.performer
        )


def check_hand_over(item: ItemLike, *, giver_may: bool, receiver: AbstractSet[Position], offers: AbstractSet[Position]) -> None:
    """May the item be given to somebody who holds `receiver`? Only to one who could have taken it."""
    if item.state != "OPEN" or not giver_may:
        raise Refused("Du kan bara överlåta en uppgift som du själv kan utföra.")
    if performing_position(offers, receiver) is None:
        raise Refused("Mottagaren är inte %(performer)s och kan därför inte utföra uppgiften.", performer=item.performer)


def check_reschedule(item: ItemLike, *, is_coordinator: bool, may_perform: bool) -> None:
    """May the user change the date? The coordinator of the county and the performer may."""
    if item.state != "OPEN":
        raise Refused("Uppgiften är redan klar eller återtagen.")
    if not (is_coordinator or may_perform):
        raise Forbidden("Bara samordnaren eller den som utför uppgiften kan ändra datumet.")
