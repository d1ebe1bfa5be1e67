"""The fields that a step asks for: declared by a step kind or by a routine, drawn and validated by `procedures`.

Values, once validated, are plain JSON: text → str, number → int or float, date → "YYYY-MM-DD", choice → str, choices → list[str],
yesno → bool, file → {"file": uuid, "name": str}, organisation/group → body key, organisations/groups → list of body keys,
function → function code, table → list of {column id: value}.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from styrkedja.core.controls.persons import names_person
from styrkedja.core.sentences import Sentence


class FieldType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "longtext"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yesno"
    FILE = "file"
    ORGANISATION = "organisation"
    ORGANISATIONS = "organisations"
    GROUP = "group"
    GROUPS = "groups"
    FUNCTION = "function"
    TABLE = "table"


# The working groups of the county, those that have been closed too: what a field may be `of` that asks which group takes up its work again.
WORKING_GROUPS = "working_groups"
# The calculations that whoever fills in the step sees and that no decision rests on yet; the value is a list of their keys.
ESTIMATES = "estimates"


@dataclass(frozen=True)
class Option:
    """One choice: `value` is stored, `name` is read."""

    value: str
    name: str


@dataclass(frozen=True)
class FieldSpec:
    """One field. `name` and `help` are Swedish. `options` for choice(s), `columns` for table, `of` narrows bodies to "list:NAME" (or, where a
    kind of step says it, to WORKING_GROUPS or ESTIMATES).

    `among` is the id of another field of the same form: only bodies that are chosen there too may be chosen here. A date with `not_future` has
    happened when it is told; `not_before` is the id of another date of the same form that it may not precede. A number is
    at least `minimum`. A text with `no_person` names functions. `needed_when` is the id of another field and those of its values that demand an answer
    here: ("staffing", "reactivate").
    """

    id: str
    type: FieldType
    name: str
    required: bool = False
    help: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple["FieldSpec", ...] = ()
    of: str = ""
    among: str = ""
    not_future: bool = False
    not_before: str = ""
    minimum: int | None = None
    no_person: bool = False
    needed_when: tuple[str, ...] = ()


Fault = tuple[FieldSpec, Sentence]


def answer_faults(fields: Iterable[FieldSpec], data: Mapping[str, Any], *, today: date) -> Iterator[Fault]:
    """The answers in `data` (by field id, in the shapes above) that break a rule of their fields, each with what is wrong. What is not answered
    breaks none but `needed_when`."""
    specs = {field.id: field for field in fields}
    yield from _date_faults(specs, data, today)
    for spec in specs.values():
        if spec.type is FieldType.TABLE:
            rows = data.get(spec.id) or ()
            yield from ((spec, fault) for row in rows for column in spec.columns if (fault := value_fault(column, row.get(column.id))))
        elif fault := value_fault(spec, data.get(spec.id)):
            yield spec, fault
        if spec.needed_when and data.get(spec.needed_when[0]) in spec.needed_when[1:] and not data.get(spec.id):
            yield spec, Sentence("Fältet behövs efter det du valde i ”%(field)s”.", field=specs[spec.needed_when[0]].name)


def value_fault(field: FieldSpec, value: object) -> Sentence:
    """What is wrong with the value by itself; empty for nothing."""
    if field.minimum is not None and isinstance(value, int | float) and value < field.minimum:
        return Sentence("Talet får inte vara mindre än %(limit)s.", limit=str(field.minimum))
    if field.no_person and isinstance(value, str) and names_person(value):
        return Sentence("Ange en funktion, inte en person.")
    return Sentence("")


def _date_faults(specs: Mapping[str, FieldSpec], data: Mapping[str, Any], today: date) -> Iterator[Fault]:
    dates = {name for name, spec in specs.items() if spec.type is FieldType.DATE and data.get(name)}
    given = {name: date.fromisoformat(str(data[name])) for name in sorted(dates)}
    for name, day in given.items():
        spec, earliest = specs[name], given.get(specs[name].not_before)
        if spec.not_future and day > today:
            yield spec, Sentence("Datumet ligger i framtiden. Ange dagen då det skedde.")
        elif earliest is not None and day < earliest:
            yield spec, Sentence("Datumet ligger före ”%(field)s”. Rätta det som är fel av dem.", field=specs[spec.not_before].name)
