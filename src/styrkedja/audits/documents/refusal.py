"""How a file is refused."""


class DocumentRefused(Exception):
    """The file cannot be read. `reason` is Swedish and says what is wrong and what to do; nothing has been stored."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
