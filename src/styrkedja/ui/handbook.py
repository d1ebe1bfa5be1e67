"""The manual: the chapters of docs/handbok as pages of the program. It is Swedish in every language of the interface."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_CHAPTER = re.compile(r"\d\d-[a-z0-9-]+")
_PICTURE = re.compile(r"[a-z0-9-]+\.png")
_FRONT = "README"
_SIZES = {"h2": "xs", "h3": "2xs", "h4": "2xs"}


@dataclass(frozen=True)
class Chapter:
    """`html` is what stands below the heading `title`."""

    title: str
    url: str
    html: SafeString


@dataclass(frozen=True)
class Opened:
    """A chapter with its neighbours, which the first and the last have on one side only."""

    chapter: Chapter
    before: Chapter | None
    after: Chapter | None


def front() -> Chapter | None:
    """What the manual begins with, its contents; None where the program stands without its documents."""
    return _of(_folder() / f"{_FRONT}.md")


def opened(name: str) -> Opened | None:
    """The chapter of a file name without its ending, "03-arenden"; None if there is none."""
    names = sorted(path.stem for path in _folder().glob("*.md") if _CHAPTER.fullmatch(path.stem))
    if name not in names:
        return None
    chapters = [_of(_folder() / f"{one}.md") for one in names]
    place = names.index(name)
    chapter = chapters[place]
    after = chapters[place + 1] if place + 1 < len(chapters) else None
    return Opened(chapter, chapters[place - 1] if place else None, after) if chapter else None


def picture(name: str) -> Path | None:
    path: Path = settings.DOCS / "bilder" / name
    return path if _PICTURE.fullmatch(name) and path.is_file() else None


def _folder() -> Path:
    folder: Path = settings.DOCS / "handbok"
    return folder


def _of(path: Path) -> Chapter | None:
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=100)
def _read(path: Path, _changed: int) -> Chapter:
    """Read once, and again when the file has changed."""
    tokens = _parser().parse(path.read_text(encoding="utf-8"))
    title = tokens[1].content  # every file begins with its heading
    body = _adapted(tokens[3:])
    html = _parser().renderer.render(body, _parser().options, {})
    # Our own files, and no HTML of theirs goes through.
    return Chapter(title, _address(path.name), mark_safe(html))  # nosec


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("fence", _code)
    return parser


def _adapted(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the classes of the kit, and with addresses of the program instead of names of files."""
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following:
            token.attrs |= {"class": "ds-heading", "data-size": _SIZES.get(token.tag, "2xs"), "id": _anchor(following.content)}
        if token.children:
            token.children = _inline(token.children)
    return list(tokens)


def _inline(tokens: Sequence[Token]) -> list[Token]:
    """A link to a page for developers, which the program does not hold, becomes its text and its place in the project."""
    found: list[Token] = []
    elsewhere = ""
    for token in tokens:
        if token.type == "image":
            name = posixpath.basename(str(token.attrs["src"]))
            token.attrs |= {"src": reverse("ui:handbook_picture", args=[name]), "loading": "lazy"}
        if token.type == "link_open":
            target = str(token.attrs["href"])
            elsewhere = posixpath.normpath(f"docs/handbok/{target}") if target.startswith("../") else ""
            token.attrs = {"class": "ds-link", "href": _link(target)}
        if not (elsewhere and token.type == "link_open"):
            found += _place(elsewhere) if elsewhere and token.type == "link_close" else [token]
    return found


def _place(path: str) -> list[Token]:
    return [Token("text", "", 0, content=" ("), Token("code_inline", "code", 0, content=path), Token("text", "", 0, content=")")]


def _link(target: str) -> str:
    name, mark, anchor = target.partition("#")
    return target if not name or "://" in name or name.startswith("..") else f"{_address(name)}{mark}{anchor}"


def _address(name: str) -> str:
    stem = name.removesuffix(".md")
    return reverse("ui:handbook") if stem == _FRONT else reverse("ui:handbook_chapter", args=[stem])


def _anchor(heading: str) -> str:
    """As code hosts make them."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _table_open(_renderer: object, tokens: Sequence[Token], index: int, _options: Any, _environment: Any) -> str:
    heads = [token.content for token in tokens[index : index + 20] if token.type == "inline"][:2]
    label = " – ".join(head for head in heads if head)
    return format_html('<div class="ui-table-region" role="region" aria-label="{}" tabindex="0"><table class="ds-table ui-table">', label)


def _table_close(_renderer: object, _tokens: Sequence[Token], _index: int, _options: Any, _environment: Any) -> str:
    return "</table></div>\n"


def _code(_renderer: object, tokens: Sequence[Token], index: int, _options: Any, _environment: Any) -> str:
    """Reached by keyboard, since it scrolls sideways where it is wider than the page."""
    return f'<pre class="ui-code" tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'
