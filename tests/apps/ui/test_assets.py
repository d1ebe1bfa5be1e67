import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = re.compile(r"https?://|registry\.|\.npmjs\.|\bgit\+")

IMPORT = re.compile(r"""(?:^import\b[^;"]*|@import )"([^"]+)\"""", re.MULTILINE)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The build script, working in an empty place with one asset and no Node."""
    spec = importlib.util.spec_from_file_location("build_assets", ROOT / "scripts" / "build_assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("package-lock.json", "package.json", "assets/app.js"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    places = {"ROOT": tmp_path, "ASSETS": tmp_path / "assets", "VENDOR": tmp_path / "vendor", "MODULES": tmp_path / "modules"}
    for name, path in {**places, "LOCK": tmp_path / "package-lock.json"}.items():
        monkeypatch.setattr(module, name, path)
    monkeypatch.setattr(module, "SOURCES", (tmp_path / "package-lock.json", tmp_path / "package.json"))
    return module


@pytest.fixture
def commands(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the script ran, in place of running it."""
    ran: list[str] = []

    def run(command: Path, *arguments: str) -> None:
        ran.append(Path(command).name)
        (build.MODULES if arguments[0] == "ci" else build.VENDOR).mkdir(exist_ok=True)

    monkeypatch.setattr(build, "run", run)
    return ran


def test_the_lock_file_holds_checksums_and_no_addresses() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert ADDRESS.findall(text) == []
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity")] == []


def test_packages_are_asked_for_in_exact_versions() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_what_the_assets_import_is_asked_for_by_name() -> None:
    """A package that only comes along with another may be gone with that one's next version."""
    folder = ROOT / "src" / "styrkedja" / "ui" / "assets"
    imports = [found for path in folder.iterdir() for found in IMPORT.findall(path.read_text())]
    packages = {"/".join(name.split("/")[: 2 if name.startswith("@") else 1]) for name in imports if not name.startswith(".")}
    assert {"bpmn-js", "diagram-js", "@digdir/designsystemet-css"} <= packages
    assert packages - json.loads((ROOT / "package.json").read_text())["dependencies"].keys() == set()


def test_the_first_build_installs_and_bundles(build: ModuleType, commands: list[str]) -> None:
    assert build.main() == 0
    assert commands == ["npm", "esbuild"]


def test_a_build_with_nothing_new_runs_nothing(build: ModuleType, commands: list[str]) -> None:
    build.main()
    commands.clear()
    assert build.main() == 0
    assert commands == []


def test_a_changed_asset_is_bundled_without_installing_anew(build: ModuleType, commands: list[str]) -> None:
    build.main()
    commands.clear()
    (build.ASSETS / "app.js").write_text("changed")
    assert build.main() == 0
    assert commands == ["esbuild"]


def test_a_changed_lock_file_installs_anew(build: ModuleType, commands: list[str]) -> None:
    build.main()
    commands.clear()
    build.LOCK.write_text("changed")
    assert build.main() == 0
    assert commands == ["npm", "esbuild"]


def test_a_build_that_fails_says_so_and_is_not_taken_for_done(build: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def fail(*_command: object) -> None:
        raise build.BuildError("Kommandot npm misslyckades.")

    monkeypatch.setattr(build, "run", fail)
    assert build.main() == 1
    assert capsys.readouterr().err == "Kommandot npm misslyckades.\n"
    assert not (build.VENDOR / ".stamp").exists()


def test_the_theme_is_made_from_our_own_colours() -> None:
    theme = (ROOT / "src" / "styrkedja" / "ui" / "static" / "ui" / "theme.css").read_text().lower()
    config = json.loads((ROOT / "theme.config.json").read_text())["themes"]["styrkedja"]
    assert f"--ds-color-accent-base-default: {config['colors']['main']['accent'].lower()};" in theme
    for severity, colour in config["overrides"]["severity"].items():
        assert f"--ds-color-{severity}-base-default: {colour.lower()};" in theme
