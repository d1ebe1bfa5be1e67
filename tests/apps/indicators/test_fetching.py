"""Ready values beside the computed ones: new, changed and withdrawn, for the nation, regions and municipalities."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import ReadyKind
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.fetching.series import Fetching, fetch_series, followed
from styrkedja.indicators.fetching.web import FetchFault, Web
from styrkedja.indicators.models import COMPUTED, DataLoad, Indicator, Observation
from styrkedja.indicators.selectors.loads import generated_sources
from styrkedja.indicators.services.ready import ReadyBatch, ReadyRow, replace_ready_values
from styrkedja.ledger.models import PendingEntry
from styrkedja.organisations.models import Organisation
from tests.apps.indicators.library import definitions, sync
from tests.core.indicators.ready.test_vis import GUID, told
from tests.factories.accounts import make_user
from tests.factories.publishers import Answer, Publisher, kolada, publishing

pytestmark = pytest.mark.django_db

WAITING = "medicinsk-bedomning-tre-dagar"  # N79173, for the nation and the regions
DEVIATION = "nettokostnadsavvikelse"  # N70061 against N70038
COST = "nettokostnad-per-invanare"  # N70061
Row = tuple[str, str, int, str, float | None]


@pytest.fixture
def bodies() -> dict[str, int]:
    made = [
        Organisation.objects.create(key="sverige", name="Sverige", kind="NATION"),
        Organisation.objects.create(key="region-v", name="Region V", kind="REGION", code="22"),
        Organisation.objects.create(key="region-j", name="Region J", kind="REGION", code="23"),
        Organisation.objects.create(key="ostersund", name="Östersund", kind="MUNICIPALITY", code="2380"),
        Organisation.objects.create(key="gammal", name="Gammal", kind="REGION", code="99", valid_until=date(2020, 1, 1)),
        Organisation.objects.create(key="vc", name="Vårdcentralen", kind="UNIT"),
    ]
    sync(WAITING, DEVIATION, COST, "hemsjukvard-65", "hembesok-antal")
    return {one.key: one.pk for one in made}


@pytest.fixture
def published() -> list[Row]:
    """What Kolada says; tests change it."""
    return [
        ("N79173", area, year, gender, 80.0 + year - 2020) for area in ("0000", "0022", "0023") for year in (2024, 2025) for gender in "TKM"
    ]


@pytest.fixture
def publisher(published: list[Row]) -> Iterator[Publisher]:
    found: list[Publisher] = []

    def respond(path: str, body: Any) -> Answer:
        return kolada(published, page=5, address=lambda: found[0].address)(path, body)

    with publishing(respond) as one:
        found.append(one)
        yield one


@pytest.fixture
def fetch(publisher: Publisher, at: datetime) -> Callable[..., Fetching]:
    def fetched(*keys: str, first: int = 2016, last: int = 2026, kind: ReadyKind = ReadyKind.KOLADA, later: int = 0) -> Fetching:
        web = Web("Kolada", publisher.address, sleep=lambda _seconds: None)
        series = followed(definitions(), kind, keys or (WAITING,))
        return fetch_series(actor=None, web=web, kind=kind, series=series, first=first, last=last, at=at + timedelta(days=later))

    return fetched


def values(indicator: str = WAITING, source: str = "kolada:N79173", **dimensions: str) -> dict[tuple[str, int], Any]:
    rows = Observation.objects.filter(indicator__key=indicator, source=source, dimensions=dimensions).select_related("body")
    return {(row.body.key, row.period_start.year): row.value for row in rows}


def counts(done: Fetching) -> list[tuple[int, int, int]]:
    return [(one.replaced.new, one.replaced.changed, one.replaced.removed) for one in done.done]


def test_values_are_kept_for_the_bodies_that_we_have(bodies: dict[str, int], fetch: Callable[..., Fetching], at: datetime) -> None:
    done = fetch()
    assert counts(done) == [(18, 0, 0)]
    assert done.attribution == "Källa: Kolada"
    assert values() == {(key, year): 80.0 + year - 2020 for key in ("sverige", "region-v", "region-j") for year in (2024, 2025)}
    assert values(sex="K") == values()
    one = Observation.objects.get(body=bodies["region-j"], period_start=date(2025, 1, 1), dimensions={})
    assert (one.period_end, one.status, one.numerator, one.computed_at) == (date(2025, 12, 31), "VALUE", None, at)
    assert one.definition_hash == Indicator.objects.get(key=WAITING).definition_hash


def test_only_current_bodies_at_the_levels_of_the_indicator_are_asked_about(
    bodies: dict[str, int], fetch: Callable[..., Fetching], publisher: Publisher
) -> None:
    fetch(WAITING, first=2025, last=2025)
    assert [path for path, _body in publisher.asked][0].startswith("/v3/data/kpi/N79173/municipality/0000,0022,0023/year/2025")
    publisher.asked.clear()
    fetch("hemsjukvard-65", first=2025, last=2025)
    assert "/municipality/0000,2380/" in publisher.asked[0][0] or "/municipality/2380/" in publisher.asked[0][0]


def test_the_same_answer_again_writes_nothing(bodies: dict[str, int], fetch: Callable[..., Fetching]) -> None:
    fetch()
    before = list(Observation.objects.order_by("pk").values())
    assert counts(fetch(later=1)) == [(0, 0, 0)]
    assert list(Observation.objects.order_by("pk").values()) == before
    assert DataLoad.objects.count() == 1
    assert PendingEntry.objects.filter(body__contains="indicators.loaded").count() == 1


def test_a_revised_value_is_changed_and_a_withdrawn_one_is_gone(
    bodies: dict[str, int], fetch: Callable[..., Fetching], published: list[Row]
) -> None:
    fetch()
    published[:] = [row for row in published if row[:4] != ("N79173", "0022", 2024, "T")]
    published[published.index(("N79173", "0023", 2025, "T", 85.0))] = ("N79173", "0023", 2025, "T", 84.4)
    published[published.index(("N79173", "0000", 2025, "T", 85.0))] = ("N79173", "0000", 2025, "T", None)
    assert counts(fetch()) == [(0, 2, 1)]
    assert values()["region-j", 2025] == 84.4
    assert ("region-v", 2024) not in values()
    assert Observation.objects.get(body=bodies["sverige"], period_start=date(2025, 1, 1), dimensions={}).status == ValueStatus.NOT_PUBLISHED
    assert DataLoad.objects.count() == 2


def test_years_that_are_not_asked_about_stay(bodies: dict[str, int], fetch: Callable[..., Fetching], published: list[Row]) -> None:
    fetch()
    published[:] = [row for row in published if row[2] == 2025]
    assert counts(fetch(first=2025)) == [(0, 0, 0)]
    assert len(values()) == 6


def test_an_empty_answer_takes_nothing_away_and_is_told(
    bodies: dict[str, int], fetch: Callable[..., Fetching], published: list[Row]
) -> None:
    fetch()
    published.clear()
    (one,) = fetch().done
    assert one.replaced.kept_old
    assert len(values()) == 6


def test_computed_values_of_the_same_indicator_are_let_be(bodies: dict[str, int], fetch: Callable[..., Fetching], at: datetime) -> None:
    own = Observation.objects.create(
        indicator=Indicator.objects.get(key=WAITING),
        body_id=bodies["region-j"],
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        source=COMPUTED,
        value=1.0,
        status="VALUE",
        definition_hash="",
        computed_at=at,
    )
    fetch()
    fetch()
    own.refresh_from_db()
    assert own.value == 1.0
    assert Observation.objects.filter(body=bodies["region-j"], period_end=date(2025, 12, 31), dimensions={}).count() == 2


def test_a_series_is_held_against_its_reference_and_followed_by_two_indicators(
    bodies: dict[str, int], fetch: Callable[..., Fetching], published: list[Row]
) -> None:
    published[:] = [
        ("N70061", "0023", 2025, "T", 33_000.0),
        ("N70038", "0023", 2025, "T", 30_000.0),
        ("N70061", "0022", 2025, "T", 31_000.0),
    ]
    fetch(DEVIATION, COST)
    assert values(DEVIATION, "kolada:N70061") == {("region-j", 2025): pytest.approx(10.0), ("region-v", 2025): None}
    assert values(COST, "kolada:N70061") == {("region-j", 2025): 33_000.0, ("region-v", 2025): 31_000.0}
    one = Observation.objects.get(indicator__key=DEVIATION, body=bodies["region-j"])
    assert (one.numerator, one.denominator) == (33_000.0, 30_000.0)


def test_when_a_page_fails_nothing_is_kept(bodies: dict[str, int], fetch: Callable[..., Fetching], publisher: Publisher) -> None:
    first = publisher.respond("/v3/data/kpi/N79173/municipality/0000,0022,0023/year/2024,2025", None)
    publisher.faults = [first, *[Answer({}, status=500)] * 6]
    with pytest.raises(FetchFault, match="svaret var 500"):
        fetch()
    assert (Observation.objects.count(), DataLoad.objects.count()) == (0, 0)


def test_what_cannot_be_fetched_is_told(bodies: dict[str, int], fetch: Callable[..., Fetching]) -> None:
    with pytest.raises(Refused, match="Indikatorn ”hembesok-antal” följer ingen serie från Kolada."):
        fetch("hembesok-antal")
    with pytest.raises(Refused, match="Det finns ingen indikator ”borta”."):
        fetch("borta")


def test_without_bodies_there_is_nothing_to_fetch(fetch: Callable[..., Fetching], publisher: Publisher) -> None:
    sync(WAITING)
    assert list(fetch().notes) == ["Det finns inga organ eller serier att hämta värden för."]
    assert publisher.asked == []


def generated(bodies: dict[str, int], at: datetime) -> list[ReadyBatch]:
    row = ReadyRow(bodies["region-j"], date(2019, 1, 1), date(2019, 12, 31), "", 1.0, ValueStatus.VALUE)
    batches = [ReadyBatch(key, "kolada:N70061", [row], None) for key in (COST, DEVIATION)]
    replace_ready_values(actor=None, batches=batches, told={}, is_generated=True, at=at)
    return batches


def test_real_values_take_the_place_of_generated_ones_wherever_the_series_is(
    bodies: dict[str, int], fetch: Callable[..., Fetching], published: list[Row], at: datetime
) -> None:
    generated(bodies, at)
    assert generated_sources(["kolada:N70061"]) == {"kolada:N70061"}
    published[:] = [("N70061", "0023", 2025, "T", 33_000.0)]
    fetch(COST, later=1)
    assert values(COST, "kolada:N70061") == {("region-j", 2025): 33_000.0}
    assert values(DEVIATION, "kolada:N70061") == {}, "generated too, and of the same series"
    assert generated_sources(["kolada:N70061"]) == frozenset()
    batches = generated(bodies, at + timedelta(days=2))
    assert values(COST, "kolada:N70061") == {("region-j", 2025): 33_000.0}, "never laid over real ones"
    assert batches


def test_only_an_administrator_or_the_command_line_fetches(bodies: dict[str, int], at: datetime, publisher: Publisher) -> None:
    series = followed(definitions(), ReadyKind.KOLADA, [WAITING])
    web = Web("Kolada", publisher.address)
    with pytest.raises(Refused, match="Bara en systemförvaltare får läsa in data."):
        fetch_series(actor=make_user("nyfiken"), web=web, kind=ReadyKind.KOLADA, series=series, first=2025, last=2025, at=at)
    assert publisher.asked == []


def with_vis() -> Definition:
    one = definitions()[WAITING]
    return replace(one, ready=(replace(one.ready[0], source=ReadyKind.VIS, id=GUID, title="Kontinuitet"),))


def test_vardens_siffror_come_with_numerator_and_denominator(bodies: dict[str, int], at: datetime) -> None:
    rows = [{"organizationId": area, "measureId": GUID, "measurements": [told(), told(type="Men", value=0.3)]} for area in ("SE", "23")]
    with publishing(lambda _path, _body: Answer(rows)) as publisher:
        publisher.address = publisher.address.replace("/v3", "/webapi")
        series = followed({WAITING: with_vis()}, ReadyKind.VIS, [])
        web = Web("Vården i siffror", publisher.address, {"x-bvo-ticket": ""})
        done = fetch_series(actor=None, web=web, kind=ReadyKind.VIS, series=series, first=2020, last=2025, at=at)
    ((path, body),) = publisher.asked
    assert path == "/webapi/api/measurements/measurementswithmetadata"
    assert publisher.headers[0]["x-bvo-ticket"] == ""
    assert (body["measureIds"], body["units"], body["dateFrom"], body["dateTo"]) == ([GUID], ["SE", "22", "23"], "2020-01-01", "2025-12-31")
    assert counts(done) == [(4, 0, 0)]
    one = Observation.objects.get(body=bodies["region-j"], dimensions={})
    assert (one.source, one.value, one.numerator, one.denominator) == (f"vis:{GUID}", 0.412, 412.0, 1000.0)
