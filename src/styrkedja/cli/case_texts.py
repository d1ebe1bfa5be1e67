"""Cases as plain values for JSON, and as Swedish lines for people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document
from styrkedja.cases.selectors import documents
from styrkedja.cli.asking import aligned
from styrkedja.decisions.models import Decision
from styrkedja.decisions.selectors import decisions_in
from styrkedja.home.presenters.cases import case_status
from styrkedja.home.selectors.cases import CasePage
from styrkedja.ui.clock import day
from styrkedja.workflows.models import HistoryEvent, WorkItem
from styrkedja.workflows.programs import routine_of
from styrkedja.workflows.selectors import history
from styrkedja.workflows.standing import Standing, StandingStep, standing_then, standing_today

Row = dict[str, Any]


def list_rows(found: CasePage, *, on: date) -> list[Row]:
    return [_list_row(case, found.open_items.get(case.instance_id, ()), on) for case in found.cases]


def _list_row(case: Case, items: Sequence[WorkItem], on: date) -> Row:
    return {
        "number": case.number,
        "registry_number": case.registry_number,
        "subject": case.subject,
        "county": case.county.key,
        "status": case.instance.status,
        "state": str(case_status(case.instance, items, today=on).word),
        "opened_on": day(case.opened_at).isoformat(),
        "open": [
            {
                "number": item.number,
                "name": item.name,
                "performer": item.performer,
                "due_on": _iso(item.due_on),
                "wakes_on": _iso(item.wakes_on),
            }
            for item in items
        ],
    }


def list_lines(rows: Sequence[Row], *, total: int, is_capped: bool) -> list[str]:
    if not rows:
        return ["Inga ärenden."]
    head = ("Ärende", "Diarienummer", "Läge", "Steg", "Datum", "Ärendemening")
    lines = aligned([head, *(_list_cells(row) for row in rows)])
    if is_capped:
        return [*lines, f"{len(rows)} av fler än {total} ärenden."]
    return [*lines, f"{len(rows)} av {total} ärenden." if len(rows) < total else f"{total} ärenden." if total > 1 else "1 ärende."]


def _list_cells(row: Row) -> tuple[str, ...]:
    steps = ", ".join(dict.fromkeys(step["number"] for step in row["open"]))
    due = min((on for step in row["open"] if (on := step["due_on"] or step["wakes_on"])), default="")
    return (row["number"], row["registry_number"], row["state"], steps, due, row["subject"])


def case_today(case: Case, user: User, *, at: datetime) -> Row:
    """The case as it stands."""
    on = day(at)
    return _case_row(case, standing_today(case.instance, on=on)) | _record(documents(user, case, on=on), decisions_in(user, case, on=on))


def case_then(case: Case, user: User, *, until: datetime) -> Row:
    """The case as it stood at the moment `until`, played from its history. Raises NotStarted if it was opened later."""
    on = day(until)
    known = documents(user, case, on=on).filter(registered_at__lte=until), decisions_in(user, case, on=on).filter(recorded_at__lte=until)
    return _case_row(case, standing_then(case.instance, until=until)) | {"at": on.isoformat()} | _record(*known)


def _case_row(case: Case, standing: Standing) -> Row:
    return {
        "number": case.number,
        "registry_number": case.registry_number,
        "subject": case.subject,
        "county": case.county.name,
        "routine": standing.definition.name,
        "version": standing.definition.version,
        "status": standing.status.value,
        "state": str(standing.status.label),
        "end": standing.end,
        "opened_on": day(case.opened_at).isoformat(),
        "open": [_step_row(step) for step in standing.steps],
        "incidents": list(standing.incidents),
    }


def _step_row(step: StandingStep) -> Row:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(step).items()}


def _record(filed: Iterable[Document], decided: Iterable[Decision]) -> Row:
    return {
        "documents": [
            {
                "reference": document.reference,
                "dated_on": document.dated_on.isoformat(),
                "direction": str(document.get_direction_display()),
                "title": document.title,
                "counterpart": document.counterpart,
            }
            for document in filed
        ],
        "decisions": [
            {
                "decided_on": decision.decided_on.isoformat(),
                "decided_until": _iso(decision.decided_until),
                "nature": str(decision.get_nature_display()),
                "body": str(decision.body),
                "paragraph": decision.paragraph,
                "outcome": decision.outcome,
                "text": decision.text,
            }
            for decision in decided
        ],
    }


def case_lines(row: Row) -> list[str]:
    """What `case show` writes."""
    state = row["state"] + (f": {row['end']}" if row["end"] else "")
    facts = [
        ("Så såg det ut", row.get("at", "")),
        ("Diarienummer", row["registry_number"]),
        ("Län", row["county"]),
        ("Rutin", f"{row['routine']}, version {row['version']}"),
        ("Läge", state),
        ("Öppnat", row["opened_on"]),
    ]
    lines = [f"{row['number']} {row['subject']}", *aligned([(f"{name}:", value) for name, value in facts if value], indent="  ")]
    lines += _block("Står vid", [_step_cells(step) for step in row["open"]])
    lines += _block("Stoppat", [(reason,) for reason in row["incidents"]])
    lines += _block("Handlingar", [_document_cells(document) for document in row["documents"]])
    return lines + _block("Beslut", [_decision_cells(decision) for decision in row["decisions"]])


def _block(title: str, rows: Sequence[Sequence[str]]) -> list[str]:
    return ["", title, *aligned(rows, indent="  ")] if rows else []


def _step_cells(step: Row) -> tuple[str, ...]:
    due = f"väntar till {step['wakes_on']}" if step["wakes_on"] else f"klart senast {step['due_on']}" if step["due_on"] else ""
    late = " (försenat)" if step["late"] else ""
    name = step["name"] + (f" ({step['part']})" if step["part"] else "")
    return (step["number"], name, step["performer"], due + late, f"tagen av {step['claimed_by']}" if step["claimed_by"] else "")


def _document_cells(document: Row) -> tuple[str, ...]:
    return (document["reference"], document["dated_on"], document["direction"], document["counterpart"], document["title"])


def _decision_cells(decision: Row) -> tuple[str, ...]:
    on = decision["decided_on"] + (f"--{decision['decided_until']}" if decision["decided_until"] else "")
    paragraph = f"§ {decision['paragraph'].removeprefix('§').strip()}" if decision["paragraph"] else ""
    return (on, decision["body"], decision["nature"], paragraph, decision["outcome"], decision["text"])


def history_rows(case: Case) -> list[Row]:
    """Every event, oldest first."""
    return [_event_row(event) for event in history(case.instance).defer("definition__source")]


def _event_row(event: HistoryEvent) -> Row:
    node = routine_of(event.definition).nodes.get(event.node_id)
    names = {option.value: option.name for option in node.step.outcomes} if node and node.step else {}
    return {
        "sequence": event.sequence,
        "at": event.at.isoformat(timespec="seconds"),
        "kind": event.kind,
        "what": str(event.get_kind_display()),
        "version": event.definition.version,
        "number": event.number,
        "name": node.name if node else "",
        "part": event.item,
        "outcome": names.get(event.outcome, event.outcome),
        "function": event.function,
        "account": str(event.account) if event.account else "",
        "values": event.values,
        "data": event.data,
    }


def history_lines(rows: Sequence[Row]) -> list[str]:
    return aligned([_event_cells(row) for row in rows])


def _event_cells(row: Row) -> tuple[str, ...]:
    at = timezone.localtime(datetime.fromisoformat(row["at"])).strftime("%Y-%m-%d %H:%M")
    step = f"{row['number']} {row['name']}".strip() + (f" ({row['part']})" if row["part"] else "")
    return (str(row["sequence"]), at, row["what"], step, row["outcome"], row["function"] or row["account"], _note(row["data"]))


def _note(data: Mapping[str, Any]) -> str:
    """What the event changed, and why."""
    if "played" in data:
        return f"version {data['from']} → {data['to']}, {len(data['skipped'])} steg räknas inte"
    change = f"{data.get('before') or '–'} → {data['after']}" if data.get("after") else data.get("follow_up_on", "")
    receiver = f"till {data['to']}" if data.get("to") else ""
    return ": ".join(text for text in (receiver, change, data.get("reason", "")) if isinstance(text, str) and text)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
