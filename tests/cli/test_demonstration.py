"""The demonstration of Region Jämtland Härjedalen has the faults that it says, and no others."""

import json
import tomllib
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.utils import timezone

from styrkedja.cli import demo_chain
from styrkedja.cli.demo import load_demo
from styrkedja.cli.loading import load_folder
from styrkedja.cli.main import styrkedja
from styrkedja.controls.models import Finding
from styrkedja.controls.selectors.snapshot import scope_on, snapshot
from styrkedja.core.controls.fault import Fault
from styrkedja.core.controls.rules import RULES
from styrkedja.core.controls.run import faults
from styrkedja.indicators.models import DataLoad, Observation
from styrkedja.ledger.models import ObjectVersion
from tests.architecture.sources import ROOT

pytestmark = pytest.mark.django_db
FOLDER = ROOT / "definitions" / "counties" / "jamtland-harjedalen"
PLANTED = tomllib.loads((FOLDER / "steering" / "planted-faults.toml").read_text(encoding="utf-8"))["fault"]


def loaded(at: datetime) -> list[str]:
    load_folder(FOLDER, at=at)
    return load_demo(FOLDER.name, at=at)


def planted() -> set[tuple[str, str, str]]:
    return {(row["rule"], row["check"], row["object"]) for row in PLANTED}


def stored() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (ObjectVersion, Observation, DataLoad, Finding))


def test_controls_list_every_planted_fault_and_nothing_else() -> None:
    loaded(timezone.now())
    result = CliRunner().invoke(styrkedja, ["controls", "run", "--json"])
    found = json.loads(result.stdout)["findings"]
    by_key = {row["object"] for row in PLANTED}
    told = {(one["rule"], one["check"], key if (key := one["object"]["key"]) in by_key else one["object"]["name"]) for one in found}
    assert told == planted()
    assert len(found) == len(PLANTED)
    assert result.exit_code == 1
    assert {row["rule"] for row in PLANTED} == {rule.id for rule in RULES}

    before = stored()
    again = demo_chain.load_chain_of(FOLDER, at=timezone.now())
    assert again.startswith("Styrkedjan: 0 nya, 0 ändrade, ")
    assert "Länet har redan en styrkedja; den har inte ändrats." in load_demo(FOLDER.name, at=timezone.now())
    assert stored() == before


def told_on(at: datetime) -> set[tuple[str, str, str, str]]:
    found: tuple[Fault, ...] = faults(snapshot(scope_on(at.date())))
    return {(one.rule, one.check, one.name if one.rule in ("R19", "R20") else one.ref.key, one.part) for one in found}


def test_it_has_the_same_faults_when_the_year_has_turned() -> None:
    at = datetime(2028, 1, 5, 10, tzinfo=UTC)
    loaded(at)
    assert told_on(at) == {(row["rule"], row["check"], row["object"], row.get("part", "")) for row in PLANTED}
