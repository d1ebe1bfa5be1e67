"""The fields that a step asks for: declared by a step kind or by a routine, drawn and validated by `procedures`.

Values, once validated, are plain JSON: text → str, number → int or float, date → "YYYY-MM-DD", choice → str, choices → list[str],
yesno → bool, file → {"file": uuid, "name": str}, organisation/group → body key, organisations/groups → list of body keys,
function → function code, table → list of {column id: value}.
"""

from dataclasses import dataclass
from enum import StrEnum


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

    `among` is the id of another field of the same form: only bodies that are chosen there too may be chosen here.
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
