"""Who may accept what the controls have found, and set how they look."""

from collections.abc import Collection

from styrkedja.core.policies.refusal import Forbidden

# Those who answer for a body's management, unless a county sets other functions. A finding is accepted by who can be asked about it.
ACCEPTING_FUNCTIONS = ("CHAIR", "REGIONAL_DIRECTOR", "HEALTHCARE_DIRECTOR", "FINANCE_DIRECTOR", "AREA_DIRECTOR")


def check_accept(*, accepting: Collection[str], held: Collection[str]) -> None:
    """May the user accept a finding? `held`: the functions that the user holds in the bodies in whose lists it stands. Raises Refused."""
    if not can_accept(accepting=accepting, held=held):
        raise Forbidden(
            "Bara den som leder ett organ som iakttagelsen gäller kan godta den. Vänd dig till organets ordförande eller ansvariga direktör."
        )


def can_accept(*, accepting: Collection[str], held: Collection[str]) -> bool:
    return bool(set(accepting) & set(held))


def check_set(*, is_administrator: bool) -> None:
    """May the user say how the controls look? Raises Refused."""
    if not is_administrator:
        raise Forbidden("Bara en administratör kan ändra kontrollernas inställningar.")
