#!/usr/bin/env python3
"""Builds the front end: packages from the lock file, then style sheets, scripts and fonts into src/styrkedja/ui/static/vendor.

Does nothing (and starts no Node) when the lock file, the assets and this script are as they were at the last build.
Run it with the Python of .venv, where requirements/assets.txt has put node and npm.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "src" / "styrkedja" / "ui"
ASSETS = UI / "assets"
VENDOR = UI / "static" / "vendor"
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
# Each becomes one file of the same name in vendor/; what they import is bundled into them.
ENTRIES = ("app.css", "app.js", "map.css", "map.js")
SOURCES = (LOCK, ROOT / "package.json", Path(__file__).resolve(), UI / "static" / "ui" / "theme.css")
BROWSERS = "chrome120,firefox121,safari17"


class BuildError(Exception):
    """The build cannot go on; the message is one Swedish line that says what to do."""


def digest(paths: list[Path]) -> str:
    """Hex SHA-256 over the names and contents of `paths`."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def run(*command: str | Path) -> None:
    """Runs `command` with the environment's own node first in the path; output is shown only if it fails."""
    binaries = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}", "npm_config_loglevel": "error"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stdout + done.stderr)
        raise BuildError(f"Kommandot {Path(command[0]).name} misslyckades när gränssnittets filer skulle byggas. Läs raderna ovan.")


def install() -> None:
    """Installs the packages of the lock file, without those that only make the theme."""
    npm = Path(sys.executable).parent / "npm"
    if not npm.exists():
        raise BuildError("npm saknas i Pythonmiljön. Installera först requirements/assets.txt (make setup gör det).")
    stamp, wanted = MODULES / ".styrkedja", digest([LOCK])
    if not is_current(stamp, wanted):
        run(npm, "ci", "--omit=dev")
        stamp.write_text(wanted)


def bundle() -> None:
    """Bundles every entry into an empty vendor folder."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    run(
        MODULES / "esbuild" / "bin" / "esbuild",
        *(str(ASSETS / name) for name in ENTRIES),
        "--bundle",
        "--minify",
        "--format=iife",
        f"--target={BROWSERS}",
        "--loader:.woff2=file",
        "--asset-names=[name]",
        "--legal-comments=linked",
        f"--outdir={VENDOR}",
    )


def main() -> int:
    stamp = VENDOR / ".stamp"
    wanted = digest([*SOURCES, *(path for path in ASSETS.rglob("*") if path.is_file())])
    if is_current(stamp, wanted):
        return 0
    try:
        install()
        bundle()
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    stamp.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
