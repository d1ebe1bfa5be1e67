"""A table as one field: rows of columns, each cell a field of its own.

Works without script: three empty rows at the end, and the button "Fler rader" brings three more. With script the rows come in place.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.forms.renderers import BaseRenderer, get_default_renderer
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.ui.forms.fields import DateField, NumberField
from styrkedja.ui.forms.submission import MORE
from styrkedja.ui.forms.texts import refuse_identities, refuse_persons

EMPTY_ROWS = 3
_MAX_TEXT = 1_000
_MAX_LONG_TEXT = 20_000
_MANY = {FieldType.CHOICES, FieldType.ORGANISATIONS, FieldType.GROUPS}

RawRow = Mapping[str, Any]


def _select(spec: FieldSpec) -> forms.Field:
    options = [(option.value, option.name) for option in spec.options]
    if spec.type in _MANY:
        return forms.MultipleChoiceField(choices=options, required=spec.required)
    return forms.ChoiceField(choices=[("", ""), *options], required=spec.required)


def _yes_no(spec: FieldSpec) -> forms.Field:
    choices = [("", ""), ("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nej"))]
    return forms.TypedChoiceField(choices=choices, coerce=lambda value: value == "yes", empty_value=None, required=spec.required)


def _judges(spec: FieldSpec) -> list[Callable[[str], None]]:
    """What a text in a cell must withstand."""
    return [refuse_identities, refuse_persons] if spec.no_person else [refuse_identities]


_CELLS: Mapping[FieldType, Callable[[FieldSpec], forms.Field]] = {
    FieldType.TEXT: lambda spec: forms.CharField(max_length=_MAX_TEXT, required=spec.required, validators=_judges(spec)),
    FieldType.LONG_TEXT: lambda spec: forms.CharField(
        max_length=_MAX_LONG_TEXT, required=spec.required, widget=forms.Textarea(attrs={"rows": 2}), validators=[refuse_identities]
    ),
    FieldType.NUMBER: lambda spec: NumberField(required=spec.required, minimum=spec.minimum),
    FieldType.DATE: lambda spec: DateField(required=spec.required),
    FieldType.YES_NO: _yes_no,
}


def _cell_field(spec: FieldSpec) -> forms.Field:
    """The field of a column's cells. Bodies and functions are choices too: the caller has put them into `spec.options`."""
    if spec.type in {FieldType.TABLE, FieldType.FILE}:
        raise ValueError(f"Kolumnen {spec.name} kan inte vara av typen {spec.type} i en tabell.")
    return _CELLS.get(spec.type, _select)(spec)


@dataclass(frozen=True)
class _Cell:
    """One drawn cell. `error` is empty where there is none."""

    label: str
    html: SafeString
    error: str
    error_id: str


class TableWidget(forms.Widget):
    """Draws the rows and reads them back. `errors` maps (row from 0, column id) to a message, set by the field when it has judged."""

    template_name = "ui/forms/widgets/table.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[FieldSpec], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.columns = tuple(columns)
        self.fields = {column.id: _cell_field(column) for column in columns}
        self.errors: dict[tuple[int, str], str] = {}
        self.empty_rows = EMPTY_ROWS

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        """Every row that was sent, the empty ones too, so that a message's row number is the number on the page."""
        pattern = re.compile(rf"{re.escape(name)}-(\d{{1,6}})-")
        numbers = sorted({int(found[1]) for key in data if (found := pattern.match(key))})
        self.empty_rows = EMPTY_ROWS if data.get(MORE) == name or not numbers else 0
        return [self._raw_row(data, f"{name}-{number}") for number in numbers[: settings.MAX_TABLE_ROWS + 1]]

    def _raw_row(self, data: Any, prefix: str) -> dict[str, Any]:
        return {key: field.widget.value_from_datadict(data, {}, f"{prefix}-{key}") for key, field in self.fields.items()}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        """The first cell: there the reader begins."""
        return f"{id_}-0-{self.columns[0].id}"

    def error_anchors(self, id: str) -> list[str]:
        """The ids of the cells with errors, in the order of the messages."""
        return [f"{id}-{row}-{column}" for row, column in self.errors]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None) -> SafeString:
        chosen = renderer or get_default_renderer()
        context = self.get_context(name, value, attrs)
        shown = [*(value or []), *({} for _row in range(self.empty_rows))]
        base = (attrs or {}).get("id", name)
        context["rows"] = [self._cells(f"{name}-{n}", f"{base}-{n}", n, row, chosen) for n, row in enumerate(shown)]
        context["columns"] = self.columns
        return self._render(self.template_name, context, chosen)

    def _cells(self, name: str, id: str, number: int, row: RawRow, renderer: BaseRenderer) -> list[_Cell]:
        return [self._cell(column, f"{name}-{column.id}", f"{id}-{column.id}", number, row, renderer) for column in self.columns]

    def _cell(self, column: FieldSpec, name: str, id: str, number: int, row: RawRow, renderer: BaseRenderer) -> _Cell:
        error = self.errors.get((number, column.id), "")
        label = _("Rad %(row)s, %(column)s") % {"row": number + 1, "column": column.name}
        attributes = {"id": id, "aria-label": label, "data-column": column.name}
        if error:
            attributes |= {"aria-invalid": "true", "aria-describedby": f"{id}_error"}
        field = self.fields[column.id]
        html = field.widget.render(name, _shown(field, row.get(column.id)), attributes, renderer)
        return _Cell(column.name, html, error, f"{id}_error")


def _shown(field: forms.Field, value: Any) -> Any:
    """A stored or typed value as the cell's widget wants it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return field.prepare_value(value)


class TableField(forms.Field):
    """Gives a list of {column id: plain JSON value}, one for each row in which something was filled in.

    Errors name row and column: "Rad 2, Kostnad: Ange ett tal."
    """

    widget: TableWidget
    default_error_messages = {
        "required": gettext_lazy("Fyll i minst en rad."),
        "rows": gettext_lazy("Tabellen får ha högst %(limit)s rader."),
    }

    def __init__(self, *, columns: Sequence[FieldSpec], **options: Any) -> None:
        super().__init__(widget=TableWidget(columns), **options)
        self.columns = tuple(columns)

    def __deepcopy__(self, memo: dict[int, Any]) -> "TableField":
        """A form's own copy has its own record of errors."""
        copied = super().__deepcopy__(memo)
        copied.widget = TableWidget(self.columns, dict(self.widget.attrs))
        return copied

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = list(value or [])
        if len(rows) > settings.MAX_TABLE_ROWS:
            raise forms.ValidationError(self.error_messages["rows"], code="rows", params={"limit": settings.MAX_TABLE_ROWS})
        self.widget.errors = {}
        judged = [self._row(number, row) for number, row in enumerate(rows) if any(_is_given(cell) for cell in row.values())]
        if self.widget.errors:
            raise forms.ValidationError([self._message(key, text) for key, text in self.widget.errors.items()])
        if self.required and not judged:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return judged

    def _row(self, number: int, row: RawRow) -> dict[str, Any]:
        return {column.id: self._cell(number, column.id, row.get(column.id)) for column in self.columns}

    def _cell(self, number: int, column: str, value: Any) -> Any:
        try:
            return _plain(self.widget.fields[column].clean(value))
        except forms.ValidationError as fault:
            self.widget.errors[number, column] = " ".join(fault.messages)
            return None

    def _message(self, key: tuple[int, str], text: str) -> str:
        name = next(column.name for column in self.columns if column.id == key[1])
        return _("Rad %(row)s, %(column)s: %(error)s") % {"row": key[0] + 1, "column": name, "error": text}


def _is_given(cell: Any) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell not in (None, [])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
