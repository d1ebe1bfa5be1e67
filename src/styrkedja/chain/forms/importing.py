"""A workbook that is to be read in: first as a preview, then, when it has been seen, for good."""

import binascii
from base64 import b64decode, b64encode
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.ui.forms import UploadField

# What a page can carry between the preview and the confirmation. Larger files are chosen again.
CARRIED = 3 * 1024 * 1024


class ImportForm(forms.Form):
    """`content` is what the preview carried along. Whoever sends something else sends another file: it is judged as any file is."""

    file = UploadField(label=_("Arbetsbok (.xlsx)"), help_text=_("Utgå från mallen, eller från en utskrift av styrkedjan."))
    carried = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].error_messages["required"] = _("Välj en arbetsbok.")
        self.fields["file"].required = not self.data.get("carried")

    def content(self) -> bytes:
        """The bytes of the file; none if what was carried is no file."""
        upload = self.cleaned_data.get("file")
        if upload:
            read: bytes = upload.read()
            return read
        try:
            return b64decode(self.cleaned_data["carried"], validate=True)
        except (binascii.Error, ValueError):
            return b""


def carried(content: bytes) -> str:
    """As the page carries it; "" for a file that is too large."""
    return b64encode(content).decode() if len(content) <= CARRIED else ""
