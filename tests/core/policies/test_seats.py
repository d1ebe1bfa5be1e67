from itertools import product

import pytest

from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.seats import can_appoint, check_appoint, check_end_substitution

ANSWERS = list(product([False, True], repeat=3))
APPOINT = ("is_administrator", "coordinates_county", "convenes_group")
END = ("is_administrator", "is_replaced", "is_substitute")


@pytest.mark.parametrize("answers", ANSWERS, ids=str)
def test_who_may_appoint(answers):
    """The whole truth table: any of the three grounds is enough, and without one nobody may."""
    grounds = dict(zip(APPOINT, answers, strict=True))
    assert can_appoint(**grounds) is any(answers)
    if any(answers):
        check_appoint(**grounds)
        return
    with pytest.raises(Refused) as refusal:
        check_appoint(**grounds)
    assert refusal.value.reason == (
        "Bara länets samordnare, gruppens sammankallande eller en systemförvaltare kan ändra vem som innehar platsen. "
        "Vänd dig till samordnaren."
    )


@pytest.mark.parametrize("answers", ANSWERS, ids=str)
def test_who_may_end_a_substitution(answers):
    grounds = dict(zip(END, answers, strict=True))
    if any(answers):
        check_end_substitution(**grounds)
        return
    with pytest.raises(Refused) as refusal:
        check_end_substitution(**grounds)
    assert refusal.value.reason == "Bara den som ersätts, ersättaren eller en systemförvaltare kan avsluta ersättningen."
