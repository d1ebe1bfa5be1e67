"""From bodies and placements, as they are kept, to a structure that figures can be rolled up in; or the faults that stand in the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from styrkedja.core.indicators.definition.levels import LEVELS
from styrkedja.core.indicators.tree import Place, Structure, TreeBody, TreePlacement
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period

_FOREVER = 1 << 21  # an ordinal day after every date


@dataclass(frozen=True)
class TreeFault:
    """`message` is Swedish and says where, what and what to do."""

    message: str


@dataclass(frozen=True)
class _Link:
    """The body hangs under `parent` on the ordinal days [since, until)."""

    parent: str
    since: int
    until: int

    def within(self, other: "_Link") -> "_Link":
        return _Link(self.parent, max(self.since, other.since), min(self.until, other.until))


def build(bodies: Iterable[TreeBody], placements: Iterable[TreePlacement]) -> Structure | tuple[TreeFault, ...]:
    """The structure of the bodies that figures are told for (definition.levels).

    Bodies of other kinds (committees, private providers) are stepped over: what stands under them stands under what they stand under. A
    healthcare region is stepped over by what lies in several at once (Halland), since the nation would else count it twice. A placement
    directly under a body that figures are told for goes before one that steps over.
    """
    known = {body.key: body for body in bodies}
    links = _links(placements)
    told = sorted((body for body in known.values() if body.kind in LEVELS), key=lambda body: body.key)
    faults = [*_unknown(links, known), *_same_names(told)]
    if faults:
        return tuple(faults)
    standing = {body.key: _standing(body.key, links, known) for body in told}
    faults = [fault for body in told for fault in _overlaps(body.key, standing[body.key])]
    if faults:
        return tuple(faults)
    index = {body.key: number for number, body in enumerate(told)}
    places = tuple(_places(standing[body.key], index) for body in told)
    existence = tuple(_existence(body, links.get(body.key, [])) for body in told)
    rings = tuple(_rings(places, [body.key for body in told]))
    return rings or Structure(tuple(told), places, existence)


def plan(
    bodies: Iterable[TreeBody], placements: Iterable[TreePlacement], *, moves: Mapping[str, str], on: date, new: Iterable[TreeBody] = ()
) -> Structure | tuple[TreeFault, ...]:
    """The structure as it would be if each body of `moves` stood under its new parent from the day `on`. `new` are bodies to be founded that day."""
    founded = [replace(body, valid=Period(on, None)) for body in new]
    kept = [placement for placement in (_ended(one, moves, on) for one in placements) if placement is not None]
    planned = [TreePlacement(child, parent, Period(on, None)) for child, parent in moves.items()]
    return build([*bodies, *founded], [*kept, *planned])


def _ended(placement: TreePlacement, moves: Mapping[str, str], on: date) -> TreePlacement | None:
    if placement.child not in moves:
        return placement
    left = placement.valid.intersection(Period(None, on))
    return None if left is None else replace(placement, valid=left)


def _links(placements: Iterable[TreePlacement]) -> dict[str, list[_Link]]:
    found: dict[str, list[_Link]] = {}
    for placement in placements:
        found.setdefault(placement.child, []).append(_Link(placement.parent, *_ordinals(placement.valid)))
    return found


def _ordinals(period: Period) -> tuple[int, int]:
    since = period.valid_from.toordinal() if period.valid_from else 0
    return since, period.valid_until.toordinal() if period.valid_until else _FOREVER


def _unknown(links: Mapping[str, Sequence[_Link]], known: Mapping[str, TreeBody]) -> Iterator[TreeFault]:
    """Links of bodies that are not organisations (groups) are nothing to figures; links to what does not exist are."""
    for child, own in links.items():
        for link in own:
            if child in known and link.parent not in known:
                yield TreeFault(
                    f"{child} är placerad under {link.parent}, som inte finns bland organisationerna. Rätta placeringen i länets filer."
                )


def _same_names(told: Sequence[TreeBody]) -> Iterator[TreeFault]:
    owners: dict[str, str] = {body.key: body.key for body in told}
    for body in told:
        for alias in body.aliases:
            if owners.setdefault(alias, body.key) != body.key:
                yield TreeFault(f"{owners[alias]} och {body.key} har samma HSA-id eller nyckel, {alias}. Ändra den ena.")


def _standing(child: str, links: Mapping[str, Sequence[_Link]], known: Mapping[str, TreeBody]) -> list[tuple[int, int, frozenset[str]]]:
    """[since, until) with the parents of those days, more than one where placements overlap. Days without a parent are left out."""
    own = links.get(child, [])
    direct = [link for link in own if known[link.parent].kind in LEVELS]
    over = [found for link in own if known[link.parent].kind not in LEVELS for found in _stepped(link, links, known, {child})]
    days = sorted({day for link in (*direct, *over) for day in (link.since, link.until)})
    found = []
    for since, until in zip(days, days[1:], strict=False):
        parents = _at(direct, since) or _at(over, since)
        if len(parents) > 1 and all(known[parent].kind == OrganisationKind.HEALTHCARE_REGION for parent in parents):
            parents = frozenset(above for parent in parents for above in _at(links.get(parent, []), since))
        if parents:
            found.append((since, until, parents))
    return found


def _at(links: Iterable[_Link], day: int) -> frozenset[str]:
    return frozenset(link.parent for link in links if link.since <= day < link.until)


def _stepped(link: _Link, links: Mapping[str, Sequence[_Link]], known: Mapping[str, TreeBody], passed: set[str]) -> Iterator[_Link]:
    """What the body hangs under when the parent of `link` is stepped over, as long as both links hold."""
    if link.since >= link.until or link.parent in passed:
        return
    for above in links.get(link.parent, []):
        further = above.within(link)
        if known[above.parent].kind in LEVELS:
            if further.since < further.until:
                yield further
        else:
            yield from _stepped(further, links, known, passed | {link.parent})


def _overlaps(child: str, standing: Iterable[tuple[int, int, frozenset[str]]]) -> Iterator[TreeFault]:
    for since, until, parents in standing:
        if len(parents) > 1:
            names = " och ".join(sorted(parents))
            yield TreeFault(
                f"{child} är placerad under både {names} {_days(since, until)}. "
                "Siffrorna skulle räknas två gånger. Avsluta den ena placeringen i länets filer."
            )
            return


def _days(since: int, until: int) -> str:
    first = f"från {date.fromordinal(since)} " if since else ""
    last = f"till {date.fromordinal(until)}" if until < _FOREVER else "tills vidare"
    return first + last


def _places(standing: Sequence[tuple[int, int, frozenset[str]]], index: Mapping[str, int]) -> tuple[Place, ...]:
    """With no gaps: the first place holds from day 0, and each until the next begins. The root has none."""
    found: list[Place] = []
    for since, _until, parents in standing:
        (parent,) = parents
        if not found or found[-1].parent != index[parent]:
            found.append(Place(since if found else 0, index[parent]))
    return tuple(found) or (Place(0, -1),)


def _existence(body: TreeBody, links: Iterable[_Link]) -> tuple[tuple[int, int], ...]:
    """When the body is valid and is placed; one without any placement (the nation) when it is valid. Overlaps are joined."""
    first, last = _ordinals(body.valid)
    spans = [(max(first, link.since), min(last, link.until)) for link in links] if links else [(first, last)]
    found: list[tuple[int, int]] = []
    for since, until in sorted(span for span in spans if span[0] < span[1]):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple(found)


def _rings(places: Sequence[Sequence[Place]], keys: Sequence[str]) -> Iterator[TreeFault]:
    """The first day on which somebody stands under itself, with the whole ring."""
    parent = [own[0].parent for own in places]
    moves = sorted((place.since, body, place.parent) for body, own in enumerate(places) for place in own[1:])
    days = sorted({since for since, _body, _parent in moves})
    by_day: dict[int, list[tuple[int, int]]] = {day: [] for day in days}
    for since, body, above in moves:
        by_day[since].append((body, above))
    for day in (0, *days):
        moved = by_day.get(day, [(body, parent[body]) for body in range(len(parent))])
        for body, above in moved:
            parent[body] = above
        for body, _above in moved:
            ring = _ring(body, parent)
            if ring:
                yield TreeFault(_ring_text([keys[one] for one in ring], day))
                return


def _ring(body: int, parent: Sequence[int]) -> list[int]:
    """The bodies from `body` up to itself, or nothing. A ring further up, which `body` is not part of, is found from its own members."""
    passed = [body]
    above = parent[body]
    while above >= 0 and above not in passed:
        passed.append(above)
        above = parent[above]
    return passed if above == body else []


def _ring_text(keys: Sequence[str], day: int) -> str:
    ring = ", som ligger under ".join((*keys[1:], keys[0]))
    when = f"Från {date.fromordinal(day)} går organisationen i ring" if day else "Organisationen går i ring"
    return f"{when}: {keys[0]} ligger under {ring}. Rätta en av placeringarna i länets filer."
