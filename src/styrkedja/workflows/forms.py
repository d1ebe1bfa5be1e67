"""Forms about published routines."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.workflows.models import ProcessDefinition


class TargetForm(forms.Form):
    """The version that cases are moved to; the newest unless another is chosen."""

    till = forms.ChoiceField(label=_("Flytta till"), required=False)

    def __init__(self, *args: Any, definitions: Iterable[ProcessDefinition], **options: Any) -> None:
        self.definitions = {str(definition.version): definition for definition in definitions}
        super().__init__(*args, initial={"till": next(iter(self.definitions), "")}, **options)
        self.fields["till"].choices = [(number, _("Version %(number)s") % {"number": number}) for number in self.definitions]

    def target(self) -> ProcessDefinition:
        """Needs at least one definition."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {}).get("till") or self.initial["till"]
        return self.definitions[chosen]
