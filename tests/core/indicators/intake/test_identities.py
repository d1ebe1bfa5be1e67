"""Personal identity numbers never come in, and pseudonyms are not taken for them."""

import random
import re
from uuid import UUID

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.indicators.definition.kinds import ColumnType
from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.indicators.intake.heading import find_columns
from styrkedja.core.indicators.intake.identities import IdentityWatch
from tests.architecture.sources import ROOT
from tests.core.indicators.intake.worlds import VISIT, source

TYPES = {"patient": ColumnType.KEY, "cost": ColumnType.ORE}


def check_digit(nine: str) -> str:
    products = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(nine))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Ten digits: a birth date, of a samordningsnummer with 60 added to the day, three digits and the check digit."""
    born = draw(st.dates())
    day = born.day + draw(st.sampled_from([0, 60]))
    nine = f"{born.year % 100:02d}{born.month:02d}{day:02d}{draw(st.integers(0, 999)):03d}"
    return nine + check_digit(nine)


def watch(values: list[str], column: str = "patient") -> None:
    found = IdentityWatch(TYPES)
    found.see(column, pa.array(values), np.arange(2, len(values) + 2))
    found.finish()


@given(numbers(), st.sampled_from(["{0}", "19{0}", "20{0}"]), st.sampled_from(["", "-", "+", " "]))
def test_a_number_is_known_however_it_is_written(ten: str, century: str, sign: str) -> None:
    written = century.format(ten)
    with pytest.raises(FileRefused) as refused:
        watch(["p1", f"{written[:-4]}{sign}{written[-4:]}", "p3"])
    assert "”patient” ser ut att hålla personnummer eller samordningsnummer, först på rad 3." in str(refused.value)
    assert ten[:6] not in str(refused.value), "the number itself is told to nobody"


@given(numbers(), st.integers(1, 9))
def test_a_wrong_check_digit_is_no_number(ten: str, more: int) -> None:
    watch([ten[:-1] + str((int(ten[-1]) + more) % 10)])


def test_numbers_within_longer_texts_are_known() -> None:
    with pytest.raises(FileRefused):
        watch(["pat:" + "19" + "121212" + "1212"])
    with pytest.raises(FileRefused):
        watch(["X" + "121212" + "-" + "1212" + "/1"])


def test_a_column_of_whole_numbers_is_looked_at_too() -> None:
    found = IdentityWatch(TYPES)
    with pytest.raises(FileRefused):
        found.see("patient", pa.array([int("19" + "121212" + "1212")] * 10), np.arange(10))


def test_a_few_among_many_of_another_form_are_found_at_the_end() -> None:
    found = IdentityWatch(TYPES)
    found.see("patient", pa.array([f"p{number}" for number in range(5000)]), np.arange(2, 5002))
    found.see("patient", pa.array(["121212" + "1212"]), np.array([5002]))
    with pytest.raises(FileRefused) as refused:
        found.finish()
    assert "först på rad 5002" in str(refused.value)


def test_many_are_found_before_the_file_is_read_to_its_end() -> None:
    found = IdentityWatch(TYPES)
    with pytest.raises(FileRefused):
        found.see("patient", pa.array(["121212" + "-" + "1212"] * 10), np.arange(10))


def test_pseudonyms_of_usual_forms_are_let_through() -> None:
    chance = random.Random(7)
    watch([str(UUID(int=chance.getrandbits(128))) for _ in range(20_000)])
    watch([f"{chance.getrandbits(256):064x}" for _ in range(20_000)])
    watch([f"{chance.randrange(10**10):010d}" for _ in range(20_000)])
    watch([f"{chance.randrange(10**12):012d}" for _ in range(20_000)])
    watch([str(number) for number in range(1_000_000_000, 1_000_020_000)])
    watch(["SE2321000214-A1", "232100-0214", "5560125790"] * 100)


def test_amounts_of_ten_digits_are_let_through_and_a_column_of_numbers_is_not() -> None:
    watch([str(8_501_011_236 + number) for number in range(1000)], "cost")
    with pytest.raises(FileRefused):
        watch(["121212" + "1212"] * 20, "cost")


def test_what_is_empty_or_of_another_type_is_passed_by() -> None:
    found = IdentityWatch(TYPES)
    found.see("patient", pa.nulls(3), np.arange(3))
    found.see("patient", pa.array([None, ""]), np.arange(2))
    found.see("cost", pa.array([1.5]), np.arange(1))
    found.finish()


@pytest.mark.parametrize(
    "name",
    [
        "personnummer",
        "Pers.nr",
        "PNR",
        "Personnr",
        "samordningsnummer",
        "fodelsenummer",
        "födelsenummer",
        "ssn",
        "patient_personnummer",
        "PersonIdNr",
    ],
)
def test_a_name_that_promises_identities_refuses_the_file(name: str) -> None:
    with pytest.raises(FileRefused) as refused:
        find_columns(source("visits"), [*VISIT, name])
    assert str(refused.value).startswith(f"Kolumnen ”{name}” ser ut att hålla personnummer")


@pytest.mark.parametrize("name", ["Namn", "efternamn", "E-post", "adress", "patientnamn", "Telefon"])
def test_a_name_that_points_out_persons_refuses_the_file(name: str) -> None:
    with pytest.raises(FileRefused, match="peka ut enskilda personer"):
        find_columns(source("visits"), [*VISIT, name])


@pytest.mark.parametrize("path", sorted((ROOT / "definitions" / "sources").glob("*.toml")), ids=lambda path: path.stem)
def test_no_name_of_the_projects_own_sources_is_taken_for_one(path: object) -> None:
    own = source(re.sub(r".*/|\.toml$", "", str(path)))
    assert find_columns(own, [column.name for column in own.stored]).keys() == {column.name for column in own.stored}
