"""The marks of lists. Word does not write them in the text: they follow from the paragraph's list, its level and what came before."""

import re
from collections import defaultdict
from typing import Any

from styrkedja.audits.documents.word_text import Styles, W

_BULLET = "• "


class Lists:
    """Counts the items of every list while the document is read from the beginning."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self._levels: dict[str, dict[str, Any]] = {}
        self._counted: dict[str, dict[int, int]] = defaultdict(dict)
        self._abstract: dict[str, str] = {}
        self._styles = styles
        numbering = _numbering(document)
        if numbering is None:
            return
        for definition in numbering.iter(f"{W}abstractNum"):
            key = definition.get(f"{W}abstractNumId")
            self._levels[key] = {level.get(f"{W}ilvl"): level for level in definition.iter(f"{W}lvl")}
        for number in numbering.iter(f"{W}num"):
            reference = number.find(f"{W}abstractNumId")
            if reference is not None:
                self._abstract[number.get(f"{W}numId")] = reference.get(f"{W}val")

    def mark(self, paragraph: Any) -> str:
        """ "• ", "1. ", "2.1 " or "a) " for an item of a list; "" for any other paragraph."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, level = place
        definition = self._levels.get(self._abstract.get(number, ""), {}).get(str(level))
        if definition is None:
            return _BULLET
        counted = self._counted[number]
        counted[level] = counted.get(level, _start(definition) - 1) + 1
        for deeper in [one for one in counted if one > level]:
            del counted[deeper]
        return self._written(number, level, definition)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level: the paragraph's own, else its style's. List 0 takes a paragraph out of the list of its style."""
        found = [one for element in (paragraph, *self._styles.of(paragraph)) if (one := element.find(f"{W}pPr/{W}numPr")) is not None]
        number = next((value for one in found if (value := _value(one, "numId"))), "0")
        level = next((value for one in found if (value := _value(one, "ilvl"))), "0")
        return (number, int(level)) if number != "0" and level.isdigit() else None

    def _written(self, number: str, level: int, definition: Any) -> str:
        if _value(definition, "numFmt") in {"bullet", "none", ""}:
            return _BULLET if _value(definition, "numFmt") != "none" else ""
        levels = self._levels[self._abstract[number]]

        def figure(match: re.Match[str]) -> str:
            shown = int(match[1]) - 1
            of = levels.get(str(shown), definition)
            return _figure(self._counted[number].get(shown, _start(of)), _value(of, "numFmt"))

        written = re.sub(r"%([1-9])", figure, _value(definition, "lvlText"))
        return f"{written} " if written else ""


def _numbering(document: Any) -> Any:
    """The root of the numbering part, None if the document has no lists."""
    return next((one.target_part.element for one in document.part.rels.values() if one.reltype.endswith("/numbering")), None)


def _figure(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letter = "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26]
        return letter if form == "lowerLetter" else letter.upper()
    return str(count)


def _start(definition: Any) -> int:
    written = _value(definition, "start")
    return int(written) if written.isdigit() else 1


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""
