"""Conditions on flows: a small, safe language that happens to be a part of Python's, so that it can be parsed with `ast`.

A condition compares variables with constants and joins comparisons with `and`, `or` and `not`. Nothing is ever executed: the parsed tree is
walked against a whitelist and turned into comparisons. Whatever is not in the whitelist is refused.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from styrkedja.core.process.wording import listed, quoted

MAX_LENGTH = 500
MAX_DEPTH = 10

Constant = str | int | float | bool
Variables = Mapping[str, object]
Test = Callable[[Variables], bool]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SIGNS: Mapping[type[ast.cmpop], str] = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_AMONG: Mapping[type[ast.cmpop], str] = {ast.In: "in", ast.NotIn: "not in"}
_HOLDS: Mapping[type[ast.cmpop], str] = {ast.In: "holds", ast.NotIn: "lacks"}
_ORDERED: Mapping[str, Callable[[Any, Any], bool]] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


class ConditionFault(ValueError):
    """A condition that cannot be used; the message is Swedish."""


class UnsafeCondition(ConditionFault):
    """The text is not a condition of the language."""


class UnknownVariable(ConditionFault):
    """A variable has no value yet. Never read as false: that would silently take the default way."""


class WrongType(ConditionFault):
    """A variable has a value that cannot be compared in this way."""


@dataclass(frozen=True)
class Comparison:
    """`variable operator values`. `operator` is one of == != < <= > >= with one value, in / not in with the values of a list, or
    holds / lacks for `'value' in variable` and `'value' not in variable`. A variable that stands alone is `variable == True`."""

    variable: str
    operator: str
    values: tuple[Constant, ...]

    def evaluate(self, variables: Variables) -> bool:
        """Raises `WrongType` when the value of the variable has no order to the constant, or is no list where one is searched."""
        value = variables[self.variable]
        if self.operator in ("==", "in"):
            return any(_same(value, constant) for constant in self.values)
        if self.operator in ("!=", "not in"):
            return not any(_same(value, constant) for constant in self.values)
        if self.operator in _ORDERED:
            return _ORDERED[self.operator](*self._comparable(value, self.values[0]))
        if not isinstance(value, list | tuple):
            raise WrongType(f"Variabeln {quoted(self.variable)} är ingen lista.")
        held = any(_same(item, self.values[0]) for item in value)
        return held if self.operator == "holds" else not held

    def _comparable(self, value: object, constant: Constant) -> tuple[object, object]:
        numbers = all(isinstance(side, int | float) and not isinstance(side, bool) for side in (value, constant))
        if numbers or (isinstance(value, str) and isinstance(constant, str)):
            return value, constant
        raise WrongType(
            f"Variabeln {quoted(self.variable)} har värdet {quoted(str(value))}, som inte kan jämföras med {quoted(str(constant))}."
        )


def _same(value: object, constant: Constant) -> bool:
    """Equality without Python's True == 1."""
    return value == constant and isinstance(value, bool) == isinstance(constant, bool)


@dataclass(frozen=True)
class Condition:
    """A condition that may be evaluated. `names` are the variables that it reads, `comparisons` what it asks of them, in reading order."""

    text: str
    names: frozenset[str]
    comparisons: tuple[Comparison, ...]
    _test: Test = field(repr=False, compare=False)

    def evaluate(self, variables: Variables) -> bool:
        """Raises `UnknownVariable` if any variable is missing, whether or not its value would matter, and `WrongType`."""
        if missing := sorted(self.names - variables.keys()):
            raise UnknownVariable(f"Villkoret {quoted(self.text)} läser {listed(missing)}, som inte har något värde ännu.")
        return self._test(variables)


@lru_cache(maxsize=4096)
def compile_condition(text: str) -> Condition:
    """Raises `UnsafeCondition`, which says in Swedish what is not allowed."""
    line = re.sub(r"\s*\n\s*", " ", text.strip())
    comparisons: list[Comparison] = []
    test = _compile(_parse(line), comparisons, MAX_DEPTH)
    return Condition(line, frozenset(comparison.variable for comparison in comparisons), tuple(comparisons), test)


def _parse(line: str) -> ast.expr:
    if not line:
        raise UnsafeCondition("Villkoret är tomt.")
    if len(line) > MAX_LENGTH:
        raise UnsafeCondition(f"Villkoret är {len(line)} tecken långt. Det får vara högst {MAX_LENGTH}.")
    # Without them no string can hold an escape, no line can go on, and nothing is a comment that another tool would read as text.
    if found := next((sign for sign in "\\#\0" if sign in line), None):
        raise UnsafeCondition(f"Tecknet {quoted(found)} får inte stå i ett villkor.")
    try:
        return ast.parse(line, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnsafeCondition(f"Villkoret {quoted(line)} går inte att tolka. Skriv till exempel: variabel == 'värde'.") from error


def _compile(node: ast.expr, found: list[Comparison], levels: int) -> Test:
    """The test that `node` stands for; its comparisons are added to `found`."""
    if levels == 0:
        raise UnsafeCondition(f"Villkoret är nästlat i fler än {MAX_DEPTH} nivåer. Dela upp det i flera vägval.")
    match node:
        case ast.BoolOp():
            parts = [_compile(part, found, levels - 1) for part in node.values]
            return _joined(all if isinstance(node.op, ast.And) else any, parts)
        case ast.UnaryOp(op=ast.Not()):
            part = _compile(node.operand, found, levels - 1)
            return lambda variables: not part(variables)
        case ast.Compare():
            comparison = _comparison(node)
        case ast.Name():
            comparison = Comparison(_variable(node), "==", (True,))
        case _:
            raise _refused(node)
    found.append(comparison)
    return comparison.evaluate


def _joined(join: Callable[[Iterable[bool]], bool], parts: Sequence[Test]) -> Test:
    return lambda variables: join(part(variables) for part in parts)


def _comparison(node: ast.Compare) -> Comparison:
    if len(node.ops) != 1:
        raise UnsafeCondition("Jämförelser får inte kedjas. Skriv två jämförelser med and emellan.")
    kind, left, right = type(node.ops[0]), node.left, node.comparators[0]
    if kind in _HOLDS and isinstance(right, ast.Name):
        return Comparison(_variable(right), _HOLDS[kind], (_constant(left),))
    if not isinstance(left, ast.Name):
        _constant(left)
        raise UnsafeCondition("En jämförelse ska börja med variabeln: variabel == 'värde'.")
    if kind in _AMONG and isinstance(right, ast.List):
        return Comparison(_variable(left), _AMONG[kind], tuple(_constant(item) for item in right.elts))
    if kind in _AMONG:
        raise UnsafeCondition("Efter in ska en lista eller en variabel stå: variabel in ['a', 'b'].")
    if kind in _SIGNS:
        return Comparison(_variable(left), _SIGNS[kind], (_constant(right),))
    raise UnsafeCondition("Jämför med ==, !=, <, <=, >, >=, in eller not in.")


def _variable(node: ast.Name) -> str:
    if not _NAME.fullmatch(node.id):
        raise UnsafeCondition(f"{quoted(node.id)} är inget variabelnamn. Namn har små bokstäver a–z, siffror och understreck.")
    return node.id


def _constant(node: ast.expr) -> Constant:
    match node:
        case ast.Constant(value=str() | int() | float() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if not isinstance(value, bool):
            return -value
        case ast.Name():
            raise UnsafeCondition(
                f"{quoted(node.id)} är en variabel. En variabel jämförs med ett värde: en text i citattecken, ett tal, True eller False."
            )
        case _:
            raise _refused(node)


def _refused(node: ast.expr) -> UnsafeCondition:
    return UnsafeCondition(f"{_WORDS.get(type(node), 'Det som står här')} får inte användas i ett villkor: {quoted(ast.unparse(node))}.")


_WORDS: Mapping[type[ast.expr], str] = {
    ast.Attribute: "En punkt efter ett namn",
    ast.Await: "await",
    ast.BinOp: "Räkning",
    ast.Call: "Anrop",
    ast.Constant: "Ett ensamt värde",
    ast.Dict: "En ordlista",
    ast.IfExp: "if",
    ast.JoinedStr: "En sammansatt text",
    ast.Lambda: "lambda",
    ast.List: "En lista på den här platsen",
    ast.ListComp: "En slinga",
    ast.NamedExpr: "Tilldelning",
    ast.Subscript: "Hakparentes efter ett namn",
    ast.Tuple: "Värden med komma emellan",
}
