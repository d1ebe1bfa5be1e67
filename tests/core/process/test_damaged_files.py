"""Whatever happens to a file on its way, the check answers with findings and never with an error of its own."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styrkedja.core.process.check import check
from tests.core.process.blocks import Block, Choice, Exit, Loop, Parallel, Pause, Sequence, Step, written
from tests.core.process.builder import KINDS
from tests.core.process.test_check import COUNTY

WHOLE: Block = Sequence((Choice((Step(), Pause())), Exit(), Loop(Parallel((Step(each=True), Step()))), Pause()))
FILE = written(WHOLE).build().decode()
ATTRIBUTE = re.compile(r'\b([\w:]+)="([^"]*)"')
ANSWERS = ["", "x", "åäö", "a b", "item", "true", "variable:x", "key:office", "0", "<", "&lt;", "eval(1)"]


def without_lines(text: str, data: st.DataObject) -> str:
    lines = text.splitlines()
    start = data.draw(st.integers(0, len(lines) - 1))
    del lines[start : start + data.draw(st.integers(1, 4))]
    return "\n".join(lines)


def with_lines_exchanged(text: str, data: st.DataObject) -> str:
    lines = text.splitlines()
    first, second = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def with_another_value(text: str, data: st.DataObject) -> str:
    found = list(ATTRIBUTE.finditer(text))
    place = data.draw(st.sampled_from(found))
    value = data.draw(st.one_of(st.sampled_from(ANSWERS), st.sampled_from(found).map(lambda match: match[2])))
    return text[: place.start(2)] + value + text[place.end(2) :]


def without_an_attribute(text: str, data: st.DataObject) -> str:
    place = data.draw(st.sampled_from(list(ATTRIBUTE.finditer(text))))
    return text[: place.start()] + text[place.end() :]


def with_another_tag(text: str, data: st.DataObject) -> str:
    found = list(re.finditer(r"<(?:bpmn|s):(\w+)", text))
    place, other = data.draw(st.sampled_from(found)), data.draw(st.sampled_from(found))
    return text[: place.start(1)] + other[1] + text[place.end(1) :]


DAMAGES = [without_lines, with_lines_exchanged, with_another_value, without_an_attribute, with_another_tag]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(st.data())
def test_damaged_file_is_told_of_with_lines_that_exist(data: st.DataObject) -> None:
    text = FILE
    for damage in data.draw(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=3)):
        if ATTRIBUTE.search(text) and "<s:" in text:
            text = damage(text, data)
    for finding in check(text.encode(), kinds=KINDS, county=COUNTY):
        assert 1 <= finding.line <= max(1, len(text.splitlines()))
        assert finding.message.endswith((".", "?"))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused(source: bytes) -> None:
    assert check(source, kinds=KINDS, county=COUNTY) != ()


def test_the_whole_file_has_no_fault() -> None:
    assert check(FILE.encode(), kinds=KINDS, county=COUNTY) == ()
