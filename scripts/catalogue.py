"""Keeps the catalogues of texts. Swedish is the source (docs/adr/0006), so the English one is compared with the code; needs no GNU gettext.

python scripts/catalogue.py update     adds new texts to the English catalogue, untranslated, and takes away those that are gone
python scripts/catalogue.py check      says what is not as it should be, and ends with 1
python scripts/catalogue.py compile    writes the .mo that the program reads, beside every .po
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "styrkedja"
LOCALE = PACKAGE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
HEADER = """\
# {about}
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
ABOUT_ENGLISH = "Every text of the interface in English. scripts/catalogue.py keeps the list; write only what stands after msgstr."

# What a call's literal arguments are, in order: "id", "plural" or "context".
GETTEXT = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "npgettext_lazy": ("context", "id", "plural"),
}
# The core knows no gettext: its sentences are translated where they are shown (ui.wording.sentence_text).
CORE = {"Sentence": ("id",)}
POLICIES = CORE | {"Refused": ("id",), "Forbidden": ("id",)}
Keywords = Mapping[str, Sequence[str]]

_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(\w+)\(((?:\s*{_LITERAL}\s*,?)+)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


# What the code says


def in_python(source: str, keywords: Keywords = GETTEXT) -> Iterator[Message]:
    """The messages of a module: calls of `keywords` whose arguments are literals."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield from _message(name, [item.value for item in node.args if isinstance(item, ast.Constant)], keywords)


def in_template(source: str) -> Iterator[Message]:
    """The messages of a template: its tags, and `_("…")` in other tags."""
    from django.utils.translation.template import templatize

    for name, arguments in _CALL.findall(templatize(source)):
        yield from _message(name, ast.literal_eval(f"({arguments.rstrip(', ')},)"), GETTEXT)


def _message(name: str, arguments: Sequence[object], keywords: Keywords) -> Iterator[Message]:
    parts = dict(zip(keywords.get(name, ()), arguments, strict=False))
    if isinstance(parts.get("id"), str) and len(parts) == len(keywords[name]):
        singular, plural, context = (parts.get(part) for part in ("id", "plural", "context"))
        yield Message((singular, plural) if plural else singular, context=context)


def _keywords(path: Path) -> Keywords:
    if "core" not in path.relative_to(PACKAGE).parts[:1]:
        return GETTEXT
    return POLICIES if path.parent.name == "policies" else CORE


def sources() -> Iterator[tuple[Path, Iterator[Message]]]:
    """Every file that may hold texts, with its messages. Migrations only repeat what the models say."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, in_python(path.read_text(encoding="utf-8"), _keywords(path))
    for path in sorted(PACKAGE.glob("*/templates/**/*.*")):
        yield path, in_template(path.read_text(encoding="utf-8"))


def extracted() -> Catalog:
    """Every message of the program with the files where it stands, untranslated."""
    found = Catalog(locale="en", charset="utf-8")
    for path, messages in sources():
        for message in messages:
            found.add(message.id, context=message.context, locations=[(path.relative_to(ROOT).as_posix(), 1)])
    return found


# What the catalogues say


def read(path: Path) -> Catalog:
    """A .po; raises PoFileError where it cannot be read."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3], charset="utf-8", abort_invalid=True)
    # Else the time of reading, and what is compiled would never be the same twice.
    catalogue.creation_date = catalogue.revision_date = datetime.fromtimestamp(0, UTC)
    return catalogue


def updated(found: Catalog, kept: Catalog) -> Catalog:
    """`found` with the translations of `kept`; a text that has become singular or plural must be translated again."""
    for message in found:
        earlier = kept.get(message.id, message.context) if message.id else None
        if earlier is not None and earlier.id == message.id:
            message.string = earlier.string
    return found


def written(catalogue: Catalog, about: str = ABOUT_ENGLISH) -> str:
    """The .po, sorted by text and without line numbers, so that a change shows as what it is."""
    body = BytesIO()
    write_po(body, catalogue, width=140, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return HEADER.format(about=about, language=catalogue.locale) + body.getvalue().decode("utf-8").lstrip()


def faults(found: Catalog, kept: Catalog) -> list[str]:
    """What is not as it should be: not translated, gone from the code, or with other placeholders."""
    gone = [message for message in kept if message.id and found.get(message.id, message.context) is None]
    lacking = [fault for message in found if message.id for fault in _faults_of(message, kept)]
    return lacking + [f"gone from the code: {_text(message)}" for message in gone]


def _faults_of(message: Message, kept: Catalog) -> Iterator[str]:
    translation = kept.get(message.id, message.context)
    said = _forms(translation.string) if translation is not None and translation.id == message.id else []
    if not said or not all(form.strip() for form in said):
        yield f"not translated: {_text(message)}"
    elif len(said) != len(_forms(message.id)) or any(map(_differ, _forms(message.id), said)):
        yield f"other placeholders: {_text(message)}"


def _forms(given: str | Iterable[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _text(message: Message) -> str:
    return _forms(message.id)[0]


def _differ(one: str, other: str) -> bool:
    return sorted(set(_PLACEHOLDER.findall(one))) != sorted(set(_PLACEHOLDER.findall(other)))


def compiled(path: Path) -> bytes:
    """The .mo of a .po."""
    body = BytesIO()
    write_mo(body, read(path))
    return body.getvalue()


# Commands


def update() -> int:
    ENGLISH.write_text(written(updated(extracted(), read(ENGLISH))), encoding="utf-8")
    return 0


def check() -> int:
    found = faults(extracted(), read(ENGLISH))
    sys.stdout.writelines(f"{ENGLISH.relative_to(ROOT)}: {fault}\n" for fault in found)
    return 1 if found else 0


def compile_all() -> int:
    for path in sorted(LOCALE.rglob("*.po")):
        path.with_suffix(".mo").write_bytes(compiled(path))
    return 0


if __name__ == "__main__":
    commands = {"update": update, "check": check, "compile": compile_all}
    if sys.argv[1:2] == [] or sys.argv[1] not in commands:
        raise SystemExit(__doc__)
    raise SystemExit(commands[sys.argv[1]]())
