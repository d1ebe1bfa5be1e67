"""`styrkedja indicators demo`: generated figures to look at, through the real loading and the real computation."""

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from styrkedja.cli.indicator_loads import refuse
from styrkedja.cli.main import django_ready

if TYPE_CHECKING:
    from styrkedja.indicators.computing import Computed

_COUNTY = "jamtland-harjedalen"
_YIELDING = 15


@click.command("demo")
@click.option("--county", "county_key", default=_COUNTY, show_default=True, help="Länets nyckel.")
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
def demo_command(county_key: str, as_json: bool) -> None:
    """Genererar siffror för ett demonstrationslän, läser in dem och räknar indikatorerna.

    Siffrorna är påhittade, alltid desamma för samma månad, och märkta som genererade överallt. Finns riktiga data görs ingenting.
    """
    django_ready()
    from styrkedja.core.policies.refusal import Refused

    try:
        lines, done = generate(county_key)
    except Refused as refused:
        refuse(str(refused.reason), as_json=as_json)
    if as_json:
        told = {"county": county_key, "generated": True, "loads": lines, "values": sum(done.values.values())}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*lines, f"{sum(done.values.values())} värden räknade till och med {_last(done)}. Allt är genererat."]))


def generate(county_key: str) -> "tuple[list[str], Computed]":
    """A line for each source, and what was computed. Raises Refused, CellFault, FactFault or EngineFault."""
    from django.conf import settings

    from styrkedja.cli.indicator_site import open_site
    from styrkedja.core.policies.refusal import Refused
    from styrkedja.indicators.computing import Bounds, compute
    from styrkedja.indicators.demonstrating import load_figures, read_figures
    from styrkedja.ui.clock import now

    figures = read_figures(Path(settings.DEFINITIONS) / "counties" / county_key)
    if figures is None:
        raise Refused(f"Länet {county_key} har inga siffror att generera. De står i länets mapp figures.")
    site, at = open_site(), now()
    lines: list[str] = []
    replaced = load_figures(site=site, figures=figures, at=at, told=lambda report: lines.append(next(report.lines())))
    lines.append(f"Färdiga värden: {sum(len(one.batch.rows) for one in replaced)} i {len(replaced)} serier.")
    return lines, compute(actor=None, site=site, bounds=Bounds(), at=at)


def _last(done: "Computed") -> str:
    return str(done.months.last) if done.months else "–"


def counties_without_figures() -> dict[str, str]:
    """Key and name of the loaded counties whose figures are still to be generated or computed; none where there are real data."""
    from django.conf import settings

    from styrkedja.indicators.demonstrating import is_wanted, read_figures
    from styrkedja.organisations.selectors import county_by_key

    folders = sorted(path for path in (Path(settings.DEFINITIONS) / "counties").iterdir() if path.is_dir())
    loaded = ((folder, county_by_key(folder.name)) for folder in folders)
    return {folder.name: county.name for folder, county in loaded if county and read_figures(folder) is not None and is_wanted()}


@click.command("demo-once", hidden=True)
def demo_once_command() -> None:
    """Det som styrkedja run låter göra vid sidan av: saknade siffror, med låg prioritet, så länge programmet är i gång."""
    from styrkedja.cli.serving import end_with_parent

    end_with_parent()
    os.nice(_YIELDING)
    django_ready()
    for key, name in counties_without_figures().items():
        started = time.monotonic()
        generate(key)
        click.echo(f"Indikatorernas siffror för {name} är klara ({time.monotonic() - started:.0f} s).")
