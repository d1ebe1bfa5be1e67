"""A server of the test's own that answers as Kolada and Vården i siffror do, faults included."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Answer:
    """`cut` ends the body so many bytes before its length."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    raw: bytes | None = None

    @property
    def data(self) -> bytes:
        return self.raw if self.raw is not None else json.dumps(self.body).encode()


Responder = Callable[[str, Any], Answer]


@dataclass
class Publisher:
    """`asked` are the requests, in order: (path with query, body). `faults` are answered first, one a request."""

    address: str
    respond: Responder
    asked: list[tuple[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    faults: list[Answer] = field(default_factory=list)


@contextmanager
def publishing(respond: Responder) -> Iterator[Publisher]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    publisher = Publisher(f"http://127.0.0.1:{server.server_port}/v3", respond)
    server.publisher = publisher  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body: Any) -> None:
        publisher: Publisher = self.server.publisher  # type: ignore[attr-defined]
        publisher.asked.append((self.path, body))
        publisher.headers.append(dict(self.headers))
        answer = publisher.faults.pop(0) if publisher.faults else publisher.respond(self.path, body)
        data = answer.data
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[: len(data) - answer.cut])
        self.close_connection = bool(answer.cut)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing on the terminal."""


def kolada(rows: list[tuple[str, str, int, str, float | None]], *, page: int = 1000, address: Callable[[], str]) -> Responder:
    """Answers what is asked of `rows` (series, area, year, gender, value), `page` of them at a time with a link to the next."""

    def respond(path: str, _body: Any) -> Answer:
        told = urlsplit(path)
        _empty, _version, _data, _kpi, series, _municipality, areas, _year, years = told.path.split("/")
        asked = [row for row in rows if row[0] in series.split(",") and row[1] in areas.split(",") and str(row[2]) in years.split(",")]
        start = int(parse_qs(told.query).get("page", ["0"])[0]) * page
        some = asked[start : start + page]
        following = f"{address()}{told.path.removeprefix('/v3')}?page={start // page + 1}" if len(asked) > start + page else None
        values = [
            {
                "kpi": one,
                "municipality": area,
                "period": year,
                "values": [{"gender": gender, "count": 1, "status": "", "value": value, "isdeleted": False}],
            }
            for one, area, year, gender, value in some
        ]
        return Answer({"values": values, "next_url": following})

    return respond
