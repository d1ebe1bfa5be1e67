"""Is a routine fit to be published? Everything that is wrong with a file, in the order of its lines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from styrkedja.core.organisations.signature import CountySignature
from styrkedja.core.process.checks import choices, people, reads, setting, shape, steps, types
from styrkedja.core.process.checks.subject import Check, Subject
from styrkedja.core.process.model import Finding, KindSignature, Routine
from styrkedja.core.process.reader import read_draft
from styrkedja.core.process.soundness import MAX_STATES, explore
from styrkedja.core.process.source import MAX_BYTES, MAX_NODES

# What can be told of each part alone, also when elements that are not supported have been left out.
_OF_PARTS: tuple[Check, ...] = (
    shape.places,
    people.performers,
    people.colours,
    people.county,
    steps.steps,
    types.disagreements,
    reads.mismatches,
)
# What needs the whole graph.
_OF_THE_WHOLE: tuple[Check, ...] = (shape.conditions, choices.choices, setting.unset_reads, shape.flow_shape)


@dataclass(frozen=True)
class Limits:
    """How large a file and how many states are looked at before the routine is refused."""

    max_bytes: int = MAX_BYTES
    max_nodes: int = MAX_NODES
    max_states: int = MAX_STATES


@dataclass(frozen=True)
class Report:
    """`states` is how many the soundness check visited, 0 when it could not begin."""

    findings: tuple[Finding, ...]
    states: int


def check(
    source: bytes, *, kinds: Mapping[str, KindSignature], county: CountySignature | None, limits: Limits = Limits()
) -> tuple[Finding, ...]:
    """Every fault of the routine in `source`, by line; empty when it may be published.

    `kinds` are the step kinds by name. Without `county`, what it must have (bodies, lists, functions, seats) is not checked.
    """
    return check_fully(source, kinds=kinds, county=county, limits=limits).findings


def check_fully(source: bytes, *, kinds: Mapping[str, KindSignature], county: CountySignature | None, limits: Limits = Limits()) -> Report:
    """As `check`, and how much was looked at."""
    draft = read_draft(source, max_bytes=limits.max_bytes, max_nodes=limits.max_nodes)
    if draft.routine is None:
        return Report(draft.findings, 0)
    subject = Subject(draft.routine, draft.field_lines, kinds, county)
    found = [*draft.findings, *_by(_OF_PARTS, subject)]
    states = 0
    if _is_whole(draft.routine):
        whole = list(_by(_OF_THE_WHOLE, subject))
        found += whole
        if not any(finding.code == shape.FLOW_SHAPE for finding in whole):
            soundness = explore(draft.routine, max_states=limits.max_states)
            found += [*soundness.findings, *setting.set_together(subject, soundness.together)]
            states = soundness.states
    return Report(tuple(sorted(found, key=lambda finding: finding.line)), states)


def _by(checks: Iterable[Check], subject: Subject) -> Iterator[Finding]:
    return chain.from_iterable(single(subject) for single in checks)


def _is_whole(routine: Routine) -> bool:
    return all(flow.source in routine.nodes and flow.target in routine.nodes for flow in routine.flows.values())
