"""The generated figures: always the same, of the right form, and with the signals that the plan says."""

from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from styrkedja.core.indicators.demonstration import SOURCES, tables
from styrkedja.core.indicators.demonstration.plan import Plan, Series, read_plan, read_series
from styrkedja.core.indicators.demonstration.ready import ready_values
from styrkedja.core.indicators.intake.identities import IdentityWatch
from styrkedja.core.indicators.intake.rows import RawRows, month_numbers, read_rows, schema_of
from styrkedja.core.indicators.intake.units import UnitCheck
from styrkedja.core.indicators.months import Month
from tests.architecture.sources import ROOT
from tests.core.indicators.demonstration.jamtland import structure
from tests.core.indicators.intake.worlds import source

FOLDER = ROOT / "definitions" / "counties" / "jamtland-harjedalen" / "figures"
LAST = Month.parse("2026-10")


@cache
def plan() -> Plan:
    """The project's own, with fewer people."""
    return replace(read_plan((FOLDER / "region.toml").read_bytes()), share=0.05)


@cache
def made() -> dict[str, pa.Table]:
    return dict(tables(plan(), LAST))


def monthly(table: pa.Table, date: str, *, share_of: pa.Array) -> np.ndarray:
    """The share of the rows of each month in which it holds."""
    numbers = month_numbers(table[date]) - (LAST.number - 35)
    held = np.asarray(share_of, dtype=bool)
    return np.array([held[numbers == number].mean() for number in range(36)])


def test_every_source_that_the_demonstration_has_is_one_of_the_projects_own() -> None:
    assert {path.stem for path in (ROOT / "definitions" / "sources").glob("*.toml")} == set(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_the_rows_are_right_by_the_same_rules_as_real_ones(name: str) -> None:
    table = made()[name]
    own = source(name)
    columns = {column.name: table[column.name].combine_chunks() for column in own.stored}
    lines = np.arange(table.num_rows)
    found = read_rows(own, RawRows(columns, lines), UnitCheck(own, structure()), on=LAST.last_day)
    assert [fault.message for fault in found.faults[:3]] == []
    assert found.table.schema == schema_of(own)
    watch = IdentityWatch({column.name: column.type for column in own.stored})
    for column, values in columns.items():
        watch.see(column, values, lines)
    watch.finish()


@pytest.mark.parametrize("name", SOURCES)
def test_there_are_rows_in_every_month_up_to_the_last(name: str) -> None:
    months = set(month_numbers(made()[name][source(name).date]).tolist())
    if source(name).snapshot == "year":
        assert months == {Month.parse(f"{year}-12").number for year in range(2022, 2026)}
    else:
        assert months == set(range(LAST.number - 35, LAST.number + 1))


def test_the_same_plan_gives_the_same_rows_and_another_seed_others() -> None:
    again = dict(tables(plan(), LAST))
    assert all(again[name].equals(made()[name]) for name in SOURCES)
    other = dict(tables(replace(plan(), seed=1), LAST))
    assert not other["visits"].equals(made()["visits"])


def test_there_is_season_and_skew() -> None:
    visits = made()["visits"]
    by_month = np.bincount(month_numbers(visits["visited_on"]) % 12, minlength=12)
    july, october = by_month[6], by_month[9]
    assert july < 0.8 * october
    each = np.sort(np.unique(visits["patient"].to_numpy(zero_copy_only=False).astype(str), return_counts=True)[1])[::-1]
    assert each[: len(each) // 10].sum() > 0.3 * each.sum(), "a tenth of the patients have a third of the visits"


def test_a_unit_that_opened_late_has_few_months() -> None:
    calls = made()["calls"].filter(pc.equal(made()["calls"]["unit"], "vc-are-by"))
    assert len(set(month_numbers(calls["called_on"]).tolist())) == 6


def test_a_unit_improves_and_another_gets_worse() -> None:
    calls = made()["calls"].filter(pc.equal(made()["calls"]["unit"], "hc-harjedalen-vastra"))
    numbers = month_numbers(calls["called_on"]) - (LAST.number - 35)
    answered, all_calls = (calls[name].to_numpy() for name in ("answered_same_day", "calls"))
    share = np.array([answered[numbers == number].sum() / all_calls[numbers == number].sum() for number in range(36)])
    assert share[:24].mean() - share[24:].mean() > 0.05
    listed = made()["listed"].filter(pc.equal(made()["listed"]["unit"], "hc-stromsund"))
    numbers = month_numbers(listed["counted_on"]) - (LAST.number - 35)
    named, persons = (listed[name].to_numpy() for name in ("with_named_doctor", "persons"))
    share = np.array([named[numbers == number].sum() / persons[numbers == number].sum() for number in range(36)])
    assert share[30:].mean() - share[:12].mean() > 0.12


def test_waits_for_operations_grow_where_the_plan_says() -> None:
    waits = made()["completed_waits"]
    own = waits.filter(pc.and_(pc.equal(waits["unit"], "enhet-ortopedmottagningen"), pc.equal(waits["completed"], "operation")))
    days = pc.subtract(own["completed_on"].cast(pa.int32()), own["decided_on"].cast(pa.int32()))
    share = monthly(own, "completed_on", share_of=pc.less_equal(days, 90))
    assert share[:22].mean() - share[28:].mean() > 0.05


def test_levels_follow_the_signals() -> None:
    levels = plan().levels("hc-stromsund", "continuity", 0.5)
    assert levels[:12].tolist() == [0.5] * 12
    assert levels[35] == pytest.approx(0.72)
    assert np.all(np.diff(levels) >= 0)
    assert plan().levels("hc-harjedalen-vastra", "answered", 0.93)[[23, 24]].tolist() == pytest.approx([0.93, 0.84])


def test_ready_values_differ_by_area_and_last() -> None:
    series = Series("kolada", "N1", level=80, spread=4, trend=1, own=-6, men=1.1)
    years = range(2017, 2026)
    found = list(ready_values(series, ["nation", "22", "23"], own="23", years=years, seed=1))
    assert found == list(ready_values(series, ["nation", "22", "23"], own="23", years=years, seed=1))
    assert len(found) == 3 * 9 * 3
    whole = {(one.area, one.start.year): one.value for one in found if not one.sex}
    assert whole["nation", 2025] == pytest.approx(80, abs=2)
    assert whole["nation", 2017] == pytest.approx(72, abs=2)
    assert whole["23", 2025] == pytest.approx(74, abs=4)
    for area, year in whole:
        women, men = (next(one.value for one in found if (one.area, one.start.year, one.sex) == (area, year, sex)) for sex in "KM")
        assert women is not None
        assert men is not None
        assert women < men <= 100


def test_every_ready_series_of_the_library_has_figures() -> None:
    from tests.apps.indicators.library import definitions

    _first, rows = read_series((FOLDER / "series.toml").read_bytes())
    made_of = {one.key for one in rows}
    wanted = {ready.key for one in definitions().values() for ready in one.ready}
    wanted |= {f"{ready.source}:{ready.reference}" for one in definitions().values() for ready in one.ready if ready.reference}
    assert made_of - wanted == set(), "figures of what nobody follows"


def test_a_plan_with_a_misspelt_level_is_refused() -> None:
    text = (FOLDER / "region.toml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="hirred"):
        read_plan(text.replace("hired = 0.16", "hirred = 0.16").encode())
