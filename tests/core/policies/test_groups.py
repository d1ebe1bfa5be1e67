from itertools import product

import pytest

from styrkedja.core.organisations.kinds import GroupKind
from styrkedja.core.policies.groups import can_close_group, check_close_group
from styrkedja.core.policies.refusal import Refused

GROUNDS = ("is_administrator", "coordinates_county", "convenes_group")
ANSWERS = [dict(zip(GROUNDS, answers, strict=True)) for answers in product([False, True], repeat=3)]


@pytest.mark.parametrize("grounds", ANSWERS, ids=str)
def test_who_may_close_a_working_group(grounds):
    """The whole truth table: any of the three grounds is enough, and without one nobody may."""
    group = {"kind": GroupKind.WORKING_GROUP, "declared": False}
    assert can_close_group(**group, **grounds) is any(grounds.values())
    if any(grounds.values()):
        check_close_group(**group, **grounds)
        return
    with pytest.raises(Refused, match="Bara länets samordnare, gruppens sammankallande eller en systemförvaltare kan avsluta gruppen"):
        check_close_group(**group, **grounds)


@pytest.mark.parametrize("kind", GroupKind)
@pytest.mark.parametrize("declared", [False, True])
def test_which_groups_can_be_closed_by_a_person(kind, declared):
    group = {"kind": kind, "declared": declared}
    is_open = kind == GroupKind.WORKING_GROUP and not declared
    assert can_close_group(**group, **ANSWERS[-1]) is is_open
    if not is_open:
        with pytest.raises(Refused, match="i länets filer"):
            check_close_group(**group, **ANSWERS[-1])
