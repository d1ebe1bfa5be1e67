"""A chain with something of every kind and nothing wrong: the controls find nothing."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from styrkedja.cli.indicator_site import open_site
from styrkedja.cli.loading import load_folder
from styrkedja.controls.selectors.snapshot import scope_on, snapshot
from styrkedja.core.controls.run import faults
from styrkedja.core.controls.snapshot import ActionState
from styrkedja.core.sheets.reading import read_folder
from styrkedja.core.sheets.relative import told_from
from styrkedja.core.sheets.tables import Limits
from styrkedja.effects.services import load_chain
from styrkedja.indicators.models import Indicator
from styrkedja.indicators.services.demonstration import MadeUp, record_made_up
from styrkedja.organisations.selectors import bodies_by_key
from tests.architecture.sources import ROOT

pytestmark = pytest.mark.django_db
CLEAN = Path(__file__).parent / "clean"
# Kinds that the workbook does not bring in: they are of reviews and cases.
ELSEWHERE = {
    "audits",
    "recommendations",
    "reports",
    "transfers",
    "programme_groups",
    "proposals",
    "working_groups",
    "briefs",
    "implementations",
}


def values(on: date) -> list[MadeUp]:
    """Two levels, of the last years and months."""
    bodies = bodies_by_key(["sverige", "region-litet-lan"]).values()
    years = [(date(on.year - back, 1, 1), date(on.year - back, 12, 31), 71.0) for back in (1, 2)]
    ends = [on.replace(day=1) - timedelta(days=1)]
    ends += [ends[0].replace(day=1) - timedelta(days=1)]
    ends += [ends[1].replace(day=1) - timedelta(days=1)]
    months = [(end - timedelta(days=364), end, 3280.0) for end in ends]
    by_key = {"sjalvskattad-halsa": years, "lakemedelsforman-per-invanare": months}
    return [
        MadeUp(Indicator.objects.get(key=key), body, start, end, value)
        for key, spans in by_key.items()
        for start, end, value in spans
        for body in bodies
    ]


def test_clean_chain_gives_no_finding() -> None:
    at = timezone.now()
    load_folder(ROOT / "tests" / "routines" / "fixtures" / "litet-lan", at=at)
    open_site()
    record_made_up(actor=None, values=values(at.date()), sha256="0" * 64, at=at)
    files = {path.stem: path.read_bytes() for path in CLEAN.glob("*.csv")}
    found = load_chain(actor=None, tables=told_from(read_folder(files, limits=Limits()), at.date()), at=at)
    assert found.faults == ()
    chain = snapshot(scope_on(at.date()))
    empty = {field.name for field in fields(chain) if field.name != "on" and not getattr(chain, field.name)}
    assert empty == ELSEWHERE
    assert faults(chain) == ()

    late = replace(chain, on=chain.on + timedelta(days=400))
    assert any(fault.check == "A06" for fault in faults(late))
    assert all(action.state is ActionState.STARTED for action in late.actions)
