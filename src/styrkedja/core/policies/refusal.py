"""How a policy says no."""


class Refused(Exception):
    """The act is not allowed; `reason` is Swedish and says why and what to do. Nothing has changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
