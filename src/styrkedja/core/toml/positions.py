"""Where in a TOML file each table, key and list item stands, and which keys stand twice: what tomllib does not tell.

The scanner is tolerant: it never refuses a text, since tomllib is the judge of what is TOML.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}'  # several lines, with escapes
    r"|'''[\s\S]*?'{3,5}"  # several lines, as they stand
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\n|[\[\]{}=,.]"
    r"""|[^\s"'#\[\]{}=,.]+"""  # a bare key, number, date or truth value
    r"|#[^\n]*|[^\S\n]+|[\s\S]"
)
_SIGNIFICANT = re.compile(r"\n|[^\s#]")
_OPENING = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class Duplicate:
    """A key (or a table) that stands a second time, on `line`; the first is on `first`."""

    name: str
    line: int
    first: int


@dataclass(frozen=True)
class Positions:
    """`lines` by path: ("organisation", 2, "parents", 0) is the first item of `parents` in the third [[organisation]]."""

    lines: Mapping[Path, int]
    duplicates: tuple[Duplicate, ...]

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest table or key around it that is known; else 1."""
        return next((self.lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in self.lines), 1)


def find_positions(text: str) -> Positions:
    """Scan a whole file. Raises RecursionError if lists are nested a thousand levels deep, as tomllib does."""
    scanner = _Scanner(_tokens(text))
    scanner.scan()
    return Positions(scanner.lines, tuple(scanner.duplicates))


@dataclass(frozen=True)
class _Token:
    text: str
    line: int


def _tokens(text: str) -> list[_Token]:
    found, line = [], 1
    for match in _TOKEN.finditer(text):
        if _SIGNIFICANT.match(match[0]):
            found.append(_Token(match[0], line))
        line += match[0].count("\n")
    return [*found, _Token("\n", line)]


@dataclass
class _Scanner:
    tokens: list[_Token]
    at: int = 0
    table: Path = ()
    lines: dict[Path, int] = field(default_factory=dict)
    duplicates: list[Duplicate] = field(default_factory=list)
    counts: dict[Path, int] = field(default_factory=dict)

    def scan(self) -> None:
        while self.at < len(self.tokens):
            if self._sees("["):
                self._header()
            elif not self._sees("\n"):
                self._pair(self.table)
            self._skip_line()

    def _sees(self, text: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].text == text

    def _skip_line(self) -> None:
        while self.at < len(self.tokens) and not self._sees("\n"):
            self.at += 1
        self.at += 1

    def _header(self) -> None:
        line = self.tokens[self.at].line
        self.at += 1
        is_list = self._sees("[")
        self.at += is_list
        path = self._inside_lists(self._key())
        if is_list:
            self.counts[path] = self.counts.get(path, -1) + 1
            path = (*path, self.counts[path])
        self._note(path, line)
        self.table = path

    def _inside_lists(self, names: list[str]) -> Path:
        """The path of a header: below the last item of every list of tables on the way, but not below the last name itself."""
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            path = (*path, self.counts[path]) if path in self.counts else path
        return (*path, *names[-1:])

    def _key(self) -> list[str]:
        names = []
        while self.at < len(self.tokens) and self.tokens[self.at].text not in {"=", "]", "\n", ",", "}"}:
            if not self._sees("."):
                names.append(self.tokens[self.at].text.strip("\"'"))
            self.at += 1
        return names

    def _pair(self, table: Path) -> None:
        line = self.tokens[self.at].line
        path = (*table, *self._key())
        self._note(path, line)
        if self._sees("="):
            self.at += 1
            self._value(path)

    def _value(self, path: Path) -> None:
        """Scan a value up to the comma, bracket or line end that follows it."""
        if self.at < len(self.tokens) and self.tokens[self.at].text in _OPENING:
            self._items(path, self.tokens[self.at].text)
        while self.at < len(self.tokens) and self.tokens[self.at].text not in {",", "]", "}", "\n"}:
            self.at += 1

    def _items(self, path: Path, opening: str) -> None:
        self.at += 1
        index = 0
        while self.at < len(self.tokens) and not self._sees(_OPENING[opening]):
            if self.tokens[self.at].text in {",", "\n", "]", "}"}:
                self.at += 1
            elif opening == "{":
                self._pair(path)
            else:
                self.lines[*path, index] = self.tokens[self.at].line
                self._value((*path, index))
                index += 1
        self.at += 1

    def _note(self, path: Path, line: int) -> None:
        first = self.lines.setdefault(path, line)
        if first != line:
            self.duplicates.append(Duplicate(str(path[-1]) if path else "", line, first))
