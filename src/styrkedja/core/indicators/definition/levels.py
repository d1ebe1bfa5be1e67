"""The levels of the organisation that figures are broken down to, from the top."""

from collections.abc import Sequence

from styrkedja.core.organisations.kinds import OrganisationKind

LEVELS: Sequence[OrganisationKind] = (
    OrganisationKind.NATION,
    OrganisationKind.HEALTHCARE_REGION,
    OrganisationKind.REGION,
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.ADMINISTRATION,
    OrganisationKind.AREA,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.UNIT,
)


def levels_above(lowest: OrganisationKind) -> Sequence[OrganisationKind]:
    """The levels that have values when rows name bodies of the kind `lowest`. A municipality stands under the nation and under no region."""
    above = LEVELS[: LEVELS.index(lowest) + 1]
    if lowest == OrganisationKind.MUNICIPALITY:
        return (OrganisationKind.NATION, OrganisationKind.MUNICIPALITY)
    return above
