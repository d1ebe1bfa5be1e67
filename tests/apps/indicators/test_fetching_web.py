"""The door to the network, against a server that does what servers do."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from styrkedja.core.indicators.ready.values import AnswerFault
from styrkedja.indicators.fetching.kolada import fetch_kolada
from styrkedja.indicators.fetching.web import FetchFault, Web
from tests.factories.publishers import Answer, Publisher, kolada, publishing

ROWS: list[tuple[str, str, int, str, float | None]] = [
    (series, area, year, gender, 10.0 + year - 2000)
    for series in ("N1", "N2")
    for area in ("0022", "0023")
    for year in (2024, 2025)
    for gender in "TKM"
]


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    found: list[Publisher] = []
    with publishing(kolada(ROWS, page=7, address=lambda: found[0].address)) as one:
        found.append(one)
        yield one


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def web(publisher: Publisher, waits: list[float]) -> Web:
    return Web("Kolada", publisher.address, {"x-test": "yes"}, seconds=2, sleep=waits.append)


def fetch(web: Web) -> list[Any]:
    return fetch_kolada(web, series=["N1", "N2"], areas=["0022", "0023"], years=[2024, 2025])


def test_every_page_is_read(web: Web, publisher: Publisher) -> None:
    found = fetch(web)
    assert [(one.series, one.area, one.start.year, one.sex) for one in found] == [
        (series, area, year, "" if gender == "T" else gender) for series, area, year, gender, _value in ROWS
    ]
    assert len(publisher.asked) == 4
    assert publisher.headers[0]["x-test"] == "yes"
    assert publisher.headers[0]["User-Agent"] == "Styrkedja"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_waited_out_longer_each_time(web: Web, publisher: Publisher, waits: list[float], status: int) -> None:
    publisher.faults = [Answer({}, status=status)] * 4
    assert len(fetch(web)) == len(ROWS)
    assert waits == [1, 2, 4, 8]


def test_the_wait_is_the_one_that_is_asked_for(web: Web, publisher: Publisher, waits: list[float]) -> None:
    later = "Wed, 16 Sep 2026 08:30:20 GMT"
    told = [{"Retry-After": "7"}, {"Retry-After": later}, {"Retry-After": "soon"}, {"Retry-After": "86400"}]
    publisher.faults = [Answer({}, status=429, headers=headers) for headers in told]
    with time_machine.travel(datetime(2026, 9, 16, 8, 30, tzinfo=UTC), tick=False):
        assert len(fetch(web)) == len(ROWS)
    assert waits == [7, 20, 4, 60]


def test_one_that_never_answers_is_given_up(web: Web, publisher: Publisher, waits: list[float]) -> None:
    publisher.faults = [Answer({}, status=503)] * 6
    with pytest.raises(FetchFault) as refused:
        fetch(web)
    assert str(refused.value) == ("Kolada gav inget svar på 6 försök: svaret var 503. Försök igen senare. Inga värden har ändrats.")
    assert (len(waits), len(publisher.asked)) == (5, 6)


@pytest.mark.parametrize(
    "fault",
    [
        Answer({"values": [], "next_url": None}, cut=5),
        Answer(raw=b'{"values": ['),
        Answer(raw=b"<html>Underh\xc3\xa5ll</html>"),
        Answer(raw=b"\xff\xfe"),
        Answer(raw=b""),
        Answer(raw=b'{"values": NaN}'),
        Answer(raw=b"[" * 100_000),
    ],
)
def test_a_body_that_was_cut_off_or_is_no_json_is_asked_for_again(
    web: Web, publisher: Publisher, waits: list[float], fault: Answer
) -> None:
    publisher.faults = [fault]
    assert len(fetch(web)) == len(ROWS)
    assert waits == [1]


def test_an_answer_of_the_wrong_shape_is_refused_at_once(web: Web, publisher: Publisher, waits: list[float]) -> None:
    publisher.faults = [Answer({"values": "none"})]
    with pytest.raises(AnswerFault, match="values ska vara en lista"):
        fetch(web)
    assert waits == []


@pytest.mark.parametrize("status", [301, 400, 401, 404])
def test_other_answers_are_told(web: Web, publisher: Publisher, status: int) -> None:
    publisher.faults = [Answer({}, status=status, headers={"Location": f"{publisher.address}/data"})]
    with pytest.raises(FetchFault, match=f"Kolada svarade {status}. Kontrollera adress och id. Inga värden har ändrats."):
        fetch(web)
    assert len(publisher.asked) == 1


def test_pages_that_point_at_each_other_are_left(web: Web, publisher: Publisher) -> None:
    def round_and_round(path: str, _body: Any) -> Answer:
        number = int(path.partition("page=")[2] or 0)
        return Answer({"values": [], "next_url": f"{publisher.address}/data?page={(number + 1) % 3}"})

    publisher.respond = round_and_round
    with pytest.raises(FetchFault, match="Kolada hänvisar runt mellan sina sidor."):
        fetch(web)
    assert len(publisher.asked) == 4


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:1/v3/data", "https://example.org/", "//example.org/x", "file:///etc/passwd"])
def test_another_server_is_never_followed(web: Web, publisher: Publisher, elsewhere: str) -> None:
    publisher.faults = [Answer({"values": [], "next_url": elsewhere})]
    with pytest.raises(FetchFault, match="Kolada hänvisar till en annan server."):
        fetch(web)
    assert len(publisher.asked) == 1


def test_a_body_without_end_is_left(publisher: Publisher) -> None:
    publisher.faults = [Answer(raw=b" " * 300_000)]
    small = Web("Kolada", publisher.address, most_bytes=100_000, sleep=lambda _seconds: None)
    with pytest.raises(FetchFault, match="Fråga om färre år"):
        fetch(small)


def test_a_server_that_is_not_there_is_told() -> None:
    web = Web("Kolada", "http://127.0.0.1:1/v3", attempts=2, sleep=lambda _seconds: None)
    with pytest.raises(FetchFault, match="Kolada gav inget svar på 2 försök: det gick inte att ansluta."):
        web.get("/kpi")
