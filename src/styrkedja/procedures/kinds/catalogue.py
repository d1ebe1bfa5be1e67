"""All step kinds by name."""

from collections.abc import Mapping
from types import MappingProxyType

from styrkedja.procedures.kinds import deciding, implementing, intake, opinions, priorities, staffing
from styrkedja.procedures.kinds.base import StepKind

_MODULES = (intake, opinions, priorities, staffing, deciding, implementing)

CATALOGUE: Mapping[str, StepKind] = MappingProxyType(
    {kind.name: kind for module in _MODULES for kind in vars(module).values() if isinstance(kind, StepKind)}
)
