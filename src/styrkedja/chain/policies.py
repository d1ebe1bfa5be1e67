"""What the pages of the chain offer whom. The services judge again when something is written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.policies import acts_anywhere
from styrkedja.chain.selectors.choices import addable, ways_in
from styrkedja.core.policies.refusal import Forbidden, Refused
from styrkedja.steering.models import ChainObject
from styrkedja.steering.policies import check_add, writing_in

# What a body may add on its own account to what others answer for.
_OWN = {"obstacle", "goal-conflict", "assignment", "action"}


def check_acts(user: User, *, on: date) -> None:
    """Has `user` a function somewhere? Raises Refused. What the function carries is judged when something is written."""
    if not acts_anywhere(user, on=on):
        raise Forbidden(_("Bara den som innehar en funktion i ett organ kan lägga till något i styrkedjan."))


def check_writes(user: User, *, on: date) -> None:
    """Has `user` a function somewhere other than one that reviews? Raises Refused."""
    check_acts(user, on=on)
    if not writes(user, on=on):
        raise Forbidden(_("Den som granskar styrkedjan läser den men ändrar inte i den. Vänd dig till det ansvariga organet."))


def writes(user: User, *, on: date) -> bool:
    is_administrator = user.is_active and user.is_administrator
    return is_administrator or bool(writing_in(user, on=on))


def check_begin(user: User, model: type[ChainObject], begun: Mapping[str, Any], *, on: date) -> None:
    """May `user` begin on an object that hangs in what is `begun`? Raises Refused.

    Where what it must hang in is not known yet, there must be something that `user` may add it to; the rest is begun on by whoever acts in a body.
    """
    check_writes(user, on=on)
    own = {name: value for name, value in begun.items() if not model._meta.get_field(name).many_to_many}
    lacking = [field for field in ways_in(model) if field.name not in own]
    for field in lacking:
        if not addable(user, field, on=on).exists():
            raise Forbidden(_lacks(model, field))
    stands_free = own.get("document") is None and (not own or model.KIND in _OWN)
    if not lacking and not stands_free:
        check_add(user, model(**own), on=on)


def _lacks(model: type[ChainObject], field: Field) -> str:
    said = {"what": model._meta.verbose_name, "where": field.verbose_name}
    if field.name == "document":
        return _("Ett organ lägger till i sina egna planer, och inget av dina organ äger någon plan att lägga till %(what)s i.") % said
    return (
        _("För %(what)s behövs något att lägga till det i, och inget av dina organ svarar för något som kan anges som ”%(where)s”.") % said
    )


def may_begin(user: User, model: type[ChainObject], begun: Mapping[str, Any], *, on: date) -> bool:
    try:
        check_begin(user, model, begun, on=on)
    except Refused:
        return False
    return True
