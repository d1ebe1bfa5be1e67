"""What kinds of bodies are called, one and many, and where a body's page is."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from styrkedja.core.organisations.kinds import GroupKind, GroupLevel, OrganisationKind
from styrkedja.organisations.models import GROUP_KINDS, ORGANISATION_KINDS
from styrkedja.organisations.selectors import BodyOn

# One of the kind, and many. Abbreviations stand only where the sources use them of the whole kind: LSG are some of the local groups.
_BY_LEVEL: dict[tuple[GroupKind, GroupLevel], tuple[Promise, Promise]] = {
    (GroupKind.PROGRAMME_GROUP, GroupLevel.NATIONAL): (
        gettext_lazy("Nationellt programområde (NPO)"),
        gettext_lazy("Nationella programområden (NPO)"),
    ),
    (GroupKind.PROGRAMME_GROUP, GroupLevel.HEALTHCARE_REGION): (
        gettext_lazy("Sjukvårdsregionalt programområde (RPO)"),
        gettext_lazy("Sjukvårdsregionala programområden (RPO)"),
    ),
    (GroupKind.PROGRAMME_GROUP, GroupLevel.LOCAL): (
        gettext_lazy("Lokalt programområde (LPO)"),
        gettext_lazy("Lokala programområden (LPO)"),
    ),
    (GroupKind.WORKING_GROUP, GroupLevel.NATIONAL): (
        gettext_lazy("Nationell arbetsgrupp (NAG)"),
        gettext_lazy("Nationella arbetsgrupper (NAG)"),
    ),
    (GroupKind.WORKING_GROUP, GroupLevel.HEALTHCARE_REGION): (
        gettext_lazy("Sjukvårdsregional arbetsgrupp"),
        gettext_lazy("Sjukvårdsregionala arbetsgrupper"),
    ),
    (GroupKind.WORKING_GROUP, GroupLevel.LOCAL): (gettext_lazy("Lokal arbetsgrupp (LAG)"), gettext_lazy("Lokala arbetsgrupper (LAG)")),
    (GroupKind.COLLABORATION_GROUP, GroupLevel.NATIONAL): (
        gettext_lazy("Nationell samverkansgrupp (NSG)"),
        gettext_lazy("Nationella samverkansgrupper (NSG)"),
    ),
    (GroupKind.COLLABORATION_GROUP, GroupLevel.HEALTHCARE_REGION): (
        gettext_lazy("Sjukvårdsregional samverkansgrupp"),
        gettext_lazy("Sjukvårdsregionala samverkansgrupper"),
    ),
    (GroupKind.COLLABORATION_GROUP, GroupLevel.LOCAL): (gettext_lazy("Lokal samverkansgrupp"), gettext_lazy("Lokala samverkansgrupper")),
}
_MANY: dict[str, Promise] = {
    OrganisationKind.NATION: gettext_lazy("Nation"),
    OrganisationKind.AGENCY: gettext_lazy("Nationella aktörer"),
    OrganisationKind.HEALTHCARE_REGION: gettext_lazy("Sjukvårdsregioner"),
    OrganisationKind.REGION: gettext_lazy("Regioner"),
    OrganisationKind.MUNICIPALITY: gettext_lazy("Kommuner"),
    OrganisationKind.MUNICIPAL_ASSOCIATION: gettext_lazy("Kommunförbund"),
    OrganisationKind.COLLABORATION_STRUCTURE: gettext_lazy("Samverkansstrukturer"),
    OrganisationKind.COUNCIL: gettext_lazy("Fullmäktige"),
    OrganisationKind.EXECUTIVE_BOARD: gettext_lazy("Styrelser"),
    OrganisationKind.COMMITTEE: gettext_lazy("Nämnder"),
    OrganisationKind.ADMINISTRATION: gettext_lazy("Förvaltningar"),
    OrganisationKind.AREA: gettext_lazy("Områden"),
    OrganisationKind.DEPARTMENT: gettext_lazy("Verksamheter"),
    OrganisationKind.UNIT: gettext_lazy("Enheter"),
    OrganisationKind.PRIVATE_PROVIDER: gettext_lazy("Privata vårdgivare"),
    GroupKind.STEERING_GROUP: gettext_lazy("Styrgrupper"),
    GroupKind.COUNTY_LEADERSHIP: gettext_lazy("Länsledning"),
    GroupKind.NETWORK: gettext_lazy("Nätverk"),
    GroupKind.TASK_GROUP: gettext_lazy("Särskilda arbetsgrupper"),
    GroupKind.FORUM: gettext_lazy("Forum"),
}


def kind_name(body: BodyOn) -> str:
    """What the body is: "Lokalt programområde (LPO)"."""
    if not body.is_group:
        return str(ORGANISATION_KINDS[OrganisationKind(body.kind)])
    by_level = _BY_LEVEL.get((GroupKind(body.kind), GroupLevel(body.level)))
    return str(by_level[0] if by_level else GROUP_KINDS[GroupKind(body.kind)])


def kind_heading(body: BodyOn, *, count: int = 2) -> str:
    """What several of its kind are called, "Lokala programområden (LPO)", or the one that there is."""
    if count == 1:
        return kind_name(body)
    by_level = _BY_LEVEL.get((GroupKind(body.kind), GroupLevel(body.level))) if body.is_group else None
    return str(by_level[1] if by_level else _MANY[body.kind])


def level_heading(level: GroupLevel) -> str:
    """What the programme areas of a level are called."""
    return str(_BY_LEVEL[GroupKind.PROGRAMME_GROUP, level][1])


def grouped(bodies: Iterable[BodyOn]) -> list[tuple[str, list[BodyOn]]]:
    """Bodies that stand in order of kind, under a heading for each kind."""
    by_kind = [list(found) for _heading, found in groupby(bodies, key=kind_heading)]
    return [(kind_heading(found[0], count=len(found)), found) for found in by_kind]


def full_name(body: BodyOn) -> str:
    """The name, with the short name where that says something else: "Region Västernorrland (RVN)"."""
    short = body.short_name
    return body.name if not short or short in body.name else f"{body.name} ({short})"


def body_url(key: str, *, on: date | None = None) -> str:
    """The page of a body, on another day than today if `on` is given."""
    return reverse("organisations:body", args=[key]) + (f"?datum={on.isoformat()}" if on else "")
