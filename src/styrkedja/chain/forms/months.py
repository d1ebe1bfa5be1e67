"""The realised effects of a month, action by action."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms import ValuesForm
from styrkedja.chain.forms.fields import AmountField, MonthField
from styrkedja.chain.forms.lists import CountyForm
from styrkedja.chain.selectors.months import ActionMonth
from styrkedja.effects.services import MonthLine

_AMOUNTS = {"planned": _("Planerat"), "realised": _("Hemtaget"), "forecast": _("Prognos för året")}


class ChooseMonthForm(CountyForm):
    manad = MonthField(label=_("Månad"), required=False, help_text=_("År och månad, till exempel 2026-03."))

    def month(self, otherwise: date) -> date:
        """The month that is asked for; `otherwise` for none or a wrong one."""
        self.is_valid()
        return self.cleaned_data.get("manad") or otherwise


class MonthForm(ValuesForm):
    """A row of fields for each action: planned, realised and forecast in kronor, and the evidence."""

    def __init__(self, *args: Any, rows: Sequence[ActionMonth], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows
        for row in rows:
            for name, label in _AMOUNTS.items():
                said = getattr(row.told, f"{name}_ore", None)
                self.fields[f"{name}-{row.action.pk}"] = self._named(AmountField(required=False, initial=said), f"{label}, {row.action}")
            evidence = forms.CharField(required=False, max_length=1_000, initial=row.told.evidence if row.told else "")
            self.fields[f"evidence-{row.action.pk}"] = self._named(evidence, f"{_('Underlag')}, {row.action}")
            version = row.told.version if row.told else None
            self.fields[f"version-{row.action.pk}"] = forms.IntegerField(required=False, initial=version, widget=forms.HiddenInput)

    @staticmethod
    def _named(field: forms.Field, label: str) -> forms.Field:
        """In a table the heading is the label that is seen; this one is for those who do not see it."""
        field.label = label
        field.widget.attrs["aria-label"] = label
        return field

    def lines(self) -> list[MonthLine]:
        said = self.cleaned_data
        return [
            MonthLine(
                row.action,
                *(said[f"{name}-{row.action.pk}"] for name in _AMOUNTS),
                evidence=said[f"evidence-{row.action.pk}"],
                version=said[f"version-{row.action.pk}"],
            )
            for row in self.rows
        ]

    def drawn(self) -> Iterator[tuple[ActionMonth, list[forms.BoundField], forms.BoundField]]:
        """Row by row: the action, its visible fields, and the hidden version."""
        for row in self.rows:
            shown = [self[f"{name}-{row.action.pk}"] for name in (*_AMOUNTS, "evidence")]
            yield row, shown, self[f"version-{row.action.pk}"]
