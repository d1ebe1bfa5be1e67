"""What a decision in a step must rest on: the mandates of the body that decides, as far as they are loaded, and the calculations there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.decisions.models import Mandate
from styrkedja.decisions.selectors import rules_of
from styrkedja.effects.selectors import undecided_estimates
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors import bodies_by_key, body_by_id, seats_of
from styrkedja.workflows.models import WorkItem

DECIDING = "decide"
_NEAREST = 300  # as many calculations as a form shows


@dataclass(frozen=True)
class Rules:
    """Of one decision. `mandates` are empty where no reglemente and no delegation rules of the body are loaded; then nothing is checked.

    `functions` of the body, as (code, title), and `estimates`, as (key, title), are what may be chosen.
    """

    body: Body
    mandates: Sequence[Mandate]
    functions: Sequence[tuple[str, str]]
    estimates: Sequence[tuple[str, str]]

    @property
    def initial(self) -> Mapping[str, Any]:
        """Where the body has one kind of mandate alone, the decision rests on it until something else is said."""
        own = [mandate for mandate in self.mandates if mandate.seat_id is None]
        said = {"mandate_subject": _the_only(mandate.subject for mandate in own), "decision_level": _the_only(row.level for row in own)}
        return {name: value for name, value in said.items() if value}


def rules_of_step(user: User, item: WorkItem, county: County, position: tuple[int, str] | None, *, on: date) -> Rules | None:
    """Of a step that decides, done in the function `position`; None for every other step and for who cannot do it."""
    if item.kind != DECIDING or position is None:
        return None
    body = bodies_by_key([item.item]).get(item.item) or body_by_id(position[0])
    return Rules(
        body=body,
        mandates=rules_of(body),
        functions=[(seat.function, seat.title) for seat in seats_of(body, on=on)],
        estimates=[(row.key, str(row)) for row in undecided_estimates(user, county, on=on)[:_NEAREST]],
    )


def _the_only(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else ""
