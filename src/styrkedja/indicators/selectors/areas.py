"""Organisations that others publish figures for, by the ids that they use."""

from collections.abc import Callable
from dataclasses import dataclass

from styrkedja.core.collation import swedish_key
from styrkedja.core.indicators.ready.files import KnownBody
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.organisations.models import Organisation

_PUBLISHED = (OrganisationKind.NATION, OrganisationKind.REGION, OrganisationKind.MUNICIPALITY)


@dataclass(frozen=True)
class Area:
    body_id: int
    key: str
    kind: OrganisationKind


def areas_by(identify: Callable[[OrganisationKind, str], str | None]) -> dict[str, Area]:
    """The nation, the regions and the municipalities that are loaded, by a publisher's ids, in the order of their codes."""
    rows = Organisation.objects.filter(kind__in=_PUBLISHED, valid_until__isnull=True).order_by("code", "key")
    areas = [(row.code, Area(row.pk, row.key, OrganisationKind(row.kind))) for row in rows]
    found = ((identify(area.kind, code), area) for code, area in areas)
    return {area_id: area for area_id, area in found if area_id is not None}


def bodies_by_name() -> dict[str, KnownBody]:
    """Every organisation by each of the names that a file of values may give it: key, HSA-id, county or municipality code. A key goes first."""
    rows = list(Organisation.objects.order_by("key").values_list("key", "kind", "code", "hsa_id"))
    bodies = {key: KnownBody(key, OrganisationKind(kind)) for key, kind, _code, _hsa_id in rows}
    codes = {code: bodies[key] for key, kind, code, _hsa_id in rows if code and kind in _PUBLISHED}
    return codes | {hsa_id: bodies[key] for key, _kind, _code, hsa_id in rows if hsa_id} | bodies


def named_bodies() -> list[tuple[str, str, str, str]]:
    """(key, name, code, HSA-id) of every organisation that has not ended, by name."""
    rows = Organisation.objects.filter(valid_until__isnull=True).values_list("key", "name", "code", "hsa_id")
    return sorted(rows, key=lambda row: swedish_key(row[1]))
