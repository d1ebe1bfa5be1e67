"""The codes of findings are stable, so they are documented; and what is documented is tested."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FORMAT = (ROOT / "docs" / "routine-format.md").read_text()
TABLE = FORMAT[FORMAT.index("| family | codes |") :]
TESTS = "".join(path.read_text() for path in sorted(Path(__file__).parent.glob("test_*.py")))
SOURCES = "".join(path.read_text() for path in sorted((ROOT / "src" / "styrkedja" / "core" / "process").rglob("*.py")))
CODES = re.findall(r"`([a-z0-9-]+)`", TABLE)


def test_no_code_is_listed_twice() -> None:
    assert len(CODES) == len(set(CODES)) > 70


@pytest.mark.parametrize("code", CODES)
def test_documented_code_is_asserted_by_a_test(code: str) -> None:
    assert f'"{code}"' in TESTS


def test_code_that_the_sources_give_is_documented() -> None:
    given = set(re.findall(r'(?:Finding|Refused|_finding|_fault|_at)\(\s*(?:\w+, )?"([a-z0-9-]+)"', SOURCES))
    given |= set(re.findall(r'"(schema-[a-z-]*[a-z])"', SOURCES))
    assert len(given) > 50
    assert given - set(CODES) == set()
