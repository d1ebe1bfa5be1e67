"""What is said of a chart in one sentence, and what is warned of."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from styrkedja.core.indicators.spc import cautions, meaning
from styrkedja.core.indicators.spc.kinds import Chart
from styrkedja.core.indicators.spc.meaning import assurance_meaning, rhythm
from styrkedja.core.indicators.spc.process_chart import process_chart
from styrkedja.core.indicators.spc.series import Manner, Observation
from tests.core.indicators.spc.drawing import DOWN, NEUTRAL, START, UP, drawn, observed, rules

CALM = [10, 12, 11, 13, 9, 11, 12, 10, 13, 11, 9, 12, 10, 13]


def monthly(values: Sequence[float], **manner: object) -> str:
    months = [date(2024 + place // 12, place % 12 + 1, 1) for place in range(len(values))]
    series = [Observation(on, value) for on, value in zip(months, values, strict=True)]
    return str(meaning(process_chart(series, Manner(**manner))))  # type: ignore[arg-type]


def test_seven_months_under_the_mean_are_a_real_change_for_the_worse() -> None:
    values = [*CALM, 14, 13, 14, 12, 13, 14, 13, 9, 10, 8, 10, 9, 10, 9]
    assert monthly(values, direction=UP) == "Sju månader i rad under medelvärdet: en verklig försämring, inte slump."
    assert monthly(values, direction=DOWN) == "Sju månader i rad under medelvärdet: en verklig förbättring, inte slump."
    assert monthly(values, direction=NEUTRAL) == "Sju månader i rad under medelvärdet: en verklig minskning, inte slump."
    assert monthly([*values, 10, 9], direction=UP) == "Nio månader i rad under medelvärdet: en verklig försämring, inte slump."


def test_long_runs_are_counted_in_figures() -> None:
    values = [*[11, 9] * 7, *[13, 14] * 7]
    assert monthly(values, direction=UP) == "14 månader i rad över medelvärdet: en verklig förbättring, inte slump."


def test_a_trend_is_told_by_its_way() -> None:
    values = [20, 9, 21, 8, 20, 9, 21, 8, 9, 10, 11, 12, 13, 14, 15]
    assert monthly(values, direction=UP) == "Åtta månader i rad med stigande värden: en verklig förbättring, inte slump."
    assert (
        monthly([-value for value in values], direction=UP) == "Åtta månader i rad med sjunkande värden: en verklig försämring, inte slump."
    )


def test_a_point_outside_is_told_by_its_limit() -> None:
    assert monthly([*CALM, 30], direction=DOWN) == "Det senaste värdet ligger över den övre styrgränsen: en verklig försämring, inte slump."
    assert (
        monthly([*CALM, 0], direction=DOWN) == "Det senaste värdet ligger under den nedre styrgränsen: en verklig förbättring, inte slump."
    )


def test_two_of_three_near_a_limit_are_told() -> None:
    values = [*CALM, *CALM, 16, 13, 16]
    assert (
        monthly(values, direction=UP)
        == "Två av de tre senaste värdena ligger nära den övre styrgränsen: en verklig förbättring, inte slump."
    )


def test_where_nothing_has_happened_that_is_said() -> None:
    assert monthly(CALM, direction=UP) == "Värdena varierar bara av slump: ingen verklig förändring."


def test_where_something_has_happened_before_it_is_said_when() -> None:
    assert monthly([*CALM[:7], 30, *CALM[7:]]) == "Ingen verklig förändring just nu: det senaste tecknet på en sådan är från 2024-08-01."


def test_what_a_rebase_has_left_behind_is_not_told() -> None:
    values = [*CALM[:7], 30, *CALM[7:], *CALM]
    assert monthly(values, rebase=(date(2025, 4, 1),)) == "Värdena varierar bara av slump: ingen verklig förändring."


def test_few_values_give_signs_and_not_certainties() -> None:
    assert monthly([5, 6, 5], direction=UP) == "Värdena är för få för att skilja en förändring från slump."
    few = monthly([10, 11, 10, 11, 10, 11, 10, 30], direction=UP)
    assert few == "Det senaste värdet ligger över den övre styrgränsen: tecken på en förbättring, men värdena är få."


def test_without_values_there_is_nothing_to_say() -> None:
    assert meaning(drawn([None, None])) == "Det finns inga värden att bedöma."


def test_a_missing_value_at_the_end_leaves_the_word_to_the_one_before() -> None:
    values: list[float | None] = [*CALM, 30, None]
    assert (
        meaning(drawn(values, direction=DOWN)) == "Det senaste värdet ligger över den övre styrgränsen: en verklig försämring, inte slump."
    )


def test_a_run_chart_speaks_of_the_median() -> None:
    values = [*[1, 9] * 8, *[9, 8] * 5]
    chart = drawn(values, chart=Chart.RUN, direction=DOWN, fix_after=16)
    assert meaning(chart) == "Elva dagar i rad över medianen: en verklig försämring, inte slump."
    few = drawn([1, 2, 1, 2, 9, 8, 9, 8, 9, 8, 1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8, 1, 2] * 2, chart=Chart.RUN)
    assert rules(few) == "." * 48
    assert meaning(few) == "Värdena korsar medianen ovanligt sällan: variationen är inte bara slump."


def test_a_wide_range_is_told_as_a_difference() -> None:
    chart = drawn([*CALM, 40], chart=Chart.MOVING_RANGE, direction=UP)
    assert meaning(chart) == "Det senaste värdet skiljer sig ovanligt mycket från värdet före: en verklig ökning, inte slump."


def test_the_sentence_remembers_what_it_was_made_of() -> None:
    sentence = meaning(drawn([*CALM, 30], direction=DOWN))
    assert sentence.pattern == "%(sign)s: %(verdict)s."
    assert sentence.values["verdict"].pattern == "en verklig försämring, inte slump"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        (100, "Inga värden inom slumpens gränser når målet."),
        (11, "Målet ligger inom slumpens gränser: det kan nås en gång och missas nästa utan att något har ändrats."),
        (-100, "Alla värden inom slumpens gränser når målet."),
        (None, None),
    ],
)
def test_what_to_expect_of_the_target_is_said(target: float | None, wanted: str | None) -> None:
    assert assurance_meaning(drawn(CALM, direction=UP, target=target)) == wanted


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ([date(2024, month, 1) for month in range(1, 13)], "month"),
        ([date(2024, month, 1) for month in (1, 4, 7, 10)], "quarter"),
        ([date(year, 12, 31) for year in range(2020, 2025)], "year"),
        ([START + timedelta(7 * week) for week in range(5)], "week"),
        ([START + timedelta(day) for day in range(5)], "day"),
        ([START, START + timedelta(3), START + timedelta(40)], ""),
        ([START], ""),
    ],
)
def test_the_rhythm_is_seen_in_the_dates(days: list[date], wanted: str) -> None:
    assert rhythm(days) == wanted


def warned(values: Sequence[float | None], denominators: Sequence[float] | None = None, **manner: object) -> list[str]:
    series = observed(values, denominators)
    return [str(one) for one in cautions(process_chart(series, Manner(**manner)), series, today=date(2024, 12, 31))]  # type: ignore[arg-type]


def test_a_chart_that_rests_on_enough_has_nothing_to_warn_of() -> None:
    assert warned(CALM, direction=UP, target=11) == []
    assert warned(CALM[:13]) == []


def test_few_values_are_said_for_each_stretch() -> None:
    assert warned(CALM[:12]) == ["Antalet värden i perioden från 2024-01-01 är 12, färre än 13: gränserna är preliminära."]
    assert warned([*CALM, 1, 2], rebase=(START + timedelta(14),)) == [
        "Antalet värden i perioden från 2024-01-15 är 2, färre än 13: gränserna är preliminära."
    ]


def test_a_stretch_without_limits_is_said() -> None:
    without = "Perioden från 2024-01-01 har inga gränser: värdena är för få eller alla lika."
    assert warned([5] * 14) == [without]
    assert without in warned([5])
    assert warned([5] * 14, screen=False) == []


def test_missing_values_and_zero_denominators_are_named() -> None:
    assert warned([*CALM, None]) == ["Värde saknas för 2024-01-15."]
    assert warned([1] * 13 + [2, 0], [10] * 14 + [0], chart=Chart.U)[0] == "Nämnaren är noll och värde saknas för 2024-01-15."
    many = warned([*CALM, *[None] * 7])
    assert many == ["Värde saknas för 2024-01-15, 2024-01-16, 2024-01-17, 2024-01-18, 2024-01-19 … (7)."]


def test_a_rebase_beside_the_values_is_said() -> None:
    series = [Observation(START + timedelta(2 * place), value) for place, value in enumerate([*CALM, *CALM])]

    def told(on: date) -> list[str]:
        chart = process_chart(series, Manner(rebase=(on,)))
        return [str(one) for one in cautions(chart, series, today=date(2024, 12, 31))]

    assert told(START + timedelta(28)) == []
    assert told(START + timedelta(27)) == ["Serien har inget värde 2024-01-28: omräkningen gäller från 2024-01-29."]
    assert told(START) == ["Omräkning från 2024-01-01 har ingen verkan: den delar inte serien."]
    assert told(date(2030, 1, 1)) == ["Omräkning från 2030-01-01 har ingen verkan: den delar inte serien."]


def test_limits_that_are_not_yet_frozen_are_said() -> None:
    assert warned(CALM, fix_after=14) == []
    assert warned(CALM, fix_after=20) == ["Perioden från 2024-01-01 har inte nått 20 punkter: gränserna är inte frysta än."]


def test_what_has_no_effect_is_said() -> None:
    assert warned(CALM, direction=NEUTRAL, target=5) == ["Målet bedöms inte när varken högt eller lågt är bättre."]
    assert warned(CALM, direction=UP, target=5, chart=Chart.RUN) == ["Målet bedöms inte: diagrammet har inga gränser att jämföra med."]
    assert warned(CALM, [1] * 14, chart=Chart.C) == ["Nämnaren används inte i diagrammet c."]
    assert warned(CALM, chart=Chart.C, screen=False) == ["Diagrammet c rensar inga avvikande skillnader."]


def test_a_run_chart_warns_of_few_points_beside_the_median_and_of_few_crossings() -> None:
    assert warned([1, 2, 3], chart=Chart.RUN) == [
        "Antalet värden över och under medianen i perioden från 2024-01-01 är 2, färre än 10: tecknen är osäkra."
    ]
    assert warned([1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8], chart=Chart.RUN) == [
        "Antalet korsningar av medianen i perioden från 2024-01-01 är 1, färre än 3: variationen är inte bara slump."
    ]


def test_days_to_come_are_said() -> None:
    series = observed(CALM)
    assert [str(one) for one in cautions(process_chart(series, Manner()), series, today=date(2024, 1, 13))] == [
        "Värden finns för dagar som inte har varit än: 2024-01-14."
    ]
