"""Files for the tests: PDF written by hand, Word by python-docx, and spoilt ones of both."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with one line of text under the other, in Windows' Western letters; a page without lines has a grey box, as a scanned one."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        stream = (f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET" if lines else "0.8 g 50 50 500 700 re f").encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _file(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[bytes]) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return written + head + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))


def locked_pdf(content: bytes, password: str) -> bytes:
    """The same file, encrypted; with an empty password anybody opens it, but nobody may change it."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def saved(document: Any) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def docx(*paragraphs: str, style: str = "Normal") -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text, style=style)
    return saved(document)


def raw(document: Any, xml: str) -> None:
    """Puts a piece of Word's own XML last in the body. `w:` and the namespaces of pictures are known."""
    element = parse_xml(xml.replace(">", f" {nsdecls('w', 'a', 'pic', 'wp')}>", 1))
    document.element.body.insert(len(document.element.body) - 1, element)


def with_entry(content: bytes, name: str, data: bytes) -> bytes:
    """A zip with one entry more, or another in the place of one."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, data)
    return written.getvalue()
