"""Reading the log. What an entry says is shown only by the selector of the app that owns the object, which knows who may see it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q, QuerySet

from styrkedja.core.ledger import chain
from styrkedja.ledger.models import LedgerEntry

_BATCH = 5_000


class Link(NamedTuple):
    """A stored link as `core.ledger.chain.verify` reads it."""

    sequence: int
    body: str
    previous_hash: str
    hash: str
    text: str | None
    salt: str | None


class Head(NamedTuple):
    """The last link. Noted outside the system, it proves that nothing before it has been changed since."""

    sequence: int
    hash: str


def head() -> Head | None:
    """None while the log is empty. Holds no content: anybody may see it."""
    found = LedgerEntry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return Head(*found) if found else None


def entries_about(objects: Mapping[str, Iterable[object]]) -> QuerySet[LedgerEntry]:
    """The entries about these objects (type → ids), oldest first, with their texts. The caller has seen to it that the reader may see them."""
    wanted = [Q(object_type=kind, object_id__in=[str(object_id) for object_id in ids]) for kind, ids in objects.items()]
    found = LedgerEntry.objects.filter(reduce(or_, wanted)) if wanted else LedgerEntry.objects.none()
    return found.select_related("text").order_by("sequence")


def verify(*, known_heads: Mapping[int, str] | None = None, batch: int = _BATCH) -> chain.Break | None:
    """Check the whole chain as stored; memory use does not grow with its length."""
    return chain.verify(links(batch=batch), known_heads=known_heads)


def links(*, batch: int = _BATCH) -> Iterator[Link]:
    """Every link in order, fetched `batch` at a time. Links that are appended meanwhile come too."""
    columns = ("sequence", "body", "previous_hash", "hash", "text__payload", "text__salt")
    after: int | None = None
    while True:
        rest = (
            LedgerEntry.objects.order_by("sequence")
            if after is None
            else LedgerEntry.objects.order_by("sequence").filter(sequence__gt=after)
        )
        rows = list(rest.values_list(*columns)[:batch])
        if not rows:
            return
        yield from map(Link._make, rows)
        after = rows[-1][0]
