"""A county as values: what its files say once nothing in them is wrong. Rows stand in the order of the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.core.organisations.kinds import GroupKind, GroupLevel, OrganisationKind
from styrkedja.core.periods import Period
from styrkedja.core.toml.findings import FileFinding


@dataclass(frozen=True)
class EarlierParents:
    """Body keys that the organisation hung under until, but not on, the day `until`."""

    parents: tuple[str, ...]
    until: date


@dataclass(frozen=True)
class OrganisationRow:
    """`parents` are body keys; several where an organisation belongs to several, none at a root. Absent texts are "".

    `earlier`, oldest first, each from where the one before ended; `parents` from where the last ended.
    """

    key: str
    kind: OrganisationKind
    name: str
    short_name: str
    parents: tuple[str, ...]
    code: str
    org_number: str
    hsa_id: str
    validity: Period
    earlier: tuple[EarlierParents, ...] = ()


@dataclass(frozen=True)
class GroupRow:
    """`parent` and `host` are body keys, `counterparts` keys of national groups, `areas` names of sub-areas. Absent texts are ""."""

    key: str
    kind: GroupKind
    level: GroupLevel
    name: str
    short_name: str
    parent: str
    host: str
    mandate: str
    municipal_participation: bool
    areas: tuple[str, ...]
    counterparts: tuple[str, ...]
    validity: Period


@dataclass(frozen=True)
class SeatRow:
    """One function in one body; a seat for a whole list has become one row for each body. `title` is never empty."""

    body: str
    function: str
    title: str
    time_percent: int | None
    validity: Period


@dataclass(frozen=True)
class RegistrySeriesRow:
    key: str
    authority: str
    name: str
    format: str


@dataclass(frozen=True)
class LeadTimeRow:
    """All times in working days. `escalate_to` is (body key, function) or None: nobody is told."""

    routine: str
    step: str
    working_days: int
    remind_before: int
    escalate_after: int
    escalate_to: tuple[str, str] | None


@dataclass(frozen=True)
class AccountRow:
    """A demonstration account; `seats` are (body key, function)."""

    username: str
    name: str
    seats: tuple[tuple[str, str], ...]
    administrator: bool


def _kinds(organisations: tuple[OrganisationRow, ...], groups: tuple[GroupRow, ...]) -> Mapping[str, str]:
    own: dict[str, str] = {row.key: row.kind for row in organisations}
    return own | {row.key: row.kind for row in groups}


@dataclass(frozen=True)
class National:
    """What stands above every county."""

    organisations: tuple[OrganisationRow, ...]
    groups: tuple[GroupRow, ...]

    @property
    def bodies(self) -> Mapping[str, str]:
        """Kind by key of every organisation and group: what counties may refer to."""
        return _kinds(self.organisations, self.groups)


@dataclass(frozen=True)
class County:
    """`region` is the key of the county's region. `lists` and `functions` are what routines may name."""

    key: str
    name: str
    code: str
    region: str
    lists: Mapping[str, tuple[str, ...]]
    functions: Mapping[str, str]
    registry_series: tuple[RegistrySeriesRow, ...]
    closed_days: tuple[date, ...]
    organisations: tuple[OrganisationRow, ...]
    groups: tuple[GroupRow, ...]
    seats: tuple[SeatRow, ...]
    lead_times: tuple[LeadTimeRow, ...]
    accounts: tuple[AccountRow, ...]

    @property
    def bodies(self) -> Mapping[str, str]:
        """Kind by key of the county's own organisations and groups."""
        return _kinds(self.organisations, self.groups)


@dataclass(frozen=True)
class NationalReading:
    """`national` is None if there are findings."""

    national: National | None
    findings: tuple[FileFinding, ...]


@dataclass(frozen=True)
class CountyReading:
    """`county` is None if there are findings."""

    county: County | None
    findings: tuple[FileFinding, ...]
