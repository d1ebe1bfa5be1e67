"""Files become lines, or are refused with one clear sentence. No database."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from styrkedja.audits.documents import DocumentRefused, Limits, read_document
from styrkedja.audits.documents.word_text import W
from styrkedja.core.audits.reading import SourceText, read_answer
from styrkedja.core.controls.snapshot.kinds import Stance
from tests.apps.audits.files import docx, locked_pdf, pdf, raw, saved, with_entry

LIMITS = Limits(max_bytes=1_000_000, max_unpacked=5_000_000, max_pages=20, max_characters=200_000)
ANSWER = ["1. Stärk kontrollen.", "Svar: Nämnden delar bedömningen.", "", "2. Följ upp.", "Svar: Nämnden delar inte bedömningen."]
STANCES = [("1", Stance.AGREE), ("2", Stance.DISAGREE)]


@pytest.fixture(autouse=True)
def _in_swedish():
    with translation.override("sv"):
        yield


def read(content: bytes, name: str = "svar", limits: Limits = LIMITS) -> SourceText:
    return read_document(content, name, limits)


def refusal(content: bytes, name: str = "svar.docx", limits: Limits = LIMITS) -> str:
    with pytest.raises(DocumentRefused) as refused:
        read_document(content, name, limits)
    return refused.value.reason


def stances(source: SourceText) -> list[tuple[str, Stance]]:
    return [(one.number, one.answers[0].stance.stance) for one in read_answer(source).recommendations]


def texts(source: SourceText) -> list[str]:
    return [line.text for line in source.lines if line.text]


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_plain_text_is_read_in_the_encodings_that_are_in_use(encoding: str, line_break: str) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    content = marks.get(encoding, b"") + line_break.join(ANSWER).encode(encoding)
    source = read(content, "svar.txt")
    assert [line.text for line in source.lines] == ANSWER
    assert stances(source) == STANCES


def test_a_form_feed_is_a_new_page_and_lines_are_numbered_as_in_an_editor() -> None:
    source = read("ett\ntvå\n\ftre\nfyra\n".encode())
    assert [(line.number, line.page, line.text) for line in source.lines] == [(1, 1, "ett"), (2, 1, "två"), (3, 2, "tre"), (4, 2, "fyra")]


def test_windows_dashes_and_quotes_are_read() -> None:
    assert texts(read("”Vision” – 2025-03-25—26".encode("cp1252"))) == ["”Vision” – 2025-03-25—26"]


def test_letters_of_two_parts_and_invisible_characters_are_made_plain() -> None:
    assert texts(read("Na\u0308mndens\u00a0svar\u200b, tja\u0308nste\u00adpersoner".encode())) == ["Nämndens svar, tjänstepersoner"]


# Word


def test_a_word_file_gives_headings_lists_and_tables() -> None:
    document = Document()
    document.add_paragraph("Svar på granskning av avtal", style="Title")
    document.add_heading("Revisionens rekommendationer", 1)
    for text in ("Stärk kontrollen.", "Följ upp."):
        document.add_paragraph(text, style="List Number")
    document.add_heading("Nämndens svar", 1)
    document.add_heading("Svar på rekommendation 1", 2)
    document.add_paragraph("Nämnden delar bedömningen och gör detta:")
    document.add_paragraph("en rutin", style="List Bullet")
    document.add_heading("Svar på rekommendation 2", 2)
    document.add_paragraph("Nämnden delar inte bedömningen.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Nyckeltal", "12"
    source = read(saved(document))
    assert [(line.heading, line.text) for line in source.lines] == [
        (1, "Svar på granskning av avtal"),
        (1, "Revisionens rekommendationer"),
        (0, "1. Stärk kontrollen."),
        (0, "2. Följ upp."),
        (1, "Nämndens svar"),
        (2, "Svar på rekommendation 1"),
        (0, "Nämnden delar bedömningen och gör detta:"),
        (0, "• en rutin"),
        (2, "Svar på rekommendation 2"),
        (0, "Nämnden delar inte bedömningen."),
        (0, "Nyckeltal | 12"),
    ]
    assert source.lines[-1].cells == ("Nyckeltal", "12")
    assert stances(source) == STANCES
    assert [point.text for point in read_answer(source).recommendations[0].answers[0].points] == ["en rutin"]


def test_answers_in_a_word_table_are_read() -> None:
    document = Document()
    table = document.add_table(rows=0, cols=3)
    for row in (
        ("Nr", "Rekommendation", "Nämndens svar"),
        ("1", "Stärk kontrollen.", "Nämnden delar bedömningen."),
        ("2", "Följ upp.", "Nämnden delar inte bedömningen."),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert stances(read(saved(document))) == STANCES


def test_a_frame_of_one_cell_is_running_text() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = ANSWER[0]
    for text in ANSWER[1:]:
        cell.add_paragraph(text)
    source = read(saved(document))
    assert not any(line.cells for line in source.lines)
    assert stances(source) == STANCES


def test_headers_come_first_and_footers_last_each_once() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "2025-11-15\tHSN/1641/2025"
    document.sections[0].footer.paragraphs[0].text = "Postadress: Box 1"
    document.add_paragraph("Svar på granskning av avtal")
    document.add_section()
    source = read(saved(document))
    assert texts(source) == ["2025-11-15\tHSN/1641/2025", "Svar på granskning av avtal", "Postadress: Box 1"]
    reading = read_answer(source)
    assert reading.registry_number is not None
    assert reading.document_date is not None
    assert (reading.registry_number.number.number, reading.document_date.shown) == (1641, "2025-11-15")


def test_inserted_text_is_read_and_deleted_text_is_not_and_that_is_told() -> None:
    document = Document()
    raw(
        document,
        "<w:p><w:r><w:t>Nämnden </w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText>delar inte</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>delar</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> bedömningen.</w:t></w:r></w:p>",
    )
    source = read(saved(document))
    assert texts(source) == ["Nämnden delar bedömningen."]
    assert [str(one) for one in source.remarks] == ["Dokumentet har spårade ändringar: infogad text är läst, borttagen text är det inte."]
    assert source.remarks[0] in read_answer(source).warnings


def test_text_in_content_controls_links_and_line_breaks_is_read() -> None:
    document = Document()
    raw(document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>I en kontroll</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    raw(document, "<w:p><w:hyperlink w:anchor='x'><w:r><w:t>En länk</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>Ny rad</w:t></w:r></w:p>")
    assert texts(read(saved(document))) == ["I en kontroll", "En länk", "Ny rad"]


def test_tab_stops_are_no_text_but_tabs_are() -> None:
    document = Document()
    paragraph = document.add_paragraph("Handläggare\tAvdelning")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(100))
    assert texts(read(saved(document))) == ["Handläggare\tAvdelning"]


def test_a_picture_is_a_line_so_that_a_reference_to_it_is_not_missing() -> None:
    document = Document()
    document.add_paragraph("Utfallet framgår nedan. Se bild nedan.")
    raw(document, "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData/></a:graphic></wp:inline></w:drawing></w:r></w:p>")
    source = read(saved(document))
    assert [line.picture for line in source.lines if line.text] == [False, True]
    assert read_answer(source).missing_attachments == ()


def test_a_numbered_heading_keeps_its_number_and_a_list_its_own_counting() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f"<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for level, form, text in ((0, "decimal", "%1"), (1, "decimal", "%1.%2"), (2, "lowerLetter", "%3)"))
    )
    numbering.insert(0, parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{levels}</w:abstractNum>"))
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    for level, text in ((0, "Granskning"), (0, "Regionstyrelsens svar"), (1, "Allmänt"), (2, "en"), (2, "två"), (1, "Svar"), (2, "åter")):
        paragraph = document.add_paragraph(text, style=f"Heading {level + 1}" if level < 2 else "Normal")
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='77'/></w:numPr>"))
    source = read(saved(document))
    assert texts(source) == ["1 Granskning", "2 Regionstyrelsens svar", "2.1 Allmänt", "a) en", "b) två", "2.2 Svar", "a) åter"]
    assert [(one.number, one.level, one.passage.text) for one in read_answer(source).headings] == [
        ("1", 1, "Granskning"),
        ("2", 1, "Regionstyrelsens svar"),
        ("2.1", 2, "Allmänt"),
        ("2.2", 2, "Svar"),
    ]


# PDF


def test_a_pdf_with_text_is_read_page_by_page() -> None:
    source = read(pdf([ANSWER[:3], ANSWER[3:]]))
    assert [(line.page, line.text) for line in source.lines if line.text] == [
        (1, ANSWER[0]),
        (1, ANSWER[1]),
        (2, ANSWER[3]),
        (2, ANSWER[4]),
    ]
    assert stances(source) == STANCES
    assert source.remarks == ()


def test_a_pdf_that_is_only_protected_against_changes_is_read() -> None:
    assert stances(read(locked_pdf(pdf([ANSWER]), ""))) == STANCES


def test_a_page_without_text_is_told() -> None:
    source = read(pdf([ANSWER, [], ["Slut på svaret."]]))
    assert [str(one) for one in source.remarks] == ["Sidor utan text, kanske bilder: 2. De är inte lästa."]


# Refusals


def test_a_scanned_pdf_is_refused() -> None:
    assert refusal(pdf([[], []])) == (
        "Filen innehåller ingen text; den är troligen inskannad. Tolka den med textigenkänning (OCR) eller välj originalet som docx eller pdf."
    )


def test_an_encrypted_pdf_is_refused() -> None:
    assert refusal(locked_pdf(pdf([ANSWER]), "hemligt")) == "Filen är skyddad med lösenord. Ta bort lösenordet och försök igen."


@pytest.mark.parametrize("content", [b"%PDF-1.4\nskr\xe4p", b"%PDF-1.7", pdf([ANSWER])[:200], pdf([ANSWER]).replace(b"/Pages", b"/Sidor")])
def test_a_damaged_pdf_is_refused(content: bytes) -> None:
    assert refusal(content).startswith(("Filen är skadad", "Filen innehåller ingen text"))


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    assert refusal(pdf([ANSWER] * 3), limits=replace(LIMITS, max_pages=2)) == "Filen har 3 sidor. Den får ha högst 2 sidor."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (with_entry(docx(*ANSWER), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "svar.docx"),
        (with_entry(docx(*ANSWER), "word/VbaProject.BIN", b""), "svar.docx"),
        (docx(*ANSWER), "svar.docm"),
        (docx(*ANSWER), "svar.DOTM"),
    ],
)
def test_a_word_file_with_macros_is_refused(content: bytes, name: str) -> None:
    assert refusal(content, name) == "Filen innehåller makron och läses inte. Spara den som docx utan makron och försök igen."


def test_a_zip_bomb_is_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_entry(docx(*ANSWER), "word/media/image1.png", b"\0" * 20_000_000)
    assert len(bomb) < 100_000
    opened: list[str] = []
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda _self, entry, *_more: opened.append(str(entry)) or b"")
    assert refusal(bomb).startswith("Filen blir för stor när den packas upp.")
    assert opened == []


def test_a_bomb_of_xml_is_refused_below_the_limit_of_the_whole() -> None:
    bomb = with_entry(docx(*ANSWER), "word/document.xml", b"<x>" + b" " * 2_000_000 + b"</x>")
    assert refusal(bomb).startswith("Filen blir för stor när den packas upp.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'.encode(encoding)
    assert refusal(with_entry(docx(*ANSWER), "word/document.xml", xml)).startswith("Filen innehåller en dokumenttypsdeklaration")


def test_a_file_that_is_too_big_is_refused_with_the_limit() -> None:
    assert refusal(b"a" * 3_000_000, limits=replace(LIMITS, max_bytes=2 * 1024 * 1024)) == "Filen är för stor. Den får vara högst 2.0 MB."


@pytest.mark.parametrize("content", ["å" * 300, "ord " * 100])
def test_a_text_that_is_too_long_is_refused(content: str) -> None:
    assert refusal(content.encode(), limits=replace(LIMITS, max_characters=200)).startswith("Filens text är för lång: ")


@pytest.mark.parametrize("content", [b"", b" \n\r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refusal(content).startswith(("Filen är tom.", "Filen är ingen text"))


@pytest.mark.parametrize("content", [docx(), docx("  ", "12–13"), "12 345 §§".encode()])
def test_a_file_without_a_letter_is_refused(content: bytes) -> None:
    assert refusal(content).startswith(("Filen innehåller ingen text", "Filen är ingen text"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Filen är i Words äldre format (doc)."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Filen är skyddad med lösenord."),
        (b"{\\rtf1\\ansi svar}", "Filen är i formatet rtf."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "Filen är en bild"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "Filen är en bild"),
        (b"<!DOCTYPE html><html><body>Svar</body></html>", "Filen är en webbsida"),
        (b"\n <html lang='sv'>", "Filen är en webbsida"),
        (b"<?xml version='1.0'?><svar/>", "Filen är en webbsida"),
        (bytes(range(256)) * 4, "Filen är ingen text som kan läsas."),
        (b"text\0med\0nollor", "Filen är ingen text som kan läsas."),
        (b"\xff\xfea", "Filen är ingen text som kan läsas."),
        (b"PK\x03\x04skr\xe4p", "Filen är skadad och kan inte öppnas."),
        (docx(*ANSWER)[:2_000], "Filen är skadad och kan inte öppnas."),
        (with_entry(docx(*ANSWER), "word/document.xml", b"<w:document"), "Filen är skadad och kan inte öppnas."),
        (with_entry(docx(*ANSWER), "[Content_Types].xml", b"<Types/>"), "Filen är skadad och kan inte öppnas."),
    ],
)
@pytest.mark.parametrize("name", ["svar.txt", "svar.docx", "svar.pdf"])
def test_a_file_is_judged_by_its_content_whatever_it_is_called(content: bytes, reason: str, name: str) -> None:
    assert refusal(content, name).startswith(reason)


def test_another_kind_of_office_file_is_refused() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(written.getvalue()) == "Filen är inget Word-dokument. Välj en fil i formatet txt, docx eller pdf."


def test_a_zip_with_a_password_is_refused() -> None:
    content = bytearray(docx(*ANSWER))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        content[start + place] |= 1
    assert refusal(bytes(content)) == "Filen är skyddad med lösenord. Ta bort lösenordet och försök igen."


def test_limits_come_from_the_settings(settings) -> None:
    settings.MAX_UPLOAD_BYTES, settings.MAX_UNPACKED_BYTES = 1, 2
    settings.MAX_DOCUMENT_PAGES, settings.MAX_DOCUMENT_CHARACTERS = 3, 4
    assert Limits.from_settings() == Limits(1, 2, 3, 4)


def test_the_namespace_is_words_own() -> None:
    assert Document().element.body.tag == f"{W}body"
