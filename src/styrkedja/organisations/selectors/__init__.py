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
from styrkedja.organisations.selectors.counties import closed_days, counties, county_by_key, county_signature, lead_days, lead_times
from styrkedja.organisations.selectors.descriptions import BodyOn, body_on, body_row
from styrkedja.organisations.selectors.follow_up import Area, FollowUp, follow_up_on
from styrkedja.organisations.selectors.history import Happening, What, happenings
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
from styrkedja.organisations.selectors.members import Holder, SeatOn, members_on, membership_by_id, seat_by_id, substitutions_of
from styrkedja.organisations.selectors.structure import Branch, Tree, children_on, counterparts_on, host_on, in_order, parents_on, tree_on
from styrkedja.organisations.selectors.validity import in_county, valid_on

__all__ = [
    "Area",
    "BodyOn",
    "Branch",
    "FollowUp",
    "Happening",
    "Holder",
    "Position",
    "SeatOn",
    "Tree",
    "What",
    "bodies_by_key",
    "body_by_id",
    "body_on",
    "body_row",
    "children_on",
    "closed_days",
    "coordinating_positions",
    "counterparts_on",
    "counties",
    "county_by_key",
    "county_signature",
    "follow_up_on",
    "group_by_key",
    "groups_of_county",
    "happenings",
    "holders",
    "holders_by_position",
    "host_on",
    "in_county",
    "in_order",
    "is_coordinator",
    "lead_days",
    "lead_times",
    "members_on",
    "membership_by_id",
    "memberships",
    "organisations_of_county",
    "parents_on",
    "position_label",
    "positions",
    "seat_by_id",
    "seat_titles",
    "seats_in_county",
    "seats_of",
    "substitutes_of",
    "substitutions_of",
    "tree_on",
    "valid_on",
    "works_in_county",
]
