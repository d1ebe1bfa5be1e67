"""What the cases of knowledge management have said (source 004): who shall be in a group, who came to be, what was put forward, what ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from styrkedja.cases.models import Case
from styrkedja.controls.selectors.snapshot.scope import Scope
from styrkedja.core.controls.snapshot import DecisionBrief, Implementation, StaffingProposal, WorkingGroup
from styrkedja.workflows.models import EventKind, HistoryEvent, ProcessDefinition
from styrkedja.workflows.programs import routine_of

# The kinds of step whose answers the rules look at, as routines name them.
PROPOSAL, GROUP, BRIEF, PLAN = "propose_staffing", "compose_group", "agenda", "plan"
_KINDS = (PROPOSAL, GROUP, BRIEF, PLAN)
# What people write where they have nothing to say.
_NOTHING = {"", "-", "–", "—", "?", "."}


@dataclass(frozen=True)
class Knowledge:
    proposals: tuple[StaffingProposal, ...] = ()
    working_groups: tuple[WorkingGroup, ...] = ()
    briefs: tuple[DecisionBrief, ...] = ()
    implementations: tuple[Implementation, ...] = ()


@dataclass
class _Said:
    """The latest answers of a case, by kind of step."""

    case: Case
    answers: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def body(self) -> str:
        region = self.case.county.region
        return region.key if region else ""

    def named(self) -> dict[str, str]:
        return {"key": self.case.number, "name": self.case.subject, "body": self.body}


def knowledge(scope: Scope) -> Knowledge:
    """What was last answered to each kind of step in each case of the counties. Three queries."""
    said = _said(scope)
    return Knowledge(
        tuple(StaffingProposal(**one.named(), lines=tuple(_lines(answer))) for one, answer in _of(said, PROPOSAL)),
        tuple(
            WorkingGroup(**one.named(), required=_parties(one.answers.get(PROPOSAL), "functions"), members=_parties(answer, "members"))
            for one, answer in _of(said, GROUP)
        ),
        tuple(
            DecisionBrief(
                **one.named(), **{part: _text(answer, part) for part in ("consequences", "responsibility", "resources", "recommendation")}
            )
            for one, answer in _of(said, BRIEF)
        ),
        tuple(Implementation(**one.named(), phase_out=_text(answer, "phase_out")) for one, answer in _of(said, PLAN)),
    )


def _said(scope: Scope) -> list[_Said]:
    kinds: dict[tuple[int, str], str] = {}
    for definition in ProcessDefinition.objects.filter(county__in=scope.county_keys).defer("source"):
        kinds |= {
            (definition.pk, node.id): node.step.kind
            for node in routine_of(definition).nodes.values()
            if node.step and node.step.kind in _KINDS
        }
    cases = Case.objects.filter(county__in=scope.county_keys).select_related("county__region").order_by("number")
    by_instance = {case.instance_id: _Said(case) for case in cases.defer("search", "public_search")}
    nodes = {node for _definition, node in kinds}
    events = HistoryEvent.objects.filter(kind=EventKind.COMPLETED, node_id__in=nodes, instance__in=by_instance, at__date__lte=scope.on)
    for instance, definition, node, data in events.order_by("pk").values_list("instance_id", "definition_id", "node_id", "data"):
        kind = kinds.get((definition, node))
        if kind:
            by_instance[instance].answers[kind] = data
    return [one for one in by_instance.values() if one.answers]


def _of(said: list[_Said], kind: str) -> Iterator[tuple[_Said, Mapping[str, Any]]]:
    return ((one, one.answers[kind]) for one in said if kind in one.answers)


def _lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """A proposal's rows as they were written."""
    for row in answer.get("functions") or ():
        yield ", ".join(str(row[name]) for name in ("function", "organisation", "time") if row.get(name))


def _parties(answer: Mapping[str, Any] | None, table: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in (answer or {}).get(table) or ():
        party = " ".join(str(row.get("organisation", "")).split())
        if party:
            found[party] = None
    return tuple(found)


def _text(answer: Mapping[str, Any], name: str) -> str:
    text = str(answer.get(name) or "").strip()
    return "" if text in _NOTHING else text
