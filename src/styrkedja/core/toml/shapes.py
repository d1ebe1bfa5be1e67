"""The shapes that values may have: each says what is wrong with a raw value and turns a right one into what the program uses."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from math import isfinite
from typing import Any

from styrkedja.core.toml.findings import listed, suggestion
from styrkedja.core.toml.positions import Path

Faults = Iterator[tuple[Path, str]]

KEY_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# Whole numbers up to here are exact as decimal numbers too.
_LARGEST = 2**53
KEY_FORM = "får bara innehålla små bokstäver a–z, siffror och bindestreck"


@dataclass(frozen=True)
class Shape:
    """`faults` yields, for a raw value, where inside it (() for the whole) and in Swedish, as the end of a sentence, what is wrong."""

    faults: Callable[[Any], Faults]
    value: Callable[[Any], Any] = lambda raw: raw


@dataclass(frozen=True)
class Column:
    """A key that a table may have."""

    shape: Shape
    required: bool = False


def text(longest: int, *, lines: bool = False) -> Shape:
    """A text of at most `longest` characters, on one line unless `lines`."""
    return Shape(partial(text_faults, longest=longest, lines=lines))


def pattern(expression: str, form: str, longest: int = 100) -> Shape:
    """A text that matches `expression` as a whole; `form` says so in words, from the verb on."""
    return Shape(partial(pattern_faults, expression=re.compile(expression), form=form, longest=longest))


def whole_number(least: int, most: int) -> Shape:
    return Shape(partial(_number_faults, allowed=range(least, most + 1)))


def number(*, above: float | None = None) -> Shape:
    """A finite number, whole or decimal, greater than `above` if that is given."""
    return Shape(partial(_decimal_faults, above=above))


def one_of(members: type[StrEnum], among: Sequence[StrEnum] = ()) -> Shape:
    """A member by its value, any of them or those `among` alone."""
    return Shape(partial(_member_faults, members=among or members), members)


def items(shape: Shape, *, least: int = 0) -> Shape:
    """A list in which no value stands twice, read as a tuple."""
    return Shape(partial(_item_faults, shape=shape, least=least), lambda raw: tuple(shape.value(item) for item in raw))


def table(columns: Mapping[str, Column]) -> Shape:
    """A table within a value, `{ key = … }` or a header of its own; read as a mapping of the keys that stand there."""
    return Shape(
        partial(_table_faults, columns=columns),
        lambda raw: {key: columns[key].shape.value(value) for key, value in raw.items()},
    )


def names(name: Shape, value: Shape, *, least: int = 0) -> Shape:
    """A table whose keys the writer chooses, read as a mapping."""
    return Shape(
        partial(_names_faults, name=name, value=value, least=least),
        lambda raw: {key: value.value(inner) for key, inner in raw.items()},
    )


def missing_columns(columns: Mapping[str, Column], row: Mapping[str, Any]) -> list[str]:
    return [key for key, column in columns.items() if column.required and key not in row]


def text_faults(raw: Any, longest: int, lines: bool = False) -> Faults:
    if not isinstance(raw, str):
        yield (), f"ska vara en text inom citattecken, inte {name_of_type(raw)}"
    elif not raw.strip():
        yield (), "är tom. Fyll i den eller ta bort raden"
    elif raw != raw.strip():
        yield (), "får inte börja eller sluta med blanksteg"
    elif any(unicodedata.category(character) == "Cc" and not (lines and character == "\n") for character in raw):
        yield (), "innehåller en radbrytning eller ett annat styrtecken. Ta bort det"
    elif len(raw) > longest:
        yield (), f"är {len(raw)} tecken. Högst {longest} får plats"


def pattern_faults(raw: Any, expression: re.Pattern[str], form: str, longest: int) -> Faults:
    faults = list(text_faults(raw, longest))
    yield from faults
    if not faults and not expression.fullmatch(raw):
        yield (), f"har värdet ”{raw}” men {form}"


def _number_faults(raw: Any, allowed: range) -> Faults:
    if not isinstance(raw, int) or isinstance(raw, bool):
        yield (), f"ska vara ett heltal, inte {name_of_type(raw)}"
    elif raw not in allowed:
        yield (), f"är {raw} men ska vara från {allowed[0]} till {allowed[-1]}"


def _decimal_faults(raw: Any, above: float | None) -> Faults:
    if not isinstance(raw, int | float) or isinstance(raw, bool):
        yield (), f"ska vara ett tal, inte {name_of_type(raw)}"
    elif not isfinite(raw) or abs(raw) > _LARGEST:
        yield (), f"är {raw} och går inte att räkna med. Ange ett vanligt tal"
    elif above is not None and raw <= above:
        yield (), f"är {raw} men ska vara större än {above:g}"


def _table_faults(raw: Any, columns: Mapping[str, Column]) -> Faults:
    if not isinstance(raw, dict):
        yield (), f"ska vara en tabell inom klammerparentes, inte {name_of_type(raw)}"
        return
    for key, value in raw.items():
        if key in columns:
            yield from (((key, *path), fault) for path, fault in columns[key].shape.faults(value))
        else:
            yield (key,), f"är en okänd nyckel.{suggestion(key, columns)} Här får {listed(columns)} finnas"
    if missing := missing_columns(columns, raw):
        yield (), f"saknar {listed(missing)}. Lägg till {'det' if len(missing) == 1 else 'dem'}"


def _names_faults(raw: Any, name: Shape, value: Shape, least: int) -> Faults:
    if not isinstance(raw, dict):
        yield (), f"ska vara en tabell inom klammerparentes, inte {name_of_type(raw)}"
        return
    if len(raw) < least:
        yield (), "är en tom tabell. Fyll i den eller ta bort raden"
    for key, inner in raw.items():
        yield from (((key,), fault) for _, fault in name.faults(key))
        yield from (((key, *path), fault) for path, fault in value.faults(inner))


def _member_faults(raw: Any, members: Iterable[StrEnum]) -> Faults:
    allowed = [member.value for member in members]
    if not isinstance(raw, str):
        yield (), f"ska vara en text inom citattecken, inte {name_of_type(raw)}"
    elif raw not in allowed:
        yield (), f"har det okända värdet ”{raw}”. Tillåtna är {listed(allowed)}.{suggestion(raw, allowed)}"


def _item_faults(raw: Any, shape: Shape, least: int) -> Faults:
    if not isinstance(raw, list):
        yield (), f"ska vara en lista inom hakparentes, inte {name_of_type(raw)}"
        return
    if not raw and least:
        yield (), "är en tom lista. Fyll i den eller ta bort raden"
    elif len(raw) < least:
        yield (), f"är en för kort lista. Ange minst {least} värden"
    for index, item in enumerate(raw):
        yield from (((index, *path), fault) for path, fault in shape.faults(item))
        if item in raw[:index]:
            yield (index,), f"innehåller ”{item}” två gånger. Ta bort det ena"


def _boolean_faults(raw: Any) -> Faults:
    if not isinstance(raw, bool):
        yield (), f"ska vara true eller false utan citattecken, inte {name_of_type(raw)}"


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


def name_of_type(raw: Any) -> str:
    """ "ett heltal", "en lista" …: what a raw value is, in a sentence."""
    names: Mapping[type, str] = {bool: "true eller false", int: "ett heltal", float: "ett decimaltal", str: "en text", list: "en lista"}
    return names.get(type(raw), "en tabell" if isinstance(raw, dict) else "ett datum eller klockslag")


KEY = pattern(KEY_PATTERN, KEY_FORM)
BOOLEAN = Shape(_boolean_faults)
DATE = Shape(_date_faults, _to_date)
