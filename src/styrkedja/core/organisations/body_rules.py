"""What must hold between bodies: one key each, a tree without rings, references that lead somewhere."""

from collections.abc import Iterator, Mapping, Sequence

from styrkedja.core.organisations.draft import Draft
from styrkedja.core.organisations.kinds import GroupKind, OrganisationKind
from styrkedja.core.toml.findings import FileFinding, suggestion
from styrkedja.core.toml.tables import Entry, repeats

Findings = Iterator[FileFinding]

_CODE_DIGITS = {OrganisationKind.REGION: 2, OrganisationKind.MUNICIPALITY: 4}
_CODE_NAMES = {OrganisationKind.REGION: "länskod", OrganisationKind.MUNICIPALITY: "kommunkod"}
_FILES = ("organisations.toml", "groups.toml")


def is_group(kind: str) -> bool:
    return kind in GroupKind.__members__


def unknown_body(draft: Draft, entry: Entry, body: str, *keys: str | int) -> Findings:
    """A finding if `body`, which stands under `keys` of the entry, does not exist. None while a file of bodies cannot be read."""
    if body not in draft.bodies and not draft.lacks(*_FILES):
        yield entry.finding(f"Det finns inget organ med nyckeln ”{body}”.{suggestion(body, draft.bodies)}", *keys)


def check_bodies(draft: Draft) -> Findings:
    yield from _keys(draft)
    yield from _references(draft)
    yield from _organisations_under_groups(draft)
    yield from _counterparts(draft)
    yield from _rings(draft)
    yield from _codes(draft)


def _keys(draft: Draft) -> Findings:
    for entry in draft.own_bodies:
        if (key := entry.values["key"]) in draft.known_bodies:
            advice = "Ta bort organet här eller välj en annan nyckel."
            yield entry.finding(f"Nyckeln ”{key}” finns redan i de nationella uppgifterna. {advice}", "key")
    for entry, earlier in repeats(draft.own_bodies, lambda entry: entry.values["key"]):
        yield entry.finding(f"Nyckeln ”{entry.values['key']}” finns redan {earlier.place()}. Välj en annan nyckel.", "key")


def _references(draft: Draft) -> Findings:
    for entry in (*draft.of("organisation"), *draft.of("group")):
        for key in ("parents", "counterparts"):
            for index, body in enumerate(entry.values.get(key, ())):
                yield from unknown_body(draft, entry, body, key, index)
        for key in ("parent", "host"):
            if key in entry.values:
                yield from unknown_body(draft, entry, entry.values[key], key)


def _organisations_under_groups(draft: Draft) -> Findings:
    for entry in draft.of("organisation"):
        for index, parent in enumerate(entry.values.get("parents", ())):
            if is_group(draft.bodies.get(parent, "")):
                yield entry.finding(f"”{parent}” är en grupp. En organisation kan bara höra till en organisation.", "parents", index)


def _counterparts(draft: Draft) -> Findings:
    for entry in draft.of("group"):
        for index, body in enumerate(entry.values.get("counterparts", ())):
            if draft.bodies.get(body) and not is_group(draft.bodies[body]):
                yield entry.finding(f"”{body}” är en organisation. En motsvarighet ska vara en grupp.", "counterparts", index)


def _rings(draft: Draft) -> Findings:
    """Every ring of parents once, on the line where the first body of it names its parent."""
    entries: dict[str, Entry] = {}
    for entry in draft.own_bodies:
        entries.setdefault(entry.values["key"], entry)
    parents = {key: _parents(entry, entries) for key, entry in entries.items()}
    while ring := ring_of(parents):
        entry = entries[ring[0]]
        way = " → ".join([*ring, ring[0]])
        yield entry.finding(f"Organen hör till varandra i en ring: {way}. Ta bort en av hänvisningarna.", _parent_key(entry))
        parents = {key: above for key, above in parents.items() if key not in ring}


def _parents(entry: Entry, entries: Mapping[str, Entry]) -> list[str]:
    named = (*entry.values.get("parents", ()), entry.values.get("parent", ""))
    return [parent for parent in named if parent in entries]


def _parent_key(entry: Entry) -> str:
    return "parents" if entry.path[0] == "organisation" else "parent"


def ring_of(parents: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys of one ring, from the one that comes first in the files; empty if there is none."""
    caught = dict(parents)
    while free := {key for key, above in caught.items() if not any(parent in caught for parent in above)}:
        caught = {key: above for key, above in caught.items() if key not in free}
    if not caught:
        return []
    # Everything that is left has a parent that is left, so that walking upwards comes round.
    way = [next(iter(caught))]
    while (above := next(parent for parent in caught[way[-1]] if parent in caught)) not in way:
        way.append(above)
    ring = way[way.index(above) :]
    start = min(range(len(ring)), key=lambda index: list(parents).index(ring[index]))
    return ring[start:] + ring[:start]


def _codes(draft: Draft) -> Findings:
    principals = [entry for entry in draft.of("organisation") if entry.values.get("kind") in _CODE_DIGITS]
    for entry in principals:
        if "code" in entry.values:
            yield from _code(draft, entry, entry.values["kind"], entry.values["code"])
        elif "code" not in entry.keys:
            yield entry.finding(f"”code” saknas. Ange organisationens {_CODE_NAMES[entry.values['kind']]}.")
    for entry, earlier in repeats(principals, lambda entry: entry.values.get("code")):
        yield entry.finding(f"Koden {entry.values['code']} används redan {earlier.place()}. Rätta den ena.", "code")


def _code(draft: Draft, entry: Entry, kind: OrganisationKind, code: str) -> Findings:
    county = draft.first("county").get("code", "")
    if len(code) != _CODE_DIGITS[kind] or not code.isdecimal():
        yield entry.finding(f"”{code}” är ingen {_CODE_NAMES[kind]}. Den ska ha {_CODE_DIGITS[kind]} siffror.", "code")
    elif kind is OrganisationKind.MUNICIPALITY and not code.startswith(county):
        yield entry.finding(f"Kommunkoden {code} hör inte till länet. Den ska börja med länskoden {county}.", "code")
