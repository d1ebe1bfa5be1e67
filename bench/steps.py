"""Steps a second: the whole service with the database, against the bare engine doing the same steps in the same minutes."""

import subprocess
import sys
from dataclasses import dataclass, field
from statistics import fmean
from time import perf_counter, time

from bench.cases import acts_of, do_again, open_like, registrar, walked
from bench.engine import do_alone
from bench.report import Report, spread
from styrkedja.workflows.models import ProcessInstance

SECONDS = 40
START_UP = 8  # seconds in which a process has loaded the program and done a case to warm up
STEPS_A_SECOND = 60
TIMES_THE_ENGINE = 4


@dataclass
class Measured:
    """Seconds of each step: through the service, and by the engine alone."""

    service: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)


def measure(report: Report, *, scale: float) -> None:
    """Drives cases with one process, and then with two."""
    report.title("Steps of the real routine: perform_step with validated answers, a commit each")
    model = walked()
    alone = drive(model, SECONDS * scale)
    service, engine = fmean(alone.service), fmean(alone.engine)
    report.line("the service, a step", spread(alone.service))
    report.line("reference: the bare engine (load, complete, dump), a step", spread(alone.engine))
    report.demand("the service against the bare engine", service / engine, TIMES_THE_ENGINE, unit=" times")
    report.line("one process", f"{1 / service:.0f} steps/s")
    together = side_by_side(model, SECONDS * scale, processes=2)
    report.demand("two processes, opening of cases included", together, STEPS_A_SECOND, unit=" steps/s", at_least=True)


def drive(model: ProcessInstance, seconds: float) -> Measured:
    """Cases like `model` for `seconds`, the service and the bare engine taking turns, so that both meet the same machine."""
    acts, author, measured = acts_of(model), registrar(), Measured()
    list(do_again(acts, open_like(model, author)))
    ends = perf_counter() + seconds
    while perf_counter() < ends:
        measured.service += do_again(acts, open_like(model, author))
        measured.engine += do_alone(acts, model)
    return measured


def side_by_side(model: ProcessInstance, seconds: float, *, processes: int) -> float:
    """Steps a second that so many processes do together."""
    command = [sys.executable, "-m", "bench.worker", str(model.pk), str(time() + START_UP), str(seconds)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _process in range(processes)]
    try:
        return sum(float(worker.communicate()[0]) for worker in workers)
    finally:
        for worker in workers:
            worker.kill()
