"""A fault as a record that can be kept and sent, and back. Its sentence keeps its pattern and values, so that it can be said in another language."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from styrkedja.core.controls.fault import Fault
from styrkedja.core.controls.rule import Severity
from styrkedja.core.controls.snapshot import ObjectKind, Ref
from styrkedja.core.sentences import Month, Sentence

Record = dict[str, Any]

_DECIMAL = "decimal"
_MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def recorded(fault: Fault) -> Record:
    """The fault in what JSON knows: text, whole numbers, lists and objects."""
    return {
        "rule": fault.rule,
        "check": fault.check,
        "severity": fault.severity.value,
        "object": _ref_record(fault.ref),
        "name": fault.name,
        "bodies": list(fault.bodies),
        "explanation": _sentence_record(fault.explanation),
        "others": [_ref_record(ref) for ref in fault.others],
        "part": fault.part,
    }


def read(record: Mapping[str, Any]) -> Fault:
    """The fault of a record made by `recorded`: equal to the one it was made of."""
    return Fault(
        rule=record["rule"],
        check=record["check"],
        severity=Severity(record["severity"]),
        ref=_ref(record["object"]),
        name=record["name"],
        bodies=tuple(record["bodies"]),
        explanation=_sentence(record["explanation"]),
        others=tuple(_ref(other) for other in record["others"]),
        part=record["part"],
    )


def _ref_record(ref: Ref) -> list[str]:
    return [ref.kind.value, ref.key]


def _ref(record: list[str]) -> Ref:
    kind, key = record
    return Ref(ObjectKind(kind), key)


def _sentence_record(sentence: Sentence) -> Record:
    return {"pattern": sentence.pattern, "values": {name: _value_record(value) for name, value in sentence.values.items()}}


def _value_record(value: object) -> object:
    """Days as they are written, so that what is read says the same."""
    if isinstance(value, Sentence):
        return _sentence_record(value)
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    return str(value) if isinstance(value, date) else value


def _sentence(record: Mapping[str, Any]) -> Sentence:
    return Sentence.again(record["pattern"], {name: _value(value) for name, value in record["values"].items()})


def _value(kept: Any) -> object:
    """A day and a month are days again, so that a page can write them as it writes others."""
    if isinstance(kept, dict):
        return Decimal(kept[_DECIMAL]) if _DECIMAL in kept else _sentence(kept)
    return _time(kept) or kept if isinstance(kept, str) else kept


def _time(text: str) -> date | None:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        return Month.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None
    except ValueError:
        return None
