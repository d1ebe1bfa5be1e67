"""The text and the style of a paragraph in Word's XML, as python-docx has parsed it."""

from typing import Any

from styrkedja.core.audits.reading.source import tidy

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_HERE = {f"{W}txbxContent", _FALLBACK, f"{W}del", f"{W}moveFrom"}
_MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}
_MAX_STYLES = 20  # a chain of styles that is longer goes in a circle


def paragraph_lines(paragraph: Any) -> list[str]:
    """The paragraph's text, also what is inserted with tracked changes, in links and in content controls; a line break makes a new line."""
    parts = []
    for element in paragraph.iter():
        if element.tag == f"{W}t":
            piece = element.text or ""
        elif element.tag in _MARKS and element.getparent().tag == f"{W}r":
            piece = _MARKS[element.tag]
        else:
            continue
        if _is_own(element, paragraph):
            parts.append(piece)
    return [tidy(line) for line in "".join(parts).split("\n")]


def pieces(paragraph: Any, name: str) -> list[Any]:
    """The paragraph's own elements of a kind, without the copies that Word keeps for older programs."""
    return [element for element in paragraph.iter(f"{W}{name}") if _is_own(element, paragraph)]


def has(element: Any, *names: str) -> bool:
    return any(next(element.iter(f"{W}{name}"), None) is not None for name in names)


class Styles:
    """The styles of a document, with those that each is based on."""

    def __init__(self, document: Any) -> None:
        self._known = {style.get(f"{W}styleId"): style for style in document.styles.element.iter(f"{W}style")}

    def of(self, paragraph: Any) -> list[Any]:
        """The paragraph's style, the one that it is based on, and so on."""
        reference = paragraph.find(f"{W}pPr/{W}pStyle")
        found: list[Any] = []
        while reference is not None and len(found) < _MAX_STYLES:
            style = self._known.get(reference.get(f"{W}val"))
            if style is None:
                break
            found.append(style)
            reference = style.find(f"{W}basedOn")
        return found

    def level(self, paragraph: Any) -> int:
        """The level of a heading, by an outline or by a style that is named for it; 0: none."""
        for element in (paragraph, *self.of(paragraph)):
            outline = element.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                return _level(outline.get(f"{W}val"))
            name = element.find(f"{W}name")
            if name is not None and (level := _named(name.get(f"{W}val") or "")):
                return level
        return 0


def _named(name: str) -> int:
    word, _space, number = name.lower().partition(" ")
    if word in {"title", "rubrik", "titel"} and not number:
        return 1
    return int(number) if word in {"heading", "rubrik"} and number.isdigit() and 0 < int(number) < 10 else 0


def _level(written: str | None) -> int:
    """Word counts from 0, and 9 is body text."""
    return int(written) + 1 if written and written.isdigit() and int(written) < 9 else 0


def _is_own(element: Any, paragraph: Any) -> bool:
    """Does it stand in this paragraph and not in a text box inside it, a copy or a deletion?"""
    for above in element.iterancestors():
        if above is paragraph:
            return True
        if above.tag in _NOT_HERE:
            return False
    return False
