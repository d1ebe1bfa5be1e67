"""Event logs for process mining: XES 1.0 (IEEE 1849) as XML and OCEL 2.0 as JSON, from value rows.

Both hold what happened to the steps and to the case as a whole, in which function it was done and by which body. Neither holds accounts,
persons or what was filled in.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, Any

from lxml import etree

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
XES = "http://www.xes-standard.org/"
EXTENSIONS = {"Concept": "concept", "Lifecycle": "lifecycle", "Organizational": "org", "Time": "time"}
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Attribute = str | int | datetime


@dataclass(frozen=True)
class LoggedEvent:
    """Something that happened. `transition` is a word of the XES life-cycle; `item`, `bodies` and `documents` are ids of what it happened to,
    by whom, and what it put on record, empty where there is nothing of the kind."""

    id: str
    at: datetime
    activity: str
    transition: str
    version: int
    number: str = ""
    node_id: str = ""
    outcome: str = ""
    function: str = ""
    item: str = ""
    bodies: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoggedItem:
    """A step for one body."""

    id: str
    number: str
    name: str
    performer: str
    state: str
    due_on: date | None = None
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoggedDocument:
    """A registered document; `item` is the step that registered it."""

    id: str
    number: int
    direction: str
    title: str
    item: str = ""


@dataclass(frozen=True)
class LoggedBody:
    """An organisation or a group."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True)
class LoggedCase:
    """A case and all that belongs to it, events oldest first."""

    id: str
    number: str
    subject: str
    routine: str
    status: str
    end: str
    events: tuple[LoggedEvent, ...]
    items: tuple[LoggedItem, ...] = ()
    documents: tuple[LoggedDocument, ...] = ()


def write_xes(target: IO[bytes], cases: Iterable[LoggedCase]) -> int:
    """One trace a case, written as it is read; answers how many events there are."""
    written = 0
    with etree.xmlfile(target, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("log", {"xes.version": "1.0", "xes.features": ""}, nsmap={None: XES}):
            for element in _header():
                xml.write(element)
            for case in cases:
                xml.write(_trace(case))
                written += len(case.events)
    return written


def _header() -> Iterable[etree._Element]:
    for name, prefix in EXTENSIONS.items():
        yield etree.Element("extension", name=name, prefix=prefix, uri=f"{XES}{prefix}.xesext")
    yield _element("global", {"concept:name": ""}, {"scope": "trace"})
    yield _element("global", {"concept:name": "", "lifecycle:transition": "", "time:timestamp": EPOCH}, {"scope": "event"})
    yield etree.Element("classifier", name="Activity", keys="concept:name")
    yield etree.Element("classifier", name="Activity and life-cycle", keys="concept:name lifecycle:transition")
    yield _attribute("concept:name", "Styrkedja")
    yield _attribute("lifecycle:model", "standard")


def _trace(case: LoggedCase) -> etree._Element:
    names = {"concept:name": case.number, "subject": case.subject, "routine": case.routine, "status": case.status, "end": case.end}
    trace = _element("trace", names)
    trace.extend(_element("event", _named(event)) for event in case.events)
    return trace


def _named(event: LoggedEvent) -> Mapping[str, Attribute]:
    return {
        "concept:name": event.activity,
        "lifecycle:transition": event.transition,
        "time:timestamp": event.at,
        "org:role": event.function,
        "org:group": " ".join(event.bodies),
        "step": event.number,
        "node": event.node_id,
        "outcome": event.outcome,
        "version": event.version,
    }


def _element(tag: str, attributes: Mapping[str, Attribute], own: dict[str, str] | None = None) -> etree._Element:
    element = etree.Element(tag, own)
    element.extend(_attribute(key, value) for key, value in attributes.items() if value != "" or tag == "global")
    return element


def _attribute(key: str, value: Attribute) -> etree._Element:
    if isinstance(value, datetime):
        return etree.Element("date", key=key, value=value.isoformat(timespec="milliseconds"))
    if isinstance(value, int):
        return etree.Element("int", key=key, value=str(value))
    return etree.Element("string", key=key, value=_NOT_IN_XML.sub("", value))


def write_ocel(target: IO[str], cases: Sequence[LoggedCase], bodies: Iterable[LoggedBody]) -> int:
    """Objects are cases, work items, bodies and documents; answers how many events there are."""
    events = [_ocel_event(case, event) for case in cases for event in case.events]
    objects = [row for case in cases for row in _ocel_objects(case)] + [_body(body) for body in bodies]
    log = {
        "objectTypes": [_type(name, columns) for name, columns in _OBJECT_TYPES.items()],
        "eventTypes": [_type(name, _EVENT_COLUMNS) for name in sorted({event["type"] for event in events})],
        "objects": objects,
        "events": events,
    }
    json.dump(log, target, ensure_ascii=False, indent=1)
    return len(events)


_EVENT_COLUMNS = {
    "transition": "string",
    "version": "integer",
    "step": "string",
    "node": "string",
    "outcome": "string",
    "function": "string",
}
_OBJECT_TYPES: Mapping[str, Mapping[str, str]] = {
    "case": {"number": "string", "subject": "string", "routine": "string", "status": "string", "end": "string"},
    "work item": {"step": "string", "name": "string", "performer": "string", "state": "string", "due": "string"},
    "body": {"name": "string", "kind": "string"},
    "document": {"number": "integer", "direction": "string", "title": "string"},
}


def _type(name: str, columns: Mapping[str, str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": column, "type": kind} for column, kind in columns.items()]}


def _ocel_event(case: LoggedCase, event: LoggedEvent) -> dict[str, Any]:
    values = (event.transition, event.version, event.number, event.node_id, event.outcome, event.function)
    links = [("case", case.id), *(("step", item) for item in [event.item] if item)]
    links += [("performer", body) for body in event.bodies] + [("registers", document) for document in event.documents]
    return {
        "id": event.id,
        "type": event.activity,
        "time": event.at.isoformat(),
        "attributes": [{"name": name, "value": value} for name, value in zip(_EVENT_COLUMNS, values, strict=True) if value != ""],
        "relationships": _links(links),
    }


def _ocel_objects(case: LoggedCase) -> Iterable[dict[str, Any]]:
    yield _object("case", case.id, (case.number, case.subject, case.routine, case.status, case.end), [])
    for item in case.items:
        values = (item.number, item.name, item.performer, item.state, item.due_on.isoformat() if item.due_on else "")
        yield _object("work item", item.id, values, [("in case", case.id), *(("performer", body) for body in item.bodies)])
    for document in case.documents:
        links = [("in case", case.id), *(("registered in", item) for item in [document.item] if item)]
        yield _object("document", document.id, (document.number, document.direction, document.title), links)


def _body(body: LoggedBody) -> dict[str, Any]:
    return _object("body", body.id, (body.name, body.kind), [])


def _object(kind: str, id: str, values: Sequence[str | int], links: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Every value as it is today; the format has the epoch stand for a value that is not followed through time."""
    columns = zip(_OBJECT_TYPES[kind], values, strict=True)
    attributes = [{"name": name, "value": value, "time": EPOCH.isoformat()} for name, value in columns if value != ""]
    return {"id": id, "type": kind, "attributes": attributes, "relationships": _links(links)}


def _links(links: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"objectId": target, "qualifier": qualifier} for qualifier, target in links]
