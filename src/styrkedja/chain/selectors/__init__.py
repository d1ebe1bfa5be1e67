"""What every floor knows of the chain, put together for its pages."""

from styrkedja.chain.selectors.economy import Sum, brought_home
from styrkedja.chain.selectors.objects import KINDS, found_object
from styrkedja.chain.selectors.standing import GoalStanding, standing
from styrkedja.chain.selectors.summary import Summary, summary

__all__ = ["GoalStanding", "KINDS", "Sum", "Summary", "brought_home", "found_object", "standing", "summary"]
