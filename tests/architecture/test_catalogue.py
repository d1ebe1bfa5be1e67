"""The catalogues of texts: Swedish in the source, English complete (docs/adr/0006)."""

import ast
import importlib.resources
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError
from django.template.base import Lexer, TokenType
from django.utils import translation

from scripts.catalogue import CORE, ENGLISH, LOCALE, compiled, extracted, faults, in_python, in_template, read, updated, written
from tests.architecture.sources import PACKAGE, ROOT, python_files, role, tree

FOUND = extracted()
# What a library says to people in plain English; ui.views.permission_denied asks the catalogue for it.
SAID_WITHOUT_GETTEXT = {"Reauthentication not available"}
SWEDISH = LOCALE / "sv" / "LC_MESSAGES" / "django.po"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
DOORS = {"views", "forms", "presenters", "selectors"}


def texts(catalogue: Catalog) -> list[str]:
    """Every form of every message."""
    given = (message.id for message in catalogue if message.id)
    return [form for one in given for form in ([one] if isinstance(one, str) else one)]


# English is complete


def test_every_text_has_its_english_and_none_is_left_of_what_is_gone() -> None:
    assert faults(FOUND, read(ENGLISH)) == [], "run make fix, then write the English after msgstr"


def without_places(catalogue: str) -> list[str]:
    return [line for line in catalogue.splitlines() if not line.startswith("#: ")]


def test_the_catalogue_is_written_as_the_script_writes_it() -> None:
    """But for the files where a text stands: a text that is used once more changes no catalogue."""
    kept = ENGLISH.read_text(encoding="utf-8")
    assert without_places(kept) == without_places(written(updated(extracted(), read(ENGLISH)))), "run make fix"


@pytest.mark.parametrize("path", sorted(LOCALE.rglob("*.po")), ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_what_the_program_reads_is_as_it_is_written(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == compiled(path), "run make setup"


def test_english_texts_hold_no_swedish_letters() -> None:
    """But in names of documents and in what one might search for."""
    names = ("Jämtland Härjedalen", "Vården i siffror")
    told = [str(message.string) for message in read(ENGLISH) if message.id]
    assert [text for text in told if re.search("[åäöÅÄÖ]", text) and not any(name in text for name in names)] == []


# Swedish is the source


def test_a_swedish_text_is_shown_as_it_is_written() -> None:
    """A text of ours that happens to be an English text of a library would be shown as the library says it."""
    with translation.override("sv"):
        assert {text: said for text in texts(FOUND) if (said := translation.gettext(text)) != text} == {}


ENGLISH_WORDS = re.compile(
    r"\b(the|and|or|of|is|are|your|submit|cancel|delete|please|save|user|case|task|step|password|error)\b", re.IGNORECASE
)


def test_no_swedish_text_is_english() -> None:
    assert [text for text in texts(FOUND) if ENGLISH_WORDS.search(re.sub(r"%\(\w+\)s|<[^>]+>", "", text))] == []


def test_what_is_better_said_than_by_the_libraries_is_said_by_them_at_all() -> None:
    """The Swedish catalogue holds nothing of ours, and nothing that no library asks for any more."""
    theirs = {message.id for path in library_catalogues() for message in read(path)}
    kept = {message.id for message in read(SWEDISH) if message.id}
    assert kept
    assert kept - theirs == SAID_WITHOUT_GETTEXT
    assert kept & set(texts(FOUND)) == set()
    assert faults(read(SWEDISH), read(SWEDISH)) == []


def library_catalogues() -> Iterator[Path]:
    for package, folders in {"django": ("conf", "contrib/auth"), "allauth": ("",)}.items():
        for folder in folders:
            yield Path(str(importlib.resources.files(package))) / folder / "locale" / "en" / "LC_MESSAGES" / "django.po"


# What lies outside the catalogue


SWEDISH_TEXT = re.compile(r"[åäöÅÄÖ]|\b(och|eller|inte|från|till|med|ett|av|som|den|det|steg|datum|beslut|organ|namn)\b", re.IGNORECASE)
ATTRIBUTE = re.compile(r'(?:title|alt|placeholder|label|aria-label|data-label|content)="([^"]*)"')
TAG = re.compile(r"<[^>]*>", re.DOTALL)


def bare_texts(source: str) -> list[str]:
    """Swedish in a template that no tag translates: between the elements, or in an attribute that people are told."""
    pieces, inside = [], False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK and re.match(r"(end)?blocktrans(late)?\b", token.contents):
            inside = not token.contents.startswith("end")
        elif token.token_type == TokenType.TEXT and not inside:
            pieces.append(token.contents)
        elif token.token_type == TokenType.BLOCK and not re.match(r"(trans(late)?|blocktrans(late)?)\b", token.contents):
            literals = re.findall(r'(?<!_\()"([^"]*)"', token.contents)
            pieces += [f"<p>{literal}</p>" for literal in literals if " " in literal or re.search("[åäöÅÄÖ]", literal)]
    shown = "\x00".join(pieces)
    told = TAG.sub("\n", shown).replace("\x00", "\n").splitlines() + ATTRIBUTE.findall(shown)
    return [text.strip() for text in told if SWEDISH_TEXT.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_template_shows_no_text_that_cannot_be_translated(path: Path) -> None:
    assert bare_texts(path.read_text(encoding="utf-8")) == []


def bare_reasons(module: ast.Module) -> list[str]:
    """Reasons of an exception that are shown as the core wrote them. What a stop says is kept in the case, in Swedish."""
    names = {
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.ExceptHandler) and node.name and "Refused" in ast.unparse(node.type or ast.Constant(None))
    }
    given = {
        id(item)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sentence_text"
        for item in node.args
    }
    reasons = (node for node in ast.walk(module) if isinstance(node, ast.Attribute) and node.attr == "reason" and id(node) not in given)
    return [f"line {node.lineno}: {ast.unparse(node)}" for node in reasons if isinstance(node.value, ast.Name) and node.value.id in names]


def test_a_refusal_is_shown_in_the_readers_language() -> None:
    doors = [path for path in python_files() if role(path) in DOORS]
    assert doors
    assert [f"{path.relative_to(ROOT)} {fault}" for path in doors for fault in bare_reasons(tree(path))] == []


def bare_sentences(module: ast.Module) -> list[str]:
    """Calls that make a sentence of something else than a literal, so that no catalogue can hold it."""
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call) and ast.unparse(node.func) in CORE)
    return [f"line {node.lineno}: {ast.unparse(node)}" for node in calls if not isinstance(node.args[0], ast.Constant)]


def test_every_sentence_of_the_core_can_be_in_the_catalogue() -> None:
    """The one that wraps a reason that is given is `Refused` itself."""
    modules = [path for path in python_files(PACKAGE / "core") if path.name != "refusal.py"]
    assert [f"{path.relative_to(ROOT)} {fault}" for path in modules for fault in bare_sentences(tree(path))] == []


# Each law bites


def catalogue(*messages: tuple[str | tuple[str, str], str | tuple[str, str]]) -> Catalog:
    made = Catalog(locale="en")
    for text, string in messages:
        made.add(text, string)
    return made


@pytest.mark.parametrize(
    ("found", "kept", "fault"),
    [
        (("Ärende", ""), ("Annat", "Other"), "not translated: Ärende"),
        (("Ärende", ""), ("Ärende", " "), "not translated: Ärende"),
        (("Steg %(step)s", ""), ("Steg %(step)s", "Step"), "other placeholders: Steg %(step)s"),
        (("%(n)s dag", ""), (("%(n)s dag", "%(n)s dagar"), ("%(n)s day", "%(n)s days")), "not translated: %(n)s dag"),
        ((("dag", "dagar"), ("", "")), (("dag", "dagar"), ("day", "")), "not translated: dag"),
        ((("en", "%(n)s"), ("", "")), (("en", "%(n)s"), ("%(n)s", "%(n)s")), "other placeholders: en"),
    ],
)
def test_a_planted_fault_in_the_catalogue_is_found(found: tuple, kept: tuple, fault: str) -> None:
    assert fault in faults(catalogue(found), catalogue(kept))


def test_a_text_that_is_gone_is_found_and_taken_away() -> None:
    kept = catalogue(("Ärende", "Case"), ("Borta", "Gone"))
    assert faults(catalogue(("Ärende", "")), kept) == ["gone from the code: Borta"]
    assert [(message.id, message.string) for message in updated(catalogue(("Ärende", "")), kept) if message.id] == [("Ärende", "Case")]


def test_a_catalogue_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "Ärende"\nmsgstr "Case"\nnonsense\n', encoding="utf-8")
    with pytest.raises(PoFileError):
        read(path)


def test_every_way_to_mark_a_text_is_found() -> None:
    module = (
        'gettext("a"); _("b" "c"); translation.gettext_lazy("d"); ngettext("e", "f", n); pgettext("g", "h"); npgettext("i", "j", "k", n)\n'
        '_(variable); gettext(f"{x}"); print("l"); ngettext("m", variable, n)'
    )
    found = [(message.id, message.context) for message in in_python(module)]
    assert found == [("a", None), ("bc", None), ("d", None), (("e", "f"), None), ("h", "g"), (("j", "k"), "i")]


def test_every_way_to_mark_a_text_in_a_template_is_found() -> None:
    template = """{% translate "a" %}{% translate 'b' as b %}{% blocktranslate trimmed with x=1 %}
      c {{ x }}
    {% endblocktranslate %}{% blocktranslate count n=n %}{{ n }} d{% plural %}{{ n }} e{% endblocktranslate %}
    {% list _("f") _('g') as h %}{{ _("i") }}{% translate "j" context "k" %}{% list "l" %}"""
    found = [(message.id, message.context) for message in in_template(template)]
    assert found == [
        ("a", None),
        ("b", None),
        ("c %(x)s", None),
        (("%(n)s d", "%(n)s e"), None),
        *((text, None) for text in "fgi"),
        ("j", "k"),
    ]


@pytest.mark.parametrize(
    "template",
    [
        "<p>Öppna</p>",
        "<p>{{ x }} av {{ y }}</p>",
        '<input aria-label="Sök ärende">',
        '{% column_list "Ärende" "Datum" as columns %}',
        '{% button_link "Till startsidan" "/" %}',
        '{% translate "Öppna" %} ärendet',
    ],
)
def test_a_planted_text_outside_the_tags_is_found(template: str) -> None:
    assert bare_texts(template)


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "Öppna" %}',
        '<p id="skrivet" class="ui-av">{% blocktranslate with x=1 %}{{ x }} av två{% endblocktranslate %}</p>',
        '{% column_list _("Ärende") as columns %}',
        '{% include "home/parts/a.html" with b=True %}',
        "{# Öppna #}",
    ],
)
def test_what_is_translated_or_not_shown_is_let_be(template: str) -> None:
    assert bare_texts(template) == []


def test_a_planted_reason_is_found() -> None:
    shown = "try:\n    act()\nexcept Refused as refused:\n    show(refused.reason)\n"
    assert bare_reasons(ast.parse(shown)) == ["line 4: refused.reason"]
    assert bare_reasons(ast.parse(shown.replace("refused.reason", "sentence_text(refused.reason)"))) == []


def test_a_planted_sentence_that_is_no_literal_is_found() -> None:
    assert bare_sentences(ast.parse('Sentence(f"Steg {number}")')) == ["line 1: Sentence(f'Steg {number}')"]
    assert bare_sentences(ast.parse('Sentence("Steg %(number)s", number=1)')) == []


def test_english_in_a_swedish_text_is_found() -> None:
    assert ENGLISH_WORDS.search("Submit the form")
    assert not ENGLISH_WORDS.search("Skicka formuläret")
