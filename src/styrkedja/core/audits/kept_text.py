"""The text of an answer as JSON values, and back: what is kept between the day it is read and the day somebody confirms it."""

from collections.abc import Mapping, Sequence
from typing import Any

from styrkedja.core.audits.reading import Line, SourceText
from styrkedja.core.sentences import Sentence


def kept(source: SourceText) -> dict[str, Any]:
    """`source` as JSON values. Numbers follow from the order; what a line does not have is left out."""
    return {"lines": [_kept_line(line) for line in source.lines], "remarks": [_kept_remark(remark) for remark in source.remarks]}


def restored(values: Mapping[str, Any]) -> SourceText:
    """What `kept` was given. What stands inside a remark has become text."""
    lines: Sequence[Mapping[str, Any]] = values["lines"]
    remarks = tuple(Sentence.again(pattern, given) for pattern, given in values["remarks"])
    return SourceText(tuple(_line(number, line) for number, line in enumerate(lines, 1)), remarks)


def _kept_line(line: Line) -> dict[str, Any]:
    said = {
        "text": line.text,
        "page": line.page if line.page != 1 else None,
        "heading": line.heading,
        "whole": line.whole,
        "cells": list(line.cells),
        "picture": line.picture,
    }
    return {name: value for name, value in said.items() if value or name == "text"}


def _line(number: int, values: Mapping[str, Any]) -> Line:
    return Line(number, **{**values, "cells": tuple(values.get("cells", ()))})


def _kept_remark(remark: Sentence) -> list[Any]:
    return [remark.pattern, {name: str(value) for name, value in remark.values.items()}]
