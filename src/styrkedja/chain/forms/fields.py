"""Amounts, quantities, months and last days as they are written, and as they are kept."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.core.collation import swedish_key
from styrkedja.core.mandates import ORE, ore
from styrkedja.ui.forms import DateField, NumberField
from styrkedja.ui.wording import number_text

_LIMIT = 1_000_000_000_000  # kronor; more is a slip of the pen, and must fit the column in öre
_DAY = timedelta(days=1)
_SHOWN = 30  # subjects that are written out below the field


def in_ore(kronor: float | None) -> int | None:
    """What is typed in kronor, as it is kept. Raises ValidationError for parts of an öre."""
    if kronor is None:
        return None
    amount = ore(kronor)
    if amount is None:
        raise forms.ValidationError(_("Ange beloppet i kronor med högst två decimaler."))
    return amount


def in_kronor(ore: int | None) -> int | float | None:
    """The other way."""
    return None if ore is None else ore // ORE if ore % ORE == 0 else ore / ORE


class AmountField(NumberField):
    """Typed in kronor; gives öre."""

    def __init__(self, *, minimum: float = -_LIMIT, **options: Any) -> None:
        super().__init__(minimum=minimum, maximum=_LIMIT, **options)

    def clean(self, value: Any) -> int | None:
        return in_ore(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(in_kronor(value) if isinstance(value, int) else value)


class QuantityField(NumberField):
    """A number with decimals, exactly as it is written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(minimum=-_LIMIT, maximum=_LIMIT, **options)

    def clean(self, value: Any) -> Decimal | None:
        number = super().clean(value)
        return None if number is None else Decimal(str(number))

    def prepare_value(self, value: Any) -> Any:
        return number_text(value.normalize()) if isinstance(value, Decimal) else super().prepare_value(value)


class SubjectInput(forms.TextInput):
    """What is typed, or one of the `subjects` that the browser suggests."""

    template_name = "chain/forms/subject.html"
    subjects: Sequence[str] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["subjects"] = self.subjects
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_subjects"
        return context


class SubjectField(forms.CharField):
    """The subject of a mandate or a decision. Those of the mandates that there are stand below it, and are suggested while one types."""

    widget = SubjectInput

    def suggest(self, subjects: Iterable[str]) -> None:
        found = sorted(set(subjects), key=swedish_key)
        self.widget.subjects = found
        if found:
            known = _("I mandaten finns: %(subjects)s.") % {"subjects": ", ".join(found[:_SHOWN])}
            self.help_text = f"{self.help_text} {known}"


class MonthField(forms.DateField):
    """A month; gives its first day."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 10})
    default_error_messages = {"invalid": _("Ange en månad, till exempel 2026-03.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **options)

    def clean(self, value: Any) -> date | None:
        found = super().clean(value)
        return found.replace(day=1) if found else None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class LastDayField(DateField):
    """A period's last day; gives the day after it, which is the first that the period does not hold."""

    def clean(self, value: Any) -> date | None:
        found = super().clean(value)
        if found == date.max:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found + _DAY if found else None

    def prepare_value(self, value: Any) -> Any:
        return value - _DAY if isinstance(value, date) else value
