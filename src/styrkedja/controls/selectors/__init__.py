"""What the controls look at, what they have found, and what has been set."""

from styrkedja.controls.selectors.findings import (
    Found,
    finding_by_id,
    findings_about,
    findings_on,
    first_run_on,
    last_run,
    latest,
    state_on,
    visible_to,
    with_lives,
)
from styrkedja.controls.selectors.gaps import Knot, knots
from styrkedja.controls.selectors.naming import names_of
from styrkedja.controls.selectors.settings import accepting_functions, setting_of, settings_of

__all__ = [
    "Found",
    "Knot",
    "accepting_functions",
    "finding_by_id",
    "findings_about",
    "findings_on",
    "first_run_on",
    "knots",
    "last_run",
    "latest",
    "names_of",
    "setting_of",
    "settings_of",
    "state_on",
    "visible_to",
    "with_lives",
]
