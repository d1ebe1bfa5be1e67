import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.uploads import MAX_NAME, is_accepted, media_type, safe_name


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("Remiss stroke.pdf", "Remiss stroke.pdf"),
        ("C:\\Users\\namn\\Åtgärd.docx", "Åtgärd.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\u0308rende.pdf", "ärende.pdf"),
        ("rad\r\nbrytning\x00.pdf", "rad brytning.pdf"),
        ("fdp\u202egnp.exe", "fdpgnp.exe"),
        ('vad? "nu" <då>|*:.txt', "vad_ _nu_ _då____.txt"),
        ("  .. .pdf", "pdf"),
        ("", "namnlös"),
        ("...", "namnlös"),
        ("NUL.txt", "namnlös NUL.txt"),
        ("mapp/", "namnlös"),
    ],
)
def test_a_name_is_made_safe(given_name: str, name: str) -> None:
    assert safe_name(given_name) == name


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("å" * 300 + ".pdf") == "å" * 146 + ".pdf"
    assert safe_name("a." + "b" * 300) == "a." + "b" * 148


@given(st.text(max_size=400))
def test_every_name_is_short_and_can_be_written(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name) <= MAX_NAME
    assert not set(name) & set('/\\<>:"|?*\r\n\x00\u202e')
    assert name == name.strip()
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("a.exe", b"%PDF-1.7 ...", "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.gif", b"GIF89a", "image/gif"),
        ("a.rtf", b"{\\rtf1", "application/rtf"),
        ("Underlag.DOCX", b"PK\x03\x04...", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.ods", b"PK\x03\x04...", "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.jar", b"PK\x03\x04...", "application/zip"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-outlook"),
        ("a.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/octet-stream"),
        ("a.txt", "Åtgärd\tnu\r\n".encode(), "text/plain"),
        ("a.html", b"<html><script>alert(1)</script>", "text/plain"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "text/plain"),
        ("a.pdf", b"MZ\x90\x00\x03", "application/octet-stream"),
        ("a.txt", "Åtgärd".encode("latin-1"), "application/octet-stream"),
        ("a.txt", b"text\x00", "application/octet-stream"),
    ],
)
def test_the_media_type_is_told_by_the_content(name: str, content: bytes, expected: str) -> None:
    assert media_type(name, content) == expected


FORMATS = ("pdf", "docx", "txt", "csv", "eml", "jpg", "dwg")


@pytest.mark.parametrize(
    ("name", "content", "accepted"),
    [
        ("Remiss.PDF", b"%PDF-1.7", True),
        ("Remiss.pdf", b"PK\x03\x04", False),
        ("Remiss.docx", b"PK\x03\x04", True),
        ("Remiss.xlsx", b"PK\x03\x04", False),
        ("bild.jpg", b"\xff\xd8\xff\xe0", True),
        ("bild.jpg", b"GIF89a", False),
        ("a.txt", "Åtgärd".encode("latin-1"), True),
        ("a.csv", b"", True),
        ("a.csv", b"a\x00b", False),
        ("a.txt", b"%PDF-1.7", False),
        ("a.txt", b"#!/bin/sh", False),
        ("ritning.dwg", b"AC1032\x00", True),
        ("ritning.dwg", b"MZ\x90", False),
        ("evil.exe", b"MZ\x90", False),
        ("pdf", b"%PDF-1.7", False),
    ],
)
def test_what_is_accepted_is_so_by_name_and_by_content(name: str, content: bytes, accepted: bool) -> None:
    assert is_accepted(name, content, formats=FORMATS) is accepted
