"""`styrkedja audit …`: the auditors' recommendations and the answers."""

import json
from pathlib import Path

import click

from styrkedja.cli.main import django_ready, fail


@click.group()
def audit() -> None:
    """Revision: läs svar till revisorerna."""


@audit.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON; se docs/audit-reading.md.")
def read_command(file: Path, as_json: bool) -> None:
    """Läser ett svar till revisorerna (txt, docx eller pdf med text) och visar vad som hittades och var. Ingenting lagras."""
    django_ready(database=False)
    from styrkedja.audits.documents import DocumentRefused, Limits, read_document
    from styrkedja.cli.audit_texts import told
    from styrkedja.core.audits.reading import read_answer
    from styrkedja.core.audits.reading.plain import as_plain

    limits = Limits.from_settings()
    try:
        reading = read_answer(read_document(_content(file, limits.max_bytes), file.name, limits))
    except DocumentRefused as refused:
        fail(f"{file}: {refused.reason}")
    click.echo(json.dumps(as_plain(reading), ensure_ascii=False, indent=2) if as_json else "\n".join(told(reading)))


def _content(file: Path, max_bytes: int) -> bytes:
    """The file, but never more than one byte beyond the limit: the reader then refuses it for its size."""
    try:
        with file.open("rb") as opened:
            return opened.read(max_bytes + 1)
    except FileNotFoundError:
        fail(f"{file}: filen finns inte.")
    except IsADirectoryError:
        fail(f"{file} är en mapp. Ange en fil.")
    except OSError as error:
        fail(f"{file}: filen kan inte öppnas ({error.strerror}).")
