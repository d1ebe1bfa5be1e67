import pytest

from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.routines import can_move_cases, check_move_cases


@pytest.mark.parametrize(
    ("is_coordinator", "is_administrator", "may"), [(False, False, False), (True, False, True), (False, True, True), (True, True, True)]
)
def test_the_coordinator_and_an_administrator_may_move_cases(is_coordinator: bool, is_administrator: bool, may: bool) -> None:
    who = {"is_coordinator": is_coordinator, "is_administrator": is_administrator}
    assert can_move_cases(**who) is may
    if may:
        check_move_cases(**who)
    else:
        with pytest.raises(Refused, match="Bara länets samordnare eller en systemförvaltare"):
            check_move_cases(**who)
