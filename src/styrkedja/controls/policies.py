"""The rules of core.policies.controls, asked about an account and a finding."""

from datetime import date

from styrkedja.accounts.models import User
from styrkedja.controls.kept import as_life
from styrkedja.controls.models import Finding
from styrkedja.controls.selectors.settings import accepting_functions
from styrkedja.core.policies import controls as rules
from styrkedja.core.policies.refusal import tried_on
from styrkedja.organisations.selectors import bodies_by_key, functions_held


def check_accept(user: User, finding: Finding, *, on: date) -> str:
    """What the function is called in which `user` accepts the finding. Raises Refused."""
    accepting, held = accepting_functions(finding.county), _held(user, finding, on=on)
    with tried_on("finding", finding.pk):
        rules.check_accept(accepting=accepting, held=held)
    return next(title for function, title in sorted(held.items()) if function in accepting)


def can_accept(user: User, finding: Finding, *, on: date) -> bool:
    return rules.can_accept(accepting=accepting_functions(finding.county), held=_held(user, finding, on=on))


def _held(user: User, finding: Finding, *, on: date) -> dict[str, str]:
    """The functions that the user holds in the bodies in whose lists the finding stands, with what they are called."""
    spells = as_life(finding).spells
    bodies = {body.pk for body in bodies_by_key(spells[-1].tellings[-1].fault.bodies).values()}
    return {function: title for (body, function), title in functions_held(user, on=on).items() if body in bodies}
