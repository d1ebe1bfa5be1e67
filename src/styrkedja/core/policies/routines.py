"""Who may move running cases to another version of their routine."""

from styrkedja.core.policies.refusal import Forbidden


def check_move_cases(*, is_coordinator: bool, is_administrator: bool) -> None:
    """The coordinator of the county may, and an administrator; raises Refused."""
    if not (is_coordinator or is_administrator):
        raise Forbidden("Bara länets samordnare eller en systemförvaltare kan flytta ärenden mellan rutinens versioner.")


def can_move_cases(*, is_coordinator: bool, is_administrator: bool) -> bool:
    return is_coordinator or is_administrator
