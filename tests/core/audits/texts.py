"""The texts that the tests read: public answers in which every person's name is exchanged for words that nobody is called."""

from pathlib import Path

from styrkedja.core.audits.reading import Reading, from_text, read_answer

TEXTS = Path(__file__).parent / "texts"
NAMED = {
    "namndens-svar": ("Förnamn Efternamn", "Tilltalsnamn Mellannamn Släktnamn", "Rufnamn Familjenamn"),
    "regionstyrelsens-svar": ("Förnamn Efternamn", "Tilltalsnamn Släktnamn"),
    "nationell-rekommendation": ("Förnamn Efternamn", "Tilltalsnamn Släktnamn"),
    "rutin": (),
}


def text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def read(text: str) -> Reading:
    return read_answer(from_text(text))


def read_file(name: str) -> Reading:
    return read(text(name))
