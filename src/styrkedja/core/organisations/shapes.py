"""The shapes that values may have: each says what is wrong with a raw value and turns a right one into what the program uses."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from styrkedja.core.organisations.findings import listed, suggestion
from styrkedja.core.organisations.toml_positions import Path
from styrkedja.core.registry_numbers import format_faults

Faults = Iterator[tuple[Path, str]]

KEY_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LIST_PATTERN = r"[a-z][a-z0-9_]*"
FUNCTION_PATTERN = r"[A-Z][A-Z0-9_]*"
KEY_FORM = "får bara innehålla små bokstäver a–z, siffror och bindestreck"


@dataclass(frozen=True)
class Shape:
    """`faults` yields, for a raw value, where inside it (() for the whole) and in Swedish, as the end of a sentence, what is wrong."""

    faults: Callable[[Any], Faults]
    value: Callable[[Any], Any] = lambda raw: raw


def text(longest: int, *, lines: bool = False) -> Shape:
    """A text of at most `longest` characters, on one line unless `lines`."""
    return Shape(partial(_text_faults, longest=longest, lines=lines))


def pattern(expression: str, form: str, longest: int = 100) -> Shape:
    """A text that matches `expression` as a whole; `form` says so in words, from the verb on."""
    return Shape(partial(_pattern_faults, expression=re.compile(expression), form=form, longest=longest))


def whole_number(least: int, most: int) -> Shape:
    return Shape(partial(_number_faults, allowed=range(least, most + 1)))


def one_of(members: type[StrEnum]) -> Shape:
    return Shape(partial(_member_faults, members=members), members)


def items(shape: Shape, *, least: int = 0) -> Shape:
    """A list in which no value stands twice, read as a tuple."""
    return Shape(partial(_item_faults, shape=shape, least=least), lambda raw: tuple(shape.value(item) for item in raw))


def _text_faults(raw: Any, longest: int, lines: bool = False) -> Faults:
    if not isinstance(raw, str):
        yield (), f"ska vara en text inom citattecken, inte {_name_of_type(raw)}"
    elif not raw.strip():
        yield (), "är tom. Fyll i den eller ta bort raden"
    elif raw != raw.strip():
        yield (), "får inte börja eller sluta med blanksteg"
    elif any(unicodedata.category(character) == "Cc" and not (lines and character == "\n") for character in raw):
        yield (), "innehåller en radbrytning eller ett annat styrtecken. Ta bort det"
    elif len(raw) > longest:
        yield (), f"är {len(raw)} tecken. Högst {longest} får plats"


def _pattern_faults(raw: Any, expression: re.Pattern[str], form: str, longest: int) -> Faults:
    faults = list(_text_faults(raw, longest))
    yield from faults
    if not faults and not expression.fullmatch(raw):
        yield (), f"har värdet ”{raw}” men {form}"


def _number_faults(raw: Any, allowed: range) -> Faults:
    if not isinstance(raw, int) or isinstance(raw, bool):
        yield (), f"ska vara ett heltal, inte {_name_of_type(raw)}"
    elif raw not in allowed:
        yield (), f"är {raw} men ska vara från {allowed[0]} till {allowed[-1]}"


def _member_faults(raw: Any, members: type[StrEnum]) -> Faults:
    allowed = [member.value for member in members]
    if not isinstance(raw, str):
        yield (), f"ska vara en text inom citattecken, inte {_name_of_type(raw)}"
    elif raw not in allowed:
        yield (), f"har det okända värdet ”{raw}”. Tillåtna är {listed(allowed)}.{suggestion(raw, allowed)}"


def _item_faults(raw: Any, shape: Shape, least: int) -> Faults:
    if not isinstance(raw, list):
        yield (), f"ska vara en lista inom hakparentes, inte {_name_of_type(raw)}"
        return
    if len(raw) < least:
        yield (), "är en tom lista. Fyll i den eller ta bort raden"
    for index, item in enumerate(raw):
        yield from (((index, *path), fault) for path, fault in shape.faults(item))
        if item in raw[:index]:
            yield (index,), f"innehåller ”{item}” två gånger. Ta bort det ena"


def _boolean_faults(raw: Any) -> Faults:
    if not isinstance(raw, bool):
        yield (), f"ska vara true eller false utan citattecken, inte {_name_of_type(raw)}"


def _date_faults(raw: Any) -> Faults:
    try:
        _to_date(raw)
    except ValueError:
        yield (), "ska vara ett datum med år-månad-dag, till exempel 2026-06-05"


def _to_date(raw: Any) -> date:
    if isinstance(raw, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        return date.fromisoformat(raw)
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise ValueError(raw)


def _org_number_faults(raw: Any) -> Faults:
    faults = list(_pattern_faults(raw, re.compile(r"[0-9]{6}-[0-9]{4}"), "ska vara sex siffror, bindestreck och fyra siffror", 11))
    yield from faults
    if not faults and not _has_right_check_digit(raw.replace("-", "")):
        yield (), f"är ”{raw}”, men kontrollsiffran stämmer inte. Rätta numret"


def _has_right_check_digit(digits: str) -> bool:
    weighted = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in weighted) % 10 == 0


def _format_faults(raw: Any) -> Faults:
    faults = list(_text_faults(raw, 60))
    yield from faults
    if not faults:
        yield from (((), f"är ”{raw}” och kan inte användas. {fault.rstrip('.')}") for fault in format_faults(raw))


def _name_of_type(raw: Any) -> str:
    names: Mapping[type, str] = {bool: "true eller false", int: "ett heltal", float: "ett decimaltal", str: "en text", list: "en lista"}
    return names.get(type(raw), "en tabell" if isinstance(raw, dict) else "ett datum eller klockslag")


def _position(raw: str) -> tuple[str, str]:
    body, _, function = raw.rpartition(":")
    return body, function


KEY = pattern(KEY_PATTERN, KEY_FORM)
LIST_NAME = pattern(LIST_PATTERN, "får bara innehålla små bokstäver a–z, siffror och understreck, med en bokstav först", 60)
LIST_REFERENCE = Shape(
    pattern(f"list:{LIST_PATTERN}", "ska vara ”list:” följt av namnet på en lista i county.toml").faults,
    lambda raw: raw.removeprefix("list:"),
)
FUNCTION = pattern(FUNCTION_PATTERN, "får bara innehålla stora bokstäver A–Z, siffror och understreck, med en bokstav först", 60)
POSITION = Shape(
    pattern(f"{KEY_PATTERN}:{FUNCTION_PATTERN}", "ska vara ett organ och en funktion, till exempel ”kfvn:COORDINATOR”", 161).faults,
    _position,
)
PROCESS_ID = pattern(r"[A-Za-z_][\w.-]*", "ska vara rutinens id, till exempel ”vasternorrland_kunskapsstod”")
STEP = pattern(r"[0-9]+[a-z]?(?:-[a-zåäö0-9]+)*", "ska vara ett stegnummer, till exempel ”4”, ”13a” eller ”4-regionintern”", 40)
USERNAME = pattern(
    r"[a-z0-9]+(?:[._-][a-z0-9]+)*", "får bara innehålla små bokstäver a–z, siffror, punkt, bindestreck och understreck", 150
)
COUNTY_CODE = pattern(r"[0-9]{2}", "ska vara en länskod med två siffror")
CODE = pattern(r"[0-9A-Z]+", "får bara innehålla siffror och stora bokstäver", 10)
HSA_ID = pattern(r"SE[0-9]{10}-[A-Za-z0-9]+", "ska vara ett HSA-id, till exempel ”SE2321000214-A1”", 31)
SERIES = pattern(r"[A-ZÅÄÖ]{1,8}", "ska vara en till åtta versaler, till exempel ”RS”")
ORG_NUMBER = Shape(_org_number_faults)
REGISTRY_FORMAT = Shape(_format_faults)
BOOLEAN = Shape(_boolean_faults)
DATE = Shape(_date_faults, _to_date)
