"""Figures about cases and their steps, counted from what has happened. Pure: rows and dates in, figures out.

The words that all the figures share:

- A **step** is one work item: one task of the routine, in one case, in one round, for one body. A **wait** is a step that a date ends.
- A step's **time** runs from the day it was opened to the day it was done. Done on the same day is 0 days.
- **Calendar days** are all days; **working days** are Swedish working days without the county's own closed days, counted after the first day.
- A step belongs to the **period** in which it was done, a phase to the one in which its last step was done, a case to the one in which it ended.
  Where cases stand, and what has stalled, is always as of today.
- The **median** is the middle value, or the mean of the two in the middle. **p90** is by nearest rank: the smallest value that has occurred such
  that at least 90 per cent of the values are no larger.
- Steps that were withdrawn (the case was written off or moved to another version of the routine) are counted nowhere.
"""

from styrkedja.core.process.statistics.durations import LeadTime, Shares, lead_time
from styrkedja.core.process.statistics.flow import Month, Standing, Variant, most_common_first, standing, throughput
from styrkedja.core.process.statistics.quality import OnTime, Rework, Stalled, overdue, stalled
from styrkedja.core.process.statistics.rows import OpenStep, WorkingDays

__all__ = [
    "LeadTime",
    "Month",
    "OnTime",
    "OpenStep",
    "Rework",
    "Shares",
    "Stalled",
    "Standing",
    "Variant",
    "WorkingDays",
    "lead_time",
    "most_common_first",
    "overdue",
    "stalled",
    "standing",
    "throughput",
]
