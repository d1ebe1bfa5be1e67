"""What the documents point at exists: pictures, files, and the pictures that the tour makes."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, committed_files, tree

PICTURES = ROOT / "docs" / "bilder"
DOCUMENTS = sorted(path for path in committed_files() if path.suffix == ".md")
TOUR = ROOT / "tests" / "browser"
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """The anchors of a document's headings, as code hosts make them."""
    plain = (re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in _HEADING.findall(text))
    return set(plain)


def broken_links(path: Path) -> list[str]:
    """Relative links that lead to no file or no heading. Code blocks are left out."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = []
    for target in (match["target"] for match in _LINK.finditer(text)):
        name, _hash, anchor = target.partition("#")
        if "://" in target or name.startswith("mailto:"):
            continue
        file = (path.parent / name).resolve() if name else path
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            found.append(target)
    return found


def shown_pictures() -> dict[str, list[str]]:
    """The file names of pictures in docs/bilder that documents show, with the texts that stand for them."""
    found: dict[str, list[str]] = {}
    for path in DOCUMENTS:
        for match in _IMAGE.finditer(path.read_text(encoding="utf-8")):
            file = (path.parent / match["target"]).resolve()
            assert file.is_relative_to(PICTURES), f"{path.name}: {match['target']} is not made by the tour"
            found.setdefault(file.name, []).append(match["alt"])
    return found


def made_pictures() -> set[str]:
    """The file names that the browser tests make: the second argument of `picture`."""
    calls = (node for path in sorted(TOUR.rglob("test_*.py")) for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return {f"{ast.literal_eval(call.args[1])}.png" for call in calls if isinstance(call.func, ast.Name) and call.func.id == "picture"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    assert broken_links(path) == []


def test_every_picture_is_made_by_the_tour_and_shown_and_there() -> None:
    stored = {path.name for path in PICTURES.iterdir()}
    assert stored == made_pictures() == set(shown_pictures())


def test_every_picture_has_a_text_for_those_who_do_not_see_it() -> None:
    assert [name for name, texts in shown_pictures().items() if not all(texts)] == []


def test_every_chapter_of_the_manual_is_in_its_contents() -> None:
    manual = ROOT / "docs" / "handbok"
    contents = (manual / "README.md").read_text(encoding="utf-8")
    listed = {match["target"] for match in _LINK.finditer(contents)}
    assert listed == {path.name for path in manual.glob("*.md")} - {"README.md"}


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A heading: with words\n[a](#a-heading-with-words) [b](#no) [c](gone.md) [d](page.md) [e](https://example.org)\n")
    assert broken_links(page) == ["#no", "gone.md"]
