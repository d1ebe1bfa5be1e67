from pathlib import Path

import pytest

from styrkedja.core.toml.positions import Duplicate, find_positions

TEXT = '''# a comment with [brackets] and "quotes"
title = "one" # = "two"

[county]
"key" = 'a]b'
lists.first = [
  "x", # "y",
  ["z", "w"],

  { body = "q" },
]
text = """
[not.a.table]
key = 1 \\""" still text"""
literal = \'\'\'
[[nor.this]]\'\'\'

[[seat]]
body = "one"
[[seat]]
body = "two"
  [seat.more]
  deep = true
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("county",), 4),
        (("county", "key"), 5),
        (("county", "lists", "first"), 6),
        (("county", "lists", "first", 0), 7),
        (("county", "lists", "first", 1), 8),
        (("county", "lists", "first", 1, 1), 8),
        (("county", "lists", "first", 2), 10),
        (("county", "lists", "first", 2, "body"), 10),
        (("county", "text"), 12),
        (("county", "literal"), 15),
        (("seat", 0), 18),
        (("seat", 0, "body"), 19),
        (("seat", 1), 20),
        (("seat", 1, "body"), 21),
        (("seat", 1, "more"), 22),
        (("seat", 1, "more", "deep"), 23),
    ],
)
def test_every_table_key_and_item_has_its_line(path, line):
    positions = find_positions(TEXT)

    assert positions.lines[path] == line
    assert positions.duplicates == ()


def test_text_that_looks_like_tables_and_keys_is_text():
    names = {path[0] for path in find_positions(TEXT).lines}

    assert names == {"title", "county", "seat"}


def test_what_is_unknown_stands_where_its_surroundings_stand():
    positions = find_positions(TEXT)

    assert positions.line(("seat", 1, "missing")) == 20
    assert positions.line(("missing", 3)) == 1
    assert positions.line(()) == 1


def test_every_key_that_stands_twice_is_found():
    text = "a = 1\nb = 2\na = 3\n[t]\nc = 1\nc = 2\nc = 3\n[t]\n"

    assert find_positions(text).duplicates == (Duplicate("a", 3, 1), Duplicate("c", 6, 5), Duplicate("c", 7, 5), Duplicate("t", 8, 4))


def test_the_same_key_in_two_tables_of_a_list_is_no_duplicate():
    assert find_positions("[[t]]\na = 1\n[[t]]\na = 2\n").duplicates == ()


@pytest.mark.parametrize("text", ["", "\n", "[", "[[", "a", "a =", "a = [", "a = {", 'a = "', "a = '''", "]", "= 1", "a = [}", "[a\nb = 1"])
def test_scanner_never_refuses_what_is_no_toml(text):
    find_positions(text)


def test_every_key_of_the_real_files_is_found():
    for path in sorted(Path("definitions").glob("**/*.toml")):
        lines = path.read_text().split("\n")
        expected = {number for number, line in enumerate(lines, 1) if line.startswith("[") or " = " in line.split("#")[0]}
        assert expected <= set(find_positions(path.read_text()).lines.values()), path
