"""`kill -9` in a loop, at moments nobody chose, while two processes do steps: nothing is lost, doubled or half done."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from styrkedja.cases.models import Case
from styrkedja.cli.answers import read_answers
from styrkedja.cli.driving import Driver
from styrkedja.workflows.models import HistoryEvent, ProcessDefinition
from tests.architecture.sources import ROOT
from tests.factories.database import emptying_allowed
from tests.kill.invariants import broken
from tests.routines.conftest import ANSWERS, DEFINITIONS, OPENED, author_of, publish

ROUNDS = int(os.environ.get("KILL_ROUNDS", "5"))
STEPPERS = 2
STRAIGHT = ANSWERS / "straight.toml"

pytestmark = pytest.mark.kill


@pytest.fixture(autouse=True)
def _emptying_allowed() -> Iterator[None]:
    with emptying_allowed():
        yield


@pytest.fixture
def definition(transactional_db: None) -> ProcessDefinition:
    definition = publish(DEFINITIONS / "counties" / "vasternorrland", DEFINITIONS / "routines" / "vasternorrland-kunskapsstod.bpmn")
    answers = read_answers(STRAIGHT.read_bytes())
    # One walk first, so that every function has a holder and the processes do not race to appoint one.
    assert Driver(definition, answers, author=author_of(definition), at=OPENED, appoint=True).run().state == "done"
    return definition


def address() -> str:
    """The test database as other processes must name it."""
    settings = connection.settings_dict
    host = quote(str(settings["HOST"]), safe="")
    password = f":{quote(str(settings['PASSWORD']))}" if settings["PASSWORD"] else ""
    port = f"&port={settings['PORT']}" if settings["PORT"] else ""
    return f"postgresql://{settings['USER']}{password}@/{settings['NAME']}?host={host}{port}"


def start(script: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "styrkedja.config.settings"}
    process = subprocess.Popen([sys.executable, script, STRAIGHT], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def wait_for_the_dead_to_let_go() -> None:
    """The server notices a killed client when it next writes to it; its open transaction is then rolled back."""
    deadline = time.monotonic() + 20
    others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)
    raise AssertionError("a killed process still holds the database")


def test_killed_steppers_leave_no_half_step(definition: ProcessDefinition) -> None:
    chance = random.Random(20_261_122)
    done = 0
    for _round in range(ROUNDS):
        steppers = [start(ROOT / "tests" / "kill" / "stepping.py") for _stepper in range(STEPPERS)]
        try:
            time.sleep(0.5 + chance.random() * 2)
        finally:
            for stepper in steppers:
                kill(stepper)
        wait_for_the_dead_to_let_go()
        assert broken() == []
        now = HistoryEvent.objects.count()
        assert now > done
        done = now
    assert_a_case_can_go_on(definition)


def assert_a_case_can_go_on(definition: ProcessDefinition) -> None:
    """A case that stood in the middle when its process died is walked to its end, and all still holds."""
    case = Case.objects.filter(instance__end_event="").latest("id")
    driver = Driver(definition, read_answers(STRAIGHT.read_bytes()), author=case.opened_by, at=OPENED, appoint=True)
    last = case.instance.events.latest("sequence")
    driver.at = max(driver.at, last.at)
    assert driver.go_on(case).state == "done"
    assert broken() == []
