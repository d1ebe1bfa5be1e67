"""What the component tags draw: presenters make these values, templates hand them to the tags of `templatetags/ui.py`.

All texts are Swedish and ready to read. A `tone` is one of TONES; it is never the only bearer of a meaning, the word says it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.safestring import SafeString


class Tone(StrEnum):
    """The five tones of a status, an alert or a figure."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    DANGER = "danger"
    NEUTRAL = "neutral"


# The theme's own colour names, written as `data-color`.
COLOURS = {Tone.OK: "success", Tone.INFO: "info", Tone.WARN: "warning", Tone.DANGER: "danger", Tone.NEUTRAL: "neutral"}


def colour(tone: str) -> str:
    """The theme's name of `tone`; ValueError for a tone that does not exist."""
    return COLOURS[Tone(tone)]


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True)
class Status:
    """A word with its tone: "Försenad", danger."""

    word: str
    tone: str = Tone.NEUTRAL


@dataclass(frozen=True)
class Fact:
    """One row of a list of facts. `value` may be safe HTML; an empty value is shown as a dash."""

    label: str
    value: str | SafeString
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """One box of key figures: "12", "pågående ärenden"."""

    value: str
    label: str
    tone: str = Tone.INFO
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a routine as the step list shows it. `number` is the step number or a span of them ("10–14"); a word after a hyphen, as in
    "4-regionintern", has no room in the mark and stands after the name."""

    number: str
    name: str
    state: str = StepState.COMING
    note: str = ""
    url: str = ""

    @property
    def mark(self) -> str:
        return self.number.partition("-")[0]

    @property
    def word(self) -> str:
        return self.number.partition("-")[2]


@dataclass(frozen=True)
class Event:
    """One happening in a history. `who` is a function or an account's name, `text` what was said or changed."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    url: str = ""
    tone: str = Tone.NEUTRAL


@dataclass(frozen=True)
class Tab:
    """A link in a row of tabs; exactly one should be current. `count` None shows no number."""

    name: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Crumb:
    """One place above the page, outermost first; the page itself is not among them."""

    name: str
    url: str


@dataclass(frozen=True)
class Column:
    """A column of a table. `label` may be hidden from sight where the cells speak for themselves (buttons)."""

    label: str
    numeric: bool = False
    hidden: bool = False


Columns = Sequence[Column | str]


def as_columns(given: Columns) -> list[Column]:
    """Every column as a `Column`; a bare text is its label."""
    return [item if isinstance(item, Column) else Column(str(item)) for item in given]
