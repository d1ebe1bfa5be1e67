"""A text file as blocks of whole lines in UTF-8, whatever it was written in, with never more than a block or two in memory."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from styrkedja.core.indicators.intake.faults import FileRefused

BLOCK = 4 << 20
_BEYOND_ASCII = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")
# How other files begin than the texts that people take them for.
_OTHERS = {
    b"PK\x03\x04": "en Excelfil eller ett zip-arkiv. Spara den som csv",
    b"\xd0\xcf\x11\xe0": "en äldre Excelfil. Spara den som csv",
    b"\x1f\x8b": "packad med gzip. Packa upp den",
    b"\x28\xb5\x2f\xfd": "packad med zstd. Packa upp den",
    b"%PDF": "en pdf. Begär en csv-fil",
}


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Block:
    """Whole lines; the first of them is line number `first_line` of the file, counted from 1."""

    first_line: int
    data: bytes


def blocks(path: Path) -> Iterator[Block]:
    """Raises FileRefused for what is no text, mixes encodings or has lines without end."""
    with path.open("rb") as file:
        head = file.read(4)
        for mark, told in _OTHERS.items():
            if head.startswith(mark):
                raise FileRefused(f"{path.name} är {told} och läs in den igen.")
        file.seek(0)
        decoder = _Decoder(path.name)
        for block in _whole_lines(_source(file, head), path.name):
            yield Block(block.first_line, decoder.utf8(block))


def _source(file: BinaryIO, head: bytes) -> _Reads:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _FromUtf16(file, codecs.getincrementaldecoder("utf-16")())
    if head.startswith(b"\xef\xbb\xbf"):
        file.seek(3)
    return file


@dataclass(frozen=True)
class _FromUtf16:
    file: BinaryIO
    decoder: codecs.IncrementalDecoder

    def read(self, size: int, /) -> bytes:
        piece = self.file.read(size)
        try:
            data = self.decoder.decode(piece, final=not piece).encode("utf-8")
        except UnicodeError:
            raise FileRefused("Filen är sparad i UTF-16 men är skadad. Spara den på nytt, helst i UTF-8.") from None
        return self.read(size) if piece and not data else data


def _whole_lines(file: _Reads, name: str) -> Iterator[Block]:
    line, left = 1, b""
    while piece := file.read(BLOCK):
        cut = piece.rfind(b"\n") + 1
        if not cut:
            left += piece
            if len(left) > 2 * BLOCK:
                raise FileRefused(f"{name}: rad {line} tar aldrig slut. Filen är skadad, eller saknar radbrytningar.")
            continue
        data, left = left + piece[:cut], piece[cut:]
        yield Block(line, data)
        line += data.count(b"\n")
    if left:
        yield Block(line, left + b"\n")


@dataclass
class _Decoder:
    """UTF-8 until a line is not; then Windows-1252, unless some line before was UTF-8 beyond doubt."""

    name: str
    utf8_line: int = 0
    other_line: int = 0

    def utf8(self, block: Block) -> bytes:
        if b"\0" in block.data:
            line = block.first_line + block.data[: block.data.index(b"\0")].count(b"\n")
            raise FileRefused(f"{self.name} är ingen textfil: rad {line} har tecken som inte är text. Spara den som csv i UTF-8.")
        if block.data.isascii():
            return block.data
        self._look(block)
        if self.utf8_line and self.other_line:
            raise FileRefused(
                f"{self.name} blandar två teckenkodningar: rad {self.utf8_line} är skriven i UTF-8 och rad {self.other_line} i en annan. "
                "Spara hela filen i UTF-8 och läs in den igen."
            )
        if not self.other_line:
            return block.data
        try:
            return block.data.decode("cp1252").encode("utf-8")
        except UnicodeDecodeError as error:
            line = block.first_line + block.data[: error.start].count(b"\n")
            raise FileRefused(f"{self.name}: rad {line} är varken i UTF-8 eller Windows-1252. Spara filen i UTF-8.") from None

    def _look(self, block: Block) -> None:
        """Remembers the first line of each encoding."""
        if not self.other_line and _is_utf8(block.data):
            self.utf8_line = self.utf8_line or self._line(block, next(_BEYOND_ASCII.finditer(block.data)))
            return
        for found in _BEYOND_ASCII.finditer(block.data):
            if _is_utf8(found[0]):
                self.utf8_line = self.utf8_line or self._line(block, found)
            else:
                self.other_line = self.other_line or self._line(block, found)
            if self.utf8_line and self.other_line:
                return

    @staticmethod
    def _line(block: Block, found: re.Match[bytes]) -> int:
        return block.first_line + block.data[: found.start()].count(b"\n")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
