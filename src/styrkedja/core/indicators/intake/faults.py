"""What is wrong with a row, and with a whole file."""

from dataclasses import dataclass

from styrkedja.core.policies.refusal import Refused

# Longer values are cut when they are told.
_LONGEST = 40


@dataclass(frozen=True, order=True)
class RowFault:
    """`line` counts from 1 in the file (its heading included) or among the rows of a table. `column` is "" for what is wrong with the whole row.

    `reason` is Swedish and a whole sentence without the value, so that faults can be counted by it; `value` is the text as it stood, None where
    there was none or where it may not be shown (keys).
    """

    line: int
    column: str
    reason: str
    value: str | None = None

    @property
    def message(self) -> str:
        where = f"rad {self.line}" + (f", {self.column}" if self.column else "")
        told = "" if self.value is None else f"”{self.value[:_LONGEST]}{'…' if len(self.value) > _LONGEST else ''}”: "
        return f"{where}: {told}{self.reason}"


class FileRefused(Refused):
    """The whole file is refused, and nothing of it has been kept."""
