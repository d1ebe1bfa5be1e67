"""What Kolada is asked, and what its pages say; shapes of version 3 as its users describe them."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from styrkedja.core.indicators.ready.kolada import MOST_IDS, area_id, data_paths, read_page
from styrkedja.core.indicators.ready.values import AnswerFault, ReadyValue
from styrkedja.core.organisations.kinds import OrganisationKind

# The values are real: N00945, year 2000.
PAGE: dict[str, Any] = {
    "values": [
        {
            "kpi": "N00945",
            "municipality": "0180",
            "period": 2000,
            "values": [{"gender": "T", "count": 1, "status": "", "value": 31.3296, "isdeleted": False}],
        },
        {
            "kpi": "N00945",
            "municipality": "1280",
            "period": 2000,
            "values": [{"gender": "T", "count": 1, "status": "", "value": 28.36723, "isdeleted": False}],
        },
    ],
    "next_url": None,
}


def page(**told: Any) -> dict[str, Any]:
    """The page with its first value told otherwise."""
    changed = deepcopy(PAGE)
    changed["values"][0]["values"][0] |= told
    return changed


def test_a_page_is_values_of_whole_years() -> None:
    found = read_page(PAGE)
    year = (date(2000, 1, 1), date(2000, 12, 31))
    assert found.values == (ReadyValue("N00945", "0180", *year, "", 31.3296), ReadyValue("N00945", "1280", *year, "", 28.36723))
    assert found.next_url == ""
    assert read_page(PAGE | {"next_url": "https://x/2"}).next_url == "https://x/2"


@pytest.mark.parametrize(("gender", "sex"), [("T", ""), ("K", "K"), ("M", "M")])
def test_each_sex_is_a_value_of_its_own(gender: str, sex: str) -> None:
    assert read_page(page(gender=gender)).values[0].sex == sex


def test_what_is_not_published_has_no_value_and_is_never_0() -> None:
    value = read_page(page(value=None, status="Missing")).values[0]
    assert (value.value, str(value.status)) == (None, "NOT_PUBLISHED")
    assert (read_page(page(value=0)).values[0].value, str(read_page(page(value=0)).values[0].status)) == (0.0, "VALUE")


def test_what_has_been_withdrawn_is_left_out() -> None:
    assert [value.area for value in read_page(page(isdeleted=True)).values] == ["1280"]


def test_an_answer_without_values_is_empty() -> None:
    assert read_page({"values": [], "next_url": None}).values == ()


def changed(at: list[Any], raw: Any) -> dict[str, Any]:
    found = deepcopy(PAGE)
    place: Any = found
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = raw
    return found


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([], "Svaret har fel form: det ska vara ett objekt, inte []."),
        ({"next_url": None}, "Svaret har fel form: values ska vara en lista, inte None."),
        ({"error": "x" * 100}, "Svaret har fel form: values ska vara en lista, inte None."),
        (changed(["values"], "x" * 100), f"Svaret har fel form: values ska vara en lista, inte '{'x' * 59}…."),
        (changed(["values", 1, "kpi"], 7), "Svaret har fel form: values[1].kpi ska vara en text, inte 7."),
        (changed(["values", 1, "municipality"], ""), "Svaret har fel form: values[1].municipality ska vara en text, inte ''."),
        (changed(["values", 0, "period"], "2000"), "Svaret har fel form: values[0].period ska vara ett heltal, inte '2000'."),
        (changed(["values", 0, "period"], 20), "Svaret har fel form: values[0].period ska vara ett år, inte 20."),
        (changed(["values", 0, "period"], True), "Svaret har fel form: values[0].period ska vara ett heltal, inte True."),
        (changed(["values", 0, "values"], {}), "Svaret har fel form: values[0].values ska vara en lista, inte {}."),
        (page(value="31,3"), "Svaret har fel form: values[0].values[0].value ska vara ett tal, inte '31,3'."),
        (page(value=float("nan")), "Svaret har fel form: values[0].values[0].value ska vara ett tal, inte nan."),
        (page(gender="F"), "Svaret har fel form: values[0].values[0].gender ska vara T, K eller M, inte 'F'."),
        (page(isdeleted="no"), "Svaret har fel form: values[0].values[0].isdeleted ska vara ja eller nej, inte 'no'."),
        (changed(["next_url"], 2), "Svaret har fel form: next_url ska vara en text, inte 2."),
    ],
)
def test_an_answer_of_another_shape_is_refused_with_the_way_to_the_fault(answer: Any, message: str) -> None:
    with pytest.raises(AnswerFault) as refused:
        read_page(answer)
    assert str(refused.value) == message


def test_at_most_25_ids_stand_in_each_part_of_a_path() -> None:
    series, areas = [f"N{number:05d}" for number in range(30)], [f"{number:04d}" for number in range(40)]
    years = list(range(1990, 2026))
    paths = list(data_paths(series, areas, years))
    asked = set()
    for path in paths:
        assert path.endswith("?per_page=5000")
        _empty, _data, _kpi, some, _municipality, places, _year, span = path.partition("?")[0].split("/")
        parts = [part.split(",") for part in (some, places, span)]
        assert max(map(len, parts)) <= MOST_IDS
        asked |= {(one, place, year) for one in parts[0] for place in parts[1] for year in parts[2]}
    assert len(paths) == 2 * 2 * 2
    assert asked == {(one, place, str(year)) for one in series for place in areas for year in years}


def test_organisations_have_koladas_ids() -> None:
    assert area_id(OrganisationKind.NATION, "") == "0000"
    assert area_id(OrganisationKind.REGION, "23") == "0023"
    assert area_id(OrganisationKind.MUNICIPALITY, "2380") == "2380"
    assert area_id(OrganisationKind.UNIT, "23") is None
    assert area_id(OrganisationKind.MUNICIPALITY, "") is None
