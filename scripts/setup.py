"""Makes the project ready to run: virtual environment, packages, front end. Python's standard library only; does nothing when all is done.

python3 scripts/setup.py [--dev] [--engines]
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "stamps"
OLDEST = (3, 11)


def fail(message: str) -> None:
    sys.stderr.write(f"\n{message}\n")
    raise SystemExit(1)


def digest(*paths: Path) -> str:
    """One hash over files and folders."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return total.hexdigest()


def run(*command: str | Path) -> None:
    """Runs a command silently; its output is shown only when it fails."""
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}"}
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
        fail(f"Kommandot misslyckades: {' '.join(words)}\nRätta felet ovan och kör samma kommando igen.")


def step(name: str, stamp: str, wanted: str, *commands: tuple[str | Path, ...]) -> None:
    """Does the commands unless the stamp says that they were done for the same input."""
    kept = STAMPS / stamp
    if kept.exists() and kept.read_text() == wanted:
        return
    sys.stdout.write(f"{name} … ")
    sys.stdout.flush()
    started = time.monotonic()
    for command in commands:
        run(*command)
    STAMPS.mkdir(parents=True, exist_ok=True)
    kept.write_text(wanted)
    sys.stdout.write(f"klart ({time.monotonic() - started:.0f} s)\n")
    sys.stdout.flush()


def make_venv() -> None:
    if sys.version_info < OLDEST:
        fail(
            f"Styrkedja behöver Python {OLDEST[0]}.{OLDEST[1]} eller nyare; {sys.executable} är {sys.version.split()[0]}. Ange en annan med make PYTHON=…"
        )
    if (BIN / "python").exists():
        return
    try:
        import ensurepip  # noqa: F401 - Debian ships venv apart from python3
    except ImportError:
        fail("Python saknar modulen venv. Installera den (i Debian: apt-get install python3-venv) och kör kommandot igen.")
    try:
        run(sys.executable, "-m", "venv", VENV)
    except PermissionError:
        fail(f"Det går inte att skriva i {ROOT}. Ge användaren skrivrätt till mappen och kör kommandot igen.")


def need_java() -> None:
    """Spark runs in Java; said before half a gigabyte is fetched."""
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").is_file() if home else shutil.which("java")):
        fail(
            "Spark behöver Java 17 eller nyare, som inte finns på datorn. Installera det (i Debian: apt-get install openjdk-17-jre-headless) och kör kommandot igen."
        )


def main() -> None:
    requirements = ROOT / "requirements"
    if "--engines" in sys.argv:
        need_java()
    make_venv()
    pip: tuple[str | Path, ...] = (BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    base = [requirements / "base.txt", requirements / "assets.txt"]
    step(
        "Installerar programmets bibliotek",
        "base",
        digest(*base, ROOT / "pyproject.toml"),
        (*pip, "--require-hashes", "-r", base[0], "-r", base[1]),
        (*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."),
    )
    if "--dev" in sys.argv:
        dev = requirements / "dev.txt"
        step("Installerar testverktygen", "dev", digest(dev), (*pip, "--require-hashes", "-r", dev))
    if "--engines" in sys.argv:
        engines = requirements / "engines.txt"
        # Spark comes as source that is only copied: built with what is here, nothing is fetched that the lock does not name.
        build = ("--no-build-isolation", "--require-hashes", "-r", engines)
        step("Installerar Spark", "engines", digest(engines), (*pip, *build))
    catalogues = [ROOT / "scripts" / "catalogue.py", *sorted((ROOT / "src" / "styrkedja" / "locale").rglob("*.po"))]
    step("Bygger språken", "languages", digest(*catalogues), (BIN / "python", ROOT / "scripts" / "catalogue.py", "compile"))
    locks = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    assets = [*locks, ROOT / "scripts" / "build_assets.py", ROOT / "src" / "styrkedja" / "ui" / "assets"]
    step("Hämtar och bygger gränssnittet", "assets", digest(*assets), (BIN / "python", ROOT / "scripts" / "build_assets.py"))


if __name__ == "__main__":
    main()
