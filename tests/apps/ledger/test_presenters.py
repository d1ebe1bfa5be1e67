import re
from pathlib import Path

import styrkedja
from styrkedja.ledger.presenters import ACTS, act_label
from styrkedja.workflows.models import EventKind

SOURCE = Path(styrkedja.__file__).parent
APPENDING = ("from styrkedja.ledger.services import append", "from styrkedja.ledger.services.refusals import", "def record_refused_page")
ITEM_ACTS = {
    f"item.{kind.lower()}"
    for kind in (
        EventKind.CLAIMED,
        EventKind.RELEASED,
        EventKind.HANDED_OVER,
        EventKind.DUE_CHANGED,
        EventKind.FOLLOW_UP_SET,
        EventKind.REMINDED,
        EventKind.ESCALATED,
    )
}


def recorded_acts() -> set[str]:
    """Every "noun.done" that stands in a module which writes in the log."""
    texts = (path.read_text(encoding="utf-8") for path in SOURCE.rglob("services*/**/*.py") if "migrations" not in path.parts)
    singles = (path.read_text(encoding="utf-8") for path in SOURCE.rglob("services.py"))
    writing = [text for text in [*texts, *singles] if any(line in text for line in APPENDING)]
    return {act for text in writing for act in re.findall(r'"([a-z_]+\.[a-z_]+)"', text)}


def test_every_act_that_the_program_records_has_a_label() -> None:
    recorded = recorded_acts()
    assert {"step.completed", "case.migrated", "account.created", "decision.recorded"} <= recorded
    assert sorted((recorded | ITEM_ACTS) - ACTS.keys()) == []


def test_an_act_of_a_later_version_is_shown_as_it_is() -> None:
    assert act_label("step.completed") == "Steget utfördes"
    assert act_label("moon.landed") == "moon.landed"
