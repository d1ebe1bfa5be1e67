"""Writes the references that follow from the code: docs/step-kinds.md, docs/controls.md, docs/settings.md and docs/cli.md.

    python scripts/references.py [--check]

With --check nothing is written; the exit code is 1 if a file is not as the code says.
"""

import ast
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "styrkedja"
DOCS = ROOT / "docs"
WRITTEN_BY = "<!-- Written by scripts/references.py from the code; make fix writes it again. -->"
READERS = {"text", "number", "flag"}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table, a line each."""
    columns = list(head)
    body = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return ["".join(["|", *(f" {cell} |" if cell else " |" for cell in cells)]) for cells in (columns, ["---"] * len(columns), *body)]


def page(*lines: str) -> str:
    return "\n".join([WRITTEN_BY, *lines]).rstrip() + "\n"


# Step kinds


def step_kinds() -> str:
    """Every kind of the catalogue: what it asks for, leaves behind and writes."""
    from styrkedja.procedures.kinds.catalogue import CATALOGUE

    lines = [
        "# Step kinds",
        "",
        f"The {len(CATALOGUE)} words that `kind` of an `s:step` may be (docs/routine-format.md). Each brings the fields below; a routine adds its own with `s:field`.",
        "A field that is not required may be left empty. *Derived* values are found by the kind itself and can be kept with `s:set`, like the fields.",
    ]
    for kind in CATALOGUE.values():
        lines += ["", f"## `{kind.name}`: {kind.label}", "", str(kind.description), "", *_of_kind(kind)]
    return page(*lines)


def _of_kind(kind: Any) -> list[str]:
    rows = [row for spec in kind.fields for row in _field_rows(spec)]
    lines = table(("field", "type", "name", "required", "help"), rows) if rows else ["No fields of its own."]
    facts = []
    if kind.derived:
        facts.append(f"Derived: {_words(kind.derived)}.")
    if kind.initial:
        known = [
            _words([field]) if list(ids) == [field] else f"{_words([field])} from {_words(ids)}" for field, ids in kind.initial.items()
        ]
        facts.append(f"Filled in beforehand from an earlier step of the case: {', '.join(known)}.")
    facts.append(f"Writes: {(kind.effect.__doc__ or '').strip().splitlines()[0]}")
    return [*lines, "", *(line for fact in facts for line in (fact, ""))][:-1]


def _field_rows(spec: Any, inside: str = "") -> Iterator[list[str]]:
    """The field, and for a table its columns after it."""
    options = " / ".join(f"`{option.value}` {option.name}" for option in spec.options)
    help_text = " ".join(part for part in (str(spec.help), options) if part)
    yield [f"`{inside}{spec.id}`", spec.type.value, str(spec.name), "yes" if spec.required else "", help_text]
    for column in spec.columns:
        yield from _field_rows(column, f"{spec.id}.")


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


# Controls


def controls() -> str:
    """Every rule: the sentence that it answers to, what its checks look for, how grave it is, what clears it and what may be set."""
    from styrkedja.core.controls.rules import RULES

    checks = sum(len(rule.checks) for rule in RULES)
    lines = [
        "# Controls",
        "",
        f"The {len(RULES)} rules of the *revisionskontroll* and their {checks} checks (docs/adr/0014-controls-as-pure-rules.md). A rule is one module under `src/styrkedja/core/controls/rules`.",
        "A code of a check that begins with A is a finer check of the domain reference; A52 (offer the split of costs) is what clears A51. Severity: F *fel*, V *varning*, I *info*.",
        "Severities and thresholds are what an organisation has until it sets others. Quotations are word for word; … stands where words are left out.",
    ]
    for rule in RULES:
        lines += [
            "",
            f"## {rule.id}: {rule.title}",
            "",
            f"> {rule.quote}",
            ">",
            f"> Source {rule.source}",
            "",
            f"Severity: {rule.severity.value}. Clears: {rule.clears}",
            "",
        ]
        rows = [
            [f"`{check.code}`", check.severity.value, str(check.looks_for), str(check.clears), _quoted(rule, check)]
            for check in rule.checks
        ]
        lines += table(("check", "severity", "looks for", "clears", "own sentence"), rows)
        limits = [[f"`{one.name}`", str(one.default), str(one.metadata["says"])] for one in fields(rule.limits)]
        if limits:
            lines += ["", *table(("threshold", "default", "meaning"), limits)]
    return page(*lines)


def _quoted(rule: Any, check: Any) -> str:
    """The sentence of a check that has its own."""
    quoted = rule.quoted(check)
    return "" if quoted.quote == rule.quote else f"{quoted.source}: ”{quoted.quote}”"


# Settings


def read_names(files: Iterable[Path]) -> dict[str, set[str]]:
    """Every name that the code takes from the environment, with its default as it can be written: by text, number, flag or os.environ.get."""
    found: dict[str, set[str]] = {}
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _reads_environment(node.func) and node.args and isinstance(node.args[0], ast.Constant):
                found.setdefault(str(node.args[0].value), set()).add(_default(node))
    return found


def _reads_environment(called: ast.expr) -> bool:
    """Is it one of environment.py's readers (and no method of that name), or os.environ.get?"""
    return (isinstance(called, ast.Name) and called.id in READERS) or ast.unparse(called) == "os.environ.get"


def _default(call: ast.Call) -> str:
    """The second argument as a value that one could have set; "" when there is none or it is computed."""
    value = _value(call.args[1]) if len(call.args) > 1 else None
    return {True: "ja", False: "nej"}[value] if isinstance(value, bool) else str(value or "")


def _value(node: ast.expr) -> Any:
    """A constant, or a product of constants (25 * 1024 * 1024); None for all else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _value(node.left) * _value(node.right)
    return node.value if isinstance(node, ast.Constant) else None


def environment_names() -> dict[str, set[str]]:
    """The names in the program and its browser tests; other folders have builders of fields that are called the same as the readers."""
    folders = (PACKAGE / "config", PACKAGE / "cli", ROOT / "tests" / "browser")
    return read_names(path for folder in folders for path in sorted(folder.rglob("*.py")))


def settings() -> str:
    """Every name of the environment by section, with default and sentence."""
    from styrkedja.config.variables import SECTIONS

    used = environment_names()
    lines = [
        "# Inställningar",
        "",
        "Allt som kan ställas in läses ur miljön när programmet startar. Inget behöver sättas för att prova. En flagga är ja med `ja`, `yes`, `true`, `on` eller `1`,",
        "annars nej; en tom variabel räknas som om den inte fanns.",
    ]
    for section in SECTIONS:
        rows = [[f"`{one.name}`", _shown(one.default, used.get(one.name, set())), one.sentence] for one in section.variables]
        lines += ["", f"## {section.title}", "", *table(("Namn", "Standard", "Betydelse"), rows)]
    return page(*lines)


def _shown(described: str, defaults: set[str]) -> str:
    if described:
        return described
    return ", ".join(f"`{default}`" for default in sorted(defaults) if default) or "tomt"


# The command line


def commands() -> str:
    """Every command with its arguments and options."""
    from styrkedja.cli.main import styrkedja

    lines = [
        "# The command line",
        "",
        "`./styrkedja COMMAND` in the project's folder, or `.venv/bin/styrkedja`. Every command explains itself with `--help`; help and output are in Swedish. The exit code is 0 when all is well.",
    ]
    for path, command in _leaves(styrkedja, "styrkedja"):
        lines += ["", f"## `{path}`", "", *_of_command(path, command)]
    return page(*lines)


def _leaves(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        if below is not None and not below.hidden:
            yield from _leaves(below, f"{path} {name}")


def _of_command(path: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=path)
    usage = " ".join([path, *(piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]")])
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    lines = [" ".join((command.help or "").split()), "", "```", usage + (" [OPTIONS]" if options else ""), "```"]
    if options:
        lines += ["", *table(("option", "meaning"), ([_written(one), _meaning(one)] for one in options))]
    return lines


def _written(option: click.Option) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(click.Context(click.Command('')))}"
    return f"`{', '.join(option.opts)}{value}`"


def _meaning(option: click.Option) -> str:
    shown = f" Standard: `{option.default}`." if option.show_default else ""
    return (option.help or "") + shown + (" Måste anges." if option.required else "")


# Every file, and what says how it should read.
REFERENCES: Mapping[Path, Callable[[], str]] = {
    DOCS / "step-kinds.md": step_kinds,
    DOCS / "controls.md": controls,
    DOCS / "settings.md": settings,
    DOCS / "cli.md": commands,
}


def is_stale(path: Path, wanted: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != wanted


def main() -> int:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DATABASE_URL"] = "none"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styrkedja.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate("sv")
    stale = {path: wanted for path, write in REFERENCES.items() if is_stale(path, wanted := write())}
    for path, wanted in stale.items():
        if "--check" not in sys.argv:
            path.write_text(wanted, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
