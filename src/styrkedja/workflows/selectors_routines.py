"""The published routines, for those who work in their counties: versions, and one version with all that its pages tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from styrkedja.accounts.models import User
from styrkedja.core.process.maps import DrawnMap
from styrkedja.core.process.model import Routine
from styrkedja.core.process.ways import Roads
from styrkedja.organisations.models import County, LeadTime
from styrkedja.organisations.selectors import bodies_by_key, lead_times
from styrkedja.organisations.selectors.readers import counties_of
from styrkedja.workflows.kinds import NamedKind, step_kinds
from styrkedja.workflows.models import InstanceStatus, ProcessDefinition, ProcessInstance
from styrkedja.workflows.programs import maps_of, routine_of, together_of

_RUNNING = (InstanceStatus.RUNNING, InstanceStatus.INCIDENT)


@dataclass(frozen=True)
class Version:
    """A published version and how many cases run in it."""

    definition: ProcessDefinition
    running: int


@dataclass(frozen=True)
class PublishedRoutine:
    """A routine with all its versions, the newest first. `valid` is the one that a case opened today starts on, if there is any yet."""

    county: County
    versions: tuple[Version, ...]
    valid: ProcessDefinition | None

    @property
    def newest(self) -> ProcessDefinition:
        return self.versions[0].definition

    @property
    def shown(self) -> ProcessDefinition:
        """The version that readers mean when they name none."""
        return self.valid or self.newest

    def version(self, number: int) -> ProcessDefinition | None:
        return next((version.definition for version in self.versions if version.definition.version == number), None)


def published_routines(user: User, *, on: date) -> list[PublishedRoutine]:
    """The routines of the counties in which `user` works, by county and name."""
    return list(_published(counties_of(user, on=on), on=on))


def published_routine(user: User, county_key: str, key: str, *, on: date) -> PublishedRoutine | None:
    """One routine of a county in which `user` works."""
    return next(_published(counties_of(user, on=on).filter(key=county_key), on=on, key=key), None)


def definition_by_id(user: User, definition_id: int, *, on: date) -> ProcessDefinition | None:
    """One version of a routine of a county in which `user` works, without its source."""
    found = ProcessDefinition.objects.filter(county__in=counties_of(user, on=on)).defer("source")
    return found.filter(pk=definition_id).first()


def _published(counties: Iterable[County], *, on: date, key: str = "") -> Iterator[PublishedRoutine]:
    by_pk = {county.pk: county for county in counties}
    found = ProcessDefinition.objects.filter(county__in=by_pk).defer("source").order_by("-version")
    definitions = list(found.filter(key=key) if key else found)
    running = _running(definitions)
    routines: dict[tuple[int, str], list[Version]] = defaultdict(list)
    for definition in definitions:
        definition.county = by_pk[definition.county_id]
        routines[definition.county_id, definition.key].append(Version(definition, running.get(definition.pk, 0)))
    for county in by_pk.values():
        for (owner, _key), versions in sorted(routines.items(), key=lambda item: item[1][0].definition.name):
            if owner == county.pk:
                yield PublishedRoutine(county, tuple(versions), _valid(versions, on))


def _valid(versions: Iterable[Version], on: date) -> ProcessDefinition | None:
    """As `selectors.current_definition` chooses."""
    starts = ((version.definition, version.definition.valid_from) for version in versions)
    return next((definition for definition, start in starts if start is None or start <= on), None)


def _running(definitions: Iterable[ProcessDefinition]) -> Mapping[int, int]:
    found = ProcessInstance.objects.filter(status__in=_RUNNING, definition__in=[definition.pk for definition in definitions])
    return dict(found.order_by().values_list("definition").annotate(Count("pk")))


@dataclass(frozen=True)
class RoutineView:
    """A version with what must be at hand to say it in words. `names` are those of the bodies that it or the county's lists name, by key."""

    definition: ProcessDefinition
    routine: Routine
    roads: Roads
    maps: tuple[DrawnMap, ...]
    together: Mapping[str, frozenset[str]]
    kinds: Mapping[str, NamedKind]
    lead_times: Mapping[str, LeadTime]
    names: Mapping[str, str]

    @property
    def county(self) -> County:
        return self.definition.county


def routine_view(definition: ProcessDefinition) -> RoutineView:
    """All about a version that the reader has been found to may see."""
    routine = routine_of(definition)
    return RoutineView(
        definition=definition,
        routine=routine,
        roads=Roads(routine),
        maps=maps_of(definition),
        together=together_of(definition),
        kinds=step_kinds(),
        lead_times=lead_times(definition.county, definition.key),
        names=_names(routine, definition.county),
    )


def _names(routine: Routine, county: County) -> Mapping[str, str]:
    own = (role.body.removeprefix("key:") for role in routine.roles.values() if role.body.startswith("key:"))
    keys = {routine.decided_by, *own, *(key for members in county.lists.values() for key in members)}
    return {key: body.name for key, body in bodies_by_key(keys).items()}
