import re
from pathlib import Path

import styrkedja
from styrkedja.ledger.presenters import ACTS, act_label
from styrkedja.workflows.models import EventKind

SOURCE = Path(styrkedja.__file__).parent
ITEM_ACTS = {f"item.{kind.lower()}" for kind in (EventKind.CLAIMED, EventKind.RELEASED, EventKind.HANDED_OVER, EventKind.DUE_CHANGED)}


def test_every_act_that_the_program_records_has_a_label() -> None:
    recorded = {act for path in SOURCE.rglob("*.py") for act in re.findall(r'\bact="([^"]+)"', path.read_text())}
    assert "step.completed" in recorded
    assert sorted((recorded | ITEM_ACTS) - ACTS.keys()) == []


def test_an_act_of_a_later_version_is_shown_as_it_is() -> None:
    assert act_label("step.completed") == "Steget utfördes"
    assert act_label("moon.landed") == "moon.landed"
