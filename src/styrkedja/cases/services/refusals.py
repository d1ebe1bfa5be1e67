"""What a refused act on the registry was tried on, for the log."""

from collections.abc import Mapping
from typing import Any

from styrkedja.ledger.services.refusals import About


def about_case(named: Mapping[str, Any]) -> About:
    """For services that take `case`."""
    return About("case", named["case"].pk)


def about_county(named: Mapping[str, Any]) -> About:
    """For services that take `county`."""
    return About("county", named["county"].key)
