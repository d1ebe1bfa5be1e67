from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(*works: Callable[[], object], seconds: float = 60) -> list[object]:
    """Run every work in a thread with its own database connection, all started together; answers what they return. The first error is raised."""

    def run(work: Callable[[], object]) -> object:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(run, work) for work in works]
        return [one.result(timeout=seconds) for one in running]
