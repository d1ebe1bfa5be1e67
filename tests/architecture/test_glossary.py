"""Law 8: every model, enum member and step kind has an entry in GLOSSARY.md, under the Swedish name that it is shown by."""

import enum
import importlib
import inspect
import pkgutil
import re

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

import styrkedja
from styrkedja.procedures.kinds.base import StepKind
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from tests.architecture.sources import ROOT

MODELS = sorted((model for model in apps.get_models() if model.__module__.startswith("styrkedja.")), key=lambda model: model.__name__)
SKIPPED = re.compile(r"styrkedja\.config|\.migrations\b")


def entries(text: str) -> dict[str, list[str]]:
    """The Swedish words (first column, small letters) of each identifier (second column) in the tables of a glossary."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        for identifier in re.findall(r"`([^`]+)`", cells[1]) if len(cells) > 1 else ():
            found.setdefault(identifier, []).append(cells[0].lower())
    return found


ENTRIES = entries((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))


def enums() -> list[type[enum.Enum]]:
    """Every enum of the project."""
    names = (found.name for found in pkgutil.walk_packages(styrkedja.__path__, "styrkedja."))
    modules = [importlib.import_module(name) for name in names if not SKIPPED.search(name)]
    found = {item for module in modules for item in vars(module).values() if inspect.isclass(item) and issubclass(item, enum.Enum)}
    return sorted((item for item in found if item.__module__.startswith("styrkedja.")), key=lambda item: item.__qualname__)


def members() -> list[enum.Enum]:
    return [member for kind in enums() for member in kind]


def label(member: enum.Enum) -> str:
    """The Swedish word that a member is shown by, where a model's choices say so; else ""."""
    fields = (field for model in MODELS for field in model._meta.fields if field.choices)
    shown = (
        dict(field.flatchoices) for field in fields if {value for value, _name in field.flatchoices} == {one.value for one in type(member)}
    )
    return str(next(shown, {}).get(member.value, ""))


def fault(identifier: str, swedish: str) -> str:
    """What is wrong with an entry; "" when it is there under its Swedish name."""
    found = ENTRIES.get(identifier)
    if found is None:
        return f"{identifier} has no entry"
    return "" if swedish.lower() in found or not swedish else f"{identifier} is shown as {swedish!r} but stands under {found}"


@pytest.fixture(autouse=True)
def _in_swedish():
    with translation.override("sv"):
        yield


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_is_in_the_glossary_under_its_swedish_name(model: type[models.Model]) -> None:
    given = model._meta.original_attrs.get("verbose_name")
    assert given, "Meta.verbose_name says what one is called in Swedish"
    assert fault(model.__name__, str(given)) == ""


@pytest.mark.parametrize("member", members(), ids=str)
def test_enum_member_is_in_the_glossary_under_its_swedish_name(member: enum.Enum) -> None:
    assert fault(f"{type(member).__name__}.{member.name}", label(member)) == ""


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_step_kind_is_in_the_glossary_under_its_swedish_name(kind: StepKind) -> None:
    assert fault(kind.name, str(kind.label)) == ""
    assert str(kind.description)


def test_the_glossary_names_no_model_or_member_that_is_gone() -> None:
    """The second part is complete, so what it lists exists."""
    _words, _heading, listed = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").partition("## What the code holds")
    real = {model.__name__ for model in MODELS} | {f"{type(member).__name__}.{member.name}" for member in members()} | set(CATALOGUE)
    assert sorted(entries(listed).keys() - real) == []


def test_a_missing_entry_and_another_name_are_seen() -> None:
    assert fault("Errand", "ärende") == "Errand has no entry"
    assert fault("Case", "errand") == "Case is shown as 'errand' but stands under ['ärende', 'ärende']"
