"""`styrkedja run` with its own embedded database in a new folder: it starts, mends what is killed, and leaves nothing behind."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from styrkedja.config import embedded
from tests.factories.ports import free_port

pytestmark = pytest.mark.kill

PROGRAM = Path(sys.executable).with_name("styrkedja")


def until(what: Callable[[], object], *, seconds: float = 60) -> None:
    """Waits until `what` is true."""
    started = time.monotonic()
    while not what():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(0.05)


class Run:
    """One `styrkedja run` without a demonstration."""

    def __init__(self, var: Path, port: int) -> None:
        self.port = port
        self.output = var / "output"
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"STYRKEDJA_VAR": str(var), "PORT": str(port), "DEMO": "no"}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen([str(PROGRAM), "run"], env=environment, stdout=output, stderr=subprocess.STDOUT)

    def said(self, text: str) -> bool:
        assert self.process.poll() is None or text in self.output.read_text(), self.output.read_text()
        return text in self.output.read_text()

    def child(self, command: str) -> psutil.Process:
        """The web server's or the worker's process."""
        [found] = [child for child in psutil.Process(self.process.pid).children() if command in child.cmdline()]
        return found

    def alive(self, command: str, *, but: int) -> bool:
        children = psutil.Process(self.process.pid).children()
        return any(command in child.cmdline() and child.pid != but for child in children if child.status() != psutil.STATUS_ZOMBIE)

    def status(self) -> int:
        """What the start page answers: the sign-in page is behind a redirect."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def end(self, signum: int = signal.SIGTERM) -> int:
        self.process.send_signal(signum)
        return self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """A folder of its own with a short name: the path of a database's socket must be short."""
    folder = Path(tempfile.mkdtemp(prefix="styrkedja-"))
    yield folder
    embedded.stop(folder / "postgres")
    shutil.rmtree(folder)


@pytest.fixture
def run(var: Path) -> Iterator[Run]:
    started = Run(var, free_port())
    until(lambda: started.said("Styrkedja körs på"), seconds=110)
    yield started
    if started.process.poll() is None:
        started.end()


def test_the_first_start_tells_what_it_does_and_serves(run: Run, var: Path) -> None:
    assert run.status() < 500
    said = re.sub(r"klart \(\d+ s\)", "klart", run.output.read_text())
    lines = [line for line in said.splitlines() if line.endswith("klart")]
    assert lines == [
        "Startar databasen … klart",
        "Uppdaterar databasen … klart",
        "Samlar gränssnittets filer … klart",
        "Läser in länet jamtland-harjedalen … klart",
        "Läser in länet vasternorrland … klart",
        "Publicerar rutinen vasternorrland-kunskapsstod … klart",
    ]
    assert f"Styrkedja körs på http://localhost:{run.port}. Stoppa med Ctrl-C." in said
    assert embedded.is_running(var / "postgres")
    assert run.end(signal.SIGINT) == 0
    assert not embedded.is_running(var / "postgres")
    assert not (var / "run.pid").exists()


def test_a_later_start_does_nothing_again(run: Run) -> None:
    lines = [line for line in run.output.read_text().splitlines() if "…" in line]
    assert [line.split(" … ")[0] for line in lines] == ["Startar databasen"]


@pytest.mark.parametrize(("command", "name"), [("web", "Webbservern"), ("worker", "Jobben")])
def test_a_killed_child_is_started_again_and_that_is_said(command: str, name: str, run: Run) -> None:
    killed = run.child(command).pid
    os.kill(killed, signal.SIGKILL)
    until(lambda: run.said(f"{name} stannade (signal SIGKILL) och startas om om 2 s."))
    until(lambda: run.alive(command, but=killed))
    assert run.status() < 500
    assert run.end() == 0


def test_whoever_calls_while_the_web_server_is_down_waits_for_the_next(run: Run) -> None:
    os.kill(run.child("web").pid, signal.SIGKILL)
    assert run.status() < 500
    assert run.end() == 0


def test_a_database_that_is_killed_is_started_again(run: Run, var: Path) -> None:
    pid = int((var / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    until(lambda: run.said("Databasen stannade och startas om."), seconds=10)
    until(lambda: embedded.is_running(var / "postgres"))
    until(lambda: run.status() < 500)
    assert run.end() == 0
    assert not embedded.is_running(var / "postgres")


def test_the_children_end_with_a_killed_parent_and_the_next_start_takes_over(run: Run, var: Path) -> None:
    children = [run.child("web"), run.child("worker")]
    assert run.end(signal.SIGKILL) == -signal.SIGKILL
    psutil.wait_procs(children, timeout=60)
    assert not any(child.is_running() for child in children)
    again = Run(var, run.port)
    until(lambda: again.said("Styrkedja körs på"))
    assert again.status() < 500
    again.end()


def test_stop_ends_a_run_from_another_terminal(run: Run, var: Path) -> None:
    done = subprocess.run([str(PROGRAM), "stop"], env=os.environ | {"STYRKEDJA_VAR": str(var)}, check=False, timeout=60)
    assert done.returncode == 0
    assert run.process.wait(timeout=10) == 0
    assert "Styrkedja är stoppat." in run.output.read_text()
    assert not embedded.is_running(var / "postgres")
