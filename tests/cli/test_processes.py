"""Children of `styrkedja run`: what is done once stays done."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from styrkedja.cli import processes
from styrkedja.cli.processes import Child


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """Waits for its standard input to close, then ends by itself."""
    monkeypatch.setattr(processes, "LONGEST_PAUSE", 0.0)
    child = Child("Genereringen", [sys.executable, "-c", "import sys; sys.stdin.read()"], once=True)
    child.start()
    yield child
    child.end(signal.SIGKILL)
    child.release()
    assert child.process is not None
    child.process.wait()


def test_what_is_done_once_is_not_started_again(once: Child, capsys: pytest.CaptureFixture[str]) -> None:
    first = once.process
    assert first is not None
    once.release()
    assert first.wait(10) == 0
    once.mend()
    once.mend()
    assert (once.process, capsys.readouterr().err) == (first, "")


def test_what_was_killed_before_it_was_done_is_started_again(once: Child, capsys: pytest.CaptureFixture[str]) -> None:
    first = once.process
    assert first is not None
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    once.mend()
    once.mend()
    assert once.process is not first
    assert capsys.readouterr().err == "Genereringen stannade (signal SIGKILL) och startas om om 0 s.\n"
