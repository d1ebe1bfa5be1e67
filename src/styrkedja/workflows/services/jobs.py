"""Queueing a job in the transaction of the change that needs it."""

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from procrastinate.types import JSONValue

# Not the application's own manager: inside a worker that one has connections of its own, outside Django's transaction.
_MANAGER = JobManager(DjangoConnector())


def enqueue(task: str, **arguments: JSONValue) -> None:
    """Queues the task of that name; the job exists if and only if the surrounding transaction commits."""
    configure_task(name=task, job_manager=_MANAGER).defer(**arguments)
