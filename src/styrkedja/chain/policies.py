"""What the pages of the chain offer whom. The services judge again when something is written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.policies import acts_anywhere
from styrkedja.core.policies.refusal import Forbidden, Refused
from styrkedja.steering.models import ChainObject
from styrkedja.steering.policies import check_add

# What a body may add on its own account to what others answer for.
_OWN = {"obstacle", "goal-conflict", "assignment", "action"}


def check_acts(user: User, *, on: date) -> None:
    """Has `user` a function somewhere? Raises Refused. What the function carries is judged when something is written."""
    if not acts_anywhere(user, on=on):
        raise Forbidden(_("Bara den som innehar en funktion i ett organ kan lägga till något i styrkedjan."))


def check_begin(user: User, model: type[ChainObject], begun: Mapping[str, Any], *, on: date) -> None:
    """May `user` begin on an object that hangs in what is `begun`? Raises Refused. Where it hangs in nothing yet, whoever acts in a body may."""
    own = {name: value for name, value in begun.items() if not model._meta.get_field(name).many_to_many}
    ways = {"document", *(way.partition(".")[0] for way in model.WRITERS)}
    lacking = [field for field in model._meta.concrete_fields if field.name in ways - own.keys() and not field.null]
    stands_free = own.get("document") is None and (not own or model.KIND in _OWN)
    if lacking or stands_free:
        check_acts(user, on=on)
        return
    check_add(user, model(**own), on=on)


def may_begin(user: User, model: type[ChainObject], begun: Mapping[str, Any], *, on: date) -> bool:
    try:
        check_begin(user, model, begun, on=on)
    except Refused:
        return False
    return True
