"""What a body's value is held against: its siblings, those who are like it, the country, and what others publish of the same thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.indicators.comparisons import Comparison, Mean, tells_of_country, unweighted_mean
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.indicators.library import comparisons
from styrkedja.indicators.models import COMPUTED
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.indicators.selectors.places import Place, next_below, places
from styrkedja.indicators.selectors.scenes import Scene
from styrkedja.indicators.selectors.telling import Telling
from styrkedja.indicators.selectors.values import series_by_body

FEWEST_PEERS = 3


@dataclass(frozen=True)
class Peers:
    """Bodies of one parent, with their values of the period. `of` is the parent; the scene's body is among them, or is the parent itself."""

    of: Place
    values: tuple[tuple[Place, Shown], ...]


def peers(user: User, scene: Scene, *, on: date) -> Peers | None:
    """Those under the body; else those beside it. None when they are too few to be held against each other."""
    if scene.until is None:
        return None
    below = tuple((place, series[-1]) for place, series in scene.below if series[-1].last == scene.until)
    if len(below) >= FEWEST_PEERS:
        return Peers(scene.body, below)
    if not scene.above:
        return None
    parent = scene.above[-1]
    beside = next_below(parent, levels=scene.indicator.levels, on=scene.as_on or scene.until)
    found = _values(user, scene, beside, on=on)
    told = tuple((place, found[place.id]) for place in beside if place.id in found)
    return Peers(parent, told) if len(told) >= FEWEST_PEERS else None


@dataclass(frozen=True)
class Held:
    """A group that the body is held against. `mean` is None when none of the members has a value; `values` are those that have one."""

    group: Comparison
    mean: Mean | None
    values: tuple[tuple[Place, Shown], ...]


def benchmark(user: User, scene: Scene, *, on: date) -> tuple[list[Held], Shown | None]:
    """The groups that are for the body or for everybody of its kind, and the country's own value, in the same period and of the same source.

    A group of which the body alone has a value is left out, and so is a country that has been computed of the data of one region: the one is
    the body, the other that region.
    """
    if scene.until is None:
        return [], None
    groups = [one for one in comparisons() if one.kind == scene.body.kind and one.of in ("", scene.body.code)]
    coded = {(place.kind, place.code): place for place in places().values() if place.code}
    wanted = {code: coded[one.kind, code] for one in groups for code in one.members if (one.kind, code) in coded}
    nations, regions = _of_kind(OrganisationKind.NATION), _of_kind(OrganisationKind.REGION)
    found = _values(user, scene, [*wanted.values(), *nations, *regions], on=on)
    held = [_held(one, wanted, found) for one in groups]
    is_whole = tells_of_country(sum(place.id in found for place in regions), is_computed=scene.source == COMPUTED)
    nation = next((found[place.id] for place in nations if is_whole and place.id in found and place.id != scene.body.id), None)
    return [one for one in held if one.mean and {place.id for place, _shown in one.values} != {scene.body.id}], nation


def _of_kind(kind: OrganisationKind) -> list[Place]:
    return [place for place in places().values() if place.kind == kind]


def _held(group: Comparison, places_by_code: Mapping[str, Place], found: Mapping[int, Shown]) -> Held:
    members = [places_by_code[code] for code in group.members if code in places_by_code]
    told = tuple((place, found[place.id]) for place in members if place.id in found and found[place.id].value is not None)
    return Held(group, unweighted_mean({place.key: shown.value for place, shown in told}), told)


def _values(user: User, scene: Scene, bodies: Sequence[Place], *, on: date) -> dict[int, Shown]:
    """The values of the scene's period, source and part."""
    told = Telling(user, scene.indicator, scene.source, scene.parts, scene.as_on, on)
    series = told.series([place.id for place in bodies], until=scene.until)
    return {pk: own[-1] for pk, own in series.items() if own[-1].last == scene.until}


def beside(user: User, scene: Scene, *, on: date) -> list[tuple[str, Shown]]:
    """The latest value of each source that tells of the body, never mixed; empty when there is one source alone."""
    if len(scene.sources) < 2:
        return []
    found = []
    for source in scene.sources:
        series = series_by_body(user, scene.indicator, [scene.body.id], source=source, parts={}, until=None, on=on)
        if own := series.get(scene.body.id):
            found.append((source, own[-1]))
    return found
