"""One of several processes that drive cases side by side: `python -m bench.worker INSTANCE BEGINS SECONDS` prints its steps a second."""

import sys
from time import perf_counter, sleep, time

from styrkedja.cli.main import django_ready

django_ready()

from bench.cases import acts_of, do_again, instance_by_id, open_like, registrar  # noqa: E402 - Django must be ready first


def work(instance_id: int, begins: float, seconds: float) -> float:
    """Warms up with a case, waits for the others until the moment `begins`, and answers its steps a second."""
    model = instance_by_id(instance_id)
    acts, author = acts_of(model), registrar()
    list(do_again(acts, open_like(model, author)))
    sleep(max(0.0, begins - time()))
    started, steps = perf_counter(), 0
    while perf_counter() - started < seconds:
        steps += sum(1 for _step in do_again(acts, open_like(model, author)))
    return steps / (perf_counter() - started)


if __name__ == "__main__":
    print(work(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
