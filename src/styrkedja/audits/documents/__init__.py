"""The files in which answers come: text, Word and PDF with text, as numbered lines for `core.audits.reading`.

`read_document(content, name, limits)` is the only way in. A file that cannot be read raises DocumentRefused with a Swedish reason, and nothing is
left behind: every file is read in memory, and no file is changed, unpacked or run.
"""

from styrkedja.audits.documents.limits import Limits
from styrkedja.audits.documents.opening import read_document
from styrkedja.audits.documents.refusal import DocumentRefused

__all__ = ["DocumentRefused", "Limits", "read_document"]
