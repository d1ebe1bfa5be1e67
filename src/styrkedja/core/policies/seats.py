"""Who may say who holds a seat, and who may let go of a substitute.

Functions are proposed and decided on in a case; who fills them is said by those who keep the county's structure, and by a working group's
convener in the group's own seats.
"""

from styrkedja.core.policies.refusal import Forbidden, Refused

# The functions that one person at a time holds: who leads a body is one.
HELD_BY_ONE = frozenset({"CHAIR", "CONVENER", "PROCESS_LEADER"})


def check_appoint(*, is_administrator: bool, coordinates_county: bool, convenes_group: bool) -> None:
    """May the user appoint to a seat, or end somebody's time in it? The county is the seat's, the group its body. Raises Refused."""
    if not (is_administrator or coordinates_county or convenes_group):
        raise Forbidden(
            "Bara länets samordnare, gruppens sammankallande eller en systemförvaltare kan ändra vem som innehar platsen. "
            "Vänd dig till samordnaren."
        )


def can_appoint(*, is_administrator: bool, coordinates_county: bool, convenes_group: bool) -> bool:
    try:
        check_appoint(is_administrator=is_administrator, coordinates_county=coordinates_county, convenes_group=convenes_group)
    except Refused:
        return False
    return True


def check_end_substitution(*, is_administrator: bool, is_replaced: bool, is_substitute: bool) -> None:
    """May the user end a substitution? Both of those that it concerns may. Raises Refused."""
    if not (is_administrator or is_replaced or is_substitute):
        raise Forbidden("Bara den som ersätts, ersättaren eller en systemförvaltare kan avsluta ersättningen.")
