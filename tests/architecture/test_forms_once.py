"""What a view is sent, it does once (ADR 18): through the key of its form, or because a second time is nothing."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import PACKAGE, python_files, role, tree

# What takes the form's key: the guards of ledger.sending, `act` above them, and a service that keeps the key in what it writes.
GUARDS = {"send_once", "led_to", "act", "idempotency_key"}
SAME = "a second time changes nothing, and leads to the same page"
TOLD = "nothing is made, and a second time is told that it is done"
ONCE_ANYHOW = {
    "accounts.my_account": SAME,
    "accounts.set_language": SAME,
    "cases.register": "the form hands its key to the service",
    "cases.wording": SAME,
    "chain.read_in": SAME,
    "controls.withdraw": TOLD,
    "home.close": SAME,
    "home.close_group": SAME,
    "home.end": SAME,
    "procedures.claim": SAME,
    "procedures.draft": SAME,
    "procedures.drop_draft": SAME,
    "procedures.end_wait": SAME,
    "procedures.release": TOLD,
    "ui.set_appearance": SAME,
    "workflows.mark_notices_read": SAME,
    "workflows.move_cases": TOLD,
}
PLANTED = """
_POSTED = require_http_methods(["GET", "POST"])
@_POSTED
def make(request) -> HttpResponse:
    return _make(request)
def _make(request):
    service()
@require_POST
def keep(request) -> HttpResponse:
    return _keep(Form(request.POST))
def _keep(form):
    return led_to(form)
"""


def unguarded(module: ast.Module) -> Iterator[str]:
    """The views that take what is sent, and from which no guard is reached within the module."""
    own = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    named = {ast.unparse(node.targets[0]): ast.unparse(node.value) for node in module.body if isinstance(node, ast.Assign)}
    for name, node in own.items():
        marks = [named.get(text, text) for text in map(ast.unparse, node.decorator_list)]
        takes = any("POST" in mark or mark == "posted" for mark in marks) or "request.POST" in ast.unparse(node)
        is_view = not name.startswith("_") and node.returns is not None and "HttpResponse" in ast.unparse(node.returns)
        if is_view and takes and not _said_from(node, own) & GUARDS:
            yield name


def _said_from(start: ast.FunctionDef, own: dict[str, ast.FunctionDef]) -> set[str]:
    """The names, keywords and texts of the function, and of those in its module that it leads to."""
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        for node in ast.walk(ahead.pop()):
            said = getattr(node, "id", None) or getattr(node, "arg", None) or getattr(node, "value", None)
            if isinstance(said, str) and said not in seen:
                seen.add(said)
                ahead += [own[said]] if said in own else []
    return seen


def test_every_form_is_done_once() -> None:
    views = [path for path in python_files() if role(path) == "views"]
    found = {f"{path.relative_to(PACKAGE).parts[0]}.{name}" for path in views for name in unguarded(tree(path))}
    assert found == set(ONCE_ANYHOW)


def test_a_form_without_a_guard_is_found() -> None:
    assert list(unguarded(ast.parse(PLANTED))) == ["make"]
