"""The shapes of a county's own values: codes, numbers, positions; see core.toml.shapes for the common ones."""

import re
from typing import Any

from styrkedja.core.registry_numbers import format_faults
from styrkedja.core.toml.shapes import KEY_PATTERN, Faults, Shape, pattern, pattern_faults, text_faults

LIST_PATTERN = r"[a-z][a-z0-9_]*"
FUNCTION_PATTERN = r"[A-Z][A-Z0-9_]*"


def _org_number_faults(raw: Any) -> Faults:
    faults = list(pattern_faults(raw, re.compile(r"[0-9]{6}-[0-9]{4}"), "ska vara sex siffror, bindestreck och fyra siffror", 11))
    yield from faults
    if not faults and not _has_right_check_digit(raw.replace("-", "")):
        yield (), f"är ”{raw}”, men kontrollsiffran stämmer inte. Rätta numret"


def _has_right_check_digit(digits: str) -> bool:
    weighted = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in weighted) % 10 == 0


def _format_faults(raw: Any) -> Faults:
    faults = list(text_faults(raw, 60))
    yield from faults
    if not faults:
        yield from (((), f"är ”{raw}” och kan inte användas. {fault.rstrip('.')}") for fault in format_faults(raw))


def _position(raw: str) -> tuple[str, str]:
    body, _, function = raw.rpartition(":")
    return body, function


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
