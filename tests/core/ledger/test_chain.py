import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.ledger.chain import GENESIS, Break, canonical_json, digest, entry_body, link_hash, verify

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Link:
    sequence: int
    body: str
    previous_hash: str
    hash: str
    text: str | None
    salt: str | None


def body_of(text: str, salt: str, *, act: str = "case.opened", object_id: str = "7") -> str:
    return entry_body(
        at=AT, act=act, account=3, function="Registrator", object_type="cases.case", object_id=object_id, digest=digest(salt, text)
    )


def chain_of(length: int) -> list[Link]:
    links: list[Link] = []
    for sequence in range(1, length + 1):
        links = appended(links, text=f'{{"step":{sequence}}}', salt=f"salt-{sequence}")
    return links


def appended(links: list[Link], *, text: str, salt: str, act: str = "case.opened", object_id: str = "7") -> list[Link]:
    sequence, previous = len(links) + 1, links[-1].hash if links else GENESIS
    body = body_of(text, salt, act=act, object_id=object_id)
    return [*links, Link(sequence, body, previous, link_hash(previous, sequence, body), text, salt)]


def changed(links: list[Link], sequence: int, **change: object) -> list[Link]:
    return [replace(link, **change) if link.sequence == sequence else link for link in links]


def test_canonical_json_orders_keys_and_leaves_out_spaces() -> None:
    assert (
        canonical_json({"ö": [1, 2.5, None, True], "a": {"c": "Ånge", "b": "\n"}}) == '{"a":{"b":"\\n","c":"Ånge"},"ö":[1,2.5,null,true]}'
    )


@pytest.mark.parametrize(("value", "error"), [({"n": float("nan")}, ValueError), ({"t": "\ud800"}, ValueError), ({"d": AT}, TypeError)])
def test_canonical_json_refuses_what_has_no_one_form(value: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical_json(value)


def test_link_hash_is_sha256_over_three_lines() -> None:
    assert link_hash("ab", 7, "åäö") == hashlib.sha256("ab\n7\nåäö".encode()).hexdigest()


def test_digest_is_sha256_of_salt_and_text() -> None:
    assert digest("salt", "text") == hashlib.sha256(b"salttext").hexdigest()


def test_body_says_the_moment_in_utc_whatever_zone_it_came_in() -> None:
    summer = timezone(timedelta(hours=2))
    here, there = (
        entry_body(at=at, act="a.b", account=None, function="", object_type="x", object_id="1", digest="d")
        for at in (AT, AT.astimezone(summer))
    )
    assert here == there
    assert here == (
        '{"account":null,"act":"a.b","at":"2026-09-16T08:30:00.000000+00:00","digest":"d","function":"","object_id":"1","object_type":"x"}'
    )


def test_body_refuses_a_moment_without_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        entry_body(at=AT.replace(tzinfo=None), act="a.b", account=1, function="", object_type="x", object_id="1", digest="d")


@pytest.mark.parametrize("length", [0, 1, 5])
def test_an_untouched_chain_holds(length: int) -> None:
    assert verify(chain_of(length)) is None


def test_the_chain_is_read_link_by_link() -> None:
    links = chain_of(2)

    def broken_then_endless():
        yield replace(links[0], hash="0" * 64)
        raise AssertionError("read on past the break")

    assert verify(broken_then_endless()) == Break(1, "Loggpost 1 har ändrats: innehållet stämmer inte med kontrollsumman.")


def test_a_changed_body_is_named() -> None:
    links = chain_of(4)
    forged = changed(links, 3, body=links[2].body.replace("case.opened", "case.closed"))
    assert verify(forged) == Break(3, "Loggpost 3 har ändrats: innehållet stämmer inte med kontrollsumman.")


def test_a_changed_body_with_its_hash_recomputed_is_named_at_the_next_link() -> None:
    links = chain_of(4)
    body = links[2].body.replace('"account":3', '"account":4')
    forged = changed(links, 3, body=body, hash=link_hash(links[1].hash, 3, body))
    assert verify(forged) == Break(4, "Loggpost 4 bygger inte på posten före: dess uppgift om föregående kontrollsumma avviker.")


def test_a_removed_link_is_named() -> None:
    links = chain_of(4)
    assert verify([*links[:1], *links[2:]]) == Break(2, "Loggpost 2 saknas: i dess ställe står nummer 3.")


def test_two_links_that_have_changed_places_are_named() -> None:
    links = chain_of(3)
    assert verify([links[0], links[2], links[1]]) == Break(2, "Loggpost 2 saknas: i dess ställe står nummer 3.")


def test_a_cut_off_end_shows_only_against_a_known_head() -> None:
    links = chain_of(4)
    assert verify(links[:2]) is None
    assert verify(links[:2], known_heads={4: links[3].hash}) == Break(
        3, "Loggpost 4 saknas, men den har funnits: loggen slutar nu med nummer 2."
    )


def test_a_chain_written_anew_shows_against_a_known_head() -> None:
    links, other = chain_of(3), appended(appended([], text="{}", salt="x"), text="{}", salt="y")
    assert verify(other) is None
    assert verify(other, known_heads={1: links[0].hash, 2: links[1].hash}) == Break(
        1, "Loggpost 1 är inte densamma som tidigare: kontrollsumman avviker från den som har antecknats."
    )
    assert verify(links, known_heads={1: links[0].hash, 3: links[2].hash}) is None


def test_a_changed_text_is_named() -> None:
    forged = changed(chain_of(3), 2, text='{"step":9}')
    assert verify(forged) == Break(2, "Texten till loggpost 2 har ändrats: den stämmer inte med loggpostens innehåll.")


def test_a_text_without_salt_is_named() -> None:
    assert verify(changed(chain_of(3), 2, salt="")) == Break(
        2, "Texten till loggpost 2 har ändrats: den stämmer inte med loggpostens innehåll."
    )


def test_a_missing_text_is_named() -> None:
    assert verify(changed(chain_of(3), 2, text=None, salt=None)) == Break(2, "Texten till loggpost 2 saknas.")


def test_an_erased_text_holds_when_its_erasure_is_on_record() -> None:
    erased = changed(chain_of(3), 2, text="", salt="")
    assert verify(appended(erased, text="{}", salt="s", act="ledger.text_erased", object_id="2")) is None


def test_an_erased_text_without_a_record_of_it_is_named() -> None:
    erased = changed(chain_of(3), 2, text="", salt="")
    expected = Break(2, "Texten till loggpost 2 är borta, men ingen radering är antecknad.")
    assert verify(erased) == expected
    assert verify(appended(erased, text="{}", salt="s", act="ledger.text_erased", object_id="1")) == expected
    assert verify(appended(erased, text="{}", salt="s", act="case.opened", object_id="2")) == expected


def test_a_body_that_is_no_json_is_a_changed_text_not_a_crash() -> None:
    forged = Link(1, "[]", GENESIS, link_hash(GENESIS, 1, "[]"), "{}", "salt")
    assert verify([forged]) == Break(1, "Texten till loggpost 1 har ändrats: den stämmer inte med loggpostens innehåll.")


@given(st.integers(1, 6), st.integers(0, 5), st.sampled_from(["body", "previous_hash", "hash", "text", "salt"]), st.integers(0, 200))
def test_no_changed_character_goes_unseen(length: int, which: int, field: str, place: int) -> None:
    links = chain_of(length)
    which %= length
    old = getattr(links[which], field)
    place %= len(old)
    new = old[:place] + ("1" if old[place] != "1" else "2") + old[place + 1 :]
    found = verify(changed(links, which + 1, **{field: new}))
    assert found is not None
    assert found.sequence == which + 1
