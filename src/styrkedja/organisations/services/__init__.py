"""Everything that changes the structure: files that are loaded, groups that cases make, people who come and go."""

from styrkedja.organisations.services.county import load_county, load_national
from styrkedja.organisations.services.groups import NewMember, about_group, close_group, compose_working_group, reactivate_group
from styrkedja.organisations.services.keys import KeysTaken
from styrkedja.organisations.services.members import add_substitute, appoint_member, end_membership, end_substitution

__all__ = [
    "KeysTaken",
    "NewMember",
    "about_group",
    "add_substitute",
    "appoint_member",
    "close_group",
    "compose_working_group",
    "end_membership",
    "end_substitution",
    "load_county",
    "load_national",
    "reactivate_group",
]
