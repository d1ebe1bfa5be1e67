"""Decisions and recommendations go on record; mandates are given, changed and ended."""

from styrkedja.decisions.services.grounds import Grounds
from styrkedja.decisions.services.mandates import change_mandate, give_mandate
from styrkedja.decisions.services.recording import record_decision, record_decision_outside

__all__ = ["Grounds", "change_mandate", "give_mandate", "record_decision", "record_decision_outside"]
