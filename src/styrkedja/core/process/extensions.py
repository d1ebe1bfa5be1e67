"""The elements of `urn:styrkedja:bpmn:1`: which there are, what each must hold, and everything that is wrong with the form of one.

What needs knowledge of the rest (does the role exist, is the kind known) is the business of `checks`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from keyword import iskeyword

from lxml import etree

from styrkedja.core.fields import FieldType
from styrkedja.core.process.model import NAMESPACE, Finding
from styrkedja.core.process.source import Source, attributes
from styrkedja.core.process.wording import listed, quoted

PREFIX = f"{{{NAMESPACE}}}"
PHASE = f"{PREFIX}phase"

_NAME = r"[a-z][a-z0-9_]*"
_ID = r"[a-z][a-z0-9_-]*"
_VALUE = r"[A-Za-z0-9][A-Za-z0-9_.-]*"


@dataclass(frozen=True)
class Rule:
    """The form of an attribute: a pattern for the whole value and the Swedish end of a sentence that begins with the attribute's name."""

    pattern: str
    sentence: str

    def allows(self, value: str) -> bool:
        return re.fullmatch(self.pattern, value) is not None and not (self.pattern == _NAME and iskeyword(value))


_VARIABLE = Rule(
    _NAME, "ska börja med en liten bokstav a–z och därefter ha små bokstäver, siffror eller understreck; and, or, not och in är upptagna"
)
_IDENTITY = Rule(_ID, "ska börja med en liten bokstav a–z och därefter ha små bokstäver, siffror, bindestreck eller understreck")
_STORED = Rule(_VALUE, "ska bestå av bokstäver a–z, siffror, punkt, bindestreck eller understreck")
_FLAG = Rule("true|false", "ska vara true eller false")
_LIST = Rule(r"list:\S+", "ska ha formen list:NAMN")
_COLOUR = Rule("#[0-9a-fA-F]{6}", "ska vara en färg i formen #RRGGBB")
_TEXT = Rule(r"(?s).*", "")

_ASKED = [str(kind) for kind in FieldType]
_IN_TABLE = [kind for kind in _ASKED if kind not in (FieldType.TABLE, FieldType.FILE)]


def _one_of(words: Iterable[str]) -> Rule:
    return Rule("|".join(words), f"ska vara {listed(words, 'eller')}")


@dataclass(frozen=True)
class Shape:
    """What an element may hold. `key` is the attribute that tells it from its likes; `text` says that it has text of its own."""

    required: Mapping[str, Rule]
    optional: Mapping[str, Rule] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    key: str = ""
    text: bool = False


_COLUMN = {"required": _FLAG, "help": _TEXT, "of": _LIST}
_FIELD = {**_COLUMN, "among": _VARIABLE, "notFuture": _FLAG, "notBefore": _VARIABLE}

SHAPES: Mapping[str, Shape] = {
    "routine": Shape(
        {
            "version": Rule("[1-9][0-9]{0,5}", "ska vara ett heltal från 1"),
            "decidedOn": _TEXT,
            "validFrom": _TEXT,
            "decidedBy": _TEXT,
            "county": _TEXT,
        },
        {"revisedOn": _TEXT},
    ),
    "phase": Shape({"id": _IDENTITY, "number": _TEXT, "name": _TEXT}, key="id"),
    "colour": Shape({"id": _IDENTITY, "name": _TEXT, "fill": _COLOUR, "stroke": _COLOUR}, key="id"),
    "role": Shape(
        {
            "id": _IDENTITY,
            "name": _TEXT,
            "colour": _TEXT,
            "function": Rule(r"[A-Z][A-Z0-9_]*(\s+[A-Z][A-Z0-9_]*)*", "ska vara en eller flera funktionskoder med stora bokstäver"),
            "body": Rule(rf"key:\S+|variable:{_NAME}|item|list:\S+", "ska ha formen key:NYCKEL, variable:NAMN, item eller list:NAMN"),
        },
        key="id",
    ),
    "term": Shape({"name": _TEXT}, key="name", text=True),
    "given": Shape(
        {"variable": _VARIABLE, "type": _one_of([*_IN_TABLE, "bodies"])},
        {"name": _TEXT, "from": Rule(r"county:\S+", "ska ha formen county:NAMN")},
        ("option",),
        "variable",
    ),
    "step": Shape(
        {"number": _TEXT, "kind": _TEXT, "role": _TEXT},
        {
            "due": Rule(rf"variable:{_NAME}", "ska ha formen variable:NAMN"),
            "dueBefore": Rule("[0-9]{1,3}", "ska vara ett antal arbetsdagar"),
        },
        children=("outcome", "set", "field", "narrow"),
    ),
    "outcome": Shape({"value": _STORED, "name": _TEXT}, key="value"),
    "set": Shape(
        {"variable": _VARIABLE, "from": Rule(rf"outcome|field:{_NAME}", "ska vara outcome eller ha formen field:ID")}, key="variable"
    ),
    "field": Shape({"id": _VARIABLE, "type": _one_of(_ASKED), "name": _TEXT}, _FIELD, ("option", "column"), "id"),
    "option": Shape({"value": _STORED, "name": _TEXT}, key="value"),
    "column": Shape({"id": _VARIABLE, "type": _one_of(_IN_TABLE), "name": _TEXT}, _COLUMN, ("option",), "id"),
    "narrow": Shape({"field": _VARIABLE, "of": _LIST}, key="field"),
    "wait": Shape({"number": _TEXT, "until": Rule(rf"variable:{_NAME}", "ska ha formen variable:NAMN"), "role": _TEXT}, {"reason": _TEXT}),
}

# Where they stand: the BPMN element whose extensionElements hold them, and those that stand there exactly once.
PLACES: Mapping[str, tuple[str, ...]] = {
    "process": ("routine", "phase", "colour", "role", "term", "given"),
    "userTask": ("step",),
    "intermediateCatchEvent": ("wait",),
}
_ONCE = ("routine", "step", "wait")
_DATES = ("decidedOn", "revisedOn", "validFrom")
_WITH_OPTIONS = (FieldType.CHOICE, FieldType.CHOICES)
_BODIES = (FieldType.ORGANISATION, FieldType.ORGANISATIONS, FieldType.GROUP, FieldType.GROUPS)


def parse_date(text: str) -> date | None:
    """A date as `YYYY-MM-DD`, None for anything else (`fromisoformat` alone also takes weeks and undelimited dates)."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def faults(source: Source, holder: etree._Element) -> Iterator[Finding]:
    """Everything wrong with the form of what stands in the `extensionElements` of the BPMN element `holder`."""
    tag = str(etree.QName(holder).localname)
    allowed = PLACES.get(tag, ())
    found = [child for box in holder.iterchildren("{*}extensionElements") for child in box.iterchildren("*")]
    yield from _Examination(source, holder.get("id", tag)).of_all(found, allowed)
    for name in (name for name in allowed if name in _ONCE):
        if (count := sum(child.tag == f"{PREFIX}{name}" for child in found)) != 1:
            message = f"Här ska finnas exakt ett element s:{name}, men det finns {count}."
            yield Finding(f"{name}-count", source.lines[holder], holder.get("id", tag), message)


@dataclass(frozen=True)
class _Examination:
    """Looks through the extension elements of one BPMN element; `owner` is its id."""

    source: Source
    owner: str

    def of_all(self, elements: list[etree._Element], allowed: Iterable[str]) -> Iterator[Finding]:
        seen: dict[str, set[str]] = defaultdict(set)
        for element in elements:
            name = etree.QName(element)
            if name.namespace != NAMESPACE or name.localname not in allowed:
                tag = f"{element.prefix}:{name.localname}" if element.prefix else name.localname
                yield self._finding("unsupported-extension", element, f"Tillägget {tag} kan inte användas här. Ta bort det.")
                continue
            shape = SHAPES[name.localname]
            yield from self._attributes(element, shape)
            yield from self._duplicate(element, shape, seen[name.localname])
            yield from self._holdings(element, shape)
            yield from self.of_all(list(element.iterchildren("*")), shape.children)

    def _finding(self, code: str, element: etree._Element, message: str) -> Finding:
        return Finding(code, self.source.lines[element], self.owner, message)

    def _attributes(self, element: etree._Element, shape: Shape) -> Iterator[Finding]:
        tag = _tag(element)
        rules = {**shape.required, **shape.optional}
        for name in shape.required:
            if not element.get(name, "").strip():
                yield self._finding("missing-attribute", element, f"Attributet {quoted(name)} saknas på {tag}.")
        for name, value in attributes(element).items():
            if name not in rules:
                yield self._finding(
                    "unknown-attribute", element, f"Elementet {tag} har inget attribut {quoted(name)}. Rätta eller ta bort det."
                )
            elif value and not rules[name].allows(value):
                message = f"Attributet {quoted(name)} på {tag} är {quoted(value)} men {rules[name].sentence}."
                yield self._finding("bad-value", element, message)
            elif value and name in _DATES and parse_date(value) is None:
                message = f"Attributet {quoted(name)} på {tag} är {quoted(value)} men ska vara ett datum, ÅÅÅÅ-MM-DD."
                yield self._finding("bad-date", element, message)

    def _duplicate(self, element: etree._Element, shape: Shape, seen: set[str]) -> Iterator[Finding]:
        key = element.get(shape.key, "") if shape.key else ""
        if key and key in seen:
            message = f"{_tag(element)} {quoted(key)} finns redan. Varje {quoted(shape.key)} ska vara unikt bland syskonen."
            yield self._finding("duplicate", element, message)
        seen.add(key)

    def _holdings(self, element: etree._Element, shape: Shape) -> Iterator[Finding]:
        tag, declared = _tag(element), element.get("type", "")
        if not shape.text and element.text and element.text.strip():
            yield self._finding("unexpected-text", element, f"Elementet {tag} får inte innehålla text: {quoted(element.text)}.")
        if "type" in shape.required and shape.required["type"].allows(declared):
            yield from self._typed(element, shape)

    def _typed(self, element: etree._Element, shape: Shape) -> Iterator[Finding]:
        """What an element of this type must hold, or must not."""
        tag, declared = _tag(element), element.get("type", "")
        if "option" in shape.children:
            options = sum(child.tag == f"{PREFIX}option" for child in element)
            if declared in _WITH_OPTIONS and options == 0:
                yield self._finding("options-missing", element, f"{tag} av typen {declared} ska ha minst ett s:option.")
            if declared not in _WITH_OPTIONS and options:
                yield self._finding("options-unused", element, f"{tag} av typen {quoted(declared)} har inga val. Ta bort s:option.")
        if "column" in shape.children:
            columns = sum(child.tag == f"{PREFIX}column" for child in element)
            if (declared == FieldType.TABLE) != bool(columns):
                advice = "ska ha minst en s:column" if declared == FieldType.TABLE else "har inga kolumner; ta bort s:column"
                yield self._finding("columns", element, f"{tag} av typen {quoted(declared)} {advice}.")
        if element.tag == f"{PREFIX}given":
            yield from self._given(element)
        if element.get("of") and declared not in _BODIES:
            yield self._finding("of-unused", element, f"Attributet ”of” på {tag} gäller bara organisationer och grupper.")
        if element.get("among") and "among" in shape.optional and declared not in _BODIES:
            yield self._finding("among-unused", element, f"Attributet ”among” på {tag} gäller bara organisationer och grupper.")
        yield from self._dated(element, shape)

    def _dated(self, element: etree._Element, shape: Shape) -> Iterator[Finding]:
        """Rules of dates stand on dates alone."""
        for rule in ("notFuture", "notBefore"):
            if element.get(rule) and rule in shape.optional and element.get("type") != FieldType.DATE:
                message = f"Attributet {quoted(rule)} på {_tag(element)} gäller bara datum."
                yield self._finding("date-rule-unused", element, message)

    def _given(self, element: etree._Element) -> Iterator[Finding]:
        bodies = element.get("type") == "bodies"
        if bodies != bool(element.get("from")):
            message = "s:given med from tar en lista ur länet och ska ha typen bodies; utan from frågas den som öppnar ärendet och typen är en annan."
            yield self._finding("given-type", element, message)
        elif not bodies and not element.get("name", "").strip():
            message = "Attributet ”name” saknas på s:given. Det är frågan till den som öppnar ärendet."
            yield self._finding("missing-attribute", element, message)


def _tag(element: etree._Element) -> str:
    return f"s:{etree.QName(element).localname}"
