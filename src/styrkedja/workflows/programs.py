"""Published routines made ready to run, kept by hash: the source of a published version never changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings

from styrkedja.core.process.engine import Program
from styrkedja.core.process.maps import DrawnMap, drawn_maps
from styrkedja.core.process.model import Routine
from styrkedja.core.process.reader import read
from styrkedja.core.process.soundness import explore
from styrkedja.workflows.models import ProcessDefinition


@dataclass(frozen=True)
class _Version:
    """Known by its hash alone, so that a definition that was fetched without its long source finds what is kept."""

    sha256: str
    definition: ProcessDefinition = field(compare=False)


@lru_cache(maxsize=64)
def _program(version: _Version) -> Program:
    source = version.definition.source.encode()
    reading = read(source, max_bytes=settings.MAX_ROUTINE_BYTES, max_nodes=settings.MAX_ROUTINE_NODES)
    if reading.routine is None:
        raise ValueError(f"a published routine cannot be read: {reading.findings}")
    return Program(reading.routine)


def program_of(definition: ProcessDefinition) -> Program:
    """The definition ready to run. Its source is asked for only the first time."""
    return _program(_Version(definition.sha256, definition))


def routine_of(definition: ProcessDefinition) -> Routine:
    """The definition as values."""
    return program_of(definition).routine


@lru_cache(maxsize=64)
def _maps(version: _Version) -> tuple[DrawnMap, ...]:
    return drawn_maps(version.definition.source.encode(), routine_of(version.definition))


def maps_of(definition: ProcessDefinition) -> tuple[DrawnMap, ...]:
    """The maps that are drawn in the definition's file."""
    return _maps(_Version(definition.sha256, definition))


@lru_cache(maxsize=64)
def _together(version: _Version) -> Mapping[str, frozenset[str]]:
    return explore(routine_of(version.definition), max_states=settings.MAX_ROUTINE_STATES).together


def together_of(definition: ProcessDefinition) -> Mapping[str, frozenset[str]]:
    """For each step and wait those that can be open at the same time as it."""
    return _together(_Version(definition.sha256, definition))
