"""Values told by any organisation, straight from the cells: as it was, as it is, as on a day, or as planned."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.outcome import ALL, Key, Outcome
from styrkedja.core.indicators.plan_files import PlanFile
from styrkedja.core.indicators.readings import AsOn, AsWas, Reading
from styrkedja.core.indicators.tree import Structure
from styrkedja.core.indicators.tree_building import plan
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.computing import Bounds, Site, months_between
from styrkedja.indicators.preparing import Progress, silent
from styrkedja.indicators.selectors.organisation import structure, tree_bodies, tree_placements


@dataclass(frozen=True)
class Choice:
    """What is asked about an indicator. `level` None is that of `body`, or else the top; `body` None is everybody at the level.

    With both it is the bodies of the level that stand under `body` (or over it). `parts`: each part of the dimensions too, not the whole alone.
    """

    level: OrganisationKind | None = None
    body: str | None = None
    parts: bool = False


def read_by(day: date | None, planned: PlanFile | None) -> Reading:
    """As it was without a day. With a plan, as on its day unless another is given. Raises Refused for an organisation that cannot be."""
    if planned is None:
        return AsWas(structure()) if day is None else AsOn(structure(), day)
    made = plan(tree_bodies(), tree_placements(), moves=planned.moves, on=planned.on, new=planned.new)
    if not isinstance(made, Structure):
        raise Refused("%(faults)s", faults="\n".join(fault.message for fault in made))
    return AsOn(made, day or planned.on)


def values_by(
    *, site: Site, definition: Definition, reading: Reading, choice: Choice, bounds: Bounds, on: date, progress: Progress = silent
) -> list[tuple[Key, Outcome]]:
    """The chosen values, by body and period. Cells that are missing are computed on the way; no value is written.

    Raises Refused, CellFault, FactFault or EngineFault.
    """
    chosen = _chosen(definition, reading, choice)
    shop = site.workshop(reading, progress=progress)
    try:
        months = months_between(shop, bounds, on=on)
        wanted = None if months is None else shop.wanted(definition, months)
        if wanted is None or not wanted.ends:
            return []
        shop.prepare([wanted])
        found = [item for item in shop.outcomes(wanted).items() if chosen(item[0])]
    finally:
        shop.close()
    return sorted(found, key=lambda item: (item[0].body, item[0].span, item[0].dimensions))


def _chosen(definition: Definition, reading: Reading, choice: Choice) -> Callable[[Key], bool]:
    organisation = reading.structure
    kinds = {body.key: body.kind for body in organisation.bodies}
    near = _near(reading, choice)
    level = choice.level or (None if choice.body else definition.levels[0])
    if level is not None and level not in definition.levels:
        told = ", ".join(definition.levels)
        raise Refused(_("Indikatorn visas inte på nivån %(level)s. Den visas på %(told)s.") % {"level": str(level), "told": told})

    def is_chosen(key: Key) -> bool:
        whole = all(part == ALL for part in key.dimensions)
        return (choice.parts or whole) and (level is None or kinds[key.body] == level) and (near is None or key.body in near)

    return is_chosen


def _near(reading: Reading, choice: Choice) -> frozenset[str] | None:
    """The bodies that `choice.body` is about: itself, or with a level all that stand on a line with it on some day that is read."""
    if choice.body is None:
        return None
    organisation = reading.structure
    index = organisation.index.get(choice.body)
    if index is None:
        raise Refused(
            _("Det finns inget organ med nyckeln eller HSA-id:t %(body)s bland dem som siffror redovisas för.") % {"body": choice.body}
        )
    if choice.level is None:
        return frozenset([organisation.bodies[index].key])
    paths = organisation.versions.paths
    if isinstance(reading, AsOn):
        forest = organisation.on(reading.day)
        lines = [forest.path(body) for body in range(len(organisation.bodies))]
    else:
        lines = [tuple(body for body in path if body >= 0) for path in paths.tolist()]
    return frozenset(organisation.bodies[body].key for line in lines if index in line for body in line)
