import pytest

from styrkedja.core.mentions import AUDITORS, bodies, body_name, dates, functions, owners, time_words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-11-15 HSN/1641/2025", ["2025-11-15"]),
        ("regionstyrelsen 2025-03-25—26 § 39", ["2025-03-25--26"]),
        ("2025-03-25–26", ["2025-03-25--26"]),
        ("2025-03-25--26", ["2025-03-25--26"]),
        ("2025-03-25-26", ["2025-03-25--26"]),
        ("2025-03-31–04-01", ["2025-03-31--04-01"]),
        ("2024-12-30 – 2025-01-02", ["2024-12-30--2025-01-02"]),
        ("2025-03-25 till och med 2025-03-26", ["2025-03-25--26"]),
        ("den 4 oktober 2017, §223", ["2017-10-04"]),
        ("den 25–26 mars 2025", ["2025-03-25--26"]),
        ("den 25 och 26 mars 2025", ["2025-03-25--26"]),
        ("31 mars – 1 april 2025", ["2025-03-31--04-01"]),
        ("30 december 2024 – 2 januari 2025", ["2024-12-30--2025-01-02"]),
        ("25 mar. 2025", ["2025-03-25"]),
        ("beslutade i maj 2017", ["2017-05"]),
        ("2025-03-25 och 2026-01-01", ["2025-03-25", "2026-01-01"]),
        ("den 1 mars 2025 och den 3 april 2026", ["2025-03-01", "2026-04-03"]),
        ("planperioden 2024–2026, 2025-13-40, 31 februari 2025, 063-14 75 00, 232100-0214", []),
        ("2025-03-26—25", []),
    ],
)
def test_dates_are_found_as_they_are_written(text: str, shown: list[str]) -> None:
    assert [one.shown for one in dates(text)] == shown


def test_a_month_is_all_its_days_and_not_exact() -> None:
    (found,) = dates("i februari 2024")
    assert (found.first.isoformat(), found.last.isoformat(), found.exact) == ("2024-02-01", "2024-02-29", False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Under hösten 2025 och under 2026", ["Under hösten 2025", "under 2026"]),
        ("under inledningen av 2025", ["under inledningen av 2025"]),
        ("klart före årsskiftet 2025/2026", ["före årsskiftet 2025/2026"]),
        ("senast kvartal 2 2026", ["senast kvartal 2 2026"]),
        ("senast den 1 mars 2026", ["1 mars 2026"]),
        ("Plan med budget 2026 och Färdplan 2030", []),
        ("löpande, årligen och planperioden 2024–2026", []),
    ],
)
def test_words_that_say_when_are_found(text: str, words: list[str]) -> None:
    assert [span.of(text) for span in time_words(text)] == words


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Hälso-och sjukvårdsnämnden", "Hälso- och sjukvårdsnämnden"),
        ("Hälso- och\nsjukvårdsnämndens", "Hälso- och sjukvårdsnämnden"),
        ("hälso-\noch sjukvårdsnämnden", "Hälso- och sjukvårdsnämnden"),
        ("REGIONSTYRELSEN", "Regionstyrelsen"),
        ("regionstyrelsens", "Regionstyrelsen"),
        ("folkhälso-, klimat- och miljönämnden", "Folkhälso-, klimat- och miljönämnden"),
        ("Regionala utvecklingsnämnden", "Regionala utvecklingsnämnden"),
        ("SKL:s förbundsstyrelse", "SKL:s förbundsstyrelse"),
        ("regionfullmäktige", "Regionfullmäktige"),
        ("nämnden för habilitering och hjälpmedel", "Nämnden för habilitering och hjälpmedel"),
        ("regionens revisorer", AUDITORS),
        ("revisionens", AUDITORS),
    ],
)
def test_a_body_has_one_name_however_it_is_written(written: str, name: str) -> None:
    text = f"Detta gäller {written} i dag."
    (found,) = bodies(text)
    assert (found.name, found.span.of(text)) == (name, written)


@pytest.mark.parametrize(
    "text", ["nämnden", "styrelsen och nämnderna", "respektive nämnds plan", "täljare och nämnare", "ordföranden", "benämnd"]
)
def test_what_names_no_body_is_let_be(text: str) -> None:
    assert bodies(text) == []


def test_a_name_is_found_again_in_its_basic_form() -> None:
    assert body_name(body_name("HÄLSO- OCH SJUKVÅRDSNÄMNDENS")) == "Hälso- och sjukvårdsnämnden"


def test_functions_are_found_but_not_as_somebodys() -> None:
    text = "Regiondirektörens förslag, hälso- och sjukvårdsdirektören, vice ordförande och tf ekonomichefen"
    assert [span.of(text) for span in functions(text)] == ["hälso- och sjukvårdsdirektören", "vice ordförande", "tf ekonomichefen"]


def test_owners_are_functions_bodies_and_parts_of_the_administration_but_not_the_auditors() -> None:
    text = "Revisorerna, nämnden, regionstyrelsen, regionledningen och verksamhetschefen; inte regionstyrelsens plan."
    assert [span.of(text) for span in owners(text)] == ["nämnden", "regionstyrelsen", "regionledningen", "verksamhetschefen"]
