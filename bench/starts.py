"""`styrkedja run` from nothing and again, against what nothing of ours can do without: the database server and Django with its applications."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.report import Report
from styrkedja.config import embedded
from tests.factories.ports import free_port

FIRST_SECONDS, LATER_SECONDS = 120, 5
RUNS = 3
READY = "Styrkedja körs på"
PROGRAM = Path(sys.executable).with_name("styrkedja")
BARE = "import django; django.setup()"


def measure(report: Report, *, scale: float) -> None:
    """Each start until the address is printed, with a database server of its own. `scale` changes nothing: there is one demonstration."""
    report.title("Starts: the first with both counties and their demonstrations, and later ones")
    with _folder() as var:
        first = _start(var)
        later = median(_start(var) for _run in range(RUNS))
        bare = median(_bare(var) for _run in range(RUNS))
    report.demand("first start", first, FIRST_SECONDS, unit=" s")
    report.line("reference: start the database server, set up Django", f"{bare:.2f} s")
    report.demand(f"later start, {later / bare:.1f} times the reference", later, LATER_SECONDS, unit=" s")


@contextmanager
def _folder() -> Iterator[Path]:
    """With a short name: the path of a database's socket must be short."""
    folder = Path(tempfile.mkdtemp(prefix="styrkedja-"))
    try:
        yield folder
    finally:
        embedded.stop(folder / "postgres")
        shutil.rmtree(folder)


def _environment(var: Path) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return known | {"STYRKEDJA_VAR": str(var), "PORT": str(free_port()), "DEMO_FIGURES": "no"}


def _start(var: Path) -> float:
    output = var / "output"
    started = time.perf_counter()
    with output.open("wb") as said:
        process = subprocess.Popen([PROGRAM, "run"], env=_environment(var), stdout=said, stderr=subprocess.STDOUT)
    try:
        while READY not in (text := output.read_text(encoding="utf-8")):
            if process.poll() is not None:
                raise RuntimeError(text)
            time.sleep(0.02)
        return time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _bare(var: Path) -> float:
    started = time.perf_counter()
    address = embedded.ensure_database(var / "postgres")
    settings = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "styrkedja.config.settings"}
    subprocess.run([sys.executable, "-c", BARE], env=_environment(var) | settings, check=True)
    seconds = time.perf_counter() - started
    embedded.stop(var / "postgres")
    return seconds
