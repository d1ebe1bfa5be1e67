"""What looks like a personal identity number is found in running text; the other numbers of an authority are not."""

import pytest

from styrkedja.core.identities import identity_fault, identity_line


@pytest.mark.parametrize(
    "text",
    [
        "Doktor Anna Svensson 19121212-1212 är sjuk.",
        "121212-1212",
        "121212+1212",
        "1212121212",
        "191212121212",
        "(19121212-1212)",
        "pnr:121212-1212,",
        "pnr121212-1212",
        "19121212 1212",
        "121212 - 1212",
        "121212–1212",
        "född 1912-12-12-1212.",
        "121272-1219",  # samordningsnummer: the twelfth day and sixty
        "Sjuk: 121212-1212 och 5560360793",
    ],
)
def test_an_identity_number_is_found(text: str) -> None:
    assert identity_line(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-22, 20261122, 261122 och 22/11 2026 kl. 14.30",
        "Perioden 20240101-20241231, 2024-01-01--2024-12-31 och 240101-241231",
        "Perioden 20220101-0630, 230101-1231, 20240101–0331 och 20270701-1231",
        "Region Jämtland Härjedalen, 232100-0214, och 5560360793, 556036-0793 och 16232100-0131",
        "RS/342/2022, REV 36-2022, CK 2015-0430, 18RS2137, S2022/00610, RS160669 och HSN 2026-00123:4",
        "HSN121212-1212 och HSN-121212-1212 och RS2012121212121",
        "Ärende 2026-121212-1212 och 121212-1212-3",
        "121212-1213, 191212121213",  # wrong check digit
        "120230-1212, 120291-1218 och 121312-1211",  # no such day, no such month
        "070-121 21 21, +46 63 14 75 00 och 1 212 121 212 kr",
        "ISBN 978-91-7000-000-0, SE2321000131-E000000000001 och EAN 7312121212121212",
        "0b1c6a5e-121212121212",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert identity_line(text) is None
    assert identity_fault(text) == ""


def test_the_fault_says_the_line_and_not_the_number() -> None:
    said = identity_fault("Läget är stabilt.\n\nEn patient, 19121212-1212, har klagat.")
    assert said.startswith("Rad 3 innehåller ett nummer som ser ut som ett personnummer eller samordningsnummer. Ta bort numret")
    assert "1212" not in said
    assert identity_fault("Anna 121212-1212\n").startswith("Texten innehåller ett nummer som ser ut som")
