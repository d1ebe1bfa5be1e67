"""Published routines made ready to run, kept by hash: the source of a published version never changes."""

from functools import lru_cache

from django.conf import settings

from styrkedja.core.process.engine import Program
from styrkedja.core.process.model import Routine
from styrkedja.core.process.reader import read
from styrkedja.workflows.models import ProcessDefinition


class _ByHash:
    """A definition as a key of the cache: its source is fetched only when the routine is not there, so that readers may defer it."""

    def __init__(self, definition: ProcessDefinition) -> None:
        self.definition = definition

    def __hash__(self) -> int:
        return hash(self.definition.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and self.definition.sha256 == other.definition.sha256


@lru_cache(maxsize=64)
def _program(key: _ByHash) -> Program:
    reading = read(key.definition.source.encode(), max_bytes=settings.MAX_ROUTINE_BYTES, max_nodes=settings.MAX_ROUTINE_NODES)
    if reading.routine is None:
        raise ValueError(f"a published routine cannot be read: {reading.findings}")
    return Program(reading.routine)


def program_of(definition: ProcessDefinition) -> Program:
    """The definition ready to run."""
    return _program(_ByHash(definition))


def routine_of(definition: ProcessDefinition) -> Routine:
    """The definition as values."""
    return program_of(definition).routine
