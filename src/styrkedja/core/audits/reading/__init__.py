"""An answer to the auditors, read as it is written: a proposal that a person confirms beside the text.

`read_answer(text)` takes a `SourceText` (which a file reader makes, or `from_text`) and answers a `Reading`. Nothing is guessed: what has no
place is in `Reading.unplaced`, and what does not agree is in `Reading.warnings`. Names of persons are masked before anything else is read.
"""

from styrkedja.core.audits.reading.model import Reading
from styrkedja.core.audits.reading.reader import read_answer
from styrkedja.core.audits.reading.source import Line, SourceText, from_text

__all__ = ["Line", "Reading", "SourceText", "from_text", "read_answer"]
