"""The rules, one module each. A new rule is a module here with a `RULE`, and a table in its test."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from styrkedja.core.controls.rule import Check, Rule


def _found() -> tuple[Rule[Any], ...]:
    """The `RULE` of every module of this package, by id."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(sorted((module.RULE for module in modules if hasattr(module, "RULE")), key=lambda rule: str(rule.id)))


RULES: tuple[Rule[Any], ...] = _found()
BY_ID: dict[str, Rule[Any]] = {rule.id: rule for rule in RULES}
CHECKS: dict[str, Check[Any]] = {check.code: check for rule in RULES for check in rule.checks}
