"""What a person should look at before the reading is confirmed."""

from collections.abc import Iterator, Sequence

from styrkedja.core.audits.reading.answers import Structure
from styrkedja.core.audits.reading.model import Answer, Passage, Reading, Recommendation
from styrkedja.core.sentences import Sentence


def warnings(reading: Reading, structure: Structure, suspects: Sequence[int]) -> tuple[Sentence, ...]:
    return (
        *reading.source.remarks,
        *_of_head(reading),
        *_of_recommendations(reading),
        *_of_joining(reading.recommendations, reading.unjoined_answers, structure),
        *_of_attachments(reading.missing_attachments),
        *_of_names(suspects),
    )


# What the reader of a file has to say.


def pages_without_text(pages: Sequence[int]) -> Sentence:
    return Sentence("Sidor utan text, kanske bilder: %(pages)s. De är inte lästa.", pages=", ".join(map(str, pages)))


def unreadable_pages(pages: Sequence[int]) -> Sentence:
    return Sentence("Sidor som inte går att läsa: %(pages)s.", pages=", ".join(map(str, pages)))


def with_comments() -> Sentence:
    return Sentence("Dokumentet har kommentarer i marginalen. De är inte lästa.")


def with_changes() -> Sentence:
    return Sentence("Dokumentet har spårade ändringar: infogad text är läst, borttagen text är det inte.")


# What the reading has to say.


def _of_head(reading: Reading) -> Iterator[Sentence]:
    if reading.title is None:
        yield Sentence("Ingen rubrik för hela dokumentet hittades.")
    if reading.registry_number is None:
        yield Sentence("Inget diarienummer för dokumentet hittades.")
    if reading.document_date is None and reading.decision is None:
        yield Sentence("Varken datum för dokumentet eller beslut om det hittades.")
    elif reading.decision is None:
        yield Sentence("Inget beslut om att fastställa svaret hittades i texten.")
    if not reading.body:
        yield Sentence("Det framgår inte vilken nämnd eller styrelse som svarar.")


def _of_recommendations(reading: Reading) -> Iterator[Sentence]:
    found = reading.recommendations
    if not found:
        yield Sentence("Inga rekommendationer hittades.")
    stated = reading.review.stated_count
    if stated and stated[0] != len(found):
        yield Sentence(
            "Texten anger %(stated)s rekommendationer (rad %(line)s), men %(found)s hittades.",
            stated=stated[0],
            line=stated[1].place.first_line,
            found=len(found),
        )
    numbers = [int(one.number) for one in found if one.number.isdigit()]
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        yield Sentence("Rekommendationerna är inte numrerade i följd: %(numbers)s.", numbers=", ".join(map(str, numbers)))


def _of_joining(found: Sequence[Recommendation], unjoined: Sequence[Answer], structure: Structure) -> Iterator[Sentence]:
    without = [one.number for one in found if not one.answers]
    if found and len(without) == len(found):
        yield Sentence("Texten innehåller inga svar på de enskilda rekommendationerna.")
    elif without:
        yield Sentence("Rekommendationer utan svar: %(numbers)s.", numbers=", ".join(without))
    ways = {part.joined_by for part in structure.joined}
    if "order" in ways:
        yield Sentence(
            "Svaren är kopplade till rekommendationerna efter ordningen, eftersom de är lika många. Kontrollera att de hör ihop."
        )
    if "position" in ways:
        yield Sentence("Svaren saknar egen rubrik och är kopplade till rekommendationen närmast före. Kontrollera att de hör ihop.")
    if unjoined:
        yield Sentence(
            "%(count)s svar kunde inte kopplas till någon rekommendation: texten har %(answers)s svar med egen rubrik och %(found)s rekommendationer.",
            count=len(unjoined),
            answers=len(unjoined) + len(structure.joined),
            found=len(found),
        )


def _of_attachments(missing: Sequence[Passage]) -> Iterator[Sentence]:
    for one in missing:
        yield Sentence(
            "Texten hänvisar till något som inte finns i den: ”%(reference)s” (rad %(line)s).",
            reference=one.text,
            line=one.place.first_line,
        )


def _of_names(suspects: Sequence[int]) -> Iterator[Sentence]:
    if suspects:
        yield Sentence(
            "Rader som kan innehålla ett personnamn som inte är maskerat: %(lines)s. Läs dem innan läsningen sparas.",
            lines=", ".join(map(str, suspects)),
        )
