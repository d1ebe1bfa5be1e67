"""Checking a routine and playing a case again, against the validation of the same file by its XML schema."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from bench.report import Report, ms

TIMES = 15


def measure(report: Report, *, scale: float) -> None:
    """The real routine, and one with 27 000 states."""
    from bench.cases import ROUTINE, acts_of, prepared, walk
    from styrkedja.core.process.engine import Completion, replay
    from styrkedja.core.process.reader import read
    from styrkedja.core.process.schema import validate
    from styrkedja.core.process.soundness import explore
    from styrkedja.core.process.source import parse
    from styrkedja.workflows.programs import program_of
    from tests.core.process.test_soundness import routine_of, wide

    definition, _author = prepared()
    source = ROUTINE.read_bytes()
    routine = read(source).routine
    if routine is None:
        raise RuntimeError("the real routine has faults")
    instance = walk(definition)
    program = program_of(definition)
    done = [Completion(act.token, dict(act.values)) for act in acts_of(instance)]
    times = max(3, int(TIMES * scale))
    report.title("Reading, proving and replaying the real routine")
    reference = _median(lambda: validate(parse(source)), times)
    report.line("reference: XSD validation of the file", ms(reference))
    many = routine_of(wide(3, 29))
    for name, act in {
        "reading it": lambda: read(source),
        f"soundness, {explore(routine).states} states": lambda: explore(routine),
        f"soundness of a routine with {explore(many).states:,} states".replace(",", " "): lambda: explore(many),
        f"replay of a case of {len(done)} steps": lambda: replay(program, instance.givens, done),
    }.items():
        taken = _median(act, times)
        report.line(name, f"{ms(taken)}, {taken / reference:.2f} times the reference")


def _median(act: Callable[[], object], times: int) -> float:
    taken = []
    for _turn in range(times):
        started = perf_counter()
        act()
        taken.append(perf_counter() - started)
    return median(taken)
