"""`where = { age = { from = 65 }, contact = ["home_visit"], planned = true }`: the shape of conditions, and conditions as values."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from styrkedja.core.indicators.definition.cells import Condition, Conditions, Missing, OneOf, StartsWith, Within
from styrkedja.core.toml.shapes import BOOLEAN, Column, Faults, Shape, items, names, pattern, table

NAME = pattern(r"[a-z][a-z0-9_]*", "får bara innehålla små bokstäver a–z, siffror och understreck, med en bokstav först", 60)
_PREFIX = pattern(r"[A-Za-z0-9.]+", "får bara innehålla bokstäver a–z, siffror och punkt", 20)
_ADVICE = "Skriv ett värde, en lista av värden, { from = …, until = … }, { starts_with = […] } eller { missing = true }"


def _value_faults(raw: Any) -> Faults:
    if not isinstance(raw, str | int | date) or isinstance(raw, datetime):
        yield (), f"har ett villkor som inte går att förstå. {_ADVICE}"
    elif raw == "":
        yield (), "har en tom text som villkor. Skriv { missing = true } för rader utan värde"


def _bound_faults(raw: Any) -> Faults:
    if isinstance(raw, bool) or not isinstance(raw, int | date) or isinstance(raw, datetime):
        yield (), "ska vara ett heltal eller ett datum utan citattecken"


_VALUE = Shape(_value_faults)
_BOUND = Shape(_bound_faults)
_TABLE = table(
    {"from": Column(_BOUND), "until": Column(_BOUND), "starts_with": Column(items(_PREFIX, least=1)), "missing": Column(BOOLEAN)}
)


def _condition_faults(raw: Any) -> Faults:
    if isinstance(raw, list):
        yield from items(_VALUE, least=1).faults(raw)
    elif isinstance(raw, dict):
        faults = list(_TABLE.faults(raw))
        yield from faults or _mixture(raw)
    else:
        yield from _value_faults(raw)


def _mixture(raw: Mapping[str, Any]) -> Faults:
    kinds = {"range" if key in {"from", "until"} else key for key in raw}
    if len(kinds) != 1:
        yield (), f"ska ha ett enda slags villkor. {_ADVICE}"
    elif {"from", "until"} <= raw.keys():
        yield from _range(raw["from"], raw["until"])


def _range(lower: Any, upper: Any) -> Faults:
    if type(lower) is not type(upper):
        yield ("until",), "ska vara av samma slag som ”from”: två heltal eller två datum"
    elif lower >= upper:
        yield ("until",), f"är {upper} men ska vara större än ”from”, som är {lower}. ”until” räknas inte med"


def _conditions(raw: Mapping[str, Any]) -> Conditions:
    return tuple(_condition(column, value) for column, value in raw.items())


def _condition(column: str, raw: Any) -> Condition:
    if not isinstance(raw, dict):
        return OneOf(column, tuple(map(_plain, raw if isinstance(raw, list) else [raw])))
    if "starts_with" in raw:
        return StartsWith(column, tuple(raw["starts_with"]))
    if "missing" in raw:
        return Missing(column, raw["missing"])
    return Within(column, _plain(raw.get("from")), _plain(raw.get("until")))


def _plain(raw: Any) -> Any:
    return raw.isoformat() if isinstance(raw, date) else raw


_CONDITION = Shape(_condition_faults)
# All of them must hold.
CONDITIONS = Shape(names(NAME, _CONDITION).faults, _conditions)
# None of the groups may hold. A group without conditions would leave out every row.
GROUPS = items(Shape(names(NAME, _CONDITION, least=1).faults, _conditions), least=1)
