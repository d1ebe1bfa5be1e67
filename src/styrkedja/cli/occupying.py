"""Who runs in a var/ folder: one `run` at a time, which another command can find and stop."""

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from styrkedja.cli.main import fail

PID_FILE = "run.pid"
STOP_SECONDS = 40
_PAUSE = 0.1


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Makes and holds the folder. Fails with one line when it cannot be written or is held by another: a second run would stop the database
    under the first."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        folder = os.open(var, os.O_RDONLY)
        if not os.access(var, os.W_OK):
            raise PermissionError
    except OSError:
        fail(f"Det går inte att skriva i {var}. Ge användaren skrivrätt till mappen eller ange en annan i STYRKEDJA_VAR.")
    pid = var / PID_FILE
    if not _take(folder):
        fail(f"Styrkedja körs redan med {var} (process {_read(pid) or 'okänd'}). Stoppa med styrkedja stop.")
    pid.write_text(str(os.getpid()))
    try:
        yield
    finally:
        pid.unlink(missing_ok=True)
        os.close(folder)


def ask_to_stop(var: Path) -> None:
    """Ends the `run` that holds the folder, if any, and waits until it has let go. Raises FileNotFoundError if there is no such folder."""
    folder = os.open(var, os.O_RDONLY)
    deadline = time.monotonic() + STOP_SECONDS
    asked = False
    while not _take(folder) and time.monotonic() < deadline:
        asked = asked or _ask(_read(var / PID_FILE))
        time.sleep(_PAUSE)
    os.close(folder)


def _take(folder: int) -> bool:
    """Locks the folder. The lock goes with the process that has it open, however that ends."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(pid: Path) -> str:
    return pid.read_text() if pid.exists() else ""


def _ask(pid: str) -> bool:
    if not pid.isdecimal():
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(int(pid), signal.SIGTERM)
    return True
