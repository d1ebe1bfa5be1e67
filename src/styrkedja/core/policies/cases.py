"""Who may open a case, keep its registry and write it off.

`functions` are the codes of the functions that somebody holds in the county, whichever body they are held in. A step of a routine is another
matter: whoever performs it (core.policies.work_items) may also write what the step is about.
"""

from collections.abc import Set as AbstractSet

from styrkedja.core.policies.refusal import Forbidden
from styrkedja.core.sentences import Sentence

REGISTRY_FUNCTIONS = ("REGISTRAR", "COORDINATOR")
CLOSING_FUNCTION = "COORDINATOR"


def check_open_case(functions: AbstractSet[str]) -> str:
    """The function in which a case may be opened; raises Refused."""
    return _check(functions, Sentence("Bara en registrator eller en samordnare i länet kan öppna ett ärende."))


def can_open_case(functions: AbstractSet[str]) -> bool:
    return _can(functions)


def check_keep_registry(functions: AbstractSet[str]) -> str:
    """The function in which documents may be registered and the wording of a case changed; raises Refused."""
    return _check(
        functions, Sentence("Bara en registrator eller en samordnare i länet kan diarieföra i ärendet eller ändra dess rubriker.")
    )


def can_keep_registry(functions: AbstractSet[str]) -> bool:
    return _can(functions)


def check_close_case(functions: AbstractSet[str]) -> str:
    """The function in which a case may be written off where it stands; raises Refused."""
    if CLOSING_FUNCTION not in functions:
        raise Forbidden("Bara en samordnare i länet kan avskriva ett ärende. Be samordnaren göra det.")
    return CLOSING_FUNCTION


def can_close_case(functions: AbstractSet[str]) -> bool:
    return CLOSING_FUNCTION in functions


def _check(functions: AbstractSet[str], refusal: Sentence) -> str:
    for function in REGISTRY_FUNCTIONS:
        if function in functions:
            return function
    raise Forbidden(refusal)


def _can(functions: AbstractSet[str]) -> bool:
    return not functions.isdisjoint(REGISTRY_FUNCTIONS)
