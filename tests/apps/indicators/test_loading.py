"""Facts loaded month by month: what is kept, what is told, and what never happens twice or by halves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.indicators.months import Month
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.loading import FactLoading, load_facts
from styrkedja.indicators.models import DataLoad
from styrkedja.indicators.selectors.loads import generated_sources, newest_loads
from tests.apps.indicators.loaded import everything, load, months_of, rows_of, write_csv
from tests.core.indicators.intake.worlds import BEDS, VISIT, source, structure
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

JULY = VISIT | {"visited_on": "2026-07-15"}
POPULATION = {"counted_on": "2025-12-31", "region": "r", "municipality": "m", "sex": "K", "age": "70", "persons": "1200"}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def visits(tmp_path: Path, store: Path, at: datetime) -> Callable[..., Any]:
    """Loads a file of such rows."""

    def loaded(*rows: dict[str, Any], name: str = "besok.csv", **more: Any) -> Any:
        return load(write_csv(tmp_path / name, rows), at, store, **more)

    return loaded


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def test_each_month_becomes_a_file_that_the_engine_takes(visits: Callable[..., Any], store: Path) -> None:
    report = visits(VISIT, JULY, VISIT | {"age": "old"}, JULY | {"unit": "nowhere"})
    assert (report.rows_read, report.rows_loaded, report.rows_rejected) == (4, 2, 2)
    assert [(str(month.month), month.rows, month.change) for month in report.months] == [("2026-07", 1, "new"), ("2026-08", 1, "new")]
    for month in ("2026-07", "2026-08"):
        FactFiles(store).check(source("visits"), Month.parse(month))
    assert rows_of(store, "2026-08")[0]["cost"] == 125000


def test_the_report_says_what_was_rejected_why_and_where(visits: Callable[..., Any]) -> None:
    report = visits(VISIT, VISIT | {"age": "old"}, VISIT | {"unit": "nowhere"}, VISIT | {"unit": "nowhere"})
    assert list(report.lines()) == [
        "Besök och kontakter: 4 rader lästa, 1 inlästa, 3 avvisade.",
        "rad 3, age: ”old”: Värdet är inget tal.",
        "rad 4, unit: ”nowhere”: Enheten finns inte i organisationen. Rätta koden, eller lägg till enheten i länets filer och läs in igen.",
        "rad 5, unit: ”nowhere”: Enheten finns inte i organisationen. Rätta koden, eller lägg till enheten i länets filer och läs in igen.",
        "Enheter som inte hör hemma i organisationen:",
        "  nowhere (unit): 2 rader, först rad 4.",
        "2026-08 ny: 1 rad.",
    ]
    told = report.as_json()
    assert told["rejected"][0] == {"line": 3, "column": "age", "reason": "Värdet är inget tal.", "value": "old"}
    assert [(one["unit"], one["rows"]) for one in told["units_not_in_tree"]] == [("nowhere", 2)]


def test_many_faults_are_counted_by_reason_and_listed_so_far_as_one_can_read(visits: Callable[..., Any]) -> None:
    report = visits(VISIT, *[VISIT | {"age": "old"}] * 300)
    told = report.as_json()
    assert (len(told["rejected"]), told["reasons"][0]["rows"], told["reasons"][0]["lines"]) == (200, 300, list(range(3, 13)))
    assert "  age: Värdet är inget tal. 300 rader (3, 4, 5, 6, 7, 8, 9, 10, 11, 12…)." in list(report.lines())


def test_the_load_is_kept_and_logged(visits: Callable[..., Any], at: datetime, flush_ledger: Callable[[], list[Any]]) -> None:
    report = visits(VISIT, JULY, VISIT | {"age": "old"})
    loads = list(DataLoad.objects.order_by("month"))
    assert [(str(load), load.rows_read, load.rows_rejected, load.sha256 == report.sha256) for load in loads] == [
        ("visits 2026-07", 1, 0, True),
        ("visits 2026-08", 2, 1, True),
    ]
    assert loads[0].report["rows_rejected"] == 1
    assert (loads[0].loaded_at, loads[0].is_generated, loads[0].loaded_by) == (at, False, None)
    (entry,) = flush_ledger()
    assert entry.act == "indicators.loaded"
    assert '"months":["2026-07","2026-08"]' in entry.text.payload


def test_the_same_file_again_changes_nothing(visits: Callable[..., Any], store: Path, flush_ledger: Callable[[], list[Any]]) -> None:
    visits(VISIT, JULY)
    before, times = everything(store), [path.stat().st_mtime_ns for path in store.rglob("*.parquet")]
    again = visits(VISIT, JULY)
    assert not again.has_changed
    assert list(again.lines())[-1] == "Allt var redan inläst. Inget har ändrats."
    assert everything(store) == before
    assert [path.stat().st_mtime_ns for path in store.rglob("*.parquet")] == times
    assert (DataLoad.objects.count(), len(flush_ledger())) == (2, 1)


def test_a_month_that_is_loaded_again_is_replaced_and_others_stay(visits: Callable[..., Any], store: Path) -> None:
    visits(VISIT, JULY)
    report = visits(VISIT | {"patient": "p2"}, VISIT | {"patient": "p3"})
    assert [(str(one.month), one.rows, one.before, one.change) for one in report.months] == [("2026-08", 2, 1, "replaced")]
    assert [row["patient"] for row in rows_of(store, "2026-08")] == ["p2", "p3"]
    assert [row["patient"] for row in rows_of(store, "2026-07")] == ["p1"]
    assert "2026-08 ersatt: 2 rader, tidigare 1." in list(report.lines())


def test_the_newest_load_of_a_month_is_what_holds(visits: Callable[..., Any], at: datetime, tmp_path: Path, store: Path) -> None:
    visits(VISIT)
    load(write_csv(tmp_path / "senare.csv", [VISIT, VISIT]), at + timedelta(days=1), store)
    held = newest_loads("visits")[Month.parse("2026-08").first_day]
    assert (held.rows_read, held.report["file"]) == (2, "senare.csv")


def test_the_same_rows_in_another_file_leave_the_month_as_it_is_and_are_noted(visits: Callable[..., Any], store: Path) -> None:
    visits(VISIT)
    before = everything(store)
    report = visits(VISIT, VISIT | {"age": "old"}, name="rättad.csv")
    assert [one.change for one in report.months] == ["unchanged"]
    assert everything(store) == before
    assert [load.rows_rejected for load in DataLoad.objects.order_by("id")] == [0, 1]


def test_a_month_does_not_lose_most_of_its_rows_by_mistake(visits: Callable[..., Any], store: Path) -> None:
    visits(*[JULY] * 5, VISIT)
    before = everything(store)
    told = refusal(lambda: visits(JULY, *[VISIT] * 5))
    assert told.startswith("Månaden 2026-07 har 5 rader och skulle ersättas av 1. Inget har lästs in.")
    assert (everything(store), DataLoad.objects.count()) == (before, 2)
    august = frozenset([Month.parse("2026-08")])
    report = visits(JULY, *[VISIT] * 5, months=august)
    assert (report.rows_rejected, len(rows_of(store, "2026-07")), len(rows_of(store, "2026-08"))) == (1, 5, 5)
    assert report.faults.listed[0].message == "rad 2, visited_on: Raden hör till en annan månad än de som läses in."
    visits(JULY, allow_fewer=True)
    assert len(rows_of(store, "2026-07")) == 1


def test_a_month_in_which_nothing_happened_is_loaded_by_name(visits: Callable[..., Any], store: Path) -> None:
    months = frozenset([Month.parse("2026-06"), Month.parse("2026-07")])
    report = visits(JULY, months=months)
    assert [(str(one.month), one.rows) for one in report.months] == [("2026-06", 0), ("2026-07", 1)]
    assert rows_of(store, "2026-06") == []
    FactFiles(store).check(source("visits"), Month.parse("2026-06"))


def test_a_gap_between_the_months_of_a_file_is_pointed_out(visits: Callable[..., Any]) -> None:
    few = visits(VISIT, VISIT | {"visited_on": "2026-05-01"})
    assert "Varning: Filen har inga rader för 2026-06, 2026-07. De månaderna är som förut." in list(few.lines())
    many = visits(VISIT, VISIT | {"visited_on": "2006-08-31"})
    assert many.warnings == ["Filen har inga rader för 239 av månaderna från 2006-08 till 2026-08. De månaderna är som förut."]


def test_rows_exactly_alike_are_loaded_and_pointed_out(visits: Callable[..., Any]) -> None:
    assert "2026-08 ny: 3 rader, varav 1 exakt lika en annan rad." in list(visits(VISIT, VISIT, VISIT | {"patient": "p2"}).lines())


def test_a_file_in_which_no_row_is_right_is_refused(visits: Callable[..., Any], store: Path) -> None:
    told = refusal(lambda: visits(VISIT | {"age": "x"}, VISIT | {"sex": "F"}))
    assert told.startswith("Ingen av de 2 första raderna i besok.csv är rätt. Inget har lästs in. age: Värdet är inget tal.")
    assert "Först: rad 2, age: ”x”: Värdet är inget tal." in told
    assert (everything(store), DataLoad.objects.count()) == ({}, 0)


def test_a_file_with_personal_identity_numbers_is_refused_and_leaves_nothing(visits: Callable[..., Any], store: Path) -> None:
    told = refusal(lambda: visits(*[VISIT] * 50, VISIT | {"patient": "19" + "121212-1212"}))
    assert told.startswith("Kolumnen ”patient” ser ut att hålla personnummer eller samordningsnummer, först på rad 52.")
    assert (everything(store), DataLoad.objects.count()) == ({}, 0)
    assert list(store.rglob(".load-*")) == []


def test_a_snapshot_is_of_one_day_a_month(tmp_path: Path, store: Path, at: datetime) -> None:
    two = write_csv(tmp_path / "tva.csv", [POPULATION, POPULATION | {"counted_on": "2025-12-30"}])
    told = refusal(lambda: load(two, at, store, of="population"))
    assert "gäller flera dagar, 2025-12-30 till 2025-12-31" in told
    assert (everything(store), DataLoad.objects.count()) == ({}, 0)
    years = [POPULATION, POPULATION | {"counted_on": "2024-12-31"}]
    assert load(write_csv(tmp_path / "ar.csv", years), at, store, of="population").warnings == [], "a year between is no gap"


def test_only_an_administrator_or_the_command_line_loads(tmp_path: Path, store: Path, at: datetime) -> None:
    loading = FactLoading(source("beds"), FactFiles(store), structure(), at)
    with pytest.raises(Refused, match="Bara en systemförvaltare får läsa in data."):
        load_facts(actor=make_user("analytiker"), loading=loading, given=None)  # type: ignore[arg-type]
    report = load(write_csv(tmp_path / "platser.csv", [BEDS]), at, store, of="beds")
    assert report.has_changed


def test_real_data_take_the_place_of_all_that_was_generated(visits: Callable[..., Any], store: Path) -> None:
    visits(VISIT, JULY, is_generated=True)
    assert generated_sources(["visits", "beds"]) == {"visits"}
    report = visits(VISIT | {"patient": "real"})
    assert [(str(one.month), one.change) for one in report.months] == [("2026-08", "replaced"), ("2026-07", "removed")]
    assert report.warnings == ["Genererade demonstrationsdata som källan hade har tagits bort."]
    assert months_of(store) == ["2026-08"]
    assert generated_sources(["visits"]) == frozenset()


def test_generated_data_are_never_laid_over_real_ones(visits: Callable[..., Any], store: Path) -> None:
    visits(VISIT)
    before = everything(store)
    told = refusal(lambda: visits(JULY, is_generated=True))
    assert told == "Källan ”Besök och kontakter” har riktiga data. Genererade data läggs aldrig över dem."
    assert (everything(store), DataLoad.objects.count()) == (before, 1)


def test_an_empty_file_says_how_an_empty_month_is_loaded(tmp_path: Path, store: Path, at: datetime) -> None:
    path = tmp_path / "tom.csv"
    path.write_text(";".join(VISIT) + "\n")
    with pytest.raises(FileRefused, match="tom.csv har inga rader. En månad då inget hände läses in med --month."):
        load(path, at, store)
    assert load(path, at, store, months=frozenset([Month.parse("2026-08")])).rows_loaded == 0
    assert rows_of(store, "2026-08") == []
