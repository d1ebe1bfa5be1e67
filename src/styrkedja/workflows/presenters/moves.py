"""A move between versions as people read it: where the case comes to stand, and what becomes of each step that was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from styrkedja.core.process.migration import Done
from styrkedja.core.process.model import Node, Routine
from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.ui.wording import sentence_text
from styrkedja.workflows.models import ProcessInstance
from styrkedja.workflows.moving import Move
from styrkedja.workflows.programs import routine_of


@dataclass(frozen=True)
class StepLine:
    """One step. `part` is the body of a step that many do, `outcome` and `reason` are empty where there is nothing to say."""

    number: str
    name: str
    part: str = ""
    outcome: str = ""
    reason: str = ""

    def __str__(self) -> str:
        text = f"{self.number} {self.name}".strip() + (f" ({self.part})" if self.part else "")
        return text + (f": {self.outcome}" if self.outcome else "")


@dataclass(frozen=True)
class MoveRow:
    """One case. With an `obstacle` it stays where it is and the rest is empty. `ended` is the name of the end that the move brings it to.

    `number` is the registry number if it has one; `case_number` the one that its address has.
    """

    instance_id: int
    case_number: str
    number: str
    subject: str
    version_from: int
    version_to: int | None
    obstacle: str
    stands: tuple[StepLine, ...]
    ended: str
    kept: tuple[StepLine, ...]
    removed: tuple[StepLine, ...]
    redo: tuple[StepLine, ...]


def move_rows(moves: Sequence[Move]) -> list[MoveRow]:
    """The moves in their order."""
    parts = _parts(moves)
    return [_row(move, parts) for move in moves]


def _label(instance: ProcessInstance) -> tuple[str, str, str]:
    """The case number, the number that people use and the wording; an instance that has no case is known by its own number."""
    case = getattr(instance, "case", None)
    return (case.number, case.registry_number or case.number, case.subject) if case else ("", str(instance.pk), "")


def _parts(moves: Iterable[Move]) -> Mapping[str, str]:
    """The names of the bodies that have parts in steps."""
    keys = {token.item for move in moves for token in move.plan.open}
    keys |= {one.item for move in moves for one in _all_done(move)}
    return {key: str(body) for key, body in bodies_by_key(keys - {""}).items()}


def _all_done(move: Move) -> list[Done]:
    return [kept.done for kept in move.plan.kept] + [drop.done for drop in (*move.plan.removed, *move.plan.redo)]


def _row(move: Move, parts: Mapping[str, str]) -> MoveRow:
    case_number, number, subject = _label(move.instance)
    new = routine_of(move.target) if move.target else None
    old = routine_of(move.source)
    plan = move.plan
    return MoveRow(
        instance_id=move.instance.pk,
        case_number=case_number,
        number=number,
        subject=subject,
        version_from=move.source.version,
        version_to=move.target.version if move.target else None,
        obstacle=sentence_text(plan.obstacle),
        stands=tuple(_line(new, None, token.node_id, parts.get(token.item, token.item)) for token in plan.open),
        ended=new.nodes[plan.ended].name or plan.ended if new and plan.ended else "",
        kept=tuple(_done_line(kept.done, old, new, parts) for kept in plan.kept),
        removed=tuple(_done_line(drop.done, old, new, parts, sentence_text(drop.reason)) for drop in plan.removed),
        redo=tuple(_done_line(drop.done, old, new, parts, sentence_text(drop.reason)) for drop in plan.redo),
    )


def _done_line(done: Done, old: Routine, new: Routine | None, parts: Mapping[str, str], reason: str = "") -> StepLine:
    node = _node(old, new, done.node_id)
    names = {option.value: option.name for option in node.step.outcomes} if node and node.step else {}
    return _line(old, new, done.node_id, parts.get(done.item, done.item), names.get(done.outcome, done.outcome), reason)


def _line(first: Routine | None, second: Routine | None, node_id: str, part: str, outcome: str = "", reason: str = "") -> StepLine:
    node = _node(first, second, node_id)
    return StepLine(node.number if node else "", node.name if node else node_id, part, outcome, reason)


def _node(first: Routine | None, second: Routine | None, node_id: str) -> Node | None:
    return next((routine.nodes[node_id] for routine in (first, second) if routine and node_id in routine.nodes), None)
