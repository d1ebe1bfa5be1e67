"""Word documents: the only door to python-docx. Text, headings by style, lists with their marks, tables, headers and footers."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import parse_xml

from styrkedja.audits.documents.refusal import DocumentRefused
from styrkedja.audits.documents.word_lists import Lists
from styrkedja.audits.documents.word_text import Styles, W, has, paragraph_lines, pieces
from styrkedja.core.archives import Archive
from styrkedja.core.audits.reading import Line, SourceText
from styrkedja.core.audits.reading.remarks import with_changes, with_comments

_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_AROUND = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}


def read_word(content: bytes, archive: Archive) -> SourceText:
    """Every paragraph as a line of its own, every row of a table as a line with cells. Raises DocumentRefused if the file is damaged."""
    try:
        document = Document(BytesIO(content))
        lines = list(_Reader(document).lines())
    except Exception:  # python-docx raises whatever the parts happen to lack
        raise DocumentRefused(_("Filen är skadad och kan inte öppnas. Öppna den i Word, spara den på nytt och försök igen.")) from None
    remarks = [with_comments()] if archive.has("word/comments.xml") else []
    remarks += [with_changes()] if has(document.element.body, "ins", "del") else []
    return SourceText(tuple(replace(line, number=number) for number, line in enumerate(lines, 1)), tuple(remarks))


class _Reader:
    """Goes through the document once, since the numbers of lists follow from what came before. The lines get their numbers later."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = Styles(document)
        self.lists = Lists(document, self.styles)

    def lines(self) -> Iterator[Line]:
        """Headers first, since they hold date and registry number; then the text; footnotes and footers last."""
        yield from self.margin("header")
        yield from self.content(self.document.element.body)
        yield from self.footnotes()
        yield from self.margin("footer")

    def margin(self, where: str) -> Iterator[Line]:
        """The headers or footers of all sections, each line once, an empty line after them."""
        found: dict[str, Line] = {}
        for section in self.document.sections:
            for part in (getattr(section, f"first_page_{where}"), getattr(section, where)):
                if not part.is_linked_to_previous:
                    for line in self.content(part._element):
                        found.setdefault(line.text.strip(), line)
        found.pop("", None)
        yield from found.values()
        if found:
            yield Line(0, "")

    def content(self, element: Any) -> Iterator[Line]:
        """Paragraphs and tables in order, also those inside content controls."""
        for child in element:
            if child.tag == f"{W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self.table(child)
            elif child.tag in _AROUND:
                yield from self.content(child)

    def paragraph(self, paragraph: Any) -> Iterator[Line]:
        texts = paragraph_lines(paragraph)
        mark = self.lists.mark(paragraph) if any(text.strip() for text in texts) else ""
        yield Line(0, f"{mark}{texts[0]}", heading=self.styles.level(paragraph) if texts[0].strip() else 0, whole=True)
        yield from (Line(0, text, whole=True) for text in texts[1:])
        boxes = pieces(paragraph, "txbxContent")
        for box in boxes:
            yield from self.content(box)
        if not boxes and has(paragraph, "drawing", "pict"):
            yield Line(0, "[bild]", whole=True, picture=True)

    def table(self, table: Any) -> Iterator[Line]:
        """A row with one filled cell is running text in a frame; any other is a row."""
        for row in (row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table):
            cells = [list(self.content(cell)) for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
            texts = tuple(" ".join(line.text.strip() for line in cell if line.text.strip()) for cell in cells)
            filled = [cell for cell, text in zip(cells, texts, strict=True) if text]
            if len(filled) == 1:
                yield from filled[0]
            elif filled:
                yield Line(0, " | ".join(texts), whole=True, cells=texts)

    def footnotes(self) -> Iterator[Line]:
        """The text of each footnote."""
        for relation in self.document.part.rels.values():
            if relation.reltype == _FOOTNOTES and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iter(f"{W}footnote"):
                    text = " ".join(line for paragraph in note.iter(f"{W}p") for line in paragraph_lines(paragraph)).strip()
                    if text:
                        yield Line(0, text, whole=True)
