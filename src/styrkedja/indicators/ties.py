"""What of the steering chain an indicator is tied to. The chain stands on a floor above, so the settings say where it tells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from styrkedja.accounts.models import User
from styrkedja.ui.reading import once_a_reading


@dataclass(frozen=True)
class Tie:
    """A goal or an action that names the indicator (its id), or a group that follows it. `kind` is what the reader calls such a thing.

    `areas` are the headings that it stands under: the goal area of a plan, the group itself. `target` is what the goal wants the indicator to be
    on the day `target_on`; a goal may have no figure.
    """

    indicator: int
    kind: str
    title: str
    url: str
    body: str
    areas: tuple[str, ...]
    is_goal: bool
    target: float | None = None
    target_on: date | None = None


@once_a_reading
def ties(user: User, *, on: date) -> Sequence[Tie]:
    """All that the reader may see."""
    told: Callable[..., Sequence[Tie]] = import_string(settings.INDICATOR_TIES)
    return tuple(told(user, on=on))
