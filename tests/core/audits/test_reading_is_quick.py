"""A text that somebody has made to be slow costs no more than its length: no pattern goes back and forth over it."""

import time

import pytest

from styrkedja.core.wording import vague_sentences
from tests.core.audits.texts import read

# Each once made some pattern quadratic, or could have.
PIECES = [
    "a-",
    "hälso- och ",
    "hälso-, ",
    "A",
    "AB CD ",
    "Aa Bb ",
    "\n",
    " ",
    "\t",
    "nämnden ",
    "chefen ska ",
    "Svar ",
    "§ 1 ",
    "2025-03-25 ",
    "a.a@",
    "av ",
    "a ..... 3 ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_of_one_piece_is_read_in_seconds(piece: str) -> None:
    begun = time.perf_counter()
    long = piece * (40_000 // len(piece))
    read(long)
    vague_sentences(long)
    assert time.perf_counter() - begun < 8  # a quadratic pattern takes minutes
