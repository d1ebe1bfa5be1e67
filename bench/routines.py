"""The check of a routine and the replay of a case, beside the validation of the same file by its XML schema."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from bench.cases import ROUTINE, acts_of, walked
from bench.report import Report, ms
from styrkedja.cli.definitions import county_signature
from styrkedja.core.process.check import check_fully
from styrkedja.core.process.engine import Completion, replay
from styrkedja.core.process.model import Routine
from styrkedja.core.process.reader import read
from styrkedja.core.process.schema import validate
from styrkedja.core.process.soundness import explore
from styrkedja.core.process.source import parse
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.workflows.limits import limits
from styrkedja.workflows.programs import program_of
from tests.core.process.builder import Builder

TIMES = 15
BRANCHES, LENGTH = 3, 29  # (29 + 1)³ states, one a step and one at the join


def measure(report: Report, *, scale: float) -> None:
    """The real routine, and one made to have many states; the reference is the same for all."""
    times = max(3, int(TIMES * scale))
    source, model = ROUTINE.read_bytes(), walked()
    routine, program, wide = _routine(source), program_of(model.definition), _routine(_wide(BRANCHES, LENGTH))
    county = county_signature(ROUTINE.parents[1] / "counties" / routine.county)
    done = [Completion(act.token, act.values) for act in acts_of(model)]
    report.title(
        f"The real routine ({len(source) // 1024} kB, {len(routine.nodes)} nodes), and one of {BRANCHES} branches with {LENGTH} steps each"
    )
    reference = _middle(lambda: validate(parse(source)), times)
    report.line("reference: reading the file and validating it by the XSD", ms(reference))
    for name, act in {
        f"soundness, {explore(routine).states} states": lambda: explore(routine),
        "everything that publishing checks": lambda: check_fully(source, kinds=CATALOGUE, county=county, limits=limits()),
        f"replay of a case of {len(done)} steps": lambda: replay(program, model.givens, done),
        f"soundness of the wide one, {explore(wide).states} states": lambda: explore(wide),
    }.items():
        taken = _middle(act, times)
        report.line(name, f"{ms(taken)}, {taken / reference:.2f} times the reference")


def _middle(act: Callable[[], object], times: int) -> float:
    """The median of that many runs, in seconds."""
    seconds = []
    for _turn in range(times):
        started = perf_counter()
        act()
        seconds.append(perf_counter() - started)
    return median(seconds)


def _routine(source: bytes) -> Routine:
    routine = read(source).routine
    if routine is None:
        raise RuntimeError("the routine has faults")
    return routine


def _wide(branches: int, length: int) -> bytes:
    """Steps in a row in each of several branches that run side by side."""
    routine = Builder().start().parallel("fork").parallel("join").end().path("start", "fork").path("join", "done")
    for branch in range(branches):
        steps = [f"s{branch}_{number}" for number in range(length)]
        for step in steps:
            routine.task(step)
        routine.path("fork", *steps, "join")
    return routine.build()
