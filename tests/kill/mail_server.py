"""A mail server of a few lines that takes its time, so that whoever sends mail can be killed in the middle of it."""

import contextlib
import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_A_MAIL = 0.05
_IDENTITY = re.compile(rb"^Message-ID: <avisering-(\d+)@", re.MULTILINE)


class _Server(socketserver.ThreadingTCPServer):
    """`taken` holds, for each mail that was taken, the number in its Message-ID."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[int] = []


class _Talk(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # the other end was killed
            self._talk()

    def _talk(self) -> None:
        self._say(b"220 here")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self._say(b"354 go on")
                self._take()
            self._say(b"221 bye" if word == b"QUIT" else b"250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        time.sleep(SECONDS_A_MAIL)
        found = _IDENTITY.search(b"".join(lines))
        if line and found:
            self.server.taken.append(int(found[1]))

    def _say(self, text: bytes) -> None:
        self.wfile.write(text + b"\r\n")


@contextmanager
def mail_server() -> Iterator[_Server]:
    with _Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
