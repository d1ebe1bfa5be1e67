"""The step kinds, as far as the pages of a routine need them. They stand on a higher floor, so the settings say where they are."""

from collections.abc import Mapping
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from styrkedja.core.fields import FieldSpec


class NamedKind(Protocol):
    """A kind with what people call it."""

    @property
    def label(self) -> str: ...
    @property
    def fields(self) -> tuple[FieldSpec, ...]: ...


def step_kinds() -> Mapping[str, NamedKind]:
    """Every kind by its name in the routines."""
    kinds: Mapping[str, NamedKind] = import_string(settings.STEP_KINDS)
    return kinds
