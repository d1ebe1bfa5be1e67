"""Where an organisation hung before: read, and every fault in it told on its line."""

from datetime import date

import pytest

from styrkedja.core.organisations.county import EarlierParents
from styrkedja.core.organisations.county_files import read_county
from tests.core.organisations.folders import NATIONAL_BODIES, added, encoded, faults

UNIT = """
[[organisation]]
key = "enhet"
kind = "UNIT"
name = "Enheten"
parents = ["namnd"]
earlier = [
  { parents = ["by"], until = 2024-01-01 },
  { parents = ["region-x", "by"], until = 2025-07-01 },
]
"""


def test_earlier_parents_are_read_in_their_order():
    reading = read_county(encoded(added("organisations.toml", UNIT)), known_bodies=NATIONAL_BODIES)
    assert reading.findings == ()
    assert reading.county.organisations[-1].earlier == (
        EarlierParents(("by",), date(2024, 1, 1)),
        EarlierParents(("region-x", "by"), date(2025, 7, 1)),
    )
    assert reading.county.organisations[0].earlier == ()


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("2025-07-01", "2024-01-01", "2024-01-01 },\n]", "”until” är 2024-01-01 men ska ligga efter raden före, 2024-01-01."),
        (
            'name = "Enheten"',
            'name = "Enheten"\nvalid_from = 2024-06-01',
            'parents = ["by"]',
            "”until” är 2024-01-01 men ska ligga efter ”valid_from”, 2024-06-01.",
        ),
        (
            'name = "Enheten"',
            'name = "Enheten"\nvalid_until = 2025-07-01',
            "2025-07-01 }",
            "”until” är 2025-07-01 men ska ligga före ”valid_until”, 2025-07-01.",
        ),
        ('{ parents = ["by"]', '{ parents = ["bu"]', '"bu"', "Det finns inget organ med nyckeln ”bu”."),
        (
            '{ parents = ["by"]',
            '{ parents = ["npo-a"]',
            '"npo-a"',
            "”npo-a” är en grupp. En organisation kan bara höra till en organisation.",
        ),
        ('{ parents = ["by"]', "{ parents = []", "parents = [],", "”parents” är en tom lista. Fyll i den eller ta bort raden."),
        ('{ parents = ["by"], until', "{ until", "{ until", "”earlier” saknar ”parents”. Lägg till det."),
        ('parents = ["namnd"]\n', "", "earlier", "”earlier” säger var organisationen låg förr. Ange i ”parents” var den ligger nu."),
        (
            '{ parents = ["by"]',
            '{ parents = ["by"], from = 2020-01-01',
            "from",
            "”from” är en okänd nyckel. Här får ”parents” och ”until” finnas.",
        ),
    ],
)
def test_each_fault_is_told_on_its_line(old, new, at, message):
    assert UNIT.count(old) == 1
    folder = added("organisations.toml", UNIT.replace(old, new))
    lines = folder["organisations.toml"]
    (found,) = faults(folder)
    assert (found[0], found[2]) == ("organisations.toml", message)
    assert at.partition("\n")[0] in lines.split("\n")[found[1] - 1]


def test_a_ring_that_once_was_is_found_and_a_move_without_ring_is_not():
    """The committee belonged to the unit until 2020; then they changed places, which is a ring of names but of no day."""
    changed = UNIT.replace('{ parents = ["by"], until = 2024-01-01 },', '{ parents = ["by"], until = 2020-01-01 },')
    swap = '[[organisation]]\nkey = "del"\nkind = "UNIT"\nname = "Delen"\nparents = ["by"]\nearlier = [{ parents = ["enhet"], until = 2020-01-01 }]\n'
    assert faults(added("organisations.toml", changed.replace('parents = ["namnd"]\n', 'parents = ["del"]\n') + swap)) == []
    late = swap.replace("2020-01-01", "2026-01-01")
    (found,) = faults(added("organisations.toml", changed.replace('parents = ["namnd"]\n', 'parents = ["del"]\n') + late))
    assert found[2] == "Dagen före 2026-01-01 hör organen till varandra i en ring: enhet → del → enhet. Ta bort en av hänvisningarna."


def test_a_ring_of_today_is_told_once():
    ring = UNIT.replace('parents = ["namnd"]\n', 'parents = ["enhet"]\n')
    (found,) = faults(added("organisations.toml", ring))
    assert found[2].startswith("Organen hör till varandra i en ring: enhet → enhet.")
