"""What the cells of a file refer to: bodies, functions, indicators, and objects that are there already. A few queries for the whole file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from styrkedja.core.steering.workbook.cells import unknown_key
from styrkedja.core.steering.workbook.columns import Column, Holds
from styrkedja.core.steering.workbook.reading import Row, references_of
from styrkedja.core.toml.findings import suggestion
from styrkedja.decisions.models import Decision, Mandate
from styrkedja.effects.models import KINDS as ECONOMY
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body, Group, Seat
from styrkedja.steering.models import KINDS as CHAIN

MODELS: Mapping[str, type[Model]] = {**CHAIN, **ECONOMY, "mandate": Mandate, "decision": Decision}
UNNAMED_DECISION = "beslut-"  # what a decision without a key is called, with its number
_HOLDERS = ("accountable_body", "body")


class Unknown(Exception):
    """A cell refers to nothing that there is; the text is Swedish."""


class Directory:
    """Looks up what cells say. Objects that the file brings in are added as they are made."""

    def __init__(self, rows: Iterable[Row], models: Mapping[str, type[Model]] = MODELS) -> None:
        rows, self.models = list(rows), models
        self.bodies = {body.key: body for body in Body.objects.select_related("county")}
        self.names: dict[str, list[Body]] = defaultdict(list)
        for body in self.bodies.values():
            for name in {body.name.casefold(), body.short_name.casefold()} - {""}:
                self.names[name].append(body)
        self.objects = {kind: self._existing(kind, keys) for kind, keys in self._mentioned(rows).items()}
        self.seats = _seats() if any(column.holds in {Holds.SEAT, Holds.SEATS} for row in rows for column in row.sheet.columns) else {}
        wanted = {key for row in rows for key in _indicator_keys(row)}
        self.indicators = {row.key: row for row in Indicator.objects.filter(key__in=wanted)}
        self.known_indicators = set(Indicator.objects.values_list("key", flat=True)) if wanted - self.indicators.keys() else set()

    def find(self, kind: str, key: str) -> Any:
        return self.objects.get(kind, {}).get(key)

    def add(self, kind: str, key: str, row: Any) -> None:
        self.objects.setdefault(kind, {})[key] = row

    def value(self, column: Column, text: Any, row: Row) -> Any:
        """What the cell means. Raises Unknown."""
        reader = _READERS.get(column.holds) if text not in (None, "", []) else None
        return reader(self, column, text, row) if reader else text

    def _reference(self, column: Column, key: str, _row: Row) -> Any:
        found = self.find(column.to, key)
        if found is None:
            model = self.models[column.to]
            known = set(model._default_manager.exclude(key=None).values_list("key", flat=True)[:5_000])
            raise Unknown(unknown_key(column.name, key, known | self.objects.get(column.to, {}).keys()))
        return found

    def _references(self, column: Column, keys: list[str], row: Row) -> list[Any]:
        return [self._reference(column, key, row) for key in keys]

    def _body(self, column: Column, text: str, _row: Row) -> Any:
        body = self._body_called(text)
        if column.field == "group":
            group = Group.objects.filter(pk=body.pk).first()
            if group is None:
                raise Unknown(f"{body} är ingen grupp. Ett forum är en grupp i länets filer.")
            return group
        return body

    def _body_called(self, text: str) -> Body:
        if text in self.bodies:
            return self.bodies[text]
        named = self.names.get(text.casefold(), [])
        if len(named) > 1:
            keys = ", ".join(sorted(body.key for body in named))
            raise Unknown(f"Flera organ heter ”{text}”. Skriv organets nyckel: {keys}.")
        if not named:
            names = {body.name for body in self.bodies.values()} | self.bodies.keys()
            raise Unknown(f"Organet ”{text}” finns inte.{suggestion(text, names)}")
        return named[0]

    def _many_bodies(self, column: Column, texts: list[str], row: Row) -> list[Body]:
        return [self._body_called(text) for text in texts]

    def _seat(self, _column: Column, text: str, row: Row) -> Seat:
        """ "Benämning" or a function's code in the row's own body, or "benämning, organ"."""
        said = next((row.values[name] for name in _HOLDERS if row.values.get(name)), "")
        own = self._body_called(said) if said else None
        if own and (found := self._seat_in(own, text)):
            return found
        title, comma, body_name = text.rpartition(", ")
        if comma and (found := self._seat_in(self._body_called(body_name), title)):
            return found
        where = f"i {own}" if own and not comma else ""
        known = [seat.title for seat in self.seats.get(own.pk, ())] if own else []
        hint = "" if comma else " Skriv ”benämning, organ” om funktionen finns i ett annat organ."
        raise Unknown(f"Funktionen ”{text}” finns inte {where}".rstrip() + f".{suggestion(text, known)}{hint}")

    def _many_seats(self, column: Column, texts: list[str], row: Row) -> list[Seat]:
        return [self._seat(column, text, row) for text in texts]

    def _seat_in(self, body: Body, called: str) -> Seat | None:
        wanted = called.strip().casefold()
        found = [seat for seat in self.seats.get(body.pk, ()) if wanted in {seat.title.casefold(), seat.function.casefold()}]
        return found[0] if found else None

    def _indicator(self, column: Column, key: str, _row: Row) -> Indicator:
        if key not in self.indicators:
            raise Unknown(f"Indikatorn ”{key}” finns inte.{suggestion(key, self.known_indicators)}")
        return self.indicators[key]

    def _indicators(self, column: Column, keys: list[str], row: Row) -> list[Indicator]:
        return [self._indicator(column, key, row) for key in keys]

    def _existing(self, kind: str, keys: set[str]) -> dict[str, Any]:
        model = self.models[kind]
        many = [field.name for field in model._meta.many_to_many]
        found = {row.key: row for row in model._default_manager.filter(key__in=keys).prefetch_related(*many)}
        if kind == "decision":
            numbers = {key.removeprefix(UNNAMED_DECISION): key for key in keys - found.keys() if key.startswith(UNNAMED_DECISION)}
            ids = [number for number in numbers if number.isascii() and number.isdigit() and len(number) < 18]
            found |= {numbers[str(row.pk)]: row for row in Decision.objects.filter(pk__in=ids, key=None)}
        return found

    def _mentioned(self, rows: Iterable[Row]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.kind in self.models:
                found[row.kind].add(row.key)
            for _field, kind, key in references_of(row):
                found[kind].add(key)
        return found


def _seats() -> dict[int, list[Seat]]:
    """The functions of each body, those that are still there first."""
    found: dict[int, list[Seat]] = defaultdict(list)
    for seat in sorted(Seat.objects.select_related("body"), key=lambda seat: (seat.valid_until is not None, seat.pk)):
        found[seat.body_id].append(seat)
    return found


def _indicator_keys(row: Row) -> Iterable[str]:
    for column in row.sheet.columns:
        value = row.values.get(column.field)
        if value and column.holds == Holds.INDICATOR:
            yield value
        elif value and column.holds == Holds.INDICATORS:
            yield from value


_READERS: Mapping[str, Any] = {
    Holds.REFERENCE: Directory._reference,
    Holds.REFERENCES: Directory._references,
    Holds.BODY: Directory._body,
    Holds.BODIES: Directory._many_bodies,
    Holds.SEAT: Directory._seat,
    Holds.SEATS: Directory._many_seats,
    Holds.INDICATOR: Directory._indicator,
    Holds.INDICATORS: Directory._indicators,
}
