"""Running Swedish text: where its sentences stand, and a wrapped text as one line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s)|\n[ \t]*\n\s*|:[ \t]*\n\s*(?=[•▪▫◦‣∙·●○■□➢\-–—])|\n\s*(?=[•▪▫◦‣∙·●○■□➢]\s)")
# What has a full stop inside a sentence: abbreviations that something follows, and the initial of a name. "m.m." may well be the last word.
_SHORTENED = re.compile(
    r"(?:^|[\s(/])(?:bl\.?\s?a|t\.?\s?ex|d\.?\s?v\.?\s?s|s\.?\s?k|f\.?\s?n|f\.?\s?d|t\.?\s?f|t\.?\s?o\.?\s?m|fr\.?\s?o\.?\s?m|p\.?\s?g\.?\s?a|"
    r"ca|ex|exkl|inkl|jfr|kap|kl|nr|org|dnr|resp|sid|tel|[a-zåäöA-ZÅÄÖ])\.$",
    re.IGNORECASE,
)
_NEW = re.compile(r"\s*[\"”’»(\[]*[^a-zåäöé\s]")
_SHARED = r"(?!(?:och|eller|samt|respektive|men|till|såväl|inte|utan)\b)"
# "tjänste-⏎personer" was broken by the typesetter; "IT-⏎stöd" and "hälso-⏎och" were written so.
_BROKEN = re.compile(rf"(?<=[a-zåäöé]{{2}})-[ \t]*\n\s*{_SHARED}(?=[a-zåäöé])")
_HYPHENED = re.compile(rf"(?<=\w)-[ \t]*\n\s*{_SHARED}(?=\w)")


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a text: characters from `start` up to but not including `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


def sentences(text: str, within: Span | None = None) -> Iterator[Span]:
    """Every sentence of `text` (or of a stretch of it) without the white space around it. A line break is a space, an empty line ends a sentence
    unless the next goes on in small letters, and so does the beginning of a list item."""
    start, stop = (within.start, within.end) if within else (0, len(text))
    begun = start
    for match in _END.finditer(text, start, stop):
        if not _ends_here(text, match, begun, stop):
            continue
        if span := trimmed(text, Span(begun, match.end())):
            yield span
        begun = match.end()
    if span := trimmed(text, Span(begun, stop)):
        yield span


def trimmed(text: str, span: Span) -> Span | None:
    """`span` without white space at its ends; None if nothing is left."""
    piece = span.of(text)
    if not piece.strip():
        return None
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))


def flow(text: str) -> str:
    """A wrapped text as one line: words that were broken over two lines are whole again."""
    joined = _HYPHENED.sub("-", _BROKEN.sub("", text))
    return " ".join(joined.split())


def _ends_here(text: str, match: re.Match[str], begun: int, stop: int) -> bool:
    if match[0].startswith(":") or "\n" in match[0] and text[match.end() : match.end() + 1] in set("•▪▫◦‣∙·●○■□➢"):
        return True
    if not _NEW.match(text, match.end(), stop):
        return False
    return "\n" in match[0] or not _SHORTENED.search(text, max(begun, match.end() - 12), match.end())
