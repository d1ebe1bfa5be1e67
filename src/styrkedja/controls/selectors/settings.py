"""What a county has set of the controls."""

from collections.abc import Mapping, Sequence

from styrkedja.controls.models import ControlSetting
from styrkedja.core.controls.rule import Severity
from styrkedja.core.controls.settings import STANDARD, Settings
from styrkedja.core.policies.controls import ACCEPTING_FUNCTIONS
from styrkedja.organisations.models import County


def setting_of(county: County) -> ControlSetting | None:
    return ControlSetting.objects.filter(county=county).first()


def settings_of(county: County) -> Settings:
    """As the rules read them; the standard where nothing has been set."""
    row = setting_of(county)
    return as_settings(severities=row.severities, thresholds=row.thresholds, off=row.off) if row else STANDARD


def as_settings(*, severities: Mapping[str, str], thresholds: Mapping[str, Mapping[str, int]], off: Sequence[str]) -> Settings:
    return Settings({code: Severity(value) for code, value in severities.items()}, thresholds, frozenset(off))


def accepting_functions(county: County) -> tuple[str, ...]:
    row = setting_of(county)
    return tuple(row.accepting) if row else ACCEPTING_FUNCTIONS
