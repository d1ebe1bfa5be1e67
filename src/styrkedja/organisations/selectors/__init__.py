"""Who holds which function when, which bodies there are, and how the structure stood on a day."""

from styrkedja.organisations.selectors.bodies import (
    bodies_by_key,
    body_by_id,
    group_by_key,
    groups_of_county,
    organisations_of_county,
    seat_titles,
    seats_in_county,
    seats_of,
)
from styrkedja.organisations.selectors.counties import closed_days, counties, county_by_key, county_signature, lead_times
from styrkedja.organisations.selectors.holders import (
    Position,
    coordinating_positions,
    holders,
    holders_by_position,
    is_coordinator,
    memberships,
    position_label,
    positions,
    substitutes_of,
    works_in_county,
)
from styrkedja.organisations.selectors.validity import in_county, valid_on

__all__ = [
    "Position",
    "bodies_by_key",
    "body_by_id",
    "closed_days",
    "coordinating_positions",
    "counties",
    "county_by_key",
    "county_signature",
    "group_by_key",
    "groups_of_county",
    "holders",
    "holders_by_position",
    "in_county",
    "is_coordinator",
    "lead_times",
    "memberships",
    "organisations_of_county",
    "position_label",
    "positions",
    "seat_titles",
    "seats_in_county",
    "seats_of",
    "substitutes_of",
    "valid_on",
    "works_in_county",
]
