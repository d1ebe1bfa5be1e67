"""The demonstration's figures, through the real loading and the real computation."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from styrkedja.core.indicators.demonstration import SOURCES
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.computing import Bounds, Site, compute
from styrkedja.indicators.demonstrating import GENERATED, Figures, is_wanted, load_figures, read_figures
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.models import DataLoad, Observation
from styrkedja.indicators.selectors.scenes import planned_days
from styrkedja.indicators.showing import Choice, read_by, values_by
from styrkedja.organisations.services import load_county, load_national
from tests.apps.indicators.library import library, sync
from tests.apps.indicators.loaded import everything
from tests.apps.organisations import files
from tests.architecture.sources import ROOT

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
FOLDER = ROOT / "definitions" / "counties" / "jamtland-harjedalen"
KEYS = ("telefontillganglighet", "kontinuitetsindex-lakare", "nettokostnadsavvikelse", "aterinskrivning-30-dagar", "fast-lakarkontakt")
JH = "region-jamtland-harjedalen"


@pytest.fixture
def site(db: None, tmp_path: Path) -> Site:
    load_national(actor=None, national=files.national(), at=AT)
    load_county(actor=None, values=files.jamtland(), at=AT)
    sync(*KEYS)
    return Site(library().sources, {key: library().definitions[key] for key in KEYS}, tmp_path / "store")


@pytest.fixture
def figures() -> Figures:
    """The project's own, with fewer people."""
    found = read_figures(FOLDER)
    assert found is not None
    return replace(found, plan=replace(found.plan, share=0.04))


def series(indicator: str, body: str, source: str = "computed") -> list[Any]:
    rows = Observation.objects.filter(indicator__key=indicator, body__key=body, source=source, dimensions={})
    return [row.value for row in rows.order_by("period_end")]


def test_the_figures_are_loaded_without_a_fault_and_say_that_they_are_generated(site: Site, figures: Figures) -> None:
    reports = []
    assert is_wanted()
    load_figures(site=site, figures=figures, at=AT, told=reports.append)
    assert [(report.source, report.rows_rejected) for report in reports] == [(source, 0) for source in SOURCES]
    assert all(report.rows_loaded for report in reports)
    assert set(DataLoad.objects.values_list("is_generated", "report__file")) == {(True, GENERATED)}
    assert max(FactFiles(site.store).months("visits")).last_day == date(2026, 10, 31)
    assert len(FactFiles(site.store).months("visits")) == 36


def test_the_figures_become_values_down_to_the_unit(site: Site, figures: Figures) -> None:
    load_figures(site=site, figures=figures, at=AT)
    assert is_wanted(), "not computed yet"
    compute(actor=None, site=site, bounds=Bounds(), at=AT)
    assert not is_wanted()
    for body in (JH, "primarvard-jamtland-harjedalen", "primarvard-norra", "hc-stromsund"):
        assert len(series("telefontillganglighet", body)) == 36
        assert len(series("kontinuitetsindex-lakare", body)) == 19, "eighteen months come first"
    assert len(series("telefontillganglighet", "vc-are-by")) == 6
    years = series("nettokostnadsavvikelse", JH, "kolada:N70061")
    assert (len(years), all(-5 < value < 15 for value in years)) == (9, True)
    assert series("fast-lakarkontakt", "sverige", "file:fast-lakarkontakt-befolkningsenkat")


def test_a_unit_that_moved_is_counted_where_it_stood(site: Site, figures: Figures) -> None:
    load_figures(site=site, figures=figures, at=AT)
    compute(actor=None, site=site, bounds=Bounds(), only=["telefontillganglighet"], at=AT)

    def calls(body: str, month: date) -> float:
        row = Observation.objects.get(
            indicator__key="telefontillganglighet", body__key=body, period_end=month, dimensions={}, source="computed"
        )
        assert row.denominator is not None
        return row.denominator

    before, after = date(2025, 8, 31), date(2025, 9, 30)
    south, own = ("hc-berg", "hc-harjedalen-vastra", "hc-harjedalen-ostra"), "hc-bracke"
    assert calls("primarvard-sodra", before) == sum(calls(unit, before) for unit in (*south, own))
    assert calls("primarvard-sodra", after) == sum(calls(unit, after) for unit in south)
    assert _change_to_come(site, date(2028, 1, 1)) == {
        "primarvard-norra": -calls("hc-ragunda", after), "primarvard-centrala": calls("hc-ragunda", after), JH: 0
    }  # fmt: skip


def _change_to_come(site: Site, planned: date) -> dict[str, float]:
    """What the organisation that is planned would change of the calls in a month."""
    assert planned_days(AT.date()) == (planned,)

    def calls(day: date, body: str) -> float:
        given = {"site": site, "definition": site.definitions["telefontillganglighet"], "bounds": Bounds(), "on": AT.date()}
        told = values_by(reading=read_by(day, None), choice=Choice(body=body), **given)
        return next(one.denominator.amount for key, one in told if str(key.span.last) == "2025-09" and one.denominator)

    return {body: calls(planned, body) - calls(AT.date(), body) for body in ("primarvard-norra", "primarvard-centrala", JH)}


def test_generating_again_changes_nothing_and_next_month_moves_the_window(site: Site, figures: Figures) -> None:
    load_figures(site=site, figures=figures, at=AT)
    before, loads = everything(site.store), DataLoad.objects.count()
    load_figures(site=site, figures=figures, at=AT + timedelta(days=1))
    assert (everything(site.store), DataLoad.objects.count()) == (before, loads)
    load_figures(site=site, figures=figures, at=AT + timedelta(days=14))
    months = sorted(str(month) for month in FactFiles(site.store).months("visits"))
    assert (months[0], months[-1], len(months)) == ("2023-12", "2026-11", 36)


def test_nothing_is_generated_where_there_are_real_data(site: Site, figures: Figures) -> None:
    DataLoad.objects.create(source="visits", sha256="", rows_read=1, rows_rejected=0, loaded_at=AT)
    assert not is_wanted()
    with pytest.raises(Refused, match="Det finns riktiga data inlästa."):
        load_figures(site=site, figures=figures, at=AT)
    assert (everything(site.store), Observation.objects.count()) == ({}, 0)


def test_a_county_without_figures_has_none() -> None:
    assert read_figures(ROOT / "definitions" / "counties" / "vasternorrland") is None
