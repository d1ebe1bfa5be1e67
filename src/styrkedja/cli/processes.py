"""Keeps a few child processes alive until told to stop."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

import click

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
STEADY_AFTER = 60.0
GRACE = 25.0
_GLANCE = 0.2


@dataclass
class Child:
    """A process to keep alive. `name` is how people know it; `pass_fds` are files that it inherits.

    One that is done `once` is started again only when it was killed; when it ends by itself it has said why.
    """

    name: str
    command: Sequence[str]
    pass_fds: tuple[int, ...] = ()
    once: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started: float = field(default=0.0, init=False)
    _pause: float = field(default=FIRST_PAUSE, init=False)
    _again_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches the parent alone; standard input tells it that the parent is gone."""
        self.release()
        self._again_at, self._started = None, time.monotonic()
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, pass_fds=self.pass_fds, start_new_session=True)

    def mend(self) -> None:
        """Starts the process again when it has died and the pause is over; the pause doubles until the process has run steadily."""
        if self.process is None or self.process.poll() is None or (self.once and self.process.returncode >= 0):
            return
        now = time.monotonic()
        if self._again_at is None:
            self._pause = FIRST_PAUSE if now - self._started > STEADY_AFTER else min(self._pause * 2, LONGEST_PAUSE)
            self._again_at = now + self._pause
            click.echo(f"{self.name} stannade ({_cause(self.process.returncode)}) och startas om om {self._pause:.0f} s.", err=True)
        elif now >= self._again_at:
            self.start()

    def release(self) -> None:
        """Closes the pipe to a process that has ended."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def end(self, signum: int) -> None:
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, signum)


def _cause(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"kod {code}"


def keep_alive(
    children: Sequence[Child], *, ready: Callable[[], bool], announce: Callable[[], None], look_after: Callable[[], None]
) -> None:
    """Starts the children and returns when Ctrl-C or SIGTERM has come and all have ended: asked first, killed after GRACE seconds or
    when the signal comes again.

    `announce` is called once, when `ready` first says yes; `look_after` again and again, for what the children need to live.
    """
    stopping = threading.Event()

    def stop(_signum: int, _frame: FrameType | None) -> None:
        for child in children if stopping.is_set() else ():
            child.end(signal.SIGKILL)
        stopping.set()

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, stop)
    for child in children:
        child.start()
    announced = False
    while not stopping.wait(_GLANCE):
        if not announced and ready():
            announce()
            announced = True
        look_after()
        for child in children:
            child.mend()
    _end(children)


def _end(children: Sequence[Child]) -> None:
    for child in children:
        child.end(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.end(signal.SIGKILL)
            child.process.wait()
        child.release()
