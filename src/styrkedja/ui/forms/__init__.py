"""Forms: how a field is drawn (`renderer`), and the fields and forms that Django lacks."""

from styrkedja.ui.forms.fields import DateField, DocumentField, NumberField, UploadField, YesNoField
from styrkedja.ui.forms.filters import FoldingForm
from styrkedja.ui.forms.renderer import StyrkedjaRenderer
from styrkedja.ui.forms.submission import MoreRowsMixin, SubmissionForm
from styrkedja.ui.forms.table import TableField, TableWidget
from styrkedja.ui.forms.texts import KeptTextForm

__all__ = [
    "DateField",
    "DocumentField",
    "FoldingForm",
    "KeptTextForm",
    "MoreRowsMixin",
    "NumberField",
    "StyrkedjaRenderer",
    "SubmissionForm",
    "TableField",
    "TableWidget",
    "UploadField",
    "YesNoField",
]
