"""Who may answer the auditors for a body."""

from styrkedja.core.policies.refusal import Forbidden

# Those who hand a review over: they register it whoever shall see to its answer, and add what they recommend. They answer nothing, and write on nothing that they review.
AUDITING_FUNCTIONS = ("AUDITOR",)


def check_answer_for(*, is_administrator: bool, acts_in_body: bool, body: str) -> None:
    """May the user read in, confirm or throw away an answer of `body`? Raises Refused."""
    if not (is_administrator or acts_in_body):
        raise Forbidden("Bara den som innehar en funktion i %(body)s kan svara för organet.", body=body)
