import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.registry_numbers import (
    KNOWN_FORMATS,
    RegistryNumber,
    RegistryNumberError,
    format_faults,
    format_paragraph,
    format_registry_number,
    parse_paragraph,
    parse_registry_number,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HSN/1641/2025", RegistryNumber("HSN", 1641, 2025)),
        ("RS/342/2022", RegistryNumber("RS", 342, 2022)),
        ("RS/4/2017", RegistryNumber("RS", 4, 2017)),
        ("RUN/73/2018", RegistryNumber("RUN", 73, 2018)),
        ("REV 36-2022", RegistryNumber("REV", 36, 2022)),
        ("CK 2015-0430", RegistryNumber("CK", 430, 2015)),
        ("LS 120/18", RegistryNumber("LS", 120, 2018)),
        ("18RS2137", RegistryNumber("RS", 2137, 2018)),
        ("RS160669", RegistryNumber("RS", 669, 2016)),
        ("S2022/00610", RegistryNumber("S", 610, 2022)),
        ("KS/2018:12", RegistryNumber("KS", 12, 2018)),
        ("KS 2014/335", RegistryNumber("KS", 335, 2014)),
        ("P 2019-0254", RegistryNumber("P", 254, 2019)),
        ("P 2019-0254:1", RegistryNumber("P", 254, 2019, document=1)),
        ("KS/2018:12:3", RegistryNumber("KS", 12, 2018, document=3)),
        ("TÅ/1/2026", RegistryNumber("TÅ", 1, 2026)),
        ("  hsn/1641/2025\n", RegistryNumber("HSN", 1641, 2025)),
        ("KS\u00a0 2014/335", RegistryNumber("KS", 335, 2014)),
    ],
)
def test_every_format_in_use_is_read(text, expected):
    assert parse_registry_number(text) == expected


@pytest.mark.parametrize(("text", "year"), [("70RS1", 1970), ("99RS1", 1999), ("00RS1", 2000), ("69RS1", 2069)])
def test_two_digits_mean_a_year_from_1970_to_2069(text, year):
    assert parse_registry_number(text).year == year


def test_ambiguous_number_is_read_by_the_known_order_unless_the_authority_has_its_own_format():
    assert parse_registry_number("KS 2014/18") == RegistryNumber("KS", 18, 2014)
    assert parse_registry_number("KS 2014/18", formats=["{series} {number}/{year2}"]) == RegistryNumber("KS", 2014, 2018)


@pytest.mark.parametrize(
    "text", ["", "RS", "RS/342", "RS/342/22222", "RS/0/2022", "342/2022", "RS//2022", "RS/342/2022/1", "RS/12a/2022", "RS/342/1822"]
)
def test_what_is_no_number_is_refused_with_examples(text):
    with pytest.raises(RegistryNumberError) as refusal:
        parse_registry_number(text)

    assert str(refusal.value) == (
        f"”{text}” är inget diarienummer som kan läsas. "
        "Skriv till exempel RS/342/2022, REV 36-2022, CK 2015-0430, 18RS2137 eller S2022/00610."
    )


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{series}/{number}/{year}", "RS/42/2026"),
        ("{year2}{series}{number}", "26RS42"),
        ("{series} {number}-{year}", "RS 42-2026"),
        ("{series}{year}/{number:05}", "RS2026/00042"),
        ("{series} {year}-{number:04}", "RS 2026-0042"),
    ],
)
def test_number_is_written_as_the_authority_has_decided(template, expected):
    assert format_registry_number(template, series="RS", number=42, year=2026) == expected


def test_document_number_follows_after_a_colon():
    assert format_registry_number("{series} {year}-{number:04}", series="P", number=254, year=2019, document=1) == "P 2019-0254:1"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"series": "rs"}, "Serien ”rs” kan inte användas. Ange en till åtta versaler, till exempel RS."),
        ({"number": 0}, "Löpnumret 0 kan inte användas. Löpnummer börjar på 1."),
        ({"year": 1899}, "Årtalet 1899 kan inte användas. Ange ett år från 1900 till 2199."),
        ({"template": "{year2}{series}{number}", "year": 1969}, "Årtalet 1969 kan inte användas. Ange ett år från 1970 till 2069."),
        (
            {"template": "{series}/{number}"},
            "Formatet ”{series}/{number}” kan inte användas. Formatet ska innehålla årtalet en gång: {year} (2025) eller {year2} (25).",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(changes, message):
    wanted = {"template": "{series}/{number}/{year}", "series": "RS", "number": 1, "year": 2026} | changes

    with pytest.raises(RegistryNumberError) as refusal:
        format_registry_number(wanted.pop("template"), **wanted)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("template", "faults"),
    [
        ("{series}/{number}/{year}", ()),
        (
            "{serie}/{number}/{year}",
            ("Platshållaren {serie} finns inte. Använd {series}, {number}, {year} eller {year2}.", "Platshållaren {series} saknas."),
        ),
        (
            "{series.x}/{number}/{year}",
            ("Platshållaren {series.x} finns inte. Använd {series}, {number}, {year} eller {year2}.", "Platshållaren {series} saknas."),
        ),
        (
            "{series}/{number:5}/{year}",
            ("”number:5” kan inte användas. Bara löpnumret kan fyllas ut med nollor, till exempel {number:05}.",),
        ),
        (
            "{series}/{number}/{year:04}",
            ("”year:04” kan inte användas. Bara löpnumret kan fyllas ut med nollor, till exempel {number:05}.",),
        ),
        ("{series}/{number}/{year}/{year2}", ("Formatet ska innehålla årtalet en gång: {year} (2025) eller {year2} (25).",)),
        ("{series}/{number}/{number}/{year}", ("Platshållaren {number} får bara stå en gång.",)),
        ("dnr {series}/{number}/{year}", ("Mellan platshållarna får bara enstaka mellanslag och tecknen / - : . _ stå.",)),
        ("{series}  {number}/{year}", ("Mellan platshållarna får bara enstaka mellanslag och tecknen / - : . _ stå.",)),
        ("{{series}}/{number}/{year}", ("Mellan platshållarna får bara enstaka mellanslag och tecknen / - : . _ stå.",)),
    ],
)
def test_faults_of_a_format_are_all_named(template, faults):
    assert format_faults(template) == faults


own_formats = st.sampled_from([*KNOWN_FORMATS, "{series}.{year2}.{number:03}", "{number}{year}{series}", "{year2}{number}_{series}"])


@given(
    own_formats,
    st.from_regex(r"[A-ZÅÄÖ]{1,8}", fullmatch=True),
    st.integers(1, 999_999),
    st.integers(1970, 2069),
    st.none() | st.integers(1, 999),
)
def test_what_is_written_is_read_back(template, series, number, year, document):
    written = format_registry_number(template, series=series, number=number, year=year, document=document)

    assert parse_registry_number(written, formats=[template]) == RegistryNumber(series, number, year, document)


@pytest.mark.parametrize(("text", "number"), [("§223", 223), ("§ 39", 39), ("§ 202", 202), (" 7 ", 7)])
def test_paragraph_is_read_however_it_is_written(text, number):
    assert parse_paragraph(text) == number


@pytest.mark.parametrize("text", ["", "§", "§ 0", "39 §§", "§ 3a"])
def test_what_is_no_paragraph_is_refused(text):
    with pytest.raises(RegistryNumberError, match="är ingen paragraf som kan läsas. Skriv till exempel § 39."):
        parse_paragraph(text)


def test_paragraph_is_written_with_a_space():
    assert format_paragraph(39) == "§ 39"
