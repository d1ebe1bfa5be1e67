"""Choices among rows: of bodies, functions, plans. What is cleaned is the row itself."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from styrkedja.organisations.models import Seat

Row = models.Model


def _by_pk(rows: Iterable[Row]) -> dict[str, Row]:
    return {str(row.pk): row for row in rows}


def seat_choices(seats: Iterable[Seat]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Functions under the body that they belong to; they come in order of body."""
    grouped = groupby(seats, key=lambda seat: seat.body)
    return [(str(body), [(str(seat.pk), seat.title) for seat in found]) for body, found in grouped]


class RowField(forms.ChoiceField):
    """One row, or None. `offer` says which there are; `label_of` what each is called."""

    default_error_messages = {"invalid_choice": _("Välj något av det som står i listan.")}

    def __init__(self, *, empty: Any = "", **options: Any) -> None:
        super().__init__(choices=[("", empty)], **options)
        self.empty, self.rows = empty, {}

    def offer(self, rows: Iterable[Row], label_of: Callable[[Any], str] = str) -> None:
        self.rows = _by_pk(rows)
        self.choices = [("", self.empty), *((key, label_of(row)) for key, row in self.rows.items())]

    def offer_seats(self, seats: Iterable[Seat]) -> None:
        found = list(seats)
        self.rows = _by_pk(found)
        self.choices = [("", self.empty), *seat_choices(found)]

    def clean(self, value: Any) -> Row | None:
        return self.rows.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, Row) else value


class RowsField(forms.MultipleChoiceField):
    """Any number of rows."""

    default_error_messages = {"invalid_choice": _("Välj något av det som står i listan.")}
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.rows: dict[str, Row] = {}

    def offer(self, rows: Iterable[Row], label_of: Callable[[Any], str] = str) -> None:
        self.rows = _by_pk(rows)
        self.choices = [(key, label_of(row)) for key, row in self.rows.items()]

    def offer_seats(self, seats: Iterable[Seat]) -> None:
        found = list(seats)
        self.rows = _by_pk(found)
        self.choices = seat_choices(found)

    def clean(self, value: Any) -> list[Row]:
        return [self.rows[key] for key in super().clean(value)]

    def prepare_value(self, value: Any) -> Any:
        return [str(one.pk) if isinstance(one, Row) else one for one in value or []]


class LongText(forms.CharField):
    """A text of several paragraphs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": options.pop("rows", 4)}), strip=True, **options)
