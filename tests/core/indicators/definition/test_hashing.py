"""What changes the values changes the hash; what does not, does not."""

import pytest

from styrkedja.core.indicators.definition.hashing import cell_hash, content_hash, used_columns
from tests.core.indicators.definition.files import FLAG, INDEX, INDICATOR, SOURCES, VISITS, changed, library, with_value


def read(text, sources=SOURCES):
    found = library(text, sources=sources)
    assert found.faults == ()
    return found.definitions["hembesok"], found.sources["visits"]


def hashes(text, sources=SOURCES):
    definition, source = read(text, sources)
    return content_hash(definition), cell_hash(definition.numerator, source, definition.split_by)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "Andel hembesök"', 'title = "Hembesök i procent"'),
        ('description = "Hembesök av alla besök."', 'description = "Något annat."'),
        ('author = "Analytiker"', 'author = "Controller"'),
        ("next_review = 2027-09-01", "next_review = 2028-09-01"),
        ("value = 20", "value = 25"),
        ('unit = "%"', 'unit = "%"\ndecimals = 3'),
        ('publisher = "SKR"', 'publisher = "Sveriges Kommuner och Regioner"'),
        ('where = { contact = "home_visit", age = { from = 65 } }', 'where = { age = { from = 65 }, contact = ["home_visit"] }'),
        ('["NATION", "REGION", "UNIT"]', '[ "NATION", "REGION", "UNIT" ]'),
    ],
)
def test_words_and_order_do_not_change_the_hash(old, new):
    assert hashes(changed(INDICATOR, old, new)) == hashes(INDICATOR)


@pytest.mark.parametrize(
    ("old", "new", "cells_too"),
    [
        ("minimum_n = 5", "minimum_n = 10", False),
        ("minimum_n = 5", "minimum_n = 5\nmonths = 12", False),
        ('levels = ["NATION", ', "levels = [", False),
        ('dimensions = ["sex"]', 'dimensions = ["sex", "age_group"]', True),
        ('"home_visit", age = { from = 65 }', '"phone", age = { from = 65 }', True),
        ('"home_visit", age = { from = 65 }', '"home_visit", age = { from = 66 }', True),
    ],
)
def test_what_changes_the_values_changes_the_hash(old, new, cells_too):
    was, became = hashes(INDICATOR), hashes(changed(INDICATOR, old, new))
    assert was[0] != became[0]
    assert (was[1] != became[1]) == cells_too


def test_a_column_that_is_derived_in_another_way_changes_the_cells_that_read_it():
    other = SOURCES | {"visits.toml": changed(VISITS, "starts = [0, 18, 65]", "starts = [0, 20, 65]")}
    assert hashes(INDICATOR) == hashes(INDICATOR, other)
    split = changed(INDICATOR, 'dimensions = ["sex"]', 'dimensions = ["age_group"]')
    assert hashes(split)[1] != hashes(split, other)[1]


def test_used_columns_are_those_that_are_read_and_what_they_are_made_of():
    definition, source = read(INDICATOR)
    assert used_columns(definition.numerator, source) == {"visited_on", "unit", "contact", "age"}
    definition, source = read(with_value(INDEX))
    assert used_columns(definition.numerator, source) == {"visited_on", "unit", "listed_unit", "patient", "caregiver"}
    definition, source = read(with_value(FLAG + "where = { waited = { from = 3 } }\n"))
    assert used_columns(definition.numerator, source) == {"visited_on", "referred_on", "unit", "patient", "waited"}
