"""What the form of a deciding step asks for: mandate and grounds of a body whose rules are loaded, and otherwise no more than can be told."""

from django.utils.translation import gettext as _

from styrkedja.procedures.forms.steps import EVERYTHING, Asked
from styrkedja.procedures.selectors.deciding import Rules

# Fields that mean nothing without a mandate to hold the decision against.
_OF_MANDATES = frozenset({"delegate", "mandate_subject", "outside_budget", "exception_reason"})
_DEMANDED = frozenset({"decision_level", "mandate_subject"})


def asked(rules: Rules | None) -> Asked:
    """Of a step that decides nothing (None): all that its kind asks for."""
    if rules is None:
        return EVERYTHING
    without, demanded = frozenset[str](), frozenset[str]()
    if rules.mandates:
        demanded = _DEMANDED if rules.estimates else _DEMANDED | {"no_estimate_reason"}
    else:
        without = _OF_MANDATES
    offered = {"estimates": list(rules.estimates), "delegate": [("", _("Organet självt")), *rules.functions]}
    return Asked(without if rules.estimates else without | {"estimates"}, demanded, offered)
