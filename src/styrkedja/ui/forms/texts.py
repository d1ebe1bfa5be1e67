"""What somebody writes for others to read, and what may not stand in it."""

from django import forms
from django.utils.translation import gettext as _

from styrkedja.core.controls.persons import names_person
from styrkedja.core.identities import identity_fault
from styrkedja.ui.wording import sentence_text


def refuse_identities(text: str) -> None:
    """A validator: raises ValidationError for what looks like a personal identity number."""
    if fault := identity_fault(text):
        raise forms.ValidationError(sentence_text(fault), code="identity")


def refuse_persons(text: str) -> None:
    """A validator: raises ValidationError for what looks like a person's name, where a function is asked for."""
    if names_person(text):
        raise forms.ValidationError(_("Ange en funktion, inte en person."), code="person")


class KeptTextForm(forms.Form):
    """A form whose texts are kept and read by many: none may hold an identity number. Cells of a table are judged by the table itself."""

    def _post_clean(self) -> None:
        """After every other judgement: a field that has a fault of its own is left with that."""
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, after clean()
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if isinstance(field, forms.CharField) and isinstance(value, str) and not field.widget.is_hidden:
                self._judge(name, value)

    def _judge(self, name: str, value: str) -> None:
        try:
            refuse_identities(value)
        except forms.ValidationError as fault:
            self.add_error(name, fault)
