"""Next year's plan: its name and period, and what becomes of every goal and action of the last."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.audits.forms import ValuesForm
from styrkedja.chain.forms.fields import LastDayField
from styrkedja.steering.models import Goal, TransferKind
from styrkedja.steering.services import Mapped
from styrkedja.ui.forms import DateField

Row = Any  # a goal or an action
_CHOICES = {
    TransferKind.KEPT: _("Förs över oförändrad"),
    TransferKind.CHANGED: _("Förs över med ändringar"),
    TransferKind.MERGED: _("Slås samman med en annan"),
    TransferKind.DROPPED: _("Stryks"),
}


class NextPlanForm(ValuesForm):
    """`rows` are the open goals and actions of the old plan; each gets a group of fields."""

    title = forms.CharField(label=_("Den nya planens rubrik"), max_length=250)
    valid_from = DateField(label=_("Gäller från"))
    valid_until = LastDayField(label=_("Gäller till"), help_text=_("Sista dagen."))

    def __init__(self, *args: Any, rows: Sequence[Row], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows
        for row in rows:
            for name, field in _asked(row, rows).items():
                self.fields[f"{name}-{_id(row)}"] = field

    def plan(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "valid_from", "valid_until")}

    def clean(self) -> dict[str, Any]:
        for row in self.rows:
            target = self._root(row)
            if target != _id(row) and self.cleaned_data.get(f"how-{target}") == TransferKind.DROPPED:
                self.add_error(f"into-{_id(row)}", _("Det som stryks kan inget slås samman med. Välj ett annat."))
        return self.cleaned_data

    def mapping(self) -> list[Mapped]:
        """What is merged follows what it is merged with, which the new one is made of."""
        gathering = {root for row in self.rows if (root := self._root(row)) != _id(row)}
        mapped = [self._mapped(row, gathering) for row in self.rows]
        return sorted(mapped, key=lambda one: one.kind == TransferKind.MERGED and one.into != _id(one.row))

    def _mapped(self, row: Row, gathering: set[str]) -> Mapped:
        how, title, reason, due_on = (self.cleaned_data[f"{name}-{_id(row)}"] for name in ("how", "title", "reason", "due_on"))
        day = "due_on" if isinstance(row, Goal) else "ends_on"
        values = {name: value for name, value in (("title", title), (day, due_on)) if value}
        root = self._root(row)
        if root in gathering:
            return Mapped(row, TransferKind.MERGED, values, root, reason)
        kind = TransferKind(how)
        return Mapped(row, kind, values if kind in {TransferKind.CHANGED, TransferKind.MERGED} else {}, "", reason)

    def _root(self, row: Row) -> str:
        """The id of the row that `row` ends in: itself unless it is merged. Rows that are merged in a ring end in the first of them."""
        way = [_id(row)]
        while self.cleaned_data.get(f"how-{way[-1]}") == TransferKind.MERGED and (further := self.cleaned_data.get(f"into-{way[-1]}")):
            if further in way:
                return min(way[way.index(further) :])
            way.append(further)
        return way[-1]

    def drawn(self) -> Iterator[tuple[Row, list[forms.BoundField]]]:
        for row in self.rows:
            yield row, [self[f"{name}-{_id(row)}"] for name in ("how", "title", "due_on", "into", "reason")]

    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "valid_from", "valid_until")]


def _asked(row: Row, rows: Sequence[Row]) -> dict[str, forms.Field]:
    others = [(_id(other), str(other)) for other in rows if type(other) is type(row) and other != row]
    choices = [(kind.value, label) for kind, label in _CHOICES.items()]
    due = _("Ska vara nått") if isinstance(row, Goal) else _("Slutar")
    return {
        "how": forms.ChoiceField(label=_("Vad som händer"), choices=choices, initial=TransferKind.KEPT),
        "title": forms.CharField(label=_("Ny rubrik"), max_length=250, required=False, help_text=_("Om den ändras eller slås samman.")),
        "due_on": DateField(label=due, required=False, help_text=_("Nytt datum, om det ändras.")),
        "into": forms.ChoiceField(label=_("Slås samman med"), choices=[("", _("Inget valt")), *others], required=False),
        "reason": forms.CharField(label=_("Skäl"), max_length=1_000, required=False, help_text=_("Måste anges för det som stryks.")),
    }


def _id(row: Row) -> str:
    return f"{row.KIND}-{row.pk}"
