"""Files that tell where an organisation hung before give the tree of every day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from styrkedja.core.organisations.county import County as CountyValues
from styrkedja.core.organisations.county import EarlierParents, OrganisationRow
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period
from styrkedja.ledger.models import LedgerEntry
from styrkedja.organisations.models import County, Placement
from styrkedja.organisations.selectors.validity import valid_on
from styrkedja.organisations.services import load_county
from tests.apps.organisations import files

LATER = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
UNIT = OrganisationRow(
    key="enhet-prov",
    kind=OrganisationKind.UNIT,
    name="Provenheten",
    short_name="",
    parents=("verksamhet-medicin",),
    code="",
    org_number="",
    hsa_id="",
    validity=Period(),
    earlier=(EarlierParents(("verksamhet-kirurgi",), date(2024, 1, 1)), EarlierParents(("verksamhet-ogon-oron",), date(2025, 9, 1))),
)


def parents(on: date) -> list[str]:
    return sorted(Placement.objects.filter(valid_on(on), child__key="enhet-prov").values_list("parent__key", flat=True))


def with_unit(**changes: object) -> CountyValues:
    return files.plus(files.jamtland(), replace(UNIT, **changes))


def load(values: CountyValues) -> list[str]:
    return load_county(actor=None, values=values, at=LATER)[1]


TREE = [
    (date(1999, 1, 1), ["verksamhet-kirurgi"]),
    (date(2023, 12, 31), ["verksamhet-kirurgi"]),
    (date(2024, 1, 1), ["verksamhet-ogon-oron"]),
    (date(2025, 8, 31), ["verksamhet-ogon-oron"]),
    (date(2025, 9, 1), ["verksamhet-medicin"]),
    (date(2030, 1, 1), ["verksamhet-medicin"]),
]


@pytest.mark.django_db
def test_a_new_county_has_the_tree_of_every_day(structure: None) -> None:
    load_county(actor=None, values=with_unit(), at=LATER)
    assert [(day, parents(day)) for day, _expected in TREE] == TREE


def test_the_same_files_again_write_nothing(jamtland: County, flush_ledger: Callable[[], list[LedgerEntry]]) -> None:
    assert load(with_unit()) == ["Ny: Provenheten (enhet-prov)"]
    before, log = list(Placement.objects.order_by("pk").values()), len(flush_ledger())
    assert load(with_unit()) == []
    assert (list(Placement.objects.order_by("pk").values()), len(flush_ledger())) == (before, log)


def test_a_unit_that_is_new_in_the_files_begins_with_the_load(jamtland: County) -> None:
    load(with_unit(validity=Period(date(2020, 1, 1), None)))
    assert parents(date(2019, 12, 31)) == []
    assert parents(date(2020, 1, 1)) == ["verksamhet-kirurgi"]


def test_what_stood_somewhere_before_the_load_has_always_been_there(jamtland: County) -> None:
    load(with_unit(earlier=()))
    assert parents(date(2026, 9, 15)) == []
    load(with_unit())
    assert [parents(day) for day, _expected in TREE] == [expected for _day, expected in TREE]


def test_dates_that_are_corrected_hold_for_all_days(jamtland: County) -> None:
    load(with_unit(validity=Period(date(2020, 1, 1), None)))
    corrected = (EarlierParents(("verksamhet-kirurgi",), date(2024, 7, 1)),)
    assert load(with_unit(validity=Period(date(2020, 1, 1), None), earlier=corrected)) == [
        "Ändrad tillhörighet: Provenheten (filernas datum)"
    ]
    days = [date(2020, 1, 1), date(2024, 6, 30), date(2024, 7, 1), date(2025, 8, 31), date(2026, 9, 16)]
    expected = ["verksamhet-kirurgi", "verksamhet-kirurgi", *["verksamhet-medicin"] * 3]
    assert [parents(day) for day in days] == [[key] for key in expected]


def test_a_body_that_has_stood_in_one_place_gets_its_earlier_one(jamtland: County) -> None:
    load(with_unit(earlier=(), validity=Period(date(2020, 1, 1), None)))
    assert parents(date(2021, 1, 1)) == ["verksamhet-medicin"]
    load(with_unit(validity=Period(date(2020, 1, 1), None)))
    assert [parents(day) for day, _expected in TREE[1:]] == [expected for _day, expected in TREE[1:]]


def test_a_move_that_is_to_come_is_in_the_tree_of_its_day(jamtland: County) -> None:
    coming = (EarlierParents(("verksamhet-kirurgi",), date(2027, 1, 1)),)
    load(with_unit(earlier=coming, validity=Period(date(2020, 1, 1), None)))
    assert (parents(date(2026, 12, 31)), parents(date(2027, 1, 1))) == (["verksamhet-kirurgi"], ["verksamhet-medicin"])


def test_what_disappears_from_the_files_is_closed_wherever_it_hung(jamtland: County) -> None:
    load(with_unit(validity=Period(date(2020, 1, 1), None)))
    assert load(files.jamtland()) == ["Stängd: Provenheten (enhet-prov)"]
    assert parents(LATER.date()) == []
    assert parents(date(2025, 9, 1)) == ["verksamhet-medicin"]
