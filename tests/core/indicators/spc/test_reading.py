"""A series from a file, and every way in which a file can be none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.indicators.spc.reading import ReadSeries, Unreadable, read_series
from styrkedja.core.indicators.spc.series import Observation


def read(text: str) -> list[Observation]:
    return list(read_series(text.encode()).observations)


def refused(source: str | bytes) -> tuple[int, str]:
    with pytest.raises(Unreadable) as fault:
        read_series(source.encode() if isinstance(source, str) else source)
    return fault.value.line, fault.value.reason


def test_dates_values_and_denominators_are_read() -> None:
    assert read("date,value,denominator\n2024-01-01,12,100\n2024-02-01,15,120.5\n") == [
        Observation(date(2024, 1, 1), 12.0, 100.0),
        Observation(date(2024, 2, 1), 15.0, 120.5),
    ]
    assert read("date,value\n2024-01-01,1\n") == [Observation(date(2024, 1, 1), 1.0)]


@pytest.mark.parametrize(
    "text",
    [
        "value,date\n1.5,2024-01-01\n",
        "date;value\n2024-01-01;1,5\n",
        "date\tvalue\r\n2024-01-01\t1,5\r\n",
        'Date , VALUE\n"2024-01-01","1,5"\n',
        "\ufeffdate,value\n\n2024-01-01,1.5\n,\n\n",
        "date,value\n2024-01,1.5",
        "date,value\n2024-01-01 00:00:00,+1.5e0\n",
        "date,value\r2024-01-01T00:00,15e-1\r",
    ],
)
def test_the_same_series_may_be_written_in_many_ways(text: str) -> None:
    assert read(text) == [Observation(date(2024, 1, 1), 1.5)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1 234,5", 1234.5), ("1\u00a0234\u202f567", 1234567.0), ("-3", -3.0), ("\u22123,25", -3.25), ("0", 0.0), ("1e-7", 1e-7)],
)
def test_numbers_are_read_as_they_are_written_here(cell: str, value: float) -> None:
    assert read(f"date;value\n2024-01-01;{cell}\n") == [Observation(date(2024, 1, 1), value)]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e50, max_value=1e50))
def test_every_float_is_read_back_to_the_last_bit(value: float) -> None:
    assert read(f"date,value\n2024-01-01,{value!r}\n")[0].value == value


def test_an_empty_cell_is_no_value() -> None:
    assert read("date,value,denominator\n2024-01-01,,10\n2024-01-02,3,\n2024-01-03,3,0\n") == [
        Observation(date(2024, 1, 1), None, 10.0),
        Observation(date(2024, 1, 2), None, 1.0),
        Observation(date(2024, 1, 3), 3.0, 0.0),
    ]


def test_dates_in_disorder_are_sorted_and_it_is_said() -> None:
    found = read_series(b"date,value\n2024-03-01,3\n2024-01-01,1\n2024-02-01,2\n")
    assert [one.value for one in found.observations] == [1, 2, 3]
    assert found.lines == (3, 4, 2)
    assert found.warnings == ("Datumen stod inte i ordning i filen: de har sorterats.",)
    assert read_series(b"date,value\n2024-01-01,1\n2024-02-01,2\n").warnings == ()


COLUMNS = "Kolumnerna är date, value och, om det finns en nämnare, denominator."
ENCODING = "Raden har tecken som inte är UTF-8. Spara filen som CSV UTF-8, med samma teckenkodning i hela filen."


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "Filen är tom. Första raden ska vara rubriken date,value."),
        ("\n \n", 1, "Filen är tom. Första raden ska vara rubriken date,value."),
        ("date,value\n", 1, "Filen har en rubrik men inga värden."),
        ("datum,value\n2024-01-01,1\n", 1, f"Kolumnen ”datum” är okänd. {COLUMNS}"),
        ("date,value,enhet\n2024-01-01,1,A\n", 1, f"Kolumnen ”enhet” är okänd. {COLUMNS}"),
        ("date\n2024-01-01\n", 1, f"Kolumnen value saknas. {COLUMNS}"),
        ("value\n1\n", 1, f"Kolumnen date saknas. {COLUMNS}"),
        ("date,value,value\n2024-01-01,1,2\n", 1, "Kolumnen value finns mer än en gång."),
        ("2024-01-01,1\n", 1, f"Kolumnen ”2024-01-01” är okänd. {COLUMNS}"),
        ("date,value\n2024-01-01,1\n2024-01-02,NaN\n", 3, "”NaN” i kolumnen value är inget tal."),
        ("date,value\n2024-01-01,inf\n", 2, "”inf” i kolumnen value är inget tal."),
        ("date,value\n2024-01-01,1e999\n", 2, "”1e999” i kolumnen value är inget tal."),
        ("date,value\n2024-01-01,tolv\n", 2, "”tolv” i kolumnen value är inget tal."),
        ("date,value\n2024-01-01,12 %\n", 2, "”12 %” i kolumnen value är inget tal."),
        ("date;value\n2024-01-01;1.234,5\n", 2, "”1.234,5” i kolumnen value är inget tal."),
        ("date,value\n2024-01-01,١٢\n", 2, "”١٢” i kolumnen value är inget tal."),
        ("date,value\n2024-13-01,1\n", 2, "”2024-13-01” i kolumnen date är inget datum."),
        ("date,value\n2024-02-30,1\n", 2, "”2024-02-30” i kolumnen date är inget datum."),
        ("date,value\n01/02/2024,1\n", 2, "”01/02/2024” i kolumnen date är inget datum."),
        ("date,value\n,1\n", 2, "”” i kolumnen date är inget datum."),
        ("date,value\n2024-01-01,1\n\n2024-01-01,2\n", 4, "Datumet 2024-01-01 finns redan på rad 2. Ett datum får ha ett värde."),
        ("date,value\n2024-02-01,1\n2024-01-01,2\n2024-02-01,3\n", 4, "Datumet 2024-02-01 finns redan på rad 2."),
        (
            "date,value\n2024-01-01,12,5\n",
            2,
            "Antalet kolumner på raden är 3 men i rubriken 2. Har värdet decimalkomma, sätt det inom citattecken",
        ),
        ("date,value\n2024-01-01\n", 2, "Antalet kolumner på raden är 1 men i rubriken 2."),
        ("date,value,denominator\n2024-01-01,1,-5\n", 2, "”-5” i kolumnen denominator är negativt. En nämnare är noll eller mer."),
        ("date,value,denominator\n2024-01-01,1,tio\n", 2, "”tio” i kolumnen denominator är inget tal."),
        ('date,value\n2024-01-01,1\n2024-01-02,"2\n', 3, "Raden går inte att dela i kolumner. Kontrollera citattecknen."),
        ('date,value\n2024-01-01,"1"2\n', 2, "Raden går inte att dela i kolumner. Kontrollera citattecknen."),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    told = refused(text)
    assert told[0] == line
    assert told[1].startswith(reason)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("date,value,år\n2024-01-01,1,2\n".encode("latin-1"), 1, ENCODING),
        (b"date,value\n2024-01-01,1\n2024-01-02,2\xe5\n", 3, ENCODING),
        (b"date,value\n" + "2024-01-01,1\xa0000\n".encode("latin-1"), 2, ENCODING),
        ("date,value\n2024-01-01,1\n".encode("utf-16"), 1, "Filen är sparad som UTF-16. Spara den som CSV UTF-8."),
        (b"date,value\n2024-01-01,\0\n", 2, "Filen är ingen textfil. Spara den som CSV UTF-8."),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", 1, "Filen är ingen textfil. Spara den som CSV UTF-8."),
    ],
)
def test_another_encoding_is_told_with_its_line(source: bytes, line: int, reason: str) -> None:
    assert refused(source) == (line, reason)


def tried(source: bytes) -> ReadSeries | Unreadable:
    try:
        return read_series(source)
    except Unreadable as fault:
        return fault


@given(
    st.one_of(st.binary(max_size=200), st.text(alphabet="date,value;\t\n\r\"'-0123456789. ", max_size=60).map(str.encode)), st.booleans()
)
def test_no_bytes_make_it_fall(source: bytes, headed: bool) -> None:
    found = tried(b"date,value\n2024-01-01,1\n" * headed + source)
    if isinstance(found, Unreadable):
        assert 1 <= found.line <= 3 + len(source)
        assert found.reason.endswith(".")
    else:
        assert len(found.lines) == len(found.observations) > 0
