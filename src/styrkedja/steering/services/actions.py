"""Actions, and the programmes that hold them together."""

from datetime import datetime
from typing import Unpack

from styrkedja.accounts.models import User
from styrkedja.steering.models import Action, ActionProgramme
from styrkedja.steering.services.objects import change, create
from styrkedja.steering.services.values import ActionValues, ProgrammeValues


def create_programme(*, actor: User | None, at: datetime, **values: Unpack[ProgrammeValues]) -> ActionProgramme:
    """A new programme. Raises as `create`."""
    return create(actor=actor, model=ActionProgramme, values=values, at=at)


def change_programme(
    *, actor: User | None, programme: ActionProgramme, version: int | None, at: datetime, **values: Unpack[ProgrammeValues]
) -> ActionProgramme:
    """Changes a programme. Raises as `change`."""
    return change(actor=actor, row=programme, version=version, values=values, at=at)


def create_action(*, actor: User | None, at: datetime, **values: Unpack[ActionValues]) -> Action:
    """A new action. One that ends before it starts is refused. Raises as `create`."""
    return create(actor=actor, model=Action, values=values, at=at)


def change_action(*, actor: User | None, action: Action, version: int | None, at: datetime, **values: Unpack[ActionValues]) -> Action:
    """Changes an action. Raises as `change`."""
    return change(actor=actor, row=action, version=version, values=values, at=at)
