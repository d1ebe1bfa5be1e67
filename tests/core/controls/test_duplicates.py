"""R05's near-duplicates against a labelled set, and against comparing all with all."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.duplicates import can_be_double, carried_over, entries_of, likeness, near_duplicates
from styrkedja.core.controls.meetings import Place, meetings, required
from styrkedja.core.controls.rules.r05 import Limits
from styrkedja.core.controls.run import faults
from styrkedja.core.controls.snapshot import Action, Snapshot
from styrkedja.core.controls.stems import Stemmer, are_contrary
from tests.core.controls.action_pairs import HELD_OUT, PAIRS, Pair
from tests.core.controls.region import ACTION, BODIES, DIRECTOR, HEAD, ON

LIMITS = Limits()


def actions_of(pair: Pair) -> tuple[Action, Action]:
    """The two as actions of two functions, sharing what the pair says."""

    def action(key: str, name: str, seat: str) -> Action:
        return replace(
            ACTION,
            key=key,
            name=name,
            text="",
            accountable=(seat,),
            goals=("g",) if "g" in pair.shared else (f"g {key}",),
            indicators=("i",) if "i" in pair.shared else (f"i {key}",),
            unit="enhet 1" if "u" in pair.shared else f"enhet {key}" if "d" in pair.shared else None,
        )

    return action("2", pair.one, HEAD), action("3", pair.other, DIRECTOR)


def is_found(pair: Pair) -> bool:
    snapshot = Snapshot(on=ON, bodies=BODIES, actions=actions_of(pair))
    found = near_duplicates(Chain(snapshot), percent_shared=LIMITS.percent_shared, percent_alone=LIMITS.percent_alone)
    return bool(found)


def figures(pairs: Sequence[Pair]) -> tuple[int, int, int]:
    """How many duplicates are found, how many others are taken for duplicates, and how many duplicates are missed."""
    found = [(is_found(pair), pair.is_duplicate) for pair in pairs]
    return found.count((True, True)), found.count((True, False)), found.count((False, True))


@pytest.mark.parametrize(("name", "pairs", "expected"), [("labelled", PAIRS, (32, 0, 14)), ("held out", HELD_OUT, (5, 0, 5))])
def test_precision_and_recall_are_as_printed(name: str, pairs: Sequence[Pair], expected: tuple[int, int, int], capsys) -> None:
    right, wrong, missed = figures(pairs)
    with capsys.disabled():
        sys.stdout.write(
            f"\nR05, {len(pairs)} {name} pairs: precision {right / (right + wrong):.3f}, recall {right / (right + missed):.3f}\n"
        )
    assert (right, wrong, missed) == expected


def test_the_labelled_set_is_large_and_says_each_thing_once() -> None:
    assert len(PAIRS) >= 60
    assert len({(pair.one, pair.other, pair.shared) for pair in PAIRS + HELD_OUT}) == len(PAIRS) + len(HELD_OUT)


def test_an_explanation_says_what_is_shared_and_whose_they_are() -> None:
    one, other = actions_of(Pair("Inför digitala vårdbesök vid hälsocentralerna", "Digitala vårdbesök på alla hälsocentraler", "iu", True))
    snapshot = Snapshot(on=ON, bodies=BODIES, actions=(one, other))
    [told] = [str(fault.explanation) for fault in faults(snapshot) if fault.check == "A22"]
    assert told == (
        "Åtgärden liknar ”Digitala vårdbesök på alla hälsocentraler”: samma indikator, samma enhet, 85 % av orden, två ägare (områdeschef och direktör)."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("samordning", "samordna"),
        ("minskning", "minska"),
        ("patienters", "patient"),
        ("användningen", "använda"),
        ("distriktssköterskor", "distriktssköterska"),
        ("ökad", "fler"),
        ("införande", "starta"),
    ],
)
def test_words_that_mean_the_same_have_one_stem(one: str, other: str) -> None:
    stemmer = Stemmer()
    assert stemmer.stem(one) == stemmer.stem(other)


def test_words_that_say_nothing_are_left_out() -> None:
    assert Stemmer().words("Se över och följ upp det som ska göras under 2026 på 1177").stems == {"översyn", "uppfölj", "gör", "1177"}


def test_contrary_is_only_what_one_begins_and_the_other_ends() -> None:
    words = Stemmer().words
    assert are_contrary(words("Öppna en mottagning").stems, words("Stäng en mottagning").stems)
    assert not are_contrary(words("Inför brev för att minska köer").stems, words("Minska köer").stems)


SETS = st.lists(st.frozensets(st.sampled_from("abcdefghij"), min_size=3, max_size=8), min_size=2, max_size=12)


@given(SETS, st.integers(40, 100), st.integers(1, 3))
def test_no_pair_that_is_alike_enough_is_lost(sets: list[frozenset[str]], percent: int, signature: int) -> None:
    met = meetings(sets, [[Place("", "", ("",))]] * len(sets), percent=percent, fewest=3, signature=signature)
    for one in range(len(sets)):
        for other in range(one + 1, len(sets)):
            if 200 * len(sets[one] & sets[other]) >= percent * (len(sets[one]) + len(sets[other])):
                assert (one, other) in met


@given(st.integers(3, 24), st.integers(3, 24), st.integers(1, 100))
def test_what_is_required_is_never_more_than_a_pair_needs(size: int, other: int, percent: int) -> None:
    least = next((common for common in range(min(size, other) + 1) if 200 * common >= percent * (size + other)), None)
    assert least is None or required(size, percent, 3) <= max(least, 1)


WORDS = "inför minska digitala vårdbesök hälsocentral hyrläkare läkemedel kostnad hemsjukvård schema patient översyn"
ACTIONS = st.lists(
    st.builds(
        lambda words, goals, unit, seat: replace(
            ACTION, name=" ".join(words), text="", goals=tuple(goals), indicators=(), unit=unit, accountable=(seat,)
        ),
        st.lists(st.sampled_from(WORDS.split()), min_size=2, max_size=6),
        st.sets(st.sampled_from(["g1", "g2"]), max_size=2),
        st.sampled_from([None, "området", "enhet 1", "enhet 2"]),
        st.sampled_from([HEAD, DIRECTOR]),
    ),
    max_size=10,
)


@settings(max_examples=200)
@given(ACTIONS)
def test_the_short_way_finds_what_comparing_all_with_all_finds(drawn: list[Action]) -> None:
    actions = tuple(replace(action, key=f"å{number:02}") for number, action in enumerate(drawn))
    chain = Chain(Snapshot(on=ON, bodies=BODIES, actions=actions))
    entries, carried = entries_of(chain), carried_over(chain)
    found = []
    for index, one in enumerate(entries):
        for other in entries[index + 1 :]:
            pair = likeness(one, other)
            limit = LIMITS.percent_shared if pair.near_goal or pair.same_indicator else LIMITS.percent_alone
            if can_be_double(one, other, carried) and pair.percent >= limit:
                found.append(pair)
    assert near_duplicates(chain, percent_shared=LIMITS.percent_shared, percent_alone=LIMITS.percent_alone) == found
