"""The laws of the house, kept by machine. Each law is a function over sources, and each has been seen to bite on a planted fault."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.sources import APPS, PACKAGE, ROOT, committed_files, functions, python_files, role, tree

MAX_FILE = 300
MAX_FUNCTION = 40
# Files and functions over the limits, each with its reason. The list only shrinks.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
WRITES = {"create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create", "save"}
READERS = {"views", "api", "urls", "presenters", "templatetags"}


def long_files(files: Iterable[Path]) -> list[str]:
    counted = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in files)
    return [f"{path.name}: {count} lines" for path, count in counted if count > MAX_FILE and path.name not in LONG_FILES]


def long_functions(files: Iterable[Path]) -> list[str]:
    spans = ((path, item, (item.end_lineno or 0) - item.lineno + 1) for path in files for item in functions(tree(path)))
    return [
        f"{path.name}:{item.name} {span} lines" for path, item, span in spans if span > MAX_FUNCTION and item.name not in LONG_FUNCTIONS
    ]


def objects_in_doors(path: Path) -> list[str]:
    """Law 6: a door never touches `.objects`."""
    found = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr == "objects")
    return [f"{path.name}:{node.lineno}" for node in found]


def _root_name(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def queryset_writes(path: Path) -> list[str]:
    """Law 4: a call on `Model.objects…` that writes."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            chain = ast.unparse(node.func.value)
            if ".objects" in chain and _root_name(node.func.value)[:1].isupper():
                found.append(f"{path.name}:{node.lineno}: {ast.unparse(node.func)}")
    return found


def foreign_writes(path: Path, owners: dict[str, str]) -> list[str]:
    """Law 4: a service that writes on a model of another app."""
    app = path.relative_to(PACKAGE).parts[0]
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            model = _root_name(node.func.value)
            if model in owners and owners[model] != app and ".objects" in ast.unparse(node.func.value):
                found.append(f"{path.name}:{node.lineno}: {model} belongs to {owners[model]}")
    return found


def model_owners() -> dict[str, str]:
    """The app of every model, by class name."""
    owners: dict[str, str] = {}
    for app in APPS:
        for path in python_files(PACKAGE / app):
            if role(path) == "models":
                owners |= {node.name: app for node in tree(path).body if isinstance(node, ast.ClassDef) and node.bases}
    return owners


def loose_services(path: Path) -> list[str]:
    """Law 4: a public service that takes positional arguments, has no actor first, or is not atomic."""
    found = []
    for node in tree(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        names = [argument.arg for argument in node.args.kwonlyargs]
        if "actor" not in names:
            continue
        if node.args.args or names[0] != "actor":
            found.append(f"{path.name}:{node.name}: keyword-only arguments, actor first")
    return found


def logic_in_save(path: Path) -> list[str]:
    """Law 5: a model with its own save() or delete()."""
    classes = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))
    return [
        f"{path.name}:{item.name}.{method.name}"
        for item in classes
        for method in item.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete"}
    ]


def clock_readers(path: Path) -> list[str]:
    """Law 2: somebody else than ui.clock reads the clock."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"timezone.now", "datetime.now", "datetime.utcnow", "date.today", "time.time", "datetime.today"}:
                found.append(f"{path.name}:{node.lineno}: {called}")
    return found


def test_files_are_at_most_300_lines() -> None:
    assert long_files(python_files()) == []


def test_functions_are_at_most_40_lines() -> None:
    assert long_functions(python_files()) == []


def test_doors_call_selectors_and_never_touch_objects() -> None:
    doors = [path for path in python_files() if role(path) in READERS]
    assert doors
    assert [line for path in doors for line in objects_in_doors(path)] == []


def test_only_services_write() -> None:
    others = [path for path in python_files() if role(path) not in {"services", "models", "migrations"}]
    assert [line for path in others for line in queryset_writes(path)] == []


def test_a_service_writes_on_the_models_of_its_own_app() -> None:
    owners = model_owners()
    assert owners["Case"] == "cases"
    services = [path for path in python_files() if role(path) == "services"]
    assert [line for path in services for line in foreign_writes(path, owners)] == []


def test_services_take_keywords_and_the_actor_first() -> None:
    services = [path for path in python_files() if role(path) == "services"]
    assert [line for path in services for line in loose_services(path)] == []


def test_models_hold_no_logic_in_save() -> None:
    models = [path for path in python_files() if role(path) == "models"]
    assert [line for path in models for line in logic_in_save(path)] == []


def test_only_the_clock_reads_the_clock() -> None:
    others = [path for path in python_files() if path != PACKAGE / "ui" / "clock.py"]
    assert [line for path in others for line in clock_readers(path)] == []


PLANTED = {
    "long file": (long_files, "x = 1\n" * 301),
    "long function": (long_functions, "def f():\n" + "    x = 1\n" * 40),
    "objects in a view": (objects_in_doors, "def view(request):\n    return Case.objects.all()\n"),
    "write outside services": (queryset_writes, "def view(request):\n    Case.objects.filter(pk=1).update(subject='')\n"),
    "loose service": (loose_services, "def decide(case, *, actor):\n    pass\n"),
    "logic in save": (logic_in_save, "class Case(Model):\n    def save(self):\n        pass\n"),
    "clock": (clock_readers, "from django.utils import timezone\nat = timezone.now()\n"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_each_law_bites_on_a_planted_fault(fault: str, tmp_path: Path) -> None:
    law, text = PLANTED[fault]
    planted = tmp_path / "planted.py"
    planted.write_text(text)
    assert law([planted] if law in (long_files, long_functions) else planted)


def test_a_foreign_write_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = PACKAGE / "organisations" / "services" / "planted.py"
    monkeypatch.setattr("tests.architecture.test_laws.tree", lambda _path: ast.parse("def f():\n    Case.objects.create()\n"))
    assert foreign_writes(planted, {"Case": "cases"}) == ["planted.py:2: Case belongs to cases"]


# Written in pieces, so that this file does not contain what it looks for.
HOSTS = ["pypi" + ".org", "registry." + "npmjs", "files." + "pythonhosted", "index" + "-url", '"resolved"' + ":", "find" + "-links ="]
MACHINE = re.compile(r"(?:^|[\s\"'(=])/(?:work|farm|root|home/[a-z]+)/")


def test_no_committed_file_names_a_registry_or_a_path_of_a_machine() -> None:
    faults = []
    for path in committed_files():
        if path.suffix in {".png", ".woff2", ".ico", ".mo"}:
            continue
        text = path.read_text(encoding="utf-8")
        faults += [f"{path.relative_to(ROOT)}: {host}" for host in HOSTS if host in text]
        faults += [f"{path.relative_to(ROOT)}: {found[0].strip()}" for found in MACHINE.finditer(text)]
    assert faults == []


def test_every_requirement_has_its_reason() -> None:
    for name in ("base.in", "assets.in", "dev.in"):
        lines = (ROOT / "requirements" / name).read_text().splitlines()
        bare = [line for line in lines if line and not line.startswith(("#", "-c")) and "#" not in line]
        if name != "assets.in":
            assert bare == []
