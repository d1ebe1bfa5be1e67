"""What must hold in a county's own tables: lists, functions, seats, lead times, registry series, accounts."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from styrkedja.core.organisations.body_rules import is_group, unknown_body
from styrkedja.core.organisations.draft import Draft
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period
from styrkedja.core.toml.findings import FileFinding, suggestion
from styrkedja.core.toml.tables import Entry, repeats

Findings = Iterator[FileFinding]


def check_validity(draft: Draft) -> Findings:
    for entry in (*draft.of("organisation"), *draft.of("group"), *draft.of("seat")):
        if _validity(entry) is None:
            start, end = entry.values["valid_from"], entry.values["valid_until"]
            yield entry.finding(f"”valid_until” är {end} men ska ligga efter ”valid_from”, som är {start}.", "valid_until")


def check_county(draft: Draft) -> Findings:
    yield from _region(draft)
    yield from _lists(draft)
    yield from _registry_series(draft)
    yield from _seats(draft)
    yield from _seats_twice(draft)
    yield from _lead_times(draft)
    yield from _accounts(draft)


def _validity(entry: Entry) -> Period | None:
    """The stretch of time that the entry is valid, None if no day is in it."""
    start, end = entry.values.get("valid_from"), entry.values.get("valid_until")
    return Period(start, end) if start is None or end is None or start < end else None


def _region(draft: Draft) -> Findings:
    for entry in draft.of("county"):
        if region := entry.values.get("region"):
            yield from unknown_body(draft, entry, region, "region")
            if (draft.bodies.get(region) or OrganisationKind.REGION) != OrganisationKind.REGION:
                yield entry.finding(f"”{region}” är ingen region. Ange nyckeln för länets region.", "region")


def _lists(draft: Draft) -> Findings:
    for entry in draft.of("lists"):
        for name, bodies in entry.values.items():
            for index, body in enumerate(bodies):
                yield from unknown_body(draft, entry, body, name, index)


def _registry_series(draft: Draft) -> Findings:
    for entry in draft.of("registry_series"):
        if authority := entry.values.get("authority"):
            yield from unknown_body(draft, entry, authority, "authority")
            if is_group(draft.bodies.get(authority, "")):
                message = f"”{authority}” är en grupp. En diarieserie hör till en myndighet, alltså en organisation."
                yield entry.finding(message, "authority")
    for entry, earlier in repeats(draft.of("registry_series"), lambda entry: entry.values.get("key")):
        advice = "Två diarienummer kunde bli lika. Välj en annan serie."
        yield entry.finding(f"Serien ”{entry.values['key']}” finns redan {earlier.place()}. {advice}", "key")


def _seats(draft: Draft) -> Findings:
    for entry in draft.of("seat"):
        if function := entry.values.get("function"):
            yield from _unknown_function(draft, entry, function, "function")
        if len(entry.keys & {"body", "bodies"}) != 1:
            yield entry.finding("Platsen ska ha antingen ”body” eller ”bodies”. Ange ett organ eller en lista.")
        if body := entry.values.get("body"):
            yield from unknown_body(draft, entry, body, "body")
        if name := entry.values.get("bodies"):
            yield from _unknown_list(draft, entry, name)


def _unknown_function(draft: Draft, entry: Entry, function: str, *keys: str | int) -> Findings:
    functions = draft.names("functions")
    if function not in functions and not draft.lacks("county.toml"):
        message = f"Funktionen ”{function}” är inte angiven i [functions] i county.toml.{suggestion(function, functions)}"
        yield entry.finding(message, *keys)


def _unknown_list(draft: Draft, entry: Entry, name: str) -> Findings:
    lists = draft.names("lists")
    if name not in lists and not draft.lacks("county.toml"):
        yield entry.finding(f"Det finns ingen lista ”{name}” i [lists] i county.toml.{suggestion(name, lists)}", "bodies")


def _seats_twice(draft: Draft) -> Findings:
    """The same function with the same title in the same body on the same day. One finding an entry, whatever lists it goes through."""
    alike: defaultdict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in draft.of("seat"):
        function = entry.values.get("function", "")
        title = entry.values.get("title") or draft.first("functions").get(function, "")
        for body in draft.bodies_of(entry):
            alike[body, function, title].append(entry)
    told: set[int] = set()
    for (body, function, _), entries in alike.items():
        for earlier, entry in combinations(entries, 2):
            if _at_once(earlier, entry) and id(entry) not in told:
                told.add(id(entry))
                advice = "Ta bort den ena eller ge dem olika ”title”."
                yield entry.finding(f"Platsen {function} i ”{body}” finns redan {earlier.place()}. {advice}")


def _at_once(one: Entry, other: Entry) -> bool:
    first, second = _validity(one), _validity(other)
    return first is not None and second is not None and first.overlaps(second)


def _lead_times(draft: Draft) -> Findings:
    for entry in draft.of("lead_time"):
        values = entry.values
        if values.get("remind_before", 0) > values.get("working_days", 0) > 0:
            advice = f"Ange högst {values['working_days']}, som är stegets arbetsdagar."
            yield entry.finding(f"Påminnelsen ”remind_before” skulle komma innan steget börjar. {advice}", "remind_before")
        if "escalate_after" in entry.keys and "escalate_to" not in entry.keys:
            yield entry.finding("”escalate_to” saknas. Ange vem som ska få veta att steget är försenat.", "escalate_after")
        if "escalate_to" in values:
            yield from _unknown_seat(draft, entry, *values["escalate_to"], "escalate_to")
    for entry, earlier in repeats(draft.of("lead_time"), _step):
        yield entry.finding(f"Steg {entry.values['step']} har redan en ledtid {earlier.place()}. Ta bort den ena.", "step")


def _step(entry: Entry) -> tuple[str, str] | None:
    values = entry.values
    return (values["routine"], values["step"]) if {"routine", "step"} <= values.keys() else None


def _unknown_seat(draft: Draft, entry: Entry, body: str, function: str, *keys: str | int) -> Findings:
    """A finding if nobody can hold `function` in `body`. None while a seat that could say otherwise cannot be read."""
    if (body, function) in draft.seats or not draft.knows_every_seat:
        return
    there = [code for place, code in draft.seats if place == body]
    advice = suggestion(function, there) or suggestion(body, {place for place, code in draft.seats if code == function})
    yield entry.finding(f"Det finns ingen plats {function} i ”{body}” i seats.toml.{advice}", *keys)


def _accounts(draft: Draft) -> Findings:
    for entry in draft.of("account"):
        for index, (body, function) in enumerate(entry.values.get("seats", ())):
            yield from _unknown_seat(draft, entry, body, function, "seats", index)
    for entry, earlier in repeats(draft.of("account"), lambda entry: entry.values.get("username")):
        yield entry.finding(f"Användarnamnet ”{entry.values['username']}” finns redan {earlier.place()}. Välj ett annat.", "username")
