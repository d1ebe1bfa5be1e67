"""A county's folder read: every fault in it named in Swedish with file and line, or the county as values. See docs/county-format.md.

The caller reads the disk: `files` maps the name of each TOML file in the folder ("county.toml") to its bytes.
"""

from collections.abc import Mapping

from styrkedja.core.organisations.body_rules import check_bodies
from styrkedja.core.organisations.building import build_county, build_national
from styrkedja.core.organisations.county import County, CountyReading, National, NationalReading
from styrkedja.core.organisations.county_rules import check_county, check_validity
from styrkedja.core.organisations.draft import read_draft
from styrkedja.core.organisations.earlier_rules import check_earlier
from styrkedja.core.organisations.schema import COUNTY_FILES, NATIONAL_FILES
from styrkedja.core.organisations.signature import CountySignature

_NO_BODIES: Mapping[str, str] = {}


def read_national(files: Mapping[str, bytes]) -> NationalReading:
    """Read the national data. Findings are sorted by file and line; `national` is None if there are any."""
    draft, findings = read_draft(files, NATIONAL_FILES, _NO_BODIES)
    faults = sorted({*findings, *check_bodies(draft), *check_earlier(draft), *check_validity(draft)})
    return NationalReading(None if faults else build_national(draft), tuple(faults))


def read_county(files: Mapping[str, bytes], *, known_bodies: Mapping[str, str] = _NO_BODIES) -> CountyReading:
    """Read a county. `known_bodies` is `National.bodies`: what the county may refer to without declaring it, and may not declare again.

    Findings are sorted by file and line; `county` is None if there are any.
    """
    draft, findings = read_draft(files, COUNTY_FILES, known_bodies)
    faults = sorted({*findings, *check_bodies(draft), *check_earlier(draft), *check_validity(draft), *check_county(draft)})
    return CountyReading(None if faults else build_county(draft), tuple(faults))


def signature(county: County, national: National) -> CountySignature:
    """What a routine of the county may name."""
    return CountySignature(
        bodies={**national.bodies, **county.bodies},
        lists=county.lists,
        functions=county.functions,
        seats=frozenset((seat.body, seat.function) for seat in county.seats),
    )
