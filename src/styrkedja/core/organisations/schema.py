"""Which files, tables and keys a county has, and the shape of each value: docs/county-format.md as data."""

from collections.abc import Mapping

from styrkedja.core.organisations import shapes as county_shapes
from styrkedja.core.organisations.kinds import GroupKind, GroupLevel, OrganisationKind
from styrkedja.core.toml import shapes
from styrkedja.core.toml.shapes import Column, Shape
from styrkedja.core.toml.tables import File, Names, Table


def _must(shape: Shape) -> Column:
    return Column(shape, required=True)


_VALIDITY = {"valid_from": Column(shapes.DATE), "valid_until": Column(shapes.DATE)}
_NAMED = {"key": _must(shapes.KEY), "name": _must(shapes.text(250)), "short_name": Column(shapes.text(60))}

_COUNTY = Table(
    {
        "key": _must(shapes.pattern(shapes.KEY_PATTERN, shapes.KEY_FORM, 60)),
        "name": _must(shapes.text(200)),
        "code": _must(county_shapes.COUNTY_CODE),
        "region": _must(shapes.KEY),
    },
    many=False,
    required=True,
)
_REGISTRY_SERIES = Table(
    {
        "key": _must(county_shapes.SERIES),
        "authority": _must(shapes.KEY),
        "name": _must(shapes.text(200)),
        "format": _must(county_shapes.REGISTRY_FORMAT),
    }
)
_EARLIER = shapes.table({"parents": _must(shapes.items(shapes.KEY, least=1)), "until": _must(shapes.DATE)})
_ORGANISATION = Table(
    {
        **_NAMED,
        **_VALIDITY,
        "kind": _must(shapes.one_of(OrganisationKind)),
        "parents": Column(shapes.items(shapes.KEY)),
        "earlier": Column(shapes.items(_EARLIER, least=1)),
        "code": Column(county_shapes.CODE),
        "org_number": Column(county_shapes.ORG_NUMBER),
        "hsa_id": Column(county_shapes.HSA_ID),
    }
)
_GROUP = Table(
    {
        **_NAMED,
        **_VALIDITY,
        "kind": _must(shapes.one_of(GroupKind)),
        "level": _must(shapes.one_of(GroupLevel)),
        "parent": _must(shapes.KEY),
        "host": Column(shapes.KEY),
        "mandate": Column(shapes.text(4000, lines=True)),
        "municipal_participation": Column(shapes.BOOLEAN),
        "areas": Column(shapes.items(shapes.text(250))),
        "counterparts": Column(shapes.items(shapes.KEY)),
    }
)
_SEAT = Table(
    {
        **_VALIDITY,
        "body": Column(shapes.KEY),
        "bodies": Column(county_shapes.LIST_REFERENCE),
        "function": _must(county_shapes.FUNCTION),
        "title": Column(shapes.text(200)),
        "time_percent": Column(shapes.whole_number(1, 100)),
    }
)
_LEAD_TIME = Table(
    {
        "routine": _must(county_shapes.PROCESS_ID),
        "step": _must(county_shapes.STEP),
        "working_days": _must(shapes.whole_number(1, 1000)),
        "remind_before": Column(shapes.whole_number(0, 999)),
        "escalate_after": Column(shapes.whole_number(0, 1000)),
        "escalate_to": Column(county_shapes.POSITION),
    }
)
_ACCOUNT = Table(
    {
        "username": _must(county_shapes.USERNAME),
        "name": _must(shapes.text(200)),
        "seats": _must(shapes.items(county_shapes.POSITION)),
        "administrator": Column(shapes.BOOLEAN),
    }
)

NATIONAL_FILES: Mapping[str, File] = {"organisations.toml": {"organisation": _ORGANISATION}, "groups.toml": {"group": _GROUP}}
COUNTY_FILES: Mapping[str, File] = {
    "county.toml": {
        "county": _COUNTY,
        "lists": Names(county_shapes.LIST_NAME, shapes.items(shapes.KEY, least=1)),
        "functions": Names(county_shapes.FUNCTION, shapes.text(200)),
        "registry_series": _REGISTRY_SERIES,
        "calendar": Table({"closed_days": Column(shapes.items(shapes.DATE))}, many=False),
    },
    **NATIONAL_FILES,
    "seats.toml": {"seat": _SEAT},
    "lead-times.toml": {"lead_time": _LEAD_TIME},
    "accounts.toml": {"account": _ACCOUNT},
}
