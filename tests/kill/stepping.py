"""A process that does steps until it is killed: opens case after case on the real routine and walks each to its end."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from styrkedja.accounts.selectors import account_by_username  # noqa: E402 - Django must be ready first
from styrkedja.cli.answers import read_answers  # noqa: E402
from styrkedja.cli.driving import Driver  # noqa: E402
from styrkedja.organisations.selectors import counties  # noqa: E402
from styrkedja.workflows.selectors import published  # noqa: E402


def main(answers: Path) -> None:
    author = account_by_username("provkorning")
    assert author is not None
    definition = published(counties().get())[0]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        Driver(definition, read_answers(answers.read_bytes()), author=author, at=datetime(2026, 6, 8, 8, tzinfo=UTC), appoint=True).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
