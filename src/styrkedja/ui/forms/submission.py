"""Forms that are sent once: protection against double clicks, and against writing over somebody else's work."""

from uuid import uuid4

from django import forms
from django.forms.utils import ErrorDict

from styrkedja.ui.forms.texts import KeptTextForm

MORE = "_more"


class MoreRowsMixin(KeptTextForm):
    """A form with tables. The button "Fler rader" comes back as `_more`: the page is shown again with what was typed, and nothing is judged."""

    @property
    def wants_more_rows(self) -> bool:
        return self.is_bound and bool(self.data.get(MORE))

    def full_clean(self) -> None:
        if self.wants_more_rows:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return not self.wants_more_rows and super().is_valid()


class SubmissionForm(MoreRowsMixin):
    """Carries `submission` (UUID: the same one twice is the same act) and `version` (int or None: what the reader saw)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
