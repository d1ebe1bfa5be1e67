"""How much room a Swedish name takes, without a font at hand.

The widths are those of Arial in thousandths of the type size, sorted into a few classes and rounded up. Lines are broken as bpmn-js breaks them,
since it is what draws the maps: it guesses from the average width of the letters how many fit, so a line may be shorter than it need be.
"""

import re

from styrkedja.core.process.layout.geometry import up_to_grid
from styrkedja.core.process.model import Node, NodeType

TEXT_SIZE = 12
LABEL_SIZE = 11
_LABEL_WIDTH = 95
_LINE_HEIGHT = 1.2
_TASK_MARGIN = 18
_TASK_LINES = 3
_TASK_WIDTHS = (120, 140, 160, 180)
_TASK_HEIGHT = 90  # three lines of text, clear of the mark in the corner and of the one at the bottom
_EVENT = (36, 36)
_GATEWAY = (50, 50)

_CLASSES = ((290, " .,:;'!|/fijlrtI()-"), (860, "mMwW%@—"), (700, "ABCDEGHKNOPQRSUVXYZÅÄÖ&"))
_WIDTH = {letter: width for width, letters in _CLASSES for letter in letters}
_OTHER = 575


def text_width(text: str, size: int) -> int:
    """Pixels, rounded up."""
    return -(-sum(_WIDTH.get(letter, _OTHER) for letter in text) * size // 1000)


def wrap(text: str, width: int, size: int) -> list[str]:
    """The lines of `text` in a box of `width` pixels. A word that is wider than the box keeps a line to itself."""
    lines: list[str] = []
    rest = text.strip()
    while rest:
        line = rest
        while (wide := text_width(line, size)) > width and (shorter := _shortened(line, len(line) * width / wide)):
            line = shorter
        if text_width(line, size) > width:
            line = re.split(r"(?<=-)|\s", line, maxsplit=1)[0]
        lines.append(line.strip())
        rest = rest[len(line) :].strip()
    return lines


def _shortened(line: str, letters: float) -> str:
    """As many words and parts of hyphenated words as have fewer than `letters` letters together; "" when not even one has."""
    kept: list[str] = []
    for part in re.split(r"(\s|-)", line):
        if sum(map(len, kept)) + len(part) >= letters:
            if part == "-":
                kept.pop()
            break
        kept.append(part)
    return "".join(kept).strip()


def label_size(text: str) -> tuple[int, int]:
    """Width and height of a name beside its shape: the narrowest box in which it has no more lines than it must."""
    count = len(wrap(text, _LABEL_WIDTH, LABEL_SIZE))
    width = max(text_width(line, LABEL_SIZE) for line in wrap(text, _LABEL_WIDTH, LABEL_SIZE))
    while len(wrap(text, width, LABEL_SIZE)) > count:
        width += 1
    return width + 4, int(count * LABEL_SIZE * _LINE_HEIGHT) + 2


def node_size(node: Node) -> tuple[int, int]:
    """Width and height of a shape. A task grows wider, then higher, until its name fits."""
    if node.type in (NodeType.EXCLUSIVE, NodeType.PARALLEL):
        return _GATEWAY
    if node.type is not NodeType.TASK:
        return _EVENT
    lines: list[str] = []
    for width in _TASK_WIDTHS:
        lines = wrap(node.name, width - _TASK_MARGIN, TEXT_SIZE)
        if len(lines) <= _TASK_LINES and all(text_width(line, TEXT_SIZE) <= width - _TASK_MARGIN for line in lines):
            return width, _TASK_HEIGHT
    extra = max(0, len(lines) - _TASK_LINES)
    return _TASK_WIDTHS[-1], up_to_grid(_TASK_HEIGHT + 2 * extra * TEXT_SIZE)


def has_outer_label(node: Node) -> bool:
    """Is the name written beside the shape, as with gateways and events?"""
    return bool(node.name) and node.type is not NodeType.TASK
