"""Reads a page as people do, and tells the words of the interface in one language from those in the other and from data."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models

from scripts.catalogue import ENGLISH, read

WORD = re.compile(r"[^\W\d_]{2,}")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>")
TOLD = ("aria-label", "title", "alt", "placeholder", "data-label", "data-over", "data-under")
LONGEST = 5_000  # a text of the database that is longer is a whole file, which no page shows


def words(text: str) -> set[str]:
    return set(WORD.findall(PLACEHOLDER.sub(" ", text).lower()))


def _words_of(texts: Iterable[Any]) -> set[str]:
    return set().union(*(words(text if isinstance(text, str) else " ".join(text)) for text in texts))


_MESSAGES = [message for message in read(ENGLISH) if message.id]
_SWEDISH = _words_of(message.id for message in _MESSAGES)
_ENGLISH = _words_of(message.string for message in _MESSAGES)
# Language → the words that the interface has in the other language only.
FOREIGN = {"en": _SWEDISH - _ENGLISH, "sv": _ENGLISH - _SWEDISH | {"required", "valid", "submit", "please", "ensure"}}


class _Shown(HTMLParser):
    """The texts between the elements, and in the attributes that people are told. What says that it is in a language of its own is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._silent:
            self._silent += [tag] if tag == self._silent[0] else []
        elif tag in {"script", "style"} or ("lang" in given and tag != "html"):
            self._silent = [tag]
        else:
            self.texts += [given[name] or "" for name in TOLD if name in given]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[0]:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def shown(page: str) -> list[str]:
    """Every text of the page, each on one line."""
    parser = _Shown()
    parser.feed(page)
    return [" ".join(text.split()) for text in parser.texts if text.strip()]


def strings(value: Any) -> Iterator[str]:
    """Every text in nested values."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        yield from strings([getattr(value, field.name) for field in dataclasses.fields(value)])
    elif hasattr(value, "items"):
        yield from strings([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from strings(one)


def in_database() -> Iterator[str]:
    """Every text that is kept, but for the words of a model's own choices."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        if model.__module__.startswith("styrkedja."):
            fields = [field.name for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]
            for row in model.objects.values_list(*fields) if fields else ():
                yield from strings(row)


def data(*others: Any) -> re.Pattern[str]:
    """Matches every text of the database and of `others`, the longest first; of a text with several lines also each of them."""
    whole = {text for text in (*in_database(), *strings(others)) if len(text) < LONGEST}
    found = {" ".join(part.split()) for text in whole for part in (text, *text.splitlines())}
    known = sorted((text for text in found if len(text) > 2), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)", re.IGNORECASE)


def left_over(page: str, language: str, known: re.Pattern[str]) -> dict[str, str]:
    """Words that a page in `language` has from the other one, each with the text it stands in. What is `known` is data."""
    return {word: text[:200] for text in shown(page) for word in words(known.sub(" ", text)) & FOREIGN[language]}
