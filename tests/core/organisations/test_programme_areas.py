from dataclasses import replace

import pytest

from styrkedja.core.organisations.kinds import GroupLevel
from styrkedja.core.organisations.programme_areas import AreaFacts, Lack, lacks

WHOLE = AreaFacts(
    level=GroupLevel.LOCAL, has_host=True, chairs=1, chairs_held=1, leaders=1, leaders_held=1, expert_percent=20, counterparts=1
)


@pytest.mark.parametrize("level", GroupLevel)
def test_an_area_with_everything_lacks_nothing(level):
    assert lacks(replace(WHOLE, level=level)) == ()


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"has_host": False}, Lack.NO_HOST),
        ({"chairs": 0, "chairs_held": 0}, Lack.NO_CHAIR),
        ({"chairs_held": 0}, Lack.VACANT_CHAIR),
        ({"leaders": 0, "leaders_held": 0}, Lack.NO_PROCESS_LEADER),
        ({"leaders_held": 0}, Lack.VACANT_PROCESS_LEADER),
        ({"expert_percent": 0}, Lack.NO_EXPERT_TIME),
        ({"counterparts": 0}, Lack.NO_COUNTERPART),
    ],
)
def test_each_thing_that_is_missing_is_told_alone(changes, lack):
    assert lacks(replace(WHOLE, **changes)) == (lack,)


def test_of_two_chairs_one_that_is_held_is_enough():
    assert lacks(replace(WHOLE, chairs=2, chairs_held=1)) == ()


@pytest.mark.parametrize(
    ("level", "lacking"),
    [(GroupLevel.NATIONAL, True), (GroupLevel.LOCAL, True), (GroupLevel.HEALTHCARE_REGION, False)],
)
def test_a_counterpart_is_asked_for_where_the_sources_name_one(level, lacking):
    assert (Lack.NO_COUNTERPART in lacks(replace(WHOLE, level=level, counterparts=0))) is lacking


def test_what_is_missing_stands_in_the_order_of_the_recommendation():
    empty = AreaFacts(GroupLevel.LOCAL, False, 0, 0, 1, 0, 0, 0)
    assert lacks(empty) == (Lack.NO_HOST, Lack.NO_CHAIR, Lack.VACANT_PROCESS_LEADER, Lack.NO_EXPERT_TIME, Lack.NO_COUNTERPART)
