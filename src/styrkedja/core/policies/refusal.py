"""How a policy says no."""

from styrkedja.core.sentences import Sentence


class Refused(Exception):
    """The act is not allowed; `reason` is Swedish and says why and what to do. Nothing has changed.

    Given as a pattern with its values, as `Sentence`, or as a text that is ready to read.
    """

    def __init__(self, reason: str, **values: object) -> None:
        self.reason = reason if isinstance(reason, Sentence) else Sentence(reason, **values)
        super().__init__(self.reason)
