"""Snapshots drawn at random, of things that have nothing to do with those of the small region."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from styrkedja.core.controls.snapshot import Body, Snapshot
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period

KEYS = st.sampled_from(["x-1", "x-2", "x-3", ""])
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
MONTHS = st.dates(date(2026, 1, 1), date(2026, 10, 1)).map(lambda day: day.replace(day=1))
TEXTS = st.sampled_from(
    [
        "",
        "x-1",
        "Byt belysningen i kulvertarna",
        "Belysningen i kulvertarna byts",
        "Vi ska verka för ljus.",
        "Fyra strategier",
        "Anna Exempelsson",
    ]
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: KEYS,
    int: st.sampled_from([0, 1, 2, 2026, 10**9]),
    bool: st.booleans(),
    date: DAYS,
    Decimal: st.sampled_from([Decimal(1), Decimal(50)]),
    Period: st.builds(lambda first, days: Period(first, first + timedelta(days=days)), DAYS, st.integers(1, 900)),
}
BY_NAME = {
    "key": st.sampled_from(["x-1", "x-2", "x-3"]),
    **dict.fromkeys(("name", "text", "criterion", "reason", "response", "resources"), TEXTS),
    **dict.fromkeys(("period", "month", "first_effect_month"), MONTHS),
    **dict.fromkeys(("body_kind", "level"), st.sampled_from([*OrganisationKind])),
}


@cache
def of(hint: Any) -> st.SearchStrategy[Any]:
    """Anything of the type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin in (Union, UnionType):
        return st.one_of(*(st.none() if one is NoneType else of(one) for one in arguments))
    if origin in (tuple, frozenset):
        return _collection(origin, arguments)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from([*hint])
    return _made(hint)


def _collection(origin: Callable[..., Any], arguments: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if origin is tuple and Ellipsis not in arguments:
        return st.tuples(*map(of, arguments))
    return st.lists(of(arguments[0]), max_size=2).map(origin)


def _made(kind: type) -> st.SearchStrategy[Any]:
    """A dataclass or a named tuple, every field drawn."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else list(kind._fields)  # type: ignore[attr-defined]
    return st.builds(kind, **{name: _field(name, hints[name]) for name in names})


def _field(name: str, hint: Any) -> st.SearchStrategy[Any]:
    fits = name in BY_NAME and (hint is str or (hint is date and name in ("period", "month")))
    return BY_NAME[name] if fits else of(hint)


def _unique(things: list[Any]) -> tuple[Any, ...]:
    """Each key once, as in any snapshot."""
    return tuple({getattr(thing, "key", number): thing for number, thing in enumerate(things)}.values())


def unrelated() -> st.SearchStrategy[dict[str, tuple[Any, ...]]]:
    """More things for a snapshot, by field; all their keys begin with x."""
    hints = get_type_hints(Snapshot)
    kinds = {field.name: get_args(hints[field.name])[0] for field in fields(Snapshot) if field.name != "on"}
    assert kinds["bodies"] is Body
    return st.fixed_dictionaries({name: st.lists(of(kind), max_size=2).map(_unique) for name, kind in kinds.items()})
