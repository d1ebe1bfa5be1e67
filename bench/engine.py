"""What steps cost the engine alone: each loads the state, completes, and writes the state again. No database, no rights, no record."""

from time import perf_counter

from bench.cases import Act
from styrkedja.core.process.engine import Execution
from styrkedja.workflows.models import ProcessInstance
from styrkedja.workflows.programs import program_of


def do_alone(acts: list[Act], model: ProcessInstance) -> list[float]:
    """Seconds of each of the acts."""
    program = program_of(model.definition)
    state, seconds = Execution.start(program, model.givens).dump(), []
    for act in acts:
        started = perf_counter()
        execution = Execution.load(program, state)
        execution.complete(act.token, act.values)
        state = execution.dump()
        seconds.append(perf_counter() - started)
    return seconds
