"""Who may write on the chain, and on mandates."""

from styrkedja.core.policies.refusal import Forbidden


def check_edit(*, is_administrator: bool, acts_in_body: bool) -> None:
    """May the user write? `acts_in_body`: in the body that answers for the object, or in the one whose plan it stands in. Raises Refused."""
    if not (is_administrator or acts_in_body):
        raise Forbidden(
            "Bara den som innehar en funktion i det ansvariga organet eller i det organ som äger planen kan ändra här. "
            "Vänd dig till det ansvariga organet."
        )


def can_edit(*, is_administrator: bool, acts_in_body: bool) -> bool:
    return is_administrator or acts_in_body


def check_add_to_plan(*, is_administrator: bool, acts_in_plan: bool) -> None:
    """May the user put something new in a plan? The plan's own body says what stands in it. Raises Refused."""
    if not (is_administrator or acts_in_plan):
        raise Forbidden("Bara den som innehar en funktion i det organ som äger planen kan lägga till något i den.")


def check_give_mandate(*, is_administrator: bool, acts_in_giver: bool) -> None:
    """May the user write down a mandate? The body that gives it may. Raises Refused."""
    if not (is_administrator or acts_in_giver):
        raise Forbidden("Bara den som innehar en funktion i det organ som ger mandatet kan lägga till eller ändra det.")
