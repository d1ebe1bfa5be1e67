"""What only shows when the parts of an indicator are held together: levels, dimensions, shares, origins, repeats."""

from tests.core.indicators.definition.files import (
    INDICATOR,
    PEOPLE,
    RATE,
    RATIO,
    REGION_ONLY,
    STANDARD,
    VISITS_COUNTED,
    assert_told,
    changed,
    faults,
    library,
    line_of,
    told,
    with_value,
)


def test_a_level_below_what_the_rows_name_is_told():
    text = with_value(RATE + PEOPLE)
    message = "Nivån ”UNIT” kan inte räknas: kolumnen ”region” i ”population” anger REGION. Möjliga nivåer är ”NATION”, ”HEALTHCARE_REGION” och ”REGION”."
    assert faults(text) == [(line_of(text, "levels"), message)]
    assert faults(with_value(RATE + PEOPLE, indicator=REGION_ONLY)) == []


def test_a_dimension_that_the_denominator_lacks_must_be_said_to_be_undivided():
    indicator = changed(REGION_ONLY, 'dimensions = ["sex"]', 'dimensions = ["contact"]')
    text = with_value(RATE + PEOPLE, indicator=indicator)
    assert [line for line, _message in faults(text)] == [line_of(text, "dimensions")]
    assert "”undivided” i [denominator]" in faults(text)[0][1]
    assert faults(with_value(RATE + PEOPLE + 'undivided = ["contact"]\n', indicator=indicator)) == []
    text = with_value(RATE + PEOPLE + 'undivided = ["diagnosis"]\n', indicator=REGION_ONLY)
    assert_told(text, "undivided", "”diagnosis” finns inte bland ”dimensions”")


def test_a_dimension_with_other_groups_in_the_denominator_is_told():
    text = with_value(RATE + PEOPLE, indicator=changed(REGION_ONLY, 'dimensions = ["sex"]', 'dimensions = ["age_group"]'))
    assert_told(text, "dimensions", "”age_group” har olika grupper i täljarens och nämnarens källor")


def test_a_standard_that_the_denominator_is_not_split_by_is_told():
    text = with_value(STANDARD.replace(VISITS_COUNTED, VISITS_COUNTED + 'undivided = ["age_group"]\n'))
    assert_told(text, "undivided", "”age_group” viktas i [standard] och måste delas upp i nämnaren också.")


def test_ready_values_alone_can_only_be_split_by_sex():
    head = changed(INDICATOR[: INDICATOR.index("[numerator]")], 'dimensions = ["sex"]', 'dimensions = ["sex", "age_group"]')
    text = head + INDICATOR[INDICATOR.index("[[ready]]") :]
    assert_told(text, "dimensions", "”age_group” går inte att dela upp på, eftersom indikatorn bara har färdiga värden.")


def test_drg_points_in_thousandths_are_reckoned_with():
    points = '\n[denominator]\nsource = "visits"\naggregate = "sum"\ncolumn = "points"\n'
    value = RATIO.replace('"kr per besök"', '"kr per poäng"').replace("factor = 0.01", "factor = 10")
    assert faults(with_value(value + points)) == []
    assert_told(
        with_value(value.replace("= 10", "= 0.01") + points), "factor", "Belopp summeras i öre. Värdet i ”kr per poäng” kräver factor = 10"
    )


def test_a_part_of_a_column_is_a_part_in_a_percentage():
    value = '[value]\nform = "percentage"\nunit = "%"\n\n[numerator]\nsource = "visits"\naggregate = "sum"\ncolumn = "fee"\n'
    whole = '\n[denominator]\nsource = "visits"\naggregate = "sum"\ncolumn = "cost"\n'
    assert faults(with_value(value + whole)) == []
    assert_told(with_value(value + whole.replace('"cost"', '"points"')), "aggregate", "Täljaren räknar något annat än nämnaren")


def test_an_exclusion_of_the_denominator_must_be_the_numerators_too():
    text = changed(
        INDICATOR,
        "where = { age = { from = 65 } }\n\n[[targets]]",
        "where = { age = { from = 65 } }\nexclude = [{ planned = true }]\n\n[[targets]]",
    )
    assert_told(text, "exclude", "Undantaget finns i nämnaren men inte i täljaren.")
    both = changed(
        text,
        'contact = "home_visit", age = { from = 65 } }',
        'contact = "home_visit", age = { from = 65 } }\nexclude = [{ planned = true }]',
    )
    assert faults(both) == []


def test_an_exclusion_of_the_denominator_that_cannot_touch_the_numerator_need_not_be_repeated():
    text = changed(
        INDICATOR,
        "where = { age = { from = 65 } }\n\n[[targets]]",
        'where = { age = { from = 65 } }\nexclude = [{ contact = "phone" }]\n\n[[targets]]',
    )
    assert faults(text) == []


def test_origin_without_wording_must_say_why():
    text = changed(INDICATOR, 'wording = "Hembesök av alla besök."\n', "")
    assert_told(text, "[origin]", "Citera den publicerade definitionen i ”wording”, eller förklara i ”note” varför den saknas.")


def test_two_targets_for_one_day_and_one_series_twice_are_told():
    text = (
        INDICATOR
        + '\n[[targets]]\nvalue = 30\nby = 2027-12-31\norigin = "Nämndplan"\n\n[[ready]]\nsource = "kolada"\nid = "N79173"\ntitle = "Igen"\n'
    )
    first = line_of(text, "[[targets]]", 0)
    assert faults(text) == [
        (line_of(text, "by = 2027-12-31"), f"Det finns redan ett mål till 2027-12-31 i indicators/hembesok.toml på rad {first}. Ta bort det ena."),
        (line_of(text, 'id = "N79173"'), f"”N79173” finns redan i indicators/hembesok.toml på rad {line_of(text, '[[ready]]', 0)}. Ta bort det ena."),
    ]  # fmt: skip


def test_the_same_id_and_title_in_two_files_are_told():
    found = library(others={"igen.toml": INDICATOR})
    assert told(found.faults) == [
        ("indicators/igen.toml", 1, "Id ”hembesok” finns redan i indicators/hembesok.toml på rad 1. Ge indikatorerna olika."),
        ("indicators/igen.toml", 1, "”id” är ”hembesok” men filen heter ”igen.toml”. Ge dem samma namn."),
        ("indicators/igen.toml", 2, "Titeln ”Andel hembesök” finns redan i indicators/hembesok.toml på rad 1. Ge indikatorerna olika."),
    ]


def test_every_fault_is_told_at_once_in_the_order_of_the_file():
    text = changed(changed(changed(INDICATOR, "minimum_n = 5", "minimum_n = 0"), '"home_visit"', '"x"'), 'id = "N79173"', 'id = "x"')
    lines = [line for line, _message in faults(text)]
    assert lines == [line_of(text, "minimum_n"), line_of(text, 'contact = "x"'), line_of(text, 'id = "x"')]


def test_a_key_that_slipped_into_a_table_is_told_where_it_belongs():
    text = changed(INDICATOR, 'unit = "%"', 'unit = "%"\nminimum_n = 5')
    message = "Okänd nyckel ”minimum_n”. Den hör inte till tabellen. Flytta den till filens början, före den första rubriken."
    assert faults(text) == [(line_of(text, "minimum_n"), message)]


def test_a_key_of_another_aggregate_is_told():
    text = changed(INDICATOR, 'where = { contact = "home_visit"', 'column = "cost"\nwhere = { contact = "home_visit"')
    assert_told(text, 'column = "cost"', "”column” används inte av aggregate = ”count”.")


def test_a_share_of_itself_is_told():
    text = changed(INDICATOR, 'contact = "home_visit", ', "")
    assert_told(text, "[numerator]", "Täljaren är densamma som nämnaren, så andelen är alltid 100.")


def test_a_numerator_wider_than_its_denominator_is_told():
    text = changed(INDICATOR, '"home_visit", age = { from = 65 }', '"home_visit", age = { from = 60 }')
    assert_told(text, "where = { age", "Villkoret på ”age” finns i nämnaren men inte i täljaren")
    narrower = changed(INDICATOR, '"home_visit", age = { from = 65 }', '"home_visit", age = { from = 80, until = 90 }')
    assert faults(narrower) == []
