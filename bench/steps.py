"""Steps a second: the whole service with the database, against the bare engine doing the same steps in the same minutes."""

import subprocess
import sys
from dataclasses import dataclass, field
from time import perf_counter, sleep, time

from bench.report import Report, spread

STEPS_A_SECOND = 60
TIMES_THE_ENGINE = 4
START_UP = 8  # seconds within which a process has loaded the program and done a case to warm up
SECONDS = 40


@dataclass
class Measured:
    """Seconds of each step: through the service, and by the engine alone."""

    service: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)


def measure(report: Report, *, scale: float) -> None:
    """Drives cases with one process, and then with two."""
    from bench.cases import publish, walk

    report.title("Steps of the real routine: perform_step with validated answers, a commit each")
    instance = walk(publish())
    seconds = SECONDS * scale
    alone = drive(instance.pk, seconds)
    service, engine = _mean(alone.service), _mean(alone.engine)
    report.line("the service, a step", spread(alone.service))
    report.line("reference: the bare engine (load, complete, dump), a step", spread(alone.engine))
    report.demand("the service against the bare engine", service / engine, TIMES_THE_ENGINE, unit=" times")
    report.line("one process", f"{1 / service:.0f} steps/s")
    together = _side_by_side(instance.pk, seconds, processes=2)
    report.demand("two processes", together, STEPS_A_SECOND, unit=" steps/s", at_least=True)


def drive(instance_id: int, seconds: float) -> Measured:
    """Cases like that one for `seconds`, the service and the bare engine taking turns, so that both meet the same machine."""
    from bench.cases import acts_of, do_again, open_like, registrar
    from bench.engine import do_alone
    from styrkedja.workflows.models import ProcessInstance

    model = ProcessInstance.objects.select_related("definition__county").get(pk=instance_id)
    acts, author, measured = acts_of(model), registrar(), Measured()
    list(do_again(acts, open_like(model, author)))
    ends = perf_counter() + seconds
    while perf_counter() < ends:
        measured.service += do_again(acts, open_like(model, author))
        measured.engine += do_alone(acts, model)
    return measured


def _side_by_side(instance_id: int, seconds: float, *, processes: int) -> float:
    """Steps a second that the processes do together, without the bare engine."""
    begins = time() + START_UP
    command = [sys.executable, "-m", "bench.steps", str(instance_id), str(begins), str(seconds)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _process in range(processes)]
    try:
        return sum(float(worker.communicate()[0]) for worker in workers)
    finally:
        for worker in workers:
            worker.kill()


def _work(instance_id: int, begins: float, seconds: float) -> float:
    """One of the processes: warms up, waits for the others, and answers its steps a second."""
    from bench.cases import acts_of, do_again, open_like, registrar
    from styrkedja.workflows.models import ProcessInstance

    model = ProcessInstance.objects.select_related("definition__county").get(pk=instance_id)
    acts, author = acts_of(model), registrar()
    list(do_again(acts, open_like(model, author)))
    sleep(max(0.0, begins - time()))
    started, steps = perf_counter(), 0
    while perf_counter() - started < seconds:
        steps += sum(1 for _step in do_again(acts, open_like(model, author)))
    return steps / (perf_counter() - started)


def _mean(seconds: list[float]) -> float:
    return sum(seconds) / len(seconds)


if __name__ == "__main__":
    from styrkedja.cli.main import django_ready

    django_ready()
    print(_work(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
