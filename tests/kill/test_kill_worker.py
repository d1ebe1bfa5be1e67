"""`kill -9` of the job worker while jobs are queued and under way: no job is stuck, no notice is lost, no wait ends twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.db.models import Min
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.manager import JobManager

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County
from styrkedja.workflows.models import EventKind, HistoryEvent, ItemState, Notice, WorkItem
from styrkedja.workflows.services.jobs import enqueue
from styrkedja.workflows.services.worker import retry_stalled_jobs
from tests.factories.accounts import make_user
from tests.factories.counties import make_county, make_holder
from tests.factories.database import emptying_allowed
from tests.factories.workflows import open_item, perform, publish, start, waiting_routine
from tests.kill.invariants import broken
from tests.kill.mail_server import mail_server
from tests.kill.test_kill import address, wait_for_the_dead_to_let_go

ROUNDS = int(os.environ.get("KILL_ROUNDS", "5"))
CASES_A_ROUND, REGISTRARS = 4, 3
PROGRAM = Path(sys.executable).with_name("styrkedja")

pytestmark = pytest.mark.kill


@pytest.fixture(autouse=True)
def _emptying_allowed() -> Iterator[None]:
    with emptying_allowed():
        yield


@pytest.fixture
def _empty_queue(transactional_db: None) -> Iterator[None]:
    """Django does not know the queue's tables and leaves them as they are."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers cascade")


@pytest.fixture
def county(_empty_queue: None) -> County:
    county = make_county()
    for number in range(REGISTRARS):
        make_holder(county, "region", "REGISTRAR", username=f"registrator-{number}")
    User.objects.update(email="registrator@example.se")
    publish(county, waiting_routine(county))
    return county


def give_work(county: County, starter: User) -> None:
    """New cases tell every registrar by mail; each has a wait whose date has come, which tells them once more when it ends."""
    first = User.objects.get(username="registrator-0")
    for _case in range(CASES_A_ROUND):
        instance = start(starter, county.definitions.get())
        perform(first, open_item(instance, "1"), {"until": "2020-01-01"})
    enqueue("meet_deadlines", timestamp=0)


def worker(mail_port: int) -> subprocess.Popen[bytes]:
    mail = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail_port)}
    environment = {**os.environ, **mail, "DATABASE_URL": address(), "NOTICE_MAIL_MINUTES": "0"}
    return subprocess.Popen([str(PROGRAM), "worker"], env=environment, stdin=subprocess.DEVNULL)


def until(what: Callable[[], bool], process: subprocess.Popen[bytes], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert process.poll() is None, "the worker has ended by itself"
        assert time.monotonic() < deadline, f"still there: {list(ProcrastinateJob.objects.values_list('task_name', 'status'))}"
        time.sleep(0.02)


def jobs(*statuses: str) -> int:
    return ProcrastinateJob.objects.filter(status__in=statuses).count()


def sweep() -> None:
    """What a worker does every minute, as if the dead had been silent for long."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
    async_to_sync(retry_stalled_jobs)(manager=JobManager(DjangoConnector()))


def test_what_killed_workers_were_doing_is_done_and_nothing_is_lost(county: County) -> None:
    chance, starter, interrupted = random.Random(20_261_122), make_user("annan"), 0
    with mail_server() as server:
        port = server.server_address[1]
        for _round in range(ROUNDS):
            give_work(county, starter)
            process = worker(port)
            try:
                until(lambda: jobs("doing") > 0, process)
                time.sleep(chance.random() * 0.6)
            finally:
                process.send_signal(signal.SIGKILL)
                process.wait()
            wait_for_the_dead_to_let_go()
            interrupted += jobs("doing")
            assert broken() == []
            sweep()
            assert jobs("doing") == 0
        process = worker(port)
        try:
            until(lambda: jobs("todo", "doing") == 0, process)
        finally:
            process.terminate()
            process.wait(timeout=30)
        assert interrupted > 0
        assert_nothing_is_lost(server.taken)


def assert_nothing_is_lost(taken: list[int]) -> None:
    assert ProcrastinateJob.objects.count() == 0
    assert broken() == []
    cases = ROUNDS * CASES_A_ROUND
    assert HistoryEvent.objects.filter(kind=EventKind.WAIT_ENDED).count() == cases
    assert WorkItem.objects.filter(number="3", state=ItemState.OPEN).count() == cases
    assert Notice.objects.filter(kind="WAIT_ENDED").count() == cases * REGISTRARS
    waiting = Notice.objects.filter(by_mail=True, read_at__isnull=True)
    assert waiting.filter(mailed_at__isnull=True).count() == 0
    # A mail carries the number of the oldest notice that it tells of.
    told = waiting.values("account", "mailed_at").annotate(oldest=Min("pk")).values_list("oldest", flat=True)
    assert set(told) <= set(taken)
