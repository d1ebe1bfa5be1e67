import pytest

from styrkedja.core.toml.documents import Document, read_document
from styrkedja.core.toml.findings import FileFinding


def faults(text):
    found = read_document("seats.toml", text if isinstance(text, bytes) else text.encode())
    assert not isinstance(found, Document)
    return [(fault.line, fault.message) for fault in found]


def test_file_is_read_with_its_lines():
    document = read_document("seats.toml", 'a = 1\nb = "å"\n'.encode())

    assert document.values == {"a": 1, "b": "å"}
    assert document.positions.line(("b",)) == 2


def test_file_saved_in_windows_is_read():
    document = read_document("seats.toml", '\ufeffa = 1\r\nb = "å"\r\n'.encode())

    assert document.values == {"a": 1, "b": "å"}
    assert document.positions.line(("b",)) == 2


def test_file_in_another_encoding_is_refused_on_the_line_of_the_first_foreign_byte():
    message = "Filen är inte sparad som UTF-8. Spara om den med den teckenkodningen."

    assert read_document("seats.toml", 'a = 1\nb = "å"\n'.encode("latin-1")) == (FileFinding("seats.toml", 2, message),)


@pytest.mark.parametrize(
    ("text", "line", "explanation"),
    [
        ("a = 1\nb\n", 2, "Efter nyckeln ska det stå ett likhetstecken och ett värde."),
        ("a = hej\n", 1, "Värdet kan inte läsas. Text ska stå inom citattecken."),
        ("\nå = 1\n", 2, "Raden börjar inte med en nyckel. En nyckel består av bokstäver a–z, siffror, - och _."),
        ('a = "b" c = 1\n', 1, "Det står något mer efter värdet. Varje nyckel ska stå på en egen rad."),
        ('a = [\n"b"\n"c"\n]\n', 3, "Listan avslutas inte. Skriv ] efter sista värdet och komma mellan värdena."),
        ("a = { b = 1\n", 1, "Tabellen inom klammerparentes avslutas inte. Skriv } efter sista värdet."),
        ('a = "b\n', 1, "Här står ett tecken som inte får finnas, till exempel en radbrytning inuti en text."),
        ('a = "b', 1, "Texten avslutas inte. Skriv ett citattecken i slutet."),
        ("a = '''b\n\n", 3, "Texten avslutas inte. Skriv ett citattecken i slutet."),
        ("[a\nb = 1\n", 1, "Tabellrubriken avslutas inte. Skriv ] i slutet, eller ]] om den börjar med [[."),
        ("[[a]\nb = 1\n", 1, "Tabellrubriken avslutas inte. Skriv ] i slutet, eller ]] om den börjar med [[."),
        ('a = "\\q"\n', 1, "Efter ett omvänt snedstreck i en text står fel tecken. Skriv två omvända snedstreck om ett avses."),
        ('a = "\\u12"\n', 1, "Efter ett omvänt snedstreck i en text står fel tecken. Skriv två omvända snedstreck om ett avses."),
        ('a = """b\n', 2, "Texten avslutas inte. Skriv ett citattecken i slutet."),
        ("= 1\n", 1, "Raden börjar inte med en nyckel. En nyckel består av bokstäver a–z, siffror, - och _."),
        ("a = 1\nb = 2026-02-30\n", 2, "Datumet finns inte i kalendern. Skriv år-månad-dag, till exempel 2026-06-05."),
        ("a = {}\n[a.b]\n", 2, "Nyckeln eller tabellen finns redan. Ta bort den ena."),
    ],
)
def test_what_is_no_toml_is_explained_on_its_line(text, line, explanation):
    assert faults(text) == [(line, f"Filen följer inte TOML. {explanation}")]


def test_every_key_that_stands_twice_is_named_with_the_line_of_the_first():
    assert faults("a = 1\nb = 2\na = 3\nb = 4\n") == [
        (3, "”a” finns redan på rad 1. Ta bort den ena."),
        (4, "”b” finns redan på rad 2. Ta bort den ena."),
    ]


def test_table_that_stands_twice_is_named():
    assert faults("[a]\nb = 1\n[a]\n") == [(3, "”a” finns redan på rad 1. Ta bort den ena.")]


def test_lists_without_end_do_not_break_the_reader():
    assert faults("a = " + "[" * 20_000) == [(1, "Filen har listor i för många nivåer och kan inte läsas.")]


def test_number_longer_than_python_reads_is_refused():
    assert faults("a = " + "9" * 5_000) == [(1, "Filen följer inte TOML. Raden kan inte läsas.")]
