"""How a policy says no."""

from collections.abc import Iterator
from contextlib import contextmanager

from styrkedja.core.sentences import Sentence


class Refused(Exception):
    """The act is not allowed; `reason` is Swedish and says why and what to do. Nothing has changed.

    Given as a pattern with its values, as `Sentence`, or as a text that is ready to read.
    """

    is_on_record = False  # in the log, by the service that was asked

    def __init__(self, reason: str, **values: object) -> None:
        self.reason = reason if isinstance(reason, Sentence) else Sentence(reason, **values)
        super().__init__(self.reason)


class Forbidden(Refused):
    """Others may, this user may not. `about` is what it was tried on, as the log names it: object type and id, once a policy has said so."""

    about: tuple[str, object] | None = None


@contextmanager
def tried_on(object_type: str, object_id: object) -> Iterator[None]:
    """What the rules within forbid was tried on this; what was said further in is nearer."""
    try:
        yield
    except Forbidden as forbidden:
        forbidden.about = forbidden.about or (object_type, object_id)
        raise
