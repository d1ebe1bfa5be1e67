"""What readers without a right of access are shown, all of it together: by whatever organisation, before and after figures are loaded anew."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import time_machine
from click.testing import CliRunner

from styrkedja.accounts.models import User
from styrkedja.cli.main import styrkedja
from styrkedja.indicators.models import Indicator, Observation
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.indicators.selectors.retold import told_again
from styrkedja.indicators.selectors.values import series_by_body
from styrkedja.organisations.models import Body, County, Organisation, Placement, Seat
from tests.architecture.sources import ROOT
from tests.core.indicators.disclosure.tables_of_figures import spanned
from tests.factories.accounts import make_user
from tests.factories.counties import hold, make_county
from tests.factories.small_region import HOME_VISITS, visit, write_library, write_visits

AT = datetime(2026, 5, 31, 12, tzinfo=UTC)
TODAY = AT.date()
MOVE = date(2026, 3, 15)
AREAS = {"norr": ("n1", "n2", "n3", "n4"), "syd": ("s1", "s2", "s3", "s4"), "vast": ("v1", "v2", "v3")}
MOVER = "n4"  # to the south, in the middle of March
MONTHS = {"2026-02": 2, "2026-03": 3, "2026-04": 4}
# By unit: visits at home and others, of women and of men, in each half of a month.
VISITS = {
    "n1": ((1, 2), (2, 6)), "n2": ((8, 9), (7, 12)), "n3": ((9, 20), (8, 21)), "n4": ((1, 1), (2, 1)), "s1": ((9, 9), (9, 9)),
    "s2": ((7, 14), (6, 11)), "s3": ((12, 15), (14, 12)), "s4": ((3, 9), (8, 7)), "v1": ((6, 7), (8, 9)), "v2": ((20, 25), (21, 22)),
    "v3": ((11, 9), (10, 16)),
}  # fmt: skip
PARTS: tuple[dict[str, str], ...] = ({}, {"sex": "K"}, {"sex": "M"})


@dataclass(frozen=True)
class Seen:
    """A figure as a reader met it: by the organisation of the period's own time, or of today's."""

    edition: int
    is_today: bool
    body: str
    month: date
    sex: str
    shown: Shown


@pytest.fixture
def store(db: None, tmp_path: Path, settings: Any) -> Path:
    settings.DEFINITIONS, settings.INDICATOR_STORE = tmp_path / "definitions", tmp_path / "store"
    write_library(tmp_path / "definitions", {"hembesok": HOME_VISITS})
    bodies = {key: Organisation.objects.create(key=key, name=key.upper(), kind="AREA") for key in AREAS}
    bodies |= {unit: Organisation.objects.create(key=unit, name=unit.upper(), kind="UNIT") for units in AREAS.values() for unit in units}
    region = Organisation.objects.create(key="region-prov", name="Region Prov", kind="REGION")
    Organisation.objects.create(key="kommunen", name="Kommunen", kind="MUNICIPALITY")
    for area, units in AREAS.items():
        Placement.objects.create(child=bodies[area], parent=region)
        for unit in units:
            Placement.objects.create(child=bodies[unit], parent=bodies[area], valid_until=MOVE if unit == MOVER else None)
    Placement.objects.create(child=bodies[MOVER], parent=bodies["syd"], valid_from=MOVE)
    make_county()
    return tmp_path / "store"


def load(store: Path, more: dict[str, tuple[tuple[int, int], tuple[int, int]]] | None = None) -> None:
    visits = VISITS | (more or {})
    for month in MONTHS:
        rows = [
            visit(f"{month}-{day:02d}", unit, f"{unit}{day}{sex}{number}", home=number < home, sex=sex)
            for unit, by_sex in visits.items()
            for sex, (home, others) in zip("KM", by_sex, strict=True)
            for day in (7, 20)
            for number in range(home + others)
        ]
        write_visits(store, month, rows)
    compute()


def compute() -> None:
    with time_machine.travel(AT, tick=False):
        CliRunner().invoke(styrkedja, ["indicators", "compute"], catch_exceptions=False)


def reader(body: str) -> User:
    user = make_user(f"lasare-{body}")
    hold(user, Seat.objects.create(body=Body.objects.get(key=body), function="COORDINATOR", title="S", county=County.objects.get()))
    return user


def everything(user: User, edition: int = 1) -> Iterator[Seen]:
    """All that the selectors answer of every body."""
    indicator = Indicator.objects.get(key="hembesok")
    keys = dict(Organisation.objects.values_list("pk", "key"))
    for parts in PARTS:

        def as_was(bodies: Any, parts: dict[str, str] = parts) -> dict[int, list[Shown]]:
            return series_by_body(user, indicator, bodies, source="computed", parts=parts, until=None, on=TODAY)

        today = told_again(user, indicator, list(keys), day=TODAY, parts=parts, as_was=as_was, on=TODAY).series
        for is_today, series in ((False, as_was(list(keys))), (True, today)):
            for pk, own in series.items():
                for shown in own:
                    yield Seen(edition, is_today, keys[pk], shown.last, parts.get("sex", ""), shown)


def computable(seen: list[Seen], changed: set[str]) -> list[Seen]:
    """The withheld figures that are combinations of the shown ones; of units that have not changed, those of both editions are the same."""
    names = [(unit, sex, half) for unit in VISITS for sex in "KM" for half in (1, 2)]

    def vector(one: Seen) -> Any:
        found = np.zeros((len(MONTHS), 2, len(names)))
        for place, (unit, sex, half) in enumerate(names):
            at = TODAY if one.is_today else one.month.replace(day=7 if half == 1 else 20)
            if one.sex in ("", sex) and one.body in over(unit, at):
                found[one.month.month - 2, (one.edition - 1) * (unit in changed), place] = 1
        return found.reshape(-1)

    shown = np.array([vector(one) for one in seen if not one.shown.is_withheld])
    hidden = [one for one in seen if one.shown.is_withheld]
    return [one for one, given in zip(hidden, spanned(shown, [vector(one) for one in hidden]), strict=True) if given]


def over(unit: str, day: date) -> set[str]:
    area = next(area for area, units in AREAS.items() if unit in units)
    return {unit, "region-prov", "syd" if unit == MOVER and day >= MOVE else area}


def test_nothing_withheld_can_be_computed_from_all_that_is_shown(store: Path) -> None:
    load(store)
    user = reader("kommunen")
    first = list(everything(user))
    withheld = withheld_of(user)
    assert ("n3", 2, "") not in withheld
    assert {("n1", 2, "K"), ("n1", 2, ""), ("n4", 2, ""), ("norr", 3, ""), ("syd", 3, "")} <= withheld
    assert ("norr", 4, "") not in withheld
    assert all(one.shown.numerator is None and one.shown.value is None for one in first if one.shown.is_withheld)
    assert computable(first, set()) == []

    load(store, {"v1": ((1, 7), (8, 9)), "v2": ((19, 25), (21, 22)), "s1": ((8, 9), (9, 9))})
    second = list(everything(user, edition=2))
    assert {one.body for one in second if one.shown.is_withheld and not one.is_today} >= {one[0] for one in withheld} | {"v1"}
    assert computable([*first, *second], {"v1", "v2", "s1"}) == []
    Observation.objects.filter(disclosure="complementary").update(disclosure="published")
    assert computable(list(everything(user)), set()), "this would find what is not protected"


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("n1", {"n1"}),
        ("norr", {"n1", "n2", "n3", "norr"}),
        ("region-prov", {*VISITS, *AREAS, "region-prov"}),
        ("kommunen", set()),
    ],
)
def test_who_works_in_or_over_a_body_sees_all_of_it(store: Path, place: str, seen: set[str]) -> None:
    load(store)
    told = [one for one in everything(reader(place)) if not one.is_today]
    by_body = {one.body: [each.shown.is_withheld for each in told if each.body == one.body] for one in told}
    assert seen <= {body for body, withheld in by_body.items() if not any(withheld)}
    assert place == "region-prov" or any(by_body["n4"])


def test_what_nothing_has_been_decided_of_is_shown_as_a_whole_of_the_region_alone(store: Path) -> None:
    load(store)
    Observation.objects.update(disclosure="")
    told = [one for one in everything(reader("kommunen")) if not one.shown.is_withheld and not one.is_today]
    assert {(one.body, one.sex) for one in told} == {("region-prov", "")}


def test_a_higher_threshold_holds_at_once_and_a_lower_one_takes_nothing_back(store: Path, settings: Any) -> None:
    load(store)
    user = reader("kommunen")
    before = withheld_of(user)
    settings.DISCLOSURE_THRESHOLD = 14
    at_once = withheld_of(user)
    assert before < at_once
    compute()
    decided = withheld_of(user)
    assert at_once <= decided
    assert {("region-prov", month, "") for month in MONTHS.values()}.isdisjoint(decided)
    assert ("v2", 2, "K") not in decided, "what was shown and is still large enough stays so"
    settings.DISCLOSURE_THRESHOLD = 2
    compute()
    assert withheld_of(user) == decided


def withheld_of(user: User) -> set[tuple[str, int, str]]:
    return {(one.body, one.month.month, one.sex) for one in everything(user) if one.shown.is_withheld and not one.is_today}


# Who reads kept values: the door and those who ask it, those who write, and the controls, which tell no value but a public one.
READERS = {
    "indicators/models.py", "indicators/services", "indicators/selectors/disclosing.py", "indicators/selectors/values.py",
    "indicators/selectors/periods.py", "indicators/selectors/retold.py", "controls/selectors/snapshot/indicators.py",
}  # fmt: skip


def test_no_other_room_reads_kept_values() -> None:
    """Nor do the pages: they are given what the door has let through."""
    home = ROOT / "src" / "styrkedja"
    readers = {path.relative_to(home).as_posix() for path in home.rglob("*.py") if _reads_values(path)}
    assert {name for name in readers if name not in READERS and name.rpartition("/")[0] not in READERS} == set()


def _reads_values(path: Path) -> bool:
    """Whether the table of the indicators is named; the points of a chart are called the same."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "styrkedja.indicators.models":
            is_named = any(alias.name == "Observation" for alias in node.names)
        else:
            is_named = isinstance(node, ast.Attribute) and ast.unparse(node) == "models.Observation"
        if is_named:
            return True
    return False
