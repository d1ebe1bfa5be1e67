"""What the forms of this room have in common: they begin with what a row says, and give what its services take."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from styrkedja.ui.forms import SubmissionForm

_BOOKKEEPING = {"submission", "version"}


class ValuesForm(SubmissionForm):
    """A form whose fields are named as the values of a service."""

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in _BOOKKEEPING}

    @property
    def read_version(self) -> int | None:
        """The version of the row that the writer has read."""
        version: int | None = self.cleaned_data.get("version")
        return version


def said_by(row: models.Model, names: Iterable[str]) -> Mapping[str, Any]:
    """What `row` says in those fields, as a form begins: with its version."""
    many = {field.name for field in row._meta.many_to_many}
    known = {field.name for field in row._meta.get_fields()} & set(names)
    said = {name: list(getattr(row, name).all()) if name in many else getattr(row, name) for name in known}
    return said | {"version": getattr(row, "version", None)}
