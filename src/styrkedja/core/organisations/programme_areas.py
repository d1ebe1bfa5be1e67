"""What a programme area cannot do without, by the recommendation of 2017 on a common structure (source 001, a–c)."""

from dataclasses import dataclass
from enum import StrEnum

from styrkedja.core.organisations.kinds import GroupLevel

CHAIR = "CHAIR"
PROCESS_LEADER = "PROCESS_LEADER"
# "avsätter tid för experter att delta i arbetet i programområden": the members and the experts; the two who lead are counted by name.
EXPERT_FUNCTIONS = frozenset({"EXPERT", "MEMBER"})


class Lack(StrEnum):
    """What may be missing. A seat that nobody holds is `VACANT_…`; `NO_…` has not even the seat."""

    NO_HOST = "no_host"
    NO_CHAIR = "no_chair"
    VACANT_CHAIR = "vacant_chair"
    NO_PROCESS_LEADER = "no_process_leader"
    VACANT_PROCESS_LEADER = "vacant_process_leader"
    NO_EXPERT_TIME = "no_expert_time"
    NO_COUNTERPART = "no_counterpart"


@dataclass(frozen=True)
class AreaFacts:
    """Of each leading function how many seats there are and how many are held; `expert_percent` is the allotted time of all experts.

    `counterparts`: how many groups it answers to or is received by on the other level.
    """

    level: GroupLevel
    has_host: bool
    chairs: int
    chairs_held: int
    leaders: int
    leaders_held: int
    expert_percent: int
    counterparts: int


def lacks(area: AreaFacts) -> tuple[Lack, ...]:
    """What is missing, in the order of the recommendation. A healthcare region's area need not have a counterpart: no source names them."""
    found = [
        (not area.has_host, Lack.NO_HOST),
        (area.chairs == 0, Lack.NO_CHAIR),
        (area.chairs > 0 and area.chairs_held == 0, Lack.VACANT_CHAIR),
        (area.leaders == 0, Lack.NO_PROCESS_LEADER),
        (area.leaders > 0 and area.leaders_held == 0, Lack.VACANT_PROCESS_LEADER),
        (area.expert_percent == 0, Lack.NO_EXPERT_TIME),
        (area.counterparts == 0 and area.level is not GroupLevel.HEALTHCARE_REGION, Lack.NO_COUNTERPART),
    ]
    return tuple(lack for is_lacking, lack in found if is_lacking)
