"""The one door to the network: asks an address for JSON, waits and asks again when it is told to or when the answer was cut off."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3

from styrkedja.core.policies.refusal import Refused
from styrkedja.ui.clock import now

# What may pass if one waits: too many requests, and faults of the other side.
_PASSING = {429, 500, 502, 503, 504}
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
_PIECE = 1 << 16
_CONNECT_SECONDS = 10.0


class FetchFault(Refused):
    """The other side did not give what was asked for. Nothing has changed."""


class _Again(Exception):
    """It may go better next time, after so many seconds if that was said."""

    def __init__(self, what: str, seconds: float | None = None) -> None:
        super().__init__(what)
        self.seconds = seconds


@dataclass(frozen=True)
class Web:
    """`name` is told to people; `address` is what every path hangs on. `attempts` in all, with twice the wait between each."""

    name: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 30.0
    attempts: int = 6
    most_bytes: int = 64 << 20
    sleep: Callable[[float], None] = time.sleep
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))

    def get(self, place: str) -> Any:
        """`place` is a path, or a whole address on the same server. Raises FetchFault."""
        return self._ask("GET", place, None)

    def post(self, place: str, body: object) -> Any:
        return self._ask("POST", place, json.dumps(body).encode())

    def url(self, place: str) -> str:
        """Raises FetchFault for a place on another server: what an answer points to is not followed anywhere."""
        is_whole = "://" in place or place.startswith("//")
        url = urljoin(self.address, place) if is_whole else f"{self.address.rstrip('/')}/{place.removeprefix('/')}"
        if _server(url) != _server(self.address):
            raise FetchFault(f"{self.name} hänvisar till en annan server. Hänvisningen följs inte, och inga värden har ändrats.")
        return url

    def _ask(self, method: str, place: str, body: bytes | None) -> Any:
        url = self.url(place)
        wait = _FIRST_WAIT
        for attempt in range(1, self.attempts + 1):
            try:
                return self._once(method, url, body)
            except _Again as again:
                if attempt == self.attempts:
                    raise FetchFault(
                        f"{self.name} gav inget svar på {self.attempts} försök: {again}. Försök igen senare. Inga värden har ändrats."
                    ) from again
                self.sleep(min(wait if again.seconds is None else again.seconds, _LONGEST_WAIT))
                wait *= 2
        raise AssertionError("the last attempt has answered or raised")

    def _once(self, method: str, url: str, body: bytes | None) -> Any:
        given = {"Accept": "application/json", "User-Agent": "Styrkedja", **self.headers}
        given |= {"Content-Type": "application/json"} if body is not None else {}
        try:
            response = self.pool.request(
                method,
                url,
                body=body,
                headers=given,
                preload_content=False,
                redirect=False,
                timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=self.seconds),
            )
            try:
                self._judge(response)
                return self._read(response)
            finally:
                response.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise _Again(_told(error)) from error

    def _judge(self, response: urllib3.BaseHTTPResponse) -> None:
        if response.status in _PASSING:
            response.drain_conn()
            raise _Again(f"svaret var {response.status}", _asked_wait(response.headers.get("Retry-After")))
        if response.status != 200:
            raise FetchFault(f"{self.name} svarade {response.status}. Kontrollera adress och id. Inga värden har ändrats.")

    def _read(self, response: urllib3.BaseHTTPResponse) -> Any:
        data = bytearray()
        for piece in response.stream(_PIECE):
            data += piece
            if len(data) > self.most_bytes:
                raise FetchFault(f"{self.name} svarade med mer än {self.most_bytes >> 20} MB. Fråga om färre år. Inga värden har ändrats.")
        try:
            return json.loads(data, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise _Again("svaret var ingen giltig JSON") from error


def _server(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").casefold(), parts.port


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _asked_wait(told: str | None) -> float | None:
    """Retry-After: a number of seconds or a date (RFC 9110, 10.2.3); None for anything else."""
    if not told:
        return None
    try:
        return max(0.0, float(told) if told.strip().isdigit() else (parsedate_to_datetime(told) - now()).total_seconds())
    except (ValueError, TypeError):
        return None


def _told(error: urllib3.exceptions.HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "det gick inte att ansluta"
    if isinstance(error, urllib3.exceptions.ReadTimeoutError | urllib3.exceptions.ConnectTimeoutError):
        return "det dröjde för länge"
    if isinstance(error, urllib3.exceptions.IncompleteRead | urllib3.exceptions.ProtocolError | urllib3.exceptions.DecodeError):
        return "svaret avbröts"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "certifikatet godkänns inte"
    return "det gick inte att ansluta"
