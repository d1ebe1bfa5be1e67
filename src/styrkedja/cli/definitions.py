"""Reads definitions from disk for the commands: counties, national data, routines."""

from collections.abc import Mapping
from pathlib import Path

import click

from styrkedja.core.organisations.county import County, National
from styrkedja.core.organisations.county_files import read_county, read_national, signature
from styrkedja.core.organisations.signature import CountySignature
from styrkedja.core.process.model import Finding
from styrkedja.core.toml.findings import FileFinding


class DefinitionFaults(Exception):
    """A folder of definitions has faults; `lines` are Swedish, one a fault, with file and line."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def toml_files(folder: Path) -> Mapping[str, bytes]:
    """The TOML files of a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}


def _lines(folder: Path, findings: tuple[FileFinding, ...]) -> list[str]:
    return [f"{folder / finding.file}:{finding.line}: {finding.message}" for finding in findings]


def national_data(folder: Path) -> National:
    """The national data in `folder`. Raises DefinitionFaults."""
    reading = read_national(toml_files(folder))
    if reading.national is None:
        raise DefinitionFaults(_lines(folder, reading.findings))
    return reading.national


def county_data(folder: Path, national: National) -> County:
    """The county in `folder`. Raises DefinitionFaults."""
    reading = read_county(toml_files(folder), known_bodies=national.bodies)
    if reading.county is None:
        raise DefinitionFaults(_lines(folder, reading.findings))
    return reading.county


def national_folder(county_folder: Path) -> Path:
    """Where the national data stand: beside the counties, else the project's own."""
    from django.conf import settings

    beside = county_folder.resolve().parent.parent / "national"
    return beside if beside.is_dir() else Path(settings.DEFINITIONS) / "national"


def county_signature(folder: Path) -> CountySignature:
    """What a routine may lean on in the county of `folder`. Raises DefinitionFaults."""
    national = national_data(national_folder(folder))
    return signature(county_data(folder, national), national)


def county_folder_of(source: bytes) -> Path | None:
    """The folder of the county that the routine names, if the project has it."""
    from django.conf import settings

    from styrkedja.core.process.reader import read_draft

    draft = read_draft(source, max_bytes=settings.MAX_ROUTINE_BYTES, max_nodes=settings.MAX_ROUTINE_NODES)
    if draft.routine is None or not draft.routine.county:
        return None
    folder = Path(settings.DEFINITIONS) / "counties" / draft.routine.county
    return folder if folder.is_dir() else None


def check_file(path: Path, county_folder: Path | None) -> tuple[Path, tuple[Finding, ...], int]:
    """Every fault of the routine in `path`, and how many states the soundness check went through."""
    from styrkedja.core.process.check import check_fully
    from styrkedja.procedures.kinds.catalogue import CATALOGUE
    from styrkedja.workflows.limits import limits

    source = path.read_bytes()
    folder = county_folder or county_folder_of(source)
    try:
        county = county_signature(folder) if folder else None
    except DefinitionFaults as faults:
        raise click.ClickException("Länets filer har fel:\n" + "\n".join(faults.lines)) from None
    report = check_fully(source, kinds=CATALOGUE, county=county, limits=limits())
    return path, report.findings, report.states
