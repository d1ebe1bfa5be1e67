"""Files as people send them: separators, encodings, broken lines, other formats, and tables in a database."""

import os
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection

from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.indicators.intake.rows import schema_of
from styrkedja.core.indicators.months import Month
from styrkedja.indicators.intake.opening import open_given
from styrkedja.indicators.models import DataLoad
from tests.apps.indicators.loaded import everything, load, rows_of, write_csv
from tests.core.indicators.intake.worlds import BEDS, VISIT, source

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def refused(path: Path | str, at: datetime, store: Path, **more: str) -> str:
    with pytest.raises(FileRefused) as refusal:
        load(path, at, store, **more)
    assert (everything(store), DataLoad.objects.count(), list(store.rglob(".load-*"))) == ({}, 0, [])
    return str(refusal.value)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_separators_and_encodings_are_read(separator: str, encoding: str, tmp_path: Path, store: Path, at: datetime) -> None:
    path = write_csv(tmp_path / "b.csv", [VISIT | {"patient": "pär"}], separator=separator, encoding=encoding)
    load(path, at, store)
    assert rows_of(store, "2026-08")[0]["patient"] == "pär"


def test_what_excel_does_to_a_file_is_read(tmp_path: Path, store: Path, at: datetime) -> None:
    path = tmp_path / "b.csv"
    lines = ["sep=;", "", ";".join(BEDS), '"2026-08-30";a;somatic;"20";2', "", "   ", ";".join(BEDS.values()), ";;;;", ";;;;"]
    path.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    report = load(path, at, store, of="beds")
    assert (report.rows_read, report.rows_rejected) == (2, 0)
    assert [row["available"] for row in rows_of(store, "2026-08", of="beds")] == [20, 20]


def test_lines_that_are_no_rows_are_told_with_their_number(tmp_path: Path, store: Path, at: datetime) -> None:
    right = ";".join(BEDS.values())
    path = tmp_path / "b.csv"
    broken = ["2026-08-31;a", "", f"{right};9", '2026-08-31;"a;somatic;20;2', '2026-08-31;a;"som', 'atic";20;2', "2026-08-31;a;x;20;2"]
    path.write_text("\n".join([";".join(BEDS), right, *broken, right]) + "\n")
    report = load(path, at, store, of="beds")
    assert [(fault.line, fault.reason) for fault in report.faults.listed] == [
        (3, "Raden har 2 fält men rubriken har 5."),
        (5, "Raden har 6 fält men rubriken har 5."),
        (6, "Raden har ett citattecken som inte avslutas på raden."),
        (7, "Raden har ett citattecken som inte avslutas på raden."),
        (8, "Raden har ett citattecken som inte avslutas på raden."),
        (9, "Koden finns inte i källan. Kända koder: psychiatric, somatic."),
    ]
    assert (report.rows_read, report.rows_rejected) == (8, 6)


def test_lines_are_right_far_down_a_file_that_is_read_in_pieces(
    tmp_path: Path, store: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("styrkedja.indicators.intake.texts.BLOCK", 1000)
    path = write_csv(tmp_path / "b.csv", [*[BEDS] * 700, BEDS | {"available": "x"}, *[BEDS] * 50, BEDS | {"care_area": "?"}])
    path.write_text(path.read_text().replace("\n2026", "\n\n2026", 3))
    report = load(path, at, store, of="beds")
    assert [(fault.line, fault.column) for fault in report.faults.listed] == [(705, "available"), (756, "care_area")]
    assert report.rows_loaded == 750


def test_two_encodings_in_one_file_are_refused_with_a_line_of_each(tmp_path: Path, store: Path, at: datetime) -> None:
    path = write_csv(tmp_path / "b.csv", [VISIT | {"patient": "pär"}, VISIT, VISIT | {"patient": "pÖR"}])
    path.write_bytes(path.read_bytes().replace("pÖR".encode(), "pÖR".encode("cp1252")))
    assert refused(path, at, store) == (
        "b.csv blandar två teckenkodningar: rad 2 är skriven i UTF-8 och rad 4 i en annan. Spara hela filen i UTF-8 och läs in den igen."
    )


def test_an_encoding_that_changes_between_pieces_is_seen(
    tmp_path: Path, store: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("styrkedja.indicators.intake.texts.BLOCK", 200)
    path = write_csv(tmp_path / "b.csv", [VISIT | {"patient": "pÖR"}, *[VISIT] * 20, VISIT | {"patient": "pär"}], encoding="cp1252")
    path.write_bytes(path.read_bytes().replace("pär".encode("cp1252"), "pär".encode()))
    assert "rad 23 är skriven i UTF-8 och rad 2 i en annan" in refused(path, at, store)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04...", "b.csv är en Excelfil eller ett zip-arkiv. Spara den som csv och läs in den igen."),
        (b"\x1f\x8b...", "b.csv är packad med gzip. Packa upp den och läs in den igen."),
        (b"%PDF-1.7", "b.csv är en pdf."),
        (b"\0" * 100_000, "b.csv är ingen textfil: rad 1 har tecken som inte är text."),
        (b"\n\n", "b.csv har ingen rubrikrad."),
        (b"", "b.csv är tom. Gör om filen."),
        (b"a;b;c\n1;2;3\n", "Kolumnen ”a” finns inte i källan."),
        (";".join(BEDS).encode() + b"\n\x81\x8d;a;somatic;20;2\n", "b.csv: rad 2 är varken i UTF-8 eller Windows-1252."),
        (b"\xff\xfea", "Filen är sparad i UTF-16 men är skadad."),
        (b"PAR1 and no more", "b.csv går inte att läsa som Parquet. Filen är skadad eller avbruten; gör om den."),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, told: str, tmp_path: Path, store: Path, at: datetime) -> None:
    path = tmp_path / "b.csv"
    path.write_bytes(content)
    assert told in refused(path, at, store, of="beds")


def test_a_line_without_end_is_refused(tmp_path: Path, store: Path, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("styrkedja.indicators.intake.texts.BLOCK", 1000)
    path = tmp_path / "b.csv"
    path.write_text(";".join(BEDS) + "\n" + "a" * 10_000)
    assert refused(path, at, store, of="beds") == "b.csv: rad 2 tar aldrig slut. Filen är skadad, eller saknar radbrytningar."


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    with pytest.raises(FileRefused) as refusal:
        open_given(str(path), max_bytes=2 << 30)
    told = "b.csv är 3.0 GiB, och gränsen går vid 2.0 GiB. Dela upp filen efter månad, eller höj MAX_FACT_BYTES."
    assert str(refusal.value) == told


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, store: Path, at: datetime) -> None:
    assert refused(tmp_path / "borta.csv", at, store) == "Filen borta.csv finns inte. Ange en csv- eller Parquetfil."
    assert refused(tmp_path, at, store).endswith("finns inte. Ange en csv- eller Parquetfil.")


def write_parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows, schema=schema_of(source("beds"))), path)
    return path


def test_a_parquet_file_is_read_by_its_own_types(tmp_path: Path, store: Path, at: datetime) -> None:
    row: dict[str, object] = BEDS | {"counted_on": date(2026, 8, 31), "available": 20, "occupied_by_ready": 2}
    report = load(write_parquet(tmp_path / "b.parquet", [row, row | {"occupied_by_ready": 21}]), at, store, of="beds")
    assert [fault.message for fault in report.faults.listed] == [
        "rad 2, occupied_by_ready: ”21”: Talet är större än ”available”, som det är en del av."
    ]
    assert rows_of(store, "2026-08", of="beds") == [row]


def test_a_parquet_file_that_was_cut_off_is_refused(tmp_path: Path, store: Path, at: datetime) -> None:
    row: dict[str, object] = BEDS | {"counted_on": date(2026, 8, 31), "available": 20, "occupied_by_ready": 2}
    path = write_parquet(tmp_path / "b.parquet", [row] * 100)
    path.write_bytes(path.read_bytes()[:-50])
    assert refused(path, at, store, of="beds").startswith("b.parquet går inte att läsa som Parquet.")


ADDRESS = "postgresql://"


def address() -> str:
    known = connection.settings_dict
    user, password, host, port = known["USER"], known["PASSWORD"], known["HOST"], known["PORT"]
    secret = f":{password}" if password else ""
    return f"{ADDRESS}{user}{secret}@{'' if str(host).startswith('/') else host}{f':{port}' if port else ''}/{known['NAME']}" + (
        f"?host={host}" if str(host).startswith("/") else ""
    )


@pytest.mark.django_db(transaction=True)
def test_a_table_of_a_database_is_read(store: Path, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("create schema vard")
        cursor.execute(
            "create table vard.platser (counted_on date, unit text, care_area varchar, available int, occupied_by_ready numeric(5,1))"
        )
        cursor.execute(
            "insert into vard.platser select day, 'a', 'somatic', 20, 2 from generate_series('2026-07-01'::date, '2026-08-31', '1 day') as day"
        )
        cursor.execute("insert into vard.platser values ('2026-08-31', 'a', 'somatic', 20, 2.5)")
    try:
        report = load(address(), at, store, of="beds", table="vard.platser", months=frozenset([Month.parse("2026-08")]))
        assert (report.rows_read, report.rows_loaded, report.file) == (32, 31, "vard.platser")
        assert [fault.message for fault in report.faults.listed] == [
            "rad 32, occupied_by_ready: ”2.5”: Talet har decimaler men ska vara ett heltal."
        ]
        again = load(address(), at, store, of="beds", table="vard.platser", months=frozenset([Month.parse("2026-08")]))
        assert not again.has_changed
        assert DataLoad.objects.count() == 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop schema vard cascade")


def test_a_table_that_cannot_be_read_is_refused_without_its_password(store: Path, at: datetime) -> None:
    assert refused(address(), at, store, of="beds", table="borta") == (
        "Tabellen borta finns inte i databasen. Ange schema och namn, till exempel vard.besok."
    )
    away = refused("postgresql://analys:hemligt@127.0.0.1:1/x", at, store, of="beds", table="t")
    assert away.startswith("Tabellen t går inte att läsa: ")
    assert "hemligt" not in away
    assert refused(address(), at, store, of="beds") == "Ange vilken tabell eller vy i databasen som ska läsas in med --table."
    assert "--table hör ihop med en databas" in refused(os.devnull, at, store, of="beds", table="t")


def test_a_table_with_other_columns_is_refused(store: Path, at: datetime) -> None:
    assert "Kolumnen ”datname” finns inte i källan." in refused(address(), at, store, of="beds", table="pg_database")
