"""Published routines made ready to run, kept by hash: the source of a published version never changes."""

from functools import lru_cache

from django.conf import settings

from styrkedja.core.process.engine import Program
from styrkedja.core.process.model import Routine
from styrkedja.core.process.reader import read
from styrkedja.workflows.models import ProcessDefinition


@lru_cache(maxsize=64)
def _program(_sha256: str, source: str) -> Program:
    reading = read(source.encode(), max_bytes=settings.MAX_ROUTINE_BYTES, max_nodes=settings.MAX_ROUTINE_NODES)
    if reading.routine is None:
        raise ValueError(f"a published routine cannot be read: {reading.findings}")
    return Program(reading.routine)


def program_of(definition: ProcessDefinition) -> Program:
    """The definition ready to run."""
    return _program(definition.sha256, definition.source)


def routine_of(definition: ProcessDefinition) -> Routine:
    """The definition as values."""
    return program_of(definition).routine
