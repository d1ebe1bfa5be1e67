"""Fields with Swedish habits: native dates, decimal comma, yes and no, files of a bounded size."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import keep_lazy_text
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from styrkedja.core.uploads import is_accepted
from styrkedja.ui.wording import number_text, size_text

# Bounded, so that a number like 1e999999999 neither passes nor takes the memory.
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?")
_TELLING = 64 * 1024  # as many bytes of a file as tell what it is
_ENGLISH_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class DateField(forms.DateField):
    """A date as the browser's own date field; without it, as ÅÅÅÅ-MM-DD."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Ange ett datum, till exempel 2026-11-24.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class NumberField(forms.Field):
    """A number as it is written in the reader's language; gives int when it is whole, else float.

    Spaces may stand anywhere. In Swedish comma and point both mark the decimals; in English the comma parts thousands and nothing else, so that
    "12,500" is never taken for twelve and a half.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "ui-number"})
    default_error_messages = {
        "invalid": _("Ange ett tal, till exempel 12 500 eller 3,5."),
        "low": _("Talet får inte vara mindre än %(limit)s."),
        "high": _("Talet får inte vara större än %(limit)s."),
    }

    def __init__(self, *, minimum: float | None = None, maximum: float | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.minimum, self.maximum = minimum, maximum

    def to_python(self, value: Any) -> int | float | None:
        text = "".join(str(value if value is not None else "").split()).replace("−", "-")
        text = text.replace(",", ".") if get_language() == "sv" else _ENGLISH_THOUSANDS.sub("", text)
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise self._fault("invalid")
        number = float(text)
        return int(number) if number.is_integer() else number

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and self.minimum is not None and value < self.minimum:
            raise self._fault("low", limit=number_text(self.minimum))
        if value is not None and self.maximum is not None and value > self.maximum:
            raise self._fault("high", limit=number_text(self.maximum))

    def prepare_value(self, value: Any) -> Any:
        return number_text(value) if isinstance(value, int | float) else value

    def _fault(self, code: str, **values: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=values)


class YesNoField(forms.TypedChoiceField):
    """Two radio buttons, none chosen beforehand; gives True, False or (not answered) None."""

    def __init__(self, **options: Any) -> None:
        choices = [("yes", _("Ja")), ("no", _("Nej"))]
        super().__init__(choices=choices, coerce=_is_yes, empty_value=None, widget=forms.RadioSelect, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


def _is_yes(value: str) -> bool:
    return value == "yes"


class UploadField(forms.FileField):
    """A file of at most MAX_UPLOAD_BYTES."""

    default_error_messages = {"large": _("Filen är %(size)s. Den får vara högst %(limit)s.")}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile) and (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
            sizes = {"size": size_text(upload.size or 0), "limit": size_text(settings.MAX_UPLOAD_BYTES)}
            raise forms.ValidationError(self.error_messages["large"], code="large", params=sizes)
        return upload


class DocumentField(UploadField):
    """A file that is kept: of one of DOCUMENT_FORMATS, by its name and by what it holds. Its help names them."""

    default_error_messages = {"format": _("Filen kan inte tas emot. Den ska vara, och innehålla, något av formaten %(formats)s.")}

    def __init__(self, *, help_text: Any = "", **options: Any) -> None:
        super().__init__(help_text=_with_formats(help_text), **options)
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in settings.DOCUMENT_FORMATS)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile) and not is_accepted(upload.name or "", _beginning(upload), formats=settings.DOCUMENT_FORMATS):
            said = {"formats": ", ".join(settings.DOCUMENT_FORMATS)}
            raise forms.ValidationError(self.error_messages["format"], code="format", params=said)
        return upload


@keep_lazy_text
def _formats(text: str) -> str:
    return text % {"formats": ", ".join(settings.DOCUMENT_FORMATS)}


def _with_formats(help_text: Any) -> Any:
    """The help of a field for documents, in the language of whoever reads it."""
    formats = _formats(_("Tillåtna format: %(formats)s."))
    return format_lazy("{} {}", help_text, formats) if help_text else formats


def _beginning(upload: UploadedFile) -> bytes:
    """As much as tells what it is; the file stands at its start again."""
    upload.seek(0)
    content = upload.read(_TELLING)
    upload.seek(0)
    return content
