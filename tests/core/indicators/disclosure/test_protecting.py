"""What is withheld, held against plain algebra: no withheld count is a combination of those that are shown."""

from fractions import Fraction
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrkedja.core.indicators.disclosure.counted import Counted, as_json, read_counts
from styrkedja.core.indicators.disclosure.cubes import Cube
from styrkedja.core.indicators.disclosure.protecting import Protection, protect
from styrkedja.core.indicators.disclosure.tables import CellStatus, Rule, count_table

Row = list[Fraction]


def leaf_rows(cube: Cube) -> list[Row]:
    """Each cell as the leaves that it counts."""
    places = {leaf: number for number, leaf in enumerate(product(*(dimension.leaves for dimension in cube.dimensions)))}
    rows = []
    for cell in range(cube.size):
        below = product(*(dimension.leaves_of[member] for dimension, member in zip(cube.dimensions, cube.members(cell), strict=True)))
        row = [Fraction(0)] * len(places)
        for leaf in below:
            row[places[leaf]] = Fraction(1)
        rows.append(row)
    return rows


def reduced(row: Row, pivots: list[tuple[int, Row]]) -> Row:
    for place, pivot in pivots:
        if row[place]:
            factor = row[place]
            row = [value - factor * other for value, other in zip(row, pivot, strict=True)]
    return row


def computable(protection: Protection) -> list[int]:
    """The withheld cells that lie in the space of the shown ones, by elimination in fractions."""
    rows = leaf_rows(protection.table.cube)
    pivots: list[tuple[int, Row]] = []
    for cell, row in enumerate(rows):
        if not protection.withheld[cell]:
            left = reduced(row, pivots)
            place = next((at for at, value in enumerate(left) if value), None)
            if place is not None:
                pivots.append((place, [value / left[place] for value in left]))
    return [cell for cell, row in enumerate(rows) if protection.withheld[cell] and not any(reduced(row, pivots))]


def counted(lines: list[str]) -> Counted:
    source = "\n".join(["region,enhet,kon,antal", *lines]).encode()
    return read_counts(source, rows=["region", "enhet"], by=["kon"], count="antal", max_cells=10_000)


def protected(table: Counted, rule: Rule) -> Protection:
    return protect(count_table(table.cube, table.leaves, rule))


SMALL = ["R1,A,K,3", "R1,A,M,12", "R1,B,K,20", "R1,B,M,30", "R2,C,K,11", "R2,C,M,9", "R2,D,K,7", "R2,D,M,15"]


def withheld_keys(table: Counted, protection: Protection) -> dict[tuple[object, ...], str]:
    return {tuple(table.key(cell).values()): protection.status(cell).value for cell in range(table.cube.size) if protection.withheld[cell]}


def test_one_small_count_takes_three_others_with_it():
    table = counted(SMALL)
    found = withheld_keys(table, protected(table, Rule(5)))
    assert found == {
        ("R1", "A", "K"): "primary",
        ("R1", "A", "M"): "complementary",
        ("R1", "B", "K"): "complementary",
        ("R1", "B", "M"): "complementary",
    }


def test_without_a_small_count_everything_is_shown():
    table = counted(SMALL)
    protection = protected(table, Rule(3))
    assert not protection.withheld.any()
    assert as_json(table, protection)["audit"] == {"recoverable": 0}
    assert as_json(table, protection)["cells"][0] == {
        "key": {"region": None, "enhet": None, "kon": None},
        "count": 107,
        "status": "published",
    }


def test_zeros_are_shown_unless_they_are_protected():
    lines = [*SMALL[:-1], "R2,D,M,0"]
    table = counted(lines)
    assert ("R2", "D", "M") not in withheld_keys(table, protected(table, Rule(5)))
    assert withheld_keys(table, protected(table, Rule(5, protect_zeros=True)))["R2", "D", "M"] == "primary"


def test_a_combination_that_is_not_in_the_file_is_zero():
    table = counted(["R1,A,K,8", "R1,B,M,9"])
    protection = protected(table, Rule(5))
    shown = {tuple(cell["key"].values()): cell["count"] for cell in as_json(table, protection)["cells"]}
    assert (shown["R1", "A", "M"], shown["R1", "A", None], shown[None, None, None]) == (0, 8, 17)


counts = st.lists(st.integers(0, 12), min_size=2, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts, st.integers(1, 6), st.booleans())
def test_nothing_withheld_can_be_computed(numbers: list[int], threshold: int, zeros: bool):
    lines = [f"R{place // 4},E{place // 2},{'KM'[place % 2]},{number}" for place, number in enumerate(numbers)]
    table = counted(lines)
    rule = Rule(threshold, protect_zeros=zeros)
    protection = protected(table, rule)
    recoverable = set(protection.audit.recoverable)
    assert set(computable(protection)) <= recoverable
    values = protection.table.quantities[0].values
    for cell in range(table.cube.size):
        is_small = (0 if zeros else 1) <= values[cell] < threshold
        assert (protection.status(cell) is CellStatus.PRIMARY) == is_small
        assert protection.withheld[cell] or not is_small


@settings(max_examples=15, deadline=None)
@given(counts)
def test_the_same_table_gives_the_same_answer(numbers: list[int]):
    lines = [f"R{place // 4},E{place // 2},{'KM'[place % 2]},{number}" for place, number in enumerate(numbers)]
    first, again = (as_json(table, protected(table, Rule(5))) for table in (counted(lines), counted(list(reversed(lines)))))
    assert first == again
