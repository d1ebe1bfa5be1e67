"""Two who write on the same thing: the second reads what the first wrote before going on."""

from styrkedja.core.policies.refusal import Refused


class Outdated(Refused):
    """Somebody else has changed the thing since it was read. What the writer typed is the writer's still."""


def check_version(*, found: int, expected: int | None, what: str) -> None:
    """Raises Outdated unless the version that was read is the one that is there. None: nothing was read."""
    if expected is not None and found != expected:
        raise Outdated(
            "”%(what)s” har ändrats av någon annan sedan du öppnade sidan. Läs vad som har ändrats och spara sedan igen. "
            "Det du skrev har inte sparats.",
            what=what,
        )
