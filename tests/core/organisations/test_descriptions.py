from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.organisations.descriptions import Change, Earlier, changes, description_on

NOW = {"name": "LPO psykisk hälsa", "host": 7}
EARLIER = [
    Earlier(date(2025, 1, 1), {"name": "LPO psykiatri"}),
    Earlier(date(2026, 3, 1), {"name": "LPO psykisk ohälsa", "host": None}),
]


def test_a_value_is_the_one_that_held_that_day():
    assert description_on(NOW, EARLIER, on=date(2024, 12, 31)) == {"name": "LPO psykiatri", "host": None}
    assert description_on(NOW, EARLIER, on=date(2025, 1, 1)) == {"name": "LPO psykisk ohälsa", "host": None}
    assert description_on(NOW, EARLIER, on=date(2026, 2, 28)) == {"name": "LPO psykisk ohälsa", "host": None}
    assert description_on(NOW, EARLIER, on=date(2026, 3, 1)) == NOW


def test_what_holds_now_is_not_altered_by_looking_back():
    description_on(NOW, EARLIER, on=date(2020, 1, 1))
    assert NOW == {"name": "LPO psykisk hälsa", "host": 7}


def test_of_two_changes_on_one_day_the_first_says_what_was_before():
    earlier = [Earlier(date(2026, 3, 1), {"name": "A"}), Earlier(date(2026, 3, 1), {"name": "B"})]
    assert description_on({"name": "C"}, earlier, on=date(2026, 2, 28)) == {"name": "A"}
    assert description_on({"name": "C"}, earlier, on=date(2026, 3, 1)) == {"name": "C"}


def test_changes_are_told_oldest_first_with_before_and_after():
    assert changes(NOW, EARLIER) == [
        Change(date(2025, 1, 1), "name", "LPO psykiatri", "LPO psykisk ohälsa"),
        Change(date(2026, 3, 1), "host", None, 7),
        Change(date(2026, 3, 1), "name", "LPO psykisk ohälsa", "LPO psykisk hälsa"),
    ]


def test_what_became_the_same_again_is_no_change():
    assert changes({"name": "A"}, [Earlier(date(2026, 3, 1), {"name": "A"})]) == []


START = date(2026, 1, 1)
values = st.fixed_dictionaries({"name": st.sampled_from("ABC"), "host": st.sampled_from([None, 1, 2])})


@given(st.lists(st.tuples(st.integers(0, 30), values), min_size=1, max_size=8))
def test_every_day_is_found_again_as_it_was_recorded(steps):
    """A thing changes on some days; each day's last state is what looking back on that day gives."""
    states = sorted(steps, key=lambda step: step[0])
    now, earlier, recorded = states[0][1], [], {}
    for offset, wanted in states:
        until = START + timedelta(days=offset)
        before = {name: value for name, value in now.items() if wanted[name] != value}
        if before:
            earlier.append(Earlier(until, before))
        now = wanted
        recorded[until] = wanted
    for day, state in recorded.items():
        assert description_on(now, earlier, on=day) == state
    assert description_on(now, earlier, on=START - timedelta(days=1)) == states[0][1]
