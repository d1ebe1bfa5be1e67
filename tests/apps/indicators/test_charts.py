"""What stands beside the lines of a chart, and after a value."""

from datetime import date

import pytest
from django.utils import translation

from styrkedja.core.indicators.definition.kinds import DesiredDirection
from styrkedja.core.indicators.judging import Told, judge
from styrkedja.indicators.presenters.charts import Chart, process_drawing
from styrkedja.indicators.presenters.wording import unit_beside


def drawn(values: list[float], decimals: int) -> Chart:
    series = [Told(date(2024 + at // 12, at % 12 + 1, 1), date(2024 + at // 12, at % 12 + 1, 28), one) for at, one in enumerate(values)]
    judged = judge(series, direction=DesiredDirection.UP, target=None)
    with translation.override("sv"):
        found = process_drawing("serie", "", "", judged, target=None, decimals=decimals)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "decimals", "labels"),
    [
        ([0.4212, 0.4221] * 10, 2, ["Nedre gräns 0,419", "Medel 0,422", "Övre gräns 0,424"]),
        ([0.3, 0.5] * 10, 1, ["Nedre gräns -0,1", "Medel 0,4", "Övre gräns 0,9"]),
        ([0.4] * 20, 1, ["Medel 0,4"]),  # without limits
    ],
)
def test_the_lines_are_told_apart_by_their_figures(values: list[float], decimals: int, labels: list[str]) -> None:
    wide = drawn(values, decimals).drawings[0]
    assert sorted(label.text.replace("−", "-") for label in wide.labels) == sorted(labels)


@pytest.mark.parametrize("values", [[0.4212, 0.4221] * 10, [123_400.0, 123_900.0] * 10])
def test_the_names_have_room_in_narrow_windows_too(values: list[float]) -> None:
    for drawing in drawn(values, 2).drawings:
        assert all(label.x + 7 * len(label.text) <= drawing.frame.width for label in drawing.labels)
        assert all(mark.x <= drawing.edge for mark in drawing.marks)
        assert drawing.edge - drawing.frame.left > 100  # the values have room as well


@pytest.mark.parametrize(
    ("title", "unit", "said"),
    [
        ("Hembesök per 1 000 listade", "per 1 000 listade", ""),
        ("Nettokostnad per invånare", "kr per invånare", "kr"),
        ("Kontinuitetsindex, läkare", "index 0–1", "0–1"),
        ("Telefontillgänglighet", "%", "%"),
        ("Fallskador bland äldre", "per 100 000 invånare 65 år och äldre", "per 100 000 invånare 65 år och äldre"),
    ],
)
def test_a_unit_does_not_say_what_the_name_has_said(title: str, unit: str, said: str) -> None:
    assert unit_beside(title, unit) == said
