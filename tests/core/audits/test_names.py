"""Names are masked before anything else is read. Nobody is called what these names say."""

import pytest

from styrkedja.core.audits.reading import Line, SourceText, from_text
from styrkedja.core.audits.reading.names import MASK, mask_names, possible_names
from tests.core.audits.texts import read


def masked(text: str) -> str:
    return mask_names(from_text(text)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Handläggare: Förnamn Efternamn", f"Handläggare: {MASK}"),
        ("Handläggare\tFörnamn von Efternamn", f"Handläggare\t{MASK}"),
        ("Kontaktperson: Förnamn Efternamn och Annat Namn", f"Kontaktperson: {MASK} och {MASK}"),
        ("Vid protokollet: F. Efternamn", f"Vid protokollet: {MASK}"),
        ("Elektroniskt signerat av: Förnamn Efternamn", f"Elektroniskt signerat av: {MASK}"),
        ("Förnamn Efternamn (S)    Annat Namn (KD)\nOrdförande    Vice ordförande", f"{MASK}    {MASK}\nOrdförande    Vice ordförande"),
        ("Förnamn Mellan-Namn Efternamn\nRegiondirektör", f"{MASK}\nRegiondirektör"),
        ("FÖRNAMN EFTERNAMN\nRegiondirektör", f"{MASK}\nRegiondirektör"),
        ("/Förnamn Efternamn/", f"/{MASK}/"),
        ("Enligt regiondirektör Förnamn Efternamn är det så.", f"Enligt regiondirektör {MASK} är det så."),
        ("Förnamn Efternamn, ekonomichef, föredrar ärendet.", f"{MASK}, ekonomichef, föredrar ärendet."),
        ("Ledamoten Förnamn Efternamn (SD) yrkar avslag.", f"Ledamoten {MASK} yrkar avslag."),
        ("Svaret skrevs av Anna Efternamn i våras.", f"Svaret skrevs av {MASK} i våras."),
        ("fornamn.efternamn@example.org, region@example.org", "[e-postadress], region@example.org"),
        ("Telefon: 063-14 75 00 eller 070-123 45 67", "Telefon: [telefonnummer] eller [telefonnummer]"),
        ("Ring +46 70 123 45 67.", "Ring [telefonnummer]."),
        ("19800131-1234 och org.nr 232100-0214", "[personnummer] och org.nr 232100-0214"),
    ],
)
def test_a_name_is_known_by_where_it_stands(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Region Jämtland Härjedalen",
        "Hälso- och sjukvård",
        "Regionstyrelsens ordförande",
        "GOD VÅRD\n\nText",
        "Nära Vård",
        "Sveriges Kommuner och Regioner (SKR)",
        "Planen gäller för Region\nJämtland Härjedalen\noch kommunerna.",
        "Sociala vård och omsorgsgruppen (SVOM)",
        "Sammanträdet 2025-03-25 § 39, dnr RS/342/2022, kl. 08.00-16.30, 2 000 000 kr",
        "Bankgiro: 250-0486 Plusgiro: 8 28 00-4",
    ],
)
def test_what_is_no_name_is_let_be(text: str) -> None:
    assert masked(text) == text


def test_a_name_that_is_known_is_masked_wherever_it_stands() -> None:
    text = "Som Efternamn, Förnamn sade.\nFörnamn\nEfternamns rapport.\n\nHandläggare: Förnamn Efternamn\n"
    assert masked(text) == f"Som {MASK} sade.\n{MASK}\n rapport.\n\nHandläggare: {MASK}"


def test_lines_keep_their_numbers() -> None:
    text = "Förnamn Efternamn\n\nHandläggare: Förnamn\nEfternamn\nslut"
    source = mask_names(from_text(text))
    assert [line.number for line in source.lines] == [1, 2, 3, 4, 5]
    assert source.lines[4].text == "slut"


def test_cells_of_a_table_are_masked_too() -> None:
    cells = ("Handläggare: Förnamn Efternamn", "RS/1/2025")
    (line,) = mask_names(SourceText((Line(1, " | ".join(cells), cells=cells),))).lines
    assert line.cells == (f"Handläggare: {MASK}", "RS/1/2025")
    assert "Efternamn" not in line.text


def test_a_possible_name_in_a_sentence_is_told_by_its_line_and_not_repeated() -> None:
    text = "Svaret gäller avtalen.\nDet togs fram i samtal med Tilltalsnamn Släktnamn om avtalen.\n"
    assert possible_names(from_text(text)) == (2,)
    (warning,) = [one for one in read(text).warnings if one.startswith("Rader som kan innehålla")]
    assert warning == "Rader som kan innehålla ett personnamn som inte är maskerat: 2. Läs dem innan läsningen sparas."
