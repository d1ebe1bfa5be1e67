"""Running the controls, accepting what they find, and setting how they look."""

from styrkedja.controls.services.accepting import accept_finding, withdraw_acceptance
from styrkedja.controls.services.running import Ran, run_controls
from styrkedja.controls.services.setting import change_settings

__all__ = ["Ran", "accept_finding", "change_settings", "run_controls", "withdraw_acceptance"]
