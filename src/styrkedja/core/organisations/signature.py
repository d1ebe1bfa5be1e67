"""What a routine may lean on in a county, whether it was read from files or loaded into the database."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class CountySignature:
    """`bodies` by key (the value tells people what it is), `lists` of body keys, `functions` titles by code, `seats` (body key, function)."""

    bodies: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    functions: Mapping[str, str]
    seats: frozenset[tuple[str, str]]
