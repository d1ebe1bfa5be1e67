"""What Vården i siffror is asked and answers, as a public script describes it."""

from datetime import date
from typing import Any

import pytest

from styrkedja.core.indicators.definition.kinds import Frequency
from styrkedja.core.indicators.ready.values import AnswerFault, ReadyValue
from styrkedja.core.indicators.ready.vis import area_id, left_out_text, read_answer, request
from styrkedja.core.organisations.kinds import OrganisationKind

GUID = "8f14e45f-ceea-467f-a8d4-2b0d3c6c1a11"


def told(**changes: Any) -> dict[str, Any]:
    return {
        "value": 0.412,
        "numerator": 412,
        "denominator": 1000,
        "confidenceInterval": {"low": 0.38, "high": 0.44},
        "period": {"start": "2025-01-01T00:00:00", "end": "2025-12-31T00:00:00"},
        "periodType": "Year",
        "type": "Total",
    } | changes


def answer(*measurements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"organizationId": "23", "measureId": GUID.upper(), "measurements": list(measurements)}]


def test_a_value_comes_with_its_numerator_and_denominator() -> None:
    year = (date(2025, 1, 1), date(2025, 12, 31))
    assert read_answer(answer(told())).values == (ReadyValue(GUID, "23", *year, "", 0.412, 412.0, 1000.0),)


@pytest.mark.parametrize("end", ["2025-12-31", "2025-12-31T23:59:59", "2026-01-01T00:00:00", "2025-12-31T00:00:00+01:00"])
def test_the_end_of_a_period_is_its_last_day_however_it_is_told(end: str) -> None:
    (value,) = read_answer(answer(told(period={"start": "2025-01-01", "end": end}))).values
    assert (value.start, value.end) == (date(2025, 1, 1), date(2025, 12, 31))


def test_sexes_are_told_by_the_kind_of_value() -> None:
    found = read_answer(answer(told(), told(type="Women", value=0.5), told(type="Men", value=0.3)))
    assert [(value.sex, value.value) for value in found.values] == [("", 0.412), ("K", 0.5), ("M", 0.3)]


def test_the_only_kind_of_a_series_is_the_whole_and_unknown_ones_beside_others_are_told() -> None:
    assert [value.sex for value in read_answer(answer(told(type="Percentage"))).values] == [""]
    found = read_answer(answer(told(), told(type="Adjusted", value=0.4)))
    assert [value.value for value in found.values] == [0.412]
    assert list(left_out_text(found.left_out)) == ["1 värde av slaget ”adjusted” är utelämnat: vad det betyder är inte känt."]


def test_no_values_are_no_values() -> None:
    assert read_answer([]).values == ()
    assert read_answer(answer()).values == ()
    assert read_answer(answer(told(value=None))).values[0].value is None


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({}, "Svaret har fel form: det ska vara en lista, inte {}."),
        ([{"organizationId": "23", "measureId": GUID}], "Svaret har fel form: [0].measurements ska vara en lista, inte None."),
        (answer(told(value="0,4")), "Svaret har fel form: [0].measurements[0].value ska vara ett tal, inte '0,4'."),
        (answer(told(period={"start": "2025"})), "Svaret har fel form: [0].measurements[0].period.start ska vara en dag, inte '2025'."),
        (answer(told(period=None)), "Svaret har fel form: [0].measurements[0].period ska vara ett objekt, inte None."),
        (
            answer(told(period={"start": "2025-02-01", "end": "2025-01-15"})),
            "Svaret har fel form: [0].measurements[0].period.end ska vara en dag efter periodens början, inte '2025-01-15'.",
        ),
    ],
)
def test_an_answer_of_another_shape_is_refused(raw: Any, message: str) -> None:
    with pytest.raises(AnswerFault) as refused:
        read_answer(raw)
    assert str(refused.value) == message


def test_the_request_names_the_kind_of_period() -> None:
    assert request([GUID], ["SE", "23"], Frequency.MONTH, date(2025, 1, 1), date(2025, 12, 31)) == {
        "measureIds": [GUID],
        "units": ["SE", "23"],
        "periodType": "Month",
        "dateFrom": "2025-01-01",
        "dateTo": "2025-12-31",
    }


def test_organisations_have_ids() -> None:
    assert area_id(OrganisationKind.NATION, "") == "SE"
    assert area_id(OrganisationKind.REGION, "23") == "23"
    assert area_id(OrganisationKind.MUNICIPALITY, "2380") is None
