"""What must hold for where organisations hung before: dates in order, bodies that exist, and no rings on any day."""

from collections.abc import Iterator, Sequence
from datetime import date

from styrkedja.core.organisations.body_rules import Findings, is_group, ring_of, unknown_body
from styrkedja.core.organisations.draft import Draft
from styrkedja.core.toml.tables import Entry


def check_earlier(draft: Draft) -> Findings:
    moved = [entry for entry in draft.of("organisation") if "earlier" in entry.values]
    for entry in moved:
        yield from _parents(draft, entry)
        yield from _dates(entry)
    yield from _rings(draft, moved)


def _parents(draft: Draft, entry: Entry) -> Findings:
    if not entry.values.get("parents") and "parents" not in entry.keys - entry.values.keys():
        yield entry.finding("”earlier” säger var organisationen låg förr. Ange i ”parents” var den ligger nu.", "earlier")
    for number, row in enumerate(entry.values["earlier"]):
        for index, parent in enumerate(row["parents"]):
            yield from unknown_body(draft, entry, parent, "earlier", number, "parents", index)
            if is_group(draft.bodies.get(parent, "")):
                message = f"”{parent}” är en grupp. En organisation kan bara höra till en organisation."
                yield entry.finding(message, "earlier", number, "parents", index)


def _dates(entry: Entry) -> Findings:
    start, end = entry.values.get("valid_from"), entry.values.get("valid_until")
    before = start
    for number, row in enumerate(entry.values["earlier"]):
        until = row["until"]
        if before is not None and until <= before:
            what = "”valid_from”" if number == 0 else "raden före"
            yield entry.finding(f"”until” är {until} men ska ligga efter {what}, {before}.", "earlier", number, "until")
        if end is not None and until >= end:
            yield entry.finding(f"”until” är {until} men ska ligga före ”valid_until”, {end}.", "earlier", number, "until")
        before = until


def _rings(draft: Draft, moved: Sequence[Entry]) -> Findings:
    """Rings of the days before each move. Those of today are found where parents are."""
    own: dict[str, Entry] = {}
    for entry in draft.own_bodies:
        own.setdefault(entry.values["key"], entry)
    today = {key: _known(entry.values.get("parents", (entry.values.get("parent", ""),)), own) for key, entry in own.items()}
    told = {frozenset(ring_of(today))}
    for until in sorted({row["until"] for entry in moved for row in entry.values["earlier"]}, reverse=True):
        parents = today | {entry.values["key"]: _known(_before(entry, until), own) for entry in moved if "key" in entry.values}
        ring = ring_of(parents)
        named = next((own[key] for key in ring if "earlier" in own[key].values), None)
        if named is not None and frozenset(ring) not in told:
            told.add(frozenset(ring))
            way = " → ".join([*ring, ring[0]])
            yield named.finding(f"Dagen före {until} hör organen till varandra i en ring: {way}. Ta bort en av hänvisningarna.", "earlier")


def _before(entry: Entry, day: date) -> Sequence[str]:
    """Where the organisation hung the day before."""
    earlier: Iterator[Sequence[str]] = (row["parents"] for row in entry.values["earlier"] if row["until"] >= day)
    return next(earlier, entry.values.get("parents", ()))


def _known(parents: Sequence[str], own: dict[str, Entry]) -> list[str]:
    return [parent for parent in parents if parent in own]
