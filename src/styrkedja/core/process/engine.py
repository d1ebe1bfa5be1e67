"""Runs a routine as tokens: the only door to SpiffWorkflow.

The engine knows nothing of people, dates or documents: it is handed what a step leaves behind and says which are open next. Its state is a cache: the history of a case, played from the start, gives the same tokens (`replay`).

What is kept away from the library, and why:

- Conditions are never given to its eval: the environment below evaluates our own checked expressions (core.process.conditions).
- Timers need a clock, and the library reads the wall clock: a wait is an ordinary open token here, ended by the host on its date.
- A step that many bodies do is one task in the library; the answers are counted here, in the order of the list as the step opened.
- A join in a loop counts the round before and merges old values over new ones; `_Join` forgets what it consumed and merges changes only.
- An error in a gateway leaves a dead task; every change here happens on a state that is thrown away unless all is well.
- Beyond a depth of 1 000 the library no longer sees tasks and calls the case complete; `MAX_DEPTH` stops long before that.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException  # noqa: TID251 - this is the door
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser  # noqa: TID251
from SpiffWorkflow.bpmn.parser.task_parsers import GatewayParser  # noqa: TID251
from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine  # noqa: TID251
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment  # noqa: TID251
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, TaskConverter  # noqa: TID251
from SpiffWorkflow.bpmn.serializer.helpers import DefaultRegistry  # noqa: TID251
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway  # noqa: TID251
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # noqa: TID251
from SpiffWorkflow.task import Task  # noqa: TID251
from SpiffWorkflow.util.task import TaskState  # noqa: TID251

from styrkedja.core.process.conditions import ConditionFault, compile_condition
from styrkedja.core.process.model import NodeType, Routine
from styrkedja.core.process.plain_bpmn import plain_bpmn
from styrkedja.core.process.vocabulary import BPMN

MAX_DEPTH = 800
Value = str | int | float | bool | list[str]


class EngineFault(Exception):
    """The routine cannot go on from here; `reason` is Swedish and says why. Nothing has changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenNotOpen(Exception):
    """The token is not waiting: already done, never opened, or of another routine."""


@dataclass(frozen=True)
class Token:
    """One open step. `visit` counts how often the step has been opened; `index` and `item` tell which part of a step for many bodies."""

    node_id: str
    visit: int
    index: int | None
    item: str
    variables: Mapping[str, Value]

    @property
    def key(self) -> str:
        """Stable over replays: "assess_municipal_relevance#1" or, for the third body, "assess_municipal_relevance#1/2"."""
        return f"{self.node_id}#{self.visit}" + ("" if self.index is None else f"/{self.index}")


@dataclass(frozen=True)
class Completion:
    """What the history keeps of one done step: the token's key and the variables it left behind."""

    key: str
    values: Mapping[str, Value]


class _Environment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    """Evaluates our own expressions and refuses everything else."""

    def evaluate(self, expression: str, context: Mapping[str, Any], external_context: object = None) -> bool:
        return compile_condition(expression).evaluate(context)

    def execute(self, script: str, context: Mapping[str, Any], external_context: object = None) -> bool:
        raise EngineFault("Skript får inte köras i en rutin.")

    def call_service(self, context: Mapping[str, Any], **kwargs: object) -> bool:
        raise EngineFault("Tjänsteanrop får inte göras i en rutin.")


class _Join(ParallelGateway):  # type: ignore[misc]
    """A fork or join that fires once for each round: it needs a token on every incoming flow that no earlier firing has consumed."""

    def _arrived(self, my_task: Task) -> list[Task]:
        own = (task for task in my_task.workflow.tasks.values() if task.task_spec is self and "joined" not in task.internal_data)
        return [task for task in own if task is my_task or task.parent.state == TaskState.COMPLETED]

    def _check_threshold_unstructured(self, my_task: Task) -> bool:
        return {task.parent.task_spec for task in self._arrived(my_task)} >= set(self.inputs)

    def _run_hook(self, my_task: Task) -> bool:
        arrived = self._arrived(my_task)
        my_task.data = _merged([task.parent for task in arrived])
        for task in arrived:
            task.internal_data["joined"] = True
        return True


def _merged(branches: list[Task]) -> dict[str, Value]:
    """The data where the branches parted, with what each has changed since then, in order of arrival."""
    roads = [_road(branch) for branch in branches]
    shared = set.intersection(*(set(map(id, road)) for road in roads))
    base = next(task for task in roads[0] if id(task) in shared).data
    merged = dict(base)
    for branch in branches:
        merged |= {name: value for name, value in branch.data.items() if name not in base or base[name] != value}
    return merged


def _road(task: Task) -> list[Task]:
    """The task and its ancestors, nearest first."""
    road = [task]
    while road[-1].parent is not None:
        road.append(road[-1].parent)
    return road


class _Parser(BpmnParser):  # type: ignore[misc]
    OVERRIDE_PARSER_CLASSES = {f"{{{BPMN}}}parallelGateway": (GatewayParser, _Join)}


class Program:
    """A routine made ready to run. Build once for each published version and keep it."""

    def __init__(self, routine: Routine) -> None:
        self.routine = routine
        self.ends = frozenset(node.id for node in routine.nodes.values() if node.type is NodeType.END)
        parser = _Parser()
        parser.add_bpmn_xml(plain_bpmn(routine))
        self.spec = parser.get_spec(routine.key)

    @cached_property
    def registry(self) -> DefaultRegistry:
        registry = DefaultRegistry()
        _by_reference(self.spec)(BpmnWorkflow, registry)
        TaskConverter(Task, registry)
        return registry


def _by_reference(spec: object) -> type[BpmnWorkflowConverter]:
    """A converter that leaves the definition out of the state: it is held by the published version, and is most of the bytes."""

    class Converter(BpmnWorkflowConverter):  # type: ignore[misc]
        def to_dict(self, workflow: BpmnWorkflow) -> dict[str, Any]:
            return {
                "last_task": str(workflow.last_task.id) if workflow.last_task is not None else None,
                "success": workflow.success,
                "completed": workflow.completed,
                "tasks": self.mapping_to_dict(workflow.tasks),
                "root": str(workflow.task_tree.id),
            }

        def from_dict(self, dct: dict[str, Any]) -> BpmnWorkflow:
            workflow = BpmnWorkflow(spec, {}, deserializing=True)
            workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
            workflow.task_tree = workflow.tasks.get(UUID(dct["root"]))
            self.set_default_attributes(workflow, dct)
            return workflow

    return Converter


class Execution:
    """One case in a routine. Not thread safe; load, change, dump."""

    def __init__(self, program: Program, workflow: BpmnWorkflow) -> None:
        self.program = program
        self._workflow = workflow
        self._workflow.script_engine = PythonScriptEngine(environment=_Environment())

    @classmethod
    def start(cls, program: Program, givens: Mapping[str, Value]) -> "Execution":
        """A new case whose opening variables are `givens`. Raises EngineFault."""
        execution = cls(program, BpmnWorkflow(program.spec))
        execution._workflow.task_tree.data.update(givens)
        execution._advance()
        return execution

    @classmethod
    def load(cls, program: Program, state: str) -> "Execution":
        """The case as `dump` wrote it, under the same version of the routine."""
        return cls(program, program.registry.restore(json.loads(state)))

    def dump(self) -> str:
        """The state as JSON text, without the definition."""
        return json.dumps(self.program.registry.convert(self._workflow), separators=(",", ":"))

    def tokens(self) -> tuple[Token, ...]:
        """Every open step, in the routine's document order, then by visit and index."""
        order = {node_id: place for place, node_id in enumerate(self.program.routine.nodes)}
        found = [token for task in self._ready() for token in self._tokens_of(task)]
        return tuple(sorted(found, key=lambda token: (order[token.node_id], token.visit, token.index or 0)))

    def complete(self, key: str, values: Mapping[str, Value]) -> None:
        """Ends the open token `key`, leaving `values` behind, and runs on. Raises TokenNotOpen or EngineFault; throw the execution away then."""
        task, token = self._find(key)
        if token.index is None:
            task.data.update(values)
            task.run()
        else:
            answers = task.internal_data.setdefault("answers", {})
            answers[str(token.index)] = dict(values)
            if len(answers) < len(task.internal_data["items"]):
                return
            in_order = [answers[str(index)] for index in range(len(answers))]
            task.data.update({name: [answer[name] for answer in in_order] for name in in_order[0]})
            task.run()
        self._advance()

    @property
    def ended(self) -> str | None:
        """The id of the end event that was reached, or None while the case goes on."""
        if self._ready():
            return None
        for task in self._workflow.tasks.values():
            if task.state == TaskState.COMPLETED and task.task_spec.name in self.program.ends:
                return str(task.task_spec.name)
        return None

    @property
    def depth(self) -> int:
        """How deep the tree of done tasks is; loops make it grow. Counted from the root down: the library counts each task's road back anew."""
        depths: dict[Any, int] = {}
        for task in self._workflow.tasks.values():  # a task is kept after its parent
            depths[task] = depths[task.parent] + 1 if task.parent is not None else 0
        return max((depth for task, depth in depths.items() if task.state & TaskState.FINISHED_MASK), default=0)

    def _ready(self) -> list[Task]:
        return [task for task in self._workflow.tasks.values() if task.state == TaskState.READY and task.task_spec.manual]

    def _visit(self, task: Task) -> int:
        name = task.task_spec.name
        return 1 + sum(1 for other in self._workflow.tasks.values() if other.state == TaskState.COMPLETED and other.task_spec.name == name)

    def _tokens_of(self, task: Task) -> Iterable[Token]:
        node_id, visit = task.task_spec.name, self._visit(task)
        variables = MappingProxyType(task.data)
        if "items" not in task.internal_data:
            yield Token(node_id, visit, None, "", variables)
            return
        answered = task.internal_data.get("answers", {})
        for index, item in enumerate(task.internal_data["items"]):
            if str(index) not in answered:
                yield Token(node_id, visit, index, item, variables)

    def _find(self, key: str) -> tuple[Task, Token]:
        for task in self._ready():
            for token in self._tokens_of(task):
                if token.key == key:
                    return task, token
        raise TokenNotOpen(key)

    def _advance(self) -> None:
        try:
            self._workflow.do_engine_steps()
        except (WorkflowTaskException, ConditionFault) as error:
            raise EngineFault(self._explain(error)) from error
        if any(task.state == TaskState.ERROR for task in self._workflow.tasks.values()):
            raise EngineFault("En grind i rutinen kunde inte avgöras.")
        if self.depth >= MAX_DEPTH:
            raise EngineFault(f"Ärendet har gått fler än {MAX_DEPTH} steg genom rutinen. Avsluta det och öppna ett nytt.")
        for task in self._ready():
            self._take_list(task)
        if not self._ready() and self.ended is None:
            raise EngineFault("Rutinen har stannat utan att nå ett slut.")

    def _take_list(self, task: Task) -> None:
        step = self.program.routine.nodes[task.task_spec.name].step
        if step is None or not step.each or "items" in task.internal_data:
            return
        items = task.data.get(step.each)
        if not isinstance(items, list) or not items:
            raise EngineFault(f"Listan {step.each} som steg {step.number} ska göras för är tom.")
        task.internal_data["items"] = list(items)

    def _explain(self, error: Exception) -> str:
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, ConditionFault):
            cause = cause.__cause__ or cause.__context__
        return "En grind i rutinen kunde inte avgöras." + (f" {cause}" if cause else "")


def replay(program: Program, givens: Mapping[str, Value], completions: Iterable[Completion]) -> Execution:
    """The case played from its opening through `completions`. Raises TokenNotOpen or EngineFault where the routine does not allow it."""
    execution = Execution.start(program, givens)
    for completion in completions:
        execution.complete(completion.key, completion.values)
    return execution
