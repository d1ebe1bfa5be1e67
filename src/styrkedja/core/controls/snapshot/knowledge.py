"""What the knowledge organisation must have and its cases must say (sources 001 and 004)."""

from dataclasses import dataclass
from typing import ClassVar

from styrkedja.core.controls.snapshot.kinds import ObjectKind
from styrkedja.core.controls.snapshot.things import Thing
from styrkedja.core.organisations.programme_areas import AreaFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeGroup(Thing):
    """A programme area with what it has; `facts` as in core.organisations.programme_areas."""

    kind: ClassVar[ObjectKind] = ObjectKind.PROGRAMME_GROUP
    facts: AreaFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffingProposal(Thing):
    """Which functions a working group needs; `lines` as they were written."""

    kind: ClassVar[ObjectKind] = ObjectKind.PROPOSAL
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingGroup(Thing):
    """`required` and `members` are parties in words of the organisation ("regionens primärvård", "kommunens primärvård", "privata aktörer")."""

    kind: ClassVar[ObjectKind] = ObjectKind.WORKING_GROUP
    required: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionBrief(Thing):
    """The parts that step 21 of source 004 asks for, each as it was written."""

    kind: ClassVar[ObjectKind] = ObjectKind.BRIEF
    consequences: str
    responsibility: str
    resources: str
    recommendation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Implementation(Thing):
    """`phase_out`: what shall no longer be done, or that nothing is; "" when no stance has been taken."""

    kind: ClassVar[ObjectKind] = ObjectKind.IMPLEMENTATION
    phase_out: str
