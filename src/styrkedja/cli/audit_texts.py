"""A reading of an answer as lines to read in a terminal."""

from collections.abc import Iterable, Iterator

from styrkedja.core.audits.reading import Reading
from styrkedja.core.audits.reading.model import Answer, Passage, Recommendation
from styrkedja.core.audits.reading.source import Place
from styrkedja.core.controls.snapshot.kinds import PromiseState, Stance

STANCES = {Stance.AGREE: "delar", Stance.PARTLY: "delar delvis", Stance.DISAGREE: "delar inte", None: "oklart"}
STATES = {PromiseState.TAKEN: "vidtagen", PromiseState.PLANNED: "planerad", None: "pågående"}
JOINED = {
    "label": "följer efter rekommendationen",
    "number": "har samma nummer",
    "order": "kopplat efter ordningen",
    "position": "står närmast efter, utan egen rubrik",
    "table": "står på samma rad i tabellen",
}
_WIDTH = 110


def told(reading: Reading) -> Iterator[str]:
    """The proposal, what has no place in it, and what to look at."""
    yield from _head(reading)
    yield from _section("Vad granskningen frågade", reading.review.questions)
    yield from _section("Vad revisorerna bedömde", reading.review.assessments)
    for found in reading.recommendations:
        yield from ("", *_recommendation(found))
    yield from _section("Svar som inte kunde kopplas till någon rekommendation", (one.passage for one in reading.unjoined_answers))
    yield from _section("Svar på rekommendationerna i allmänhet", reading.general_answer)
    yield from _section("Möjliga utlovade åtgärder i det allmänna svaret", (one.passage for one in reading.general_promises))
    yield from _section("Sammanfattande ställningstagande", (one.passage for one in reading.conclusions))
    yield from _section("Förslag till beslut", [reading.proposal] if reading.proposal else [])
    yield from _section("Kunde inte placeras", (one.passage for one in reading.unplaced))
    if reading.warnings:
        yield from ("", "Att kontrollera:", *(f"  – {warning}" for warning in reading.warnings))


def _head(reading: Reading) -> Iterator[str]:
    answers = sum(bool(found.answers) for found in reading.recommendations)
    yield f"{_count(len(reading.recommendations), 'rekommendation', 'rekommendationer')}, {_count(answers, 'besvarad', 'besvarade')}."
    facts: list[tuple[str, str, Place | None]] = []
    if number := reading.registry_number:
        facts.append(("Diarienummer", number.passage.text, number.passage.place))
    if day := reading.document_date:
        facts.append(("Datum", day.shown, day.passage.place))
    if reading.title:
        facts.append(("Rubrik", reading.title.text, reading.title.place))
    if reading.review.subject:
        facts.append(("Granskning", reading.review.subject.text, reading.review.subject.place))
    if reading.body:
        facts.append(("Svarande" if answers or reading.general_answer else "Organ", reading.body, None))
    others = [one.name for one in reading.bodies if one.role != "answers"]
    if others:
        facts.append(("Nämner även", ", ".join(others), None))
    if reading.split_passage:
        facts.append(("Svaret är uppdelat", " och ".join(reading.split_between), reading.split_passage.place))
    if decision := reading.decision:
        facts.append(("Beslut", ", ".join(part for part in (decision.body, decision.shown) if part), decision.passage.place))
    facts += [
        ("Annat beslut", ", ".join(part for part in (one.body, one.shown) if part), one.passage.place) for one in reading.other_decisions
    ]
    if reading.vision:
        facts.append(("Vision", reading.vision.text, reading.vision.place))
    facts += [("Undertecknat av", one.text, one.place) for one in reading.signatories]
    yield from (f"{name}: {text}{f' ({_lines(place)})' if place else ''}" for name, text, place in facts)


def _recommendation(found: Recommendation) -> Iterator[str]:
    topic = f", {found.topic}" if found.topic else ""
    yield f"Rekommendation {found.number}{topic} ({_lines(found.passage.place)}): {_short(found.passage.text)}"
    if not found.answers:
        yield "  Inget svar hittades."
    for answer in found.answers:
        yield from _answer(answer)


def _answer(answer: Answer) -> Iterator[str]:
    by = f" från {answer.body}" if answer.body else ""
    yield f"  Svar{by} ({_lines(answer.passage.place)}; {JOINED[answer.joined_by]}): {_short(answer.passage.text)}"
    grounds = "; ".join(f"”{_short(one.text)}” ({_lines(one.place)})" for one in answer.stance.grounds)
    yield f"  Ställningstagande: {STANCES[answer.stance.stance]}{f' – {grounds}' if grounds else ''}"
    yield from (f"    • {_short(point.text)} ({_lines(point.place)})" for point in answer.points)
    if answer.promises:
        yield "  Möjliga utlovade åtgärder:"
    for promise in answer.promises:
        words = ", ".join(part for part in (STATES[promise.state], promise.owner, promise.when) if part)
        yield f"    – {_short(promise.passage.text)} [{words}] ({_lines(promise.passage.place)})"


def _section(heading: str, passages: Iterable[Passage]) -> Iterator[str]:
    lines = [f"  – {_short(one.text)} ({_lines(one.place)})" for one in passages]
    if lines:
        yield from ("", f"{heading}:", *lines)


def _lines(place: Place) -> str:
    return f"rad {place.first_line}" if place.first_line == place.last_line else f"rad {place.first_line}–{place.last_line}"


def _short(text: str) -> str:
    """The first words of a text; the whole stands in the file, on the lines that are given."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _WIDTH else f"{one_line[:_WIDTH].rsplit(' ', 1)[0]} …"


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
