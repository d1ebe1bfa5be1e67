import pytest

from styrkedja.core.policies.cases import (
    can_close_case,
    can_keep_registry,
    can_open_case,
    check_close_case,
    check_keep_registry,
    check_open_case,
)
from styrkedja.core.policies.refusal import Refused

OPEN = "Bara en registrator eller en samordnare i länet kan öppna ett ärende."
KEEP = "Bara en registrator eller en samordnare i länet kan diarieföra i ärendet eller ändra dess rubriker."

# The functions held in the county, and the function acted in ("" where the act is refused).
TRUTHS = [
    (set(), ""),
    ({"CHAIR"}, ""),
    ({"CHAIR", "MEMBER", "COLLABORATION_COORDINATOR", "PRINCIPAL_REPRESENTATIVE"}, ""),
    ({"registrar"}, ""),
    ({"REGISTRAR"}, "REGISTRAR"),
    ({"COORDINATOR"}, "COORDINATOR"),
    ({"REGISTRAR", "COORDINATOR"}, "REGISTRAR"),
    ({"COORDINATOR", "CHAIR"}, "COORDINATOR"),
]


@pytest.mark.parametrize(("functions", "acting"), TRUTHS)
@pytest.mark.parametrize(
    ("check", "can", "reason"), [(check_open_case, can_open_case, OPEN), (check_keep_registry, can_keep_registry, KEEP)]
)
def test_only_registrar_and_coordinator_may(check, can, reason: str, functions: set[str], acting: str) -> None:
    assert can(functions) is bool(acting)
    if acting:
        assert check(functions) == acting
        return
    with pytest.raises(Refused) as refused:
        check(functions)
    assert refused.value.reason == reason


@pytest.mark.parametrize("functions", [functions for functions, _acting in TRUTHS])
def test_only_a_coordinator_may_write_a_case_off(functions: set[str]) -> None:
    assert can_close_case(functions) is ("COORDINATOR" in functions)
    if "COORDINATOR" in functions:
        assert check_close_case(functions) == "COORDINATOR"
        return
    with pytest.raises(Refused) as refused:
        check_close_case(functions)
    assert refused.value.reason == "Bara en samordnare i länet kan avskriva ett ärende. Be samordnaren göra det."
