"""The arithmetic of the ledger: what is hashed, how links are joined, and where a chain is broken.

The database joins the links (ledger/migrations/0002) and computes exactly what `link_hash` computes; `verify` needs nothing but the links, so
that anybody who holds a copy can check it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

GENESIS = "0" * 64  # what the first link builds on
TEXT_ERASED = "ledger.text_erased"  # the act that explains why a text is gone; its object is the erased entry


class LinkLike(Protocol):
    """One link as stored. `text` and `salt` are empty once erased, None if there is no text at all."""

    @property
    def sequence(self) -> int: ...
    @property
    def body(self) -> str: ...
    @property
    def previous_hash(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def salt(self) -> str | None: ...


@dataclass(frozen=True)
class Break:
    """The first link that does not hold, and why, in Swedish."""

    sequence: int
    reason: str


def canonical_json(value: Mapping[str, Any]) -> str:
    """The one way to write `value`: keys in order, no spaces, no escapes that are not needed.

    Raises TypeError if a value has no JSON form, ValueError for NaN, infinity and text that has no UTF-8 form.
    """
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    written.encode()
    return written


def digest(salt: str, text: str) -> str:
    """64 hex digits. The salt keeps a short text from being guessed out of its digest once it is erased."""
    return _sha256(salt + text)


def link_hash(previous_hash: str, sequence: int, body: str) -> str:
    """64 hex digits over the link and the one that it builds on."""
    return _sha256(f"{previous_hash}\n{sequence}\n{body}")


def entry_body(*, at: datetime, act: str, account: int | None, function: str, object_type: str, object_id: str, digest: str) -> str:
    """What is hashed of an act: no free text and no name, since it can never be erased. `account` is a number; None is the program itself.

    Raises ValueError if `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("at must be aware")
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    about = {"object_type": object_type, "object_id": object_id}
    return canonical_json({"at": moment, "act": act, "account": account, "function": function, "digest": digest, **about})


def verify(links: Iterable[LinkLike], *, known_heads: Mapping[int, str] | None = None) -> Break | None:
    """Read the whole chain, in order, one link at a time; None if it holds.

    `known_heads` (sequence → hash) are heads that were noted outside the system: only they show that the end of the chain has been cut off
    or that the chain has been written anew from some point on.
    """
    missing_heads = dict(known_heads or {})
    unexplained: dict[int, None] = {}  # erased texts whose erasure has not been met yet
    previous, sequence = GENESIS, 0
    for link in links:
        if reason := _join_fault(link, sequence + 1, previous) or _head_fault(link, missing_heads) or _text_fault(link):
            return Break(sequence + 1, reason)
        previous, sequence = link.hash, link.sequence
        if link.salt == "":
            unexplained[sequence] = None
        _note_erasure(link, unexplained)
    if unexplained:
        first = next(iter(unexplained))
        return Break(first, f"Texten till loggpost {first} är borta, men ingen radering är antecknad.")
    if missing_heads:
        return Break(sequence + 1, f"Loggpost {min(missing_heads)} saknas, men den har funnits: loggen slutar nu med nummer {sequence}.")
    return None


def _join_fault(link: LinkLike, expected: int, previous: str) -> str:
    if link.sequence != expected:
        return f"Loggpost {expected} saknas: i dess ställe står nummer {link.sequence}."
    if link.previous_hash != previous:
        return f"Loggpost {expected} bygger inte på posten före: dess uppgift om föregående kontrollsumma avviker."
    if link.hash != link_hash(previous, expected, link.body):
        return f"Loggpost {expected} har ändrats: innehållet stämmer inte med kontrollsumman."
    return ""


def _head_fault(link: LinkLike, missing_heads: dict[int, str]) -> str:
    if missing_heads.pop(link.sequence, link.hash) != link.hash:
        return f"Loggpost {link.sequence} är inte densamma som tidigare: kontrollsumman avviker från den som har antecknats."
    return ""


def _text_fault(link: LinkLike) -> str:
    if link.text is None or link.salt is None:
        return f"Texten till loggpost {link.sequence} saknas."
    erased = link.text == "" and link.salt == ""
    if not erased and _read(link.body).get("digest") != digest(link.salt, link.text):
        return f"Texten till loggpost {link.sequence} har ändrats: den stämmer inte med loggpostens innehåll."
    return ""


def _note_erasure(link: LinkLike, unexplained: dict[int, None]) -> None:
    if unexplained and TEXT_ERASED in link.body:
        about = _read(link.body)
        if about.get("act") == TEXT_ERASED and str(about.get("object_id", "")).isdecimal():
            unexplained.pop(int(about["object_id"]), None)


def _read(body: str) -> dict[str, Any]:
    """A body that was forged by hand may be anything."""
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
