"""A reading as plain values for JSON. docs/audit-reading.md says what each field holds; the names do not change."""

from collections.abc import Iterable

from styrkedja.core.audits.reading.decisions import shown_paragraphs
from styrkedja.core.audits.reading.model import (
    Answer,
    BodyFound,
    DateFound,
    DecisionLine,
    NumberFound,
    Passage,
    Promise,
    Reading,
    Recommendation,
    StanceProposal,
)
from styrkedja.core.audits.reading.source import Place, SourceText

Plain = dict[str, object]


def as_plain(reading: Reading) -> Plain:
    """Every field of the reading, in the order of the page where it is confirmed."""
    return {
        "registry_number": _number(reading.registry_number),
        "other_registry_numbers": [_number(one) for one in reading.other_registry_numbers],
        "document_date": _date(reading.document_date),
        "other_dates": [_date(one) for one in reading.other_dates],
        "title": _passage(reading.title),
        "department": _passage(reading.department),
        "body": reading.body or None,
        "bodies": [_body(one) for one in reading.bodies],
        "headings": [{"level": one.level, "number": one.number or None, **_told(one.passage)} for one in reading.headings],
        "review": _review(reading),
        "vision": _passage(reading.vision),
        "introduction": _passage(reading.introduction),
        "recommendations": [_recommendation(one) for one in reading.recommendations],
        "unjoined_answers": [_answer(one) for one in reading.unjoined_answers],
        "general_answer": _passages(reading.general_answer),
        "general_promised_actions": [_promise(one) for one in reading.general_promises],
        "conclusions": [{**_told(one.passage), "stance": _stance(one.stance)} for one in reading.conclusions],
        "proposal": _passage(reading.proposal),
        "decision": _decision(reading.decision),
        "other_decisions": [_decision(one) for one in reading.other_decisions],
        "split_between": list(reading.split_between),
        "split_sentence": _passage(reading.split_passage),
        "related_answers": _passages(reading.related_answers),
        "signatories": [{"function": one.text, **_where(one.place)} for one in reading.signatories],
        "missing_attachments": _passages(reading.missing_attachments),
        "page_furniture": [{"kind": one.kind, **_told(one.passage)} for one in reading.furniture],
        "unplaced": [{**_told(one.passage), "under": one.under or None} for one in reading.unplaced],
        "warnings": [str(one) for one in reading.warnings],
        "source": _source(reading.source),
    }


def _where(place: Place) -> Plain:
    return {"lines": [place.first_line, place.last_line], "span": [place.span.start, place.span.end]}


def _told(passage: Passage) -> Plain:
    return {"text": passage.text, **_where(passage.place)}


def _passage(passage: Passage | None) -> Plain | None:
    return _told(passage) if passage else None


def _passages(passages: Iterable[Passage]) -> list[Plain]:
    return [_told(one) for one in passages]


def _number(found: NumberFound | None) -> Plain | None:
    if found is None:
        return None
    number = found.number
    return {**_told(found.passage), "series": number.series, "number": number.number, "year": number.year}


def _date(found: DateFound | None) -> Plain | None:
    if found is None:
        return None
    days = {"from": found.first.isoformat(), "until": found.last.isoformat(), "shown": found.shown, "exact": found.exact}
    return {**_told(found.passage), **days}


def _body(found: BodyFound) -> Plain:
    return {"name": found.name, "role": found.role, "mentions": found.mentions, **_told(found.passage)}


def _review(reading: Reading) -> Plain:
    review = reading.review
    return {
        "subject": _passage(review.subject),
        "questions": _passages(review.questions),
        "assessments": _passages(review.assessments),
        "stated_count": {"count": review.stated_count[0], **_told(review.stated_count[1])} if review.stated_count else None,
    }


def _recommendation(found: Recommendation) -> Plain:
    first = found.answers[0] if found.answers else None
    answer = _answer(first) if first else dict.fromkeys(_ANSWER_KEYS)
    return {
        "number": found.number,
        **_told(found.passage),
        "topic": found.topic or None,
        "addressed_to": list(found.addressees),
        **answer,
        "points": answer["points"] or [],
        "promised_actions": answer["promised_actions"] or [],
        "further_answers": [_answer(one) for one in found.answers[1:]],
        "repeated": [[place.first_line, place.last_line] for place in found.repeated],
    }


_ANSWER_KEYS = ("answered_by", "answer_label", "answer", "answer_lines", "answer_span", "joined_by", "stance", "points", "promised_actions")


def _answer(found: Answer) -> Plain:
    where = _where(found.passage.place)
    values = (
        found.body or None,
        found.label or None,
        found.passage.text,
        where["lines"],
        where["span"],
        found.joined_by,
        _stance(found.stance),
        _passages(found.points),
        [_promise(one) for one in found.promises],
    )
    return dict(zip(_ANSWER_KEYS, values, strict=True))


def _stance(found: StanceProposal) -> Plain:
    return {"value": found.stance.value if found.stance else None, "sentences": _passages(found.grounds)}


def _promise(found: Promise) -> Plain:
    said = {
        "sentence": found.passage.text,
        "status": found.state.value if found.state else None,
        "owner": found.owner or None,
        "date": found.when or None,
    }
    return {**said, **_where(found.passage.place)}


def _decision(found: DecisionLine | None) -> Plain | None:
    if found is None:
        return None
    return {
        "body": found.body or None,
        "from": found.first.isoformat() if found.first else None,
        "until": found.last.isoformat() if found.last else None,
        "paragraph": shown_paragraphs(found.paragraphs) or None,
        "shown": found.shown,
        **_told(found.passage),
    }


def _source(source: SourceText) -> Plain:
    """The lines as they were read: `lines` and `span` above point into them."""
    return {"pages": source.pages, "lines": [{"number": line.number, "page": line.page, "text": line.text} for line in source.lines]}
