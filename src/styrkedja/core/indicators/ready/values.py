"""A ready value, whoever it comes from, and the shapes that answers must have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any

from styrkedja.core.indicators.definition.definition import ValueForm
from styrkedja.core.indicators.definition.kinds import ReadyKind
from styrkedja.core.indicators.outcome import ValueStatus
from styrkedja.core.policies.refusal import Refused

# Whom values are told to come from, wherever they are shown.
ATTRIBUTIONS = {ReadyKind.KOLADA: "Källa: Kolada", ReadyKind.VIS: "Källa: Vården i siffror", ReadyKind.FILE: "Källa: inläst fil"}
WHOLE = ""


class AnswerFault(Refused):
    """An answer does not have the shape that it should; nothing of it is kept."""


@dataclass(frozen=True)
class ReadyValue:
    """`series` and `area` are the publisher's ids. The period includes both days. `sex` is "K", "M" or "" (all).

    `numerator` and `denominator` are None where the publisher does not tell them.
    """

    series: str
    area: str
    start: date
    end: date
    sex: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None

    @property
    def status(self) -> ValueStatus:
        return ValueStatus.NOT_PUBLISHED if self.value is None else ValueStatus.VALUE

    @property
    def key(self) -> tuple[str, date, date, str]:
        return self.area, self.start, self.end, self.sex


def deviations(values: Sequence[ReadyValue], reference: Sequence[ReadyValue], form: ValueForm) -> list[ReadyValue]:
    """factor · (value − reference) / reference, where both are told and the reference is not 0; else without a value."""
    others = {one.key: one.value for one in reference}
    found = []
    for one in values:
        lower = others.get(one.key)
        made = None
        if one.value is not None and lower:
            made = float(form.factor) * (one.value - lower) / lower
        found.append(replace(one, value=made, numerator=one.value, denominator=lower))
    return found


@dataclass(frozen=True)
class Part:
    """A part of an answer, with the way to it for whoever reads what is wrong."""

    raw: Any
    way: str

    def table(self) -> "Part":
        if not isinstance(self.raw, Mapping):
            raise self.fault("ett objekt")
        return self

    def get(self, key: str) -> "Part":
        """What stands under the key; None where it is not there."""
        return Part(self.table().raw.get(key), f"{self.way}.{key}" if self.way else key)

    def items(self) -> list["Part"]:
        if not isinstance(self.raw, list):
            raise self.fault("en lista")
        return [Part(item, f"{self.way}[{number}]") for number, item in enumerate(self.raw)]

    def text(self) -> str:
        if not isinstance(self.raw, str) or not self.raw:
            raise self.fault("en text")
        return self.raw

    def whole_number(self) -> int:
        if not isinstance(self.raw, int) or isinstance(self.raw, bool):
            raise self.fault("ett heltal")
        return self.raw

    def number(self) -> float | None:
        if self.raw is None:
            return None
        if not isinstance(self.raw, int | float) or isinstance(self.raw, bool) or not isfinite(self.raw):
            raise self.fault("ett tal")
        return float(self.raw)

    def flag(self) -> bool:
        if not isinstance(self.raw, bool | None):
            raise self.fault("ja eller nej")
        return bool(self.raw)

    def fault(self, wanted: str) -> AnswerFault:
        told = repr(self.raw)
        return AnswerFault(f"Svaret har fel form: {self.way or 'det'} ska vara {wanted}, inte {told[:60]}{'…' if len(told) > 60 else ''}.")
