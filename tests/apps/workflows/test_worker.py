"""The job worker against the real queue: what is queued with a change, what a dead worker leaves behind, what runs when."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.manager import JobManager

import styrkedja.cases.tasks  # noqa: F401 - its tasks are known to the application from now on
from styrkedja.ledger.services import append
from styrkedja.workflows import tasks
from styrkedja.workflows.models import Notice
from styrkedja.workflows.services.jobs import enqueue
from styrkedja.workflows.services.worker import retry_stalled_jobs
from tests.factories.accounts import make_user
from tests.factories.counties import make_county, make_holder
from tests.factories.workflows import AT, publish, start, straight_routine

PERIODIC = dict(app.periodic_registry.periodic_tasks)
TIMES = {task.task.name: task.cron for task in PERIODIC.values()}
PROGRAM = Path(sys.executable).with_name("styrkedja")


def jobs() -> list[tuple[str, str]]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("task_name", "status"))


def execute(statement: str, *values: object) -> int:
    """Runs the statement; answers the first column of its first row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def make_worker(*, silent: int) -> int:
    """A worker whose latest sign of life is that many seconds old."""
    return execute("insert into procrastinate_workers (last_heartbeat) values (now() - %s * interval '1 second') returning id", silent)


def make_job(worker: int | None, *, status: str = "doing", lock: str | None = None, task: str = "send_mail") -> int:
    return execute(
        "insert into procrastinate_jobs (queue_name, task_name, status, worker_id, lock, queueing_lock)"
        " values ('default', %s, %s, %s, %s, %s) returning id",
        task,
        status,
        worker,
        lock,
        lock,
    )


def sweep() -> int:
    return async_to_sync(retry_stalled_jobs)(manager=JobManager(DjangoConnector()))


@contextmanager
def as_in_a_worker() -> Iterator[None]:
    """The library's application with the connections of its own that it has inside a worker."""
    with app.replace_connector(app.connector.get_worker_connector()):
        yield


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only what a test queues is run, no thread of a worker keeps its connection, and the queue, which Django does not know, is emptied."""
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        with connection.cursor() as cursor:
            cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


def work_off_the_queue() -> None:
    with as_in_a_worker():
        app.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)


@transaction.atomic
def enqueue_and_fail() -> None:
    enqueue("send_mail")
    raise RuntimeError


@pytest.mark.django_db
def test_a_job_is_queued_if_and_only_if_the_change_is_kept() -> None:
    with pytest.raises(RuntimeError):
        enqueue_and_fail()
    assert jobs() == []
    with transaction.atomic():
        enqueue("send_mail")
    assert jobs() == [("send_mail", "todo")]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_a_job_queues_is_in_its_transaction_too() -> None:
    with as_in_a_worker(), pytest.raises(RuntimeError):
        enqueue_and_fail()
    assert jobs() == []


@pytest.mark.django_db
def test_a_job_whose_worker_has_fallen_silent_is_queued_again(caplog: pytest.LogCaptureFixture) -> None:
    make_job(make_worker(silent=31))
    assert sweep() == 1
    assert jobs() == [("send_mail", "todo")]
    assert "is queued again" in caplog.text


@pytest.mark.django_db
def test_a_job_whose_worker_is_gone_is_queued_again() -> None:
    make_job(None)
    assert sweep() == 1
    assert jobs() == [("send_mail", "todo")]


@pytest.mark.django_db
def test_a_job_whose_worker_is_alive_is_left_to_it() -> None:
    make_job(make_worker(silent=20))
    assert sweep() == 0
    assert jobs() == [("send_mail", "doing")]


@pytest.mark.django_db(transaction=True)
def test_a_stalled_job_of_which_the_next_is_waiting_gives_way_and_stops_no_other() -> None:
    dead = make_worker(silent=60)
    make_job(dead, lock="meet_deadlines", task="meet_deadlines")
    make_job(dead)
    waiting = make_job(None, status="todo", lock="meet_deadlines", task="meet_deadlines")
    assert sweep() == 2
    assert jobs() == [("send_mail", "todo"), ("meet_deadlines", "todo")]
    assert ProcrastinateJob.objects.get(task_name="meet_deadlines").pk == waiting


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_the_mail_that_a_step_has_queued() -> None:
    county = make_county()
    registrar = make_holder(county, "region", "REGISTRAR", username="registrator")
    type(registrar).objects.update(email="registrator@example.se")
    start(make_user("annan"), publish(county, straight_routine(county, "work")))
    work_off_the_queue()
    assert [message.to for message in mail.outbox] == [["registrator@example.se"]]
    assert Notice.objects.get().mailed_at is not None
    assert ("send_mail", "succeeded") not in jobs()


def test_every_task_has_its_hour_and_a_worker_finds_them_all() -> None:
    assert {task.task.func.__module__ for task in PERIODIC.values()} == set(settings.PROCRASTINATE_IMPORT_PATHS)
    assert TIMES == {
        "meet_deadlines": "*/10 * * * *",
        "send_delayed_mail": "*/5 * * * *",
        "check_cases": "10 2 * * *",
        "publish_ledger_head": "10 1 * * *",
        "prune": "40 1 * * *",
        "sweep_files": "45 1 * * *",
        "prune_jobs": "50 1 * * *",
        "retry_stalled_jobs": "* * * * *",
    }


@pytest.mark.django_db
def test_the_head_of_the_ledger_is_written_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    append(actor=None, act="case.opened", object_type="case", object_id=1, payload={}, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("select sequence, hash from ledger_ledgerentry")
        [(sequence, link)] = cursor.fetchall()
    tasks.publish_ledger_head(timestamp=0)
    assert f"The head of the ledger is entry {sequence} with hash {link}" in caplog.text
    assert "broken" not in caplog.text


@pytest.mark.django_db
def test_only_sessions_that_have_run_out_are_pruned(time_machine: object) -> None:
    Session.objects.create(session_key="old", expire_date=AT - timedelta(seconds=1))
    Session.objects.create(session_key="new", expire_date=AT)
    time_machine.move_to(AT)  # type: ignore[attr-defined]
    tasks.prune(timestamp=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


@pytest.mark.django_db(transaction=True)
def test_only_jobs_that_failed_long_ago_are_pruned() -> None:
    for days in (31, 29):
        job = make_job(None)
        execute("update procrastinate_jobs set status = 'failed' where id = %s returning id", job)
        execute("update procrastinate_events set at = now() - %s * interval '1 day' where job_id = %s returning id", days, job)
    enqueue("prune_jobs", timestamp=0)
    work_off_the_queue()
    assert jobs() == [("send_mail", "failed")]


@contextmanager
def silent_mail_server() -> Iterator[int]:
    """Takes calls and never says a word, so that whoever sends mail hangs."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def worker_process(mail_port: int) -> subprocess.Popen[bytes]:
    known = connection.settings_dict
    query = f"host={known['HOST']}" + (f"&port={known['PORT']}" if known["PORT"] else "")
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?{query}",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_port),
        "EMAIL_SECONDS": "60",
    }
    return subprocess.Popen([str(PROGRAM), "worker"], env=environment, stdin=subprocess.DEVNULL)


def wait_until_hanging(worker: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while ("send_mail", "doing") not in jobs():
        assert worker.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.kill
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_was_doing_is_done_by_the_next() -> None:
    county = make_county()
    registrar = make_holder(county, "region", "REGISTRAR", username="registrator")
    type(registrar).objects.update(email="registrator@example.se")
    start(make_user("annan"), publish(county, straight_routine(county, "work")))
    with silent_mail_server() as port:
        worker = worker_process(port)
        try:
            wait_until_hanging(worker)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    work_off_the_queue()
    assert ("send_mail", "doing") in jobs()
    execute(
        "update procrastinate_workers set last_heartbeat = now() - %s * interval '1 second' returning id",
        settings.WORKER_SILENT_SECONDS + 1,
    )
    assert sweep() >= 1
    work_off_the_queue()
    assert [message.to for message in mail.outbox] == [["registrator@example.se"]]
    assert ("send_mail", "doing") not in jobs()
