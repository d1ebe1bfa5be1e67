"""How the controls look at a county's chain."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from styrkedja.accounts.models import User
from styrkedja.controls.models import ControlSetting
from styrkedja.controls.selectors.settings import as_settings
from styrkedja.core.controls.rules import RULES
from styrkedja.core.controls.settings import faults_in
from styrkedja.core.policies.controls import check_set
from styrkedja.core.policies.refusal import Refused, tried_on
from styrkedja.ledger.keeping import keep_change, keep_new
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.organisations.models import County
from styrkedja.ui.wording import sentence_text

KIND = "control-setting"


@on_record_when_forbidden("object.change_refused")
def change_settings(
    *,
    actor: User | None,
    county: County,
    version: int | None,
    severities: Mapping[str, str],
    thresholds: Mapping[str, Mapping[str, int]],
    off: Sequence[str],
    accepting: Sequence[str],
    at: datetime,
) -> ControlSetting:
    """Sets all of it anew, from the next run on. `version` is that which the writer has read, None for what was never set.

    Raises Outdated if somebody else has set it since, Refused for what no control has, and unless the actor may.
    """
    if actor is not None:
        with tried_on("county", county.key):
            check_set(is_administrator=actor.is_administrator)
    values = {
        "severities": dict(severities),
        "thresholds": {rule: dict(named) for rule, named in thresholds.items() if named},
        "off": sorted(set(off)),
        "accepting": sorted(set(accepting)),
    }
    if found := list(faults_in(as_settings(**{name: values[name] for name in ("severities", "thresholds", "off")}), RULES)):
        raise Refused(" ".join(sentence_text(fault) for fault in found))
    row = ControlSetting.objects.select_for_update().filter(county=county).first()
    if row is None:
        row = ControlSetting(county=county, key=county.key, **values)
        keep_new(actor=actor, row=row, links={}, object_type=KIND, at=at, function="", also=None)
    else:
        keep_change(actor=actor, row=row, expected=version, values=values, links={}, object_type=KIND, at=at, function="", also=None)
    return row
