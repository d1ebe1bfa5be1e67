"""Registry numbers in running text. `core.registry_numbers` knows the forms; here is where one may stand."""

import re
from collections.abc import Iterator

from styrkedja.core.audits.reading.model import NumberFound, Passage
from styrkedja.core.audits.reading.source import SourceText
from styrkedja.core.mentions import dates
from styrkedja.core.prose import Span
from styrkedja.core.registry_numbers import RegistryNumber, RegistryNumberError, parse_registry_number

# Forms that nothing else looks like, in capitals as authorities write them.
_CERTAIN = re.compile(
    r"(?<![\w/])(?:[A-ZÅÄÖ]{1,8}/\d{1,9}/(?:19|20|21)\d\d|[A-ZÅÄÖ]{1,8}/(?:19|20|21)\d\d:\d{1,9}|[A-ZÅÄÖ]{1,8}(?:19|20|21)\d\d/\d{5,9}|"
    r"[A-ZÅÄÖ]{1,8} (?:19|20|21)\d\d/\d{1,9}|\d\d[A-ZÅÄÖ]{2,8}\d{2,9}|[A-ZÅÄÖ]{2,8}\d\d\d{4})(?::[1-9]\d{0,4})?(?![\w/])"
)
# Forms that could be a span of years or a law: only with a word for a registry number before, or with nothing else on the line.
_LIKELY = re.compile(
    r"(?<![\w/])[A-ZÅÄÖ]{1,8} (?:(?:19|20|21)\d\d-\d{1,9}|\d{1,9}-(?:19|20|21)\d\d|\d{1,9}/\d\d)(?::[1-9]\d{0,4})?(?![\w/-])"
)
_LABEL = re.compile(
    r"(?:\b(?:dnr|diarie-?\s?(?:nummer|nr|beteckning)|ärende-?\s?(?:nummer|nr)|beteckning|diarieförd?)\b\.?\s*:?\s*)$", re.IGNORECASE
)
_LABELLED_LINE = re.compile(r"\b(?:dnr|diarie|ärendenummer|ärendenr|beteckning)", re.IGNORECASE)


def registry_numbers(source: SourceText) -> Iterator[NumberFound]:
    """Every registry number in order, each where it stands first."""
    seen: set[RegistryNumber] = set()
    for index in range(len(source.lines)):
        for span in _spans(source, index):
            number = _parsed(span.of(source.text))
            if number and number not in seen:
                seen.add(number)
                yield NumberFound(number, Passage(" ".join(span.of(source.text).split()), source.place(span)))


def is_labelled(source: SourceText, found: NumberFound) -> bool:
    """Does "Diarienummer" or a like word stand on the line?"""
    line = source.lines[source.index_at(found.passage.place.span.start)]
    return bool(_LABELLED_LINE.search(line.text))


def _spans(source: SourceText, index: int) -> list[Span]:
    text, start = source.lines[index].text, source.starts[index]
    found = [match.span() for match in _CERTAIN.finditer(text)]
    for match in _LIKELY.finditer(text):
        if _LABEL.search(text[: match.start()]) or _is_alone(text, match.group()):
            found.append(match.span())
    return [Span(start + first, start + last) for first, last in sorted(found)]


def _is_alone(text: str, number: str) -> bool:
    """Is there nothing else on the line but a date and the number of a page?"""
    rest = text.replace(number, "")
    for mention in reversed(dates(rest)):
        rest = rest[: mention.span.start] + rest[mention.span.end :]
    return not re.search(r"[^\W\d_]{2,}", re.sub(r"\b(?:datum|sida|av)\b", "", rest, flags=re.IGNORECASE))


def _parsed(written: str) -> RegistryNumber | None:
    try:
        return parse_registry_number(written)
    except RegistryNumberError:
        return None
