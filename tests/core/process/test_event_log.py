"""Both logs are read back with a library that others read such logs with."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import rustxes
from lxml import etree

from styrkedja.core.process.event_log import LoggedBody, LoggedCase, LoggedDocument, LoggedEvent, LoggedItem, write_ocel, write_xes

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
LATER = AT + timedelta(days=1, milliseconds=250)
BODIES = (LoggedBody("body:region", "Region Västernorrland", "REGION"), LoggedBody("body:lpo", "LPO Psykisk hälsa", "PROGRAMME_GROUP"))

REGISTER = LoggedEvent(
    "e/2", LATER, "2 Diarieför", "complete", 2, "2", "register", "", "Registrator", "item:1", ("body:region",), ("document:1",)
)
CASE = LoggedCase(
    id="case:1",
    number="2026-0001",
    subject="Vård vid stroke & <TIA>",
    routine="kunskapsstod",
    status="ENDED",
    end="Klart",
    events=(
        LoggedEvent("e/1", AT, "Ärendet öppnas", "complete", 1),
        REGISTER,
        LoggedEvent(
            "e/3", LATER, "4 Bedöm", "complete", 2, "4", "assess", "Ja, berörs", "Ordförande", "item:2", ("body:lpo", "body:region")
        ),
    ),
    items=(
        LoggedItem("item:1", "2", "Diarieför", "Registrator", "DONE", date(2026, 9, 20), ("body:region",)),
        LoggedItem("item:2", "4", "Bedöm", "Ordförande", "DONE", None, ("body:lpo", "body:region")),
    ),
    documents=(LoggedDocument("document:1", 1, "RECEIVED", "Remiss", "item:1"),),
)
OPEN = LoggedCase("case:2", "2026-0002", "", "kunskapsstod", "RUNNING", "", (LoggedEvent("f/1", AT, "Ärendet öppnas", "complete", 2),))


def xes(tmp_path: Path, *cases: LoggedCase) -> Path:
    path = tmp_path / "log.xes"
    with path.open("wb") as target:
        write_xes(target, cases)
    return path


def ocel(tmp_path: Path, *cases: LoggedCase) -> Path:
    path = tmp_path / "log.json"
    with path.open("w", encoding="utf-8") as target:
        write_ocel(target, cases, BODIES)
    return path


def test_every_event_of_every_case_is_read_back_from_xes(tmp_path: Path) -> None:
    frame, _log = rustxes.import_xes(str(xes(tmp_path, CASE, OPEN)))
    assert frame.height == 4
    assert frame["case:concept:name"].to_list() == ["2026-0001", "2026-0001", "2026-0001", "2026-0002"]
    assert frame["concept:name"].to_list() == ["Ärendet öppnas", "2 Diarieför", "4 Bedöm", "Ärendet öppnas"]
    assert frame["time:timestamp"].to_list() == [moment.replace(tzinfo=None) for moment in (AT, LATER, LATER, AT)]


def test_the_attributes_of_an_event_and_its_case_are_read_back_from_xes(tmp_path: Path) -> None:
    frame, _log = rustxes.import_xes(str(xes(tmp_path, CASE)))
    row = frame.row(2, named=True)
    expected = {
        "lifecycle:transition": "complete",
        "org:role": "Ordförande",
        "org:group": "body:lpo body:region",
        "step": "4",
        "node": "assess",
        "outcome": "Ja, berörs",
        "version": 2,
        "case:subject": "Vård vid stroke & <TIA>",
        "case:routine": "kunskapsstod",
        "case:status": "ENDED",
        "case:end": "Klart",
    }
    assert {key: row[key] for key in expected} == expected


def test_the_log_declares_its_extensions_and_classifiers(tmp_path: Path) -> None:
    _frame, about = rustxes.import_xes(str(xes(tmp_path, CASE)))
    declared = json.loads(about)
    assert [extension["prefix"] for extension in declared["extensions"]] == ["concept", "lifecycle", "org", "time"]
    assert [classifier["keys"] for classifier in declared["classifiers"]] == [["concept:name"], ["concept:name", "lifecycle:transition"]]


def test_a_log_without_cases_is_still_a_log(tmp_path: Path) -> None:
    target = io.BytesIO()
    assert write_xes(target, []) == 0
    root = etree.fromstring(target.getvalue())
    assert (root.tag, root.get("xes.version")) == ("{http://www.xes-standard.org/}log", "1.0")
    assert {etree.QName(child).namespace for child in root} == {"http://www.xes-standard.org/"}
    assert rustxes.import_ocel_json(str(ocel(tmp_path)))["events"].height == 0


def test_a_sign_that_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    frame, _log = rustxes.import_xes(str(xes(tmp_path, replace(CASE, subject="Stroke\x00 \x0boch \ufffeTIA"))))
    assert frame["case:subject"][0] == "Stroke och TIA"


def test_every_object_is_read_back_from_ocel(tmp_path: Path) -> None:
    objects = rustxes.import_ocel_json(str(ocel(tmp_path, CASE, OPEN)))["objects"]
    assert sorted(zip(objects["ocel:type"].to_list(), objects["ocel:oid"].to_list(), strict=True)) == [
        ("body", "body:lpo"),
        ("body", "body:region"),
        ("case", "case:1"),
        ("case", "case:2"),
        ("document", "document:1"),
        ("work item", "item:1"),
        ("work item", "item:2"),
    ]
    items = {row["ocel:oid"]: row for row in objects.rows(named=True)}
    assert (items["item:1"]["step"], items["item:1"]["state"], items["item:1"]["due"]) == ("2", "DONE", "2026-09-20")
    assert items["item:2"]["due"] is None
    assert items["body:lpo"]["kind"] == "PROGRAMME_GROUP"


def test_every_event_is_read_back_from_ocel_with_its_attributes(tmp_path: Path) -> None:
    events = rustxes.import_ocel_json(str(ocel(tmp_path, CASE, OPEN)))["events"]
    assert events.height == 4
    row = next(row for row in events.rows(named=True) if row["ocel:eid"] == "e/3")
    assert (row["ocel:activity"], row["outcome"], row["function"], row["transition"]) == ("4 Bedöm", "Ja, berörs", "Ordförande", "complete")
    assert row["ocel:timestamp"] == LATER.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("event", "links"),
    [
        ("e/1", {("case:1", "case")}),
        ("e/2", {("case:1", "case"), ("item:1", "step"), ("body:region", "performer"), ("document:1", "registers")}),
        ("e/3", {("case:1", "case"), ("item:2", "step"), ("body:lpo", "performer"), ("body:region", "performer")}),
    ],
)
def test_an_event_is_linked_to_what_it_happened_to(event: str, links: set[tuple[str, str]], tmp_path: Path) -> None:
    relations = rustxes.import_ocel_json(str(ocel(tmp_path, CASE)))["relations"]
    found = relations.filter(relations["ocel:eid"] == event)
    assert set(zip(found["ocel:oid"].to_list(), found["ocel:qualifier"].to_list(), strict=True)) == links


def test_objects_are_linked_to_each_other(tmp_path: Path) -> None:
    links = rustxes.import_ocel_json(str(ocel(tmp_path, CASE)))["o2o"]
    assert sorted(links.rows()) == sorted(
        [
            ("item:1", "case:1", "in case"),
            ("item:1", "body:region", "performer"),
            ("item:2", "case:1", "in case"),
            ("item:2", "body:lpo", "performer"),
            ("item:2", "body:region", "performer"),
            ("document:1", "case:1", "in case"),
            ("document:1", "item:1", "registered in"),
        ]
    )
