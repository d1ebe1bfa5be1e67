"""Every kind of object that has a page here: those of the chain itself, and those of its economy."""

from datetime import date

from styrkedja.accounts.models import User
from styrkedja.effects import models as effects
from styrkedja.effects import selectors as economy
from styrkedja.steering import models as steering
from styrkedja.steering import selectors as chain
from styrkedja.steering.models import ChainObject

KINDS: dict[str, type[ChainObject]] = {**steering.KINDS, **effects.KINDS}


def found_object(user: User, kind: str, key: str, *, on: date) -> ChainObject | None:
    """The object of that kind and key, if `user` may see it."""
    if kind in steering.KINDS:
        return chain.object_by_key(user, kind, key, on=on)
    return economy.object_by_key(user, kind, key, on=on)
