"""Runs every test: groups side by side, as many as there are cores, each with a database of its own; prints each group when it is done.

python scripts/run_tests.py [GROUP …]
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The longest first, so that no core stands idle at the end.
GROUPS = {
    "journeys": ["tests/browser/journeys"],
    "pages": ["tests/browser/pages"],
    "apps": ["tests/apps"],
    "routines": ["tests/routines", "tests/cli"],
    "core": ["tests/core", "tests/architecture"],
    "kill": ["tests/kill"],
}
NOTHING_COLLECTED = 5


def run(group: str, extra: list[str], template: str) -> tuple[str, int, str, float]:
    """One group in a process of its own: its name, exit code, output and seconds."""
    folders = [folder for folder in GROUPS[group] if (ROOT / folder).is_dir()]
    if not folders:
        return group, 0, "", 0.0
    environment = {**os.environ, "TEST_DATABASE_NAME": f"test_styrkedja_{group}_{os.getpid()}", "TEST_DATABASE_TEMPLATE": template}
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "--durations=5", *folders, *extra]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return group, done.returncode, done.stdout, time.monotonic() - started


@contextmanager
def template_database() -> Iterator[str]:
    """A migrated database that each group copies: starts the embedded server, and migrates, once instead of in every group. Answers its name."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styrkedja.config.settings")
    name = os.environ["TEST_DATABASE_NAME"] = f"test_styrkedja_template_{os.getpid()}"
    import django

    django.setup()
    from django.db import connection

    product = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    try:
        yield name
    finally:
        connection.creation.destroy_test_db(product, verbosity=0)


def main() -> int:
    asked = [name for name in sys.argv[1:] if name in GROUPS] or list(GROUPS)
    extra = [argument for argument in sys.argv[1:] if argument not in GROUPS]
    failed: list[str] = []
    with template_database() as template, ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for future in as_completed([pool.submit(run, group, extra, template) for group in asked]):
            group, code, output, seconds = future.result()
            sys.stdout.write(f"\n===== {group} ({seconds:.0f} s) =====\n{output}")
            sys.stdout.flush()
            if code not in {0, NOTHING_COLLECTED}:
                failed.append(group)
    if failed:
        sys.stdout.write(f"\nFel i: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
