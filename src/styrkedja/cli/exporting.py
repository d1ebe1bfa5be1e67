"""Writes an event log to a file: the whole of it, or nothing."""

import os
from pathlib import Path

from styrkedja.accounts.models import User
from styrkedja.cases.event_logs import cases_to_log, logged_bodies, logged_cases
from styrkedja.core.process.event_log import write_ocel, write_xes
from styrkedja.organisations.models import County
from styrkedja.ui.clock import day, now


def export(format: str, file: Path, user: User, *, county: County | None, routine: str) -> dict[str, int]:
    """Writes the cases that `user` may read, as "xes" or "ocel"; answers how many cases and events. Raises OSError, and then `file` is as before."""
    cases = cases_to_log(user, on=day(now()), county=county, routine=routine)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        if format == "xes":
            with beside.open("wb") as target:
                events = write_xes(target, logged_cases(cases))
        else:
            logged = list(logged_cases(cases))
            with beside.open("w", encoding="utf-8") as text:
                events = write_ocel(text, logged, logged_bodies(logged))
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return {"cases": cases.count(), "events": events}
