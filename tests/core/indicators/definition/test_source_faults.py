"""One fault each in a source that is otherwise right: it is told, in Swedish, on its line."""

import pytest

from styrkedja.core.indicators.definition.source_files import read_source
from tests.core.indicators.definition.files import POPULATION, SOURCES, VISITS, changed, library, line_of, told


def faults(text):
    reading = read_source("visits.toml", text.encode())
    assert (reading.source is None) == bool(reading.findings)
    return [(finding.line, finding.message) for finding in reading.findings]


def test_source_without_faults_has_no_findings():
    assert faults(VISITS) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('id = "visits"', 'id = "besok"', "", "”id” är ”besok” men filen heter ”visits.toml”. Ge dem samma namn."),
        ('date = "visited_on"', 'date = "visted_on"', "", "Kolumnen ”visted_on” är inte angiven under [columns]. Menade du ”visited_on”?"),
        ('date = "visited_on"', 'date = "sex"', "", "”date” är kolumnen ”sex”, som är en kod. Den ska vara ett datum."),
        (
            'date = "visited_on"',
            'date = "referred_on"',
            "",
            "Kolumnen ”referred_on” får inte sakna värde, eftersom varje rad placeras med den. Ta bort ”missing”.",
        ),
        ('entity = "patient"', 'entity = "unit"', "", "”entity” är kolumnen ”unit”, som är en enhet. Den ska vara en pseudonym."),
        (
            'date = "visited_on"',
            'date = "visited_on"\nsnapshot = "week"',
            "",
            "”snapshot” har det okända värdet ”week”. Tillåtna är ”month”, ”quarter” och ”year”.",
        ),
        ('title = "Planerat"', 'titel = "Planerat"', "", "”titel” är en okänd nyckel. Menade du ”title”? Här får"),
        ('title = "Planerat"', "", "[columns.planned]", "”planned” saknar ”title”. Lägg till det."),
        ('type = "boolean"', 'type = "bool"', "", "”type” har det okända värdet ”bool”."),
        ('type = "boolean"', 'type = "boolean"\nleast = 0', "", "”least” hör bara till kolumner av typen ”integer” eller ”ore”."),
        ("[columns.planned]", "[columns.Planned]", "", "Namnet har värdet ”Planned” men får bara innehålla små bokstäver"),
        ("[columns.planned]", "[columns.personnummer]", "", "Kolumnen ”personnummer” ser ut att vara ett personnummer."),
        ('pattern = "[A-Z][0-9]{2}"', "", "[columns.diagnosis]", "”diagnosis” ska ha antingen ”codes”, ”pattern” eller ”derived”."),
        ('pattern = "[A-Z][0-9]{2}"', 'pattern = "[A-Z"', "", "”[A-Z” är inget reguljärt uttryck. Rätta det."),
        ("most = 120", "most = -1", "", "”most” är -1 men ska vara minst 0, som är ”least”."),
        ("most = 120", "most = 1e9", "", "”most” ska vara ett heltal, inte ett decimaltal."),
        ('bands_of = "age"', 'bands_of = "ages"', "", "Det finns ingen annan kolumn ”ages” att härleda ur. Menade du ”age”?"),
        ('bands_of = "age"', 'bands_of = "sex"', "", "Kolumnen ”sex” ska vara ett heltal som står i filen, inte vara härledd."),
        ("starts = [0, 18, 65]", "starts = [0, 65, 18]", "", "”starts” ska stå i stigande ordning."),
        ("starts = [0, 18, 65]", "starts = [0]", "", "”starts” är en för kort lista. Ange minst 2 värden."),
        (
            'days_to = "visited_on"',
            "starts = [1, 2]",
            "derived = { days_from",
            "”derived” ska ha antingen ”bands_of” och ”starts” eller ”days_from” och ”days_to”.",
        ),
        ('part_of = "cost"', 'part_of = "price"', "", "Det finns ingen annan kolumn ”price”."),
        ('part_of = "cost"', 'part_of = "age"', "", "”fee” kan inte vara en del av ”age”, som är av en annan typ."),
    ],
)
def test_fault_is_told_on_its_line(old, new, at, message):
    """`at` is what stands on the line; "" is the last line of what was written."""
    text = changed(VISITS, old, new)
    wanted = line_of(text, at or new.split("\n")[-1], 0)
    assert [line for line, words in faults(text) if words.startswith(message)] == [wanted], faults(text)


def test_derived_column_of_the_wrong_type_is_told():
    text = changed(VISITS, 'type = "code"\ntitle = "Åldersgrupp"', 'type = "integer"\ntitle = "Åldersgrupp"')
    assert faults(text) == [(line_of(text, 'type = "integer"'), "Den härledda kolumnen är en kod. Skriv type = ”code”.")]


def test_nothing_but_columns_that_are_missing_is_told_once():
    assert [message for _line, message in faults(VISITS[: VISITS.index("[columns")])] == ["Tabellen [columns] saknas. Lägg till den."]


def test_an_indicator_is_not_blamed_for_a_fault_in_its_source():
    broken = SOURCES | {"visits.toml": changed(VISITS, 'type = "boolean"', 'type = "bool"')}
    found = library(sources=broken)
    assert [file for file, _line, _message in told(found.faults)] == ["sources/visits.toml"]
    assert found.definitions == {}
    assert found.sources.keys() == {"population"}


def test_an_indicator_is_not_blamed_for_a_source_that_is_no_toml():
    found = library(sources=SOURCES | {"visits.toml": "id = "})
    assert [file for file, _line, _message in told(found.faults)] == ["sources/visits.toml"]


def test_source_is_read_as_values():
    visits, population = (
        read_source(name, text.encode()).source for name, text in (("visits.toml", VISITS), ("population.toml", POPULATION))
    )
    assert (visits.snapshot, population.snapshot, population.entity) == (None, "year", "")
    assert list(visits.columns)[:2] == ["visited_on", "referred_on"]
    assert visits.columns["age_group"].codes == {"0–17": "0–17", "18–64": "18–64", "65–": "65–"}
    assert (visits.columns["cost"].parts, visits.columns["points"].parts, visits.columns["age"].parts) == (100, 1000, 1)
    assert (visits.columns["unit"].level, population.columns["region"].level, visits.columns["age"].level) == ("UNIT", "REGION", None)
    assert [column.name for column in visits.stored][-1] == "fee"


def test_derived_columns_may_be_missing_where_what_they_are_made_of_is():
    visits = read_source("visits.toml", VISITS.encode()).source
    assert visits.columns["waited"].missing
    assert not visits.columns["age_group"].missing
    late = read_source("visits.toml", changed(VISITS, "starts = [0, 18, 65]", "starts = [18, 65]").encode()).source
    assert late.columns["age_group"].missing


def test_a_band_of_one_year_is_called_by_that_year():
    visits = read_source("visits.toml", changed(VISITS, "starts = [0, 18, 65]", "starts = [0, 1, 65]").encode()).source
    assert list(visits.columns["age_group"].codes) == ["0", "1–64", "65–"]
