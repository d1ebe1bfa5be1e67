"""The case list: narrowed, searched, sorted and paged at a cost that does not grow with the number of closed cases.

Three things keep it so. What concerns open work is asked of the open work items, which have indexes of their own. Nothing is counted beyond
MAX_LISTED_CASES, nor searched beyond MAX_FOUND_CASES. And a text is looked for in cases and in documents apart, so that each uses its own index.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value
from django.utils.functional import cached_property

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document
from styrkedja.cases.selectors import text_query, visible_to
from styrkedja.core.collation import swedish_key
from styrkedja.core.process.model import Routine
from styrkedja.organisations.models import Body, County, Seat
from styrkedja.organisations.selectors import in_county, valid_on
from styrkedja.workflows.models import InstanceStatus, ItemState, Offer, ProcessDefinition, WorkItem
from styrkedja.workflows.programs import routine_of

RUNNING = (InstanceStatus.RUNNING, InstanceStatus.INCIDENT)
NEWEST, BY_DUE = "newest", "due"


@dataclass(frozen=True)
class CaseFilter:
    """What to show; what is empty narrows nothing. `nodes` are the ids of steps in the routines, None for any step."""

    statuses: tuple[InstanceStatus, ...] = ()
    county: int | None = None
    body: int | None = None
    number: str = ""
    nodes: frozenset[str] | None = None
    late: bool = False
    text: str = ""
    sort: str = NEWEST

    @property
    def concerns_open_work(self) -> bool:
        return bool(self.body or self.number or self.nodes is not None or self.late)


@dataclass(frozen=True)
class Found:
    """The keys of the cases that say a text, newest first; `is_capped`: there are more."""

    keys: list[int]
    is_capped: bool


class CappedPaginator(Paginator):
    """Counts to MAX_LISTED_CASES and no further; `is_capped` says that there is more."""

    @cached_property
    def _found(self) -> int:
        return int(self.object_list.order_by()[: settings.MAX_LISTED_CASES + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._found, settings.MAX_LISTED_CASES)

    @property
    def is_capped(self) -> bool:
        return self._found > settings.MAX_LISTED_CASES


@dataclass(frozen=True)
class CasePage:
    """A page of cases, each with what is open in it."""

    page: Page
    cases: Sequence[Case]
    open_items: Mapping[int, Sequence[WorkItem]]
    is_capped: bool


def find_cases(user: User, wanted: CaseFilter, *, on: date, page: str | None, size: int) -> CasePage:
    """The page of that number of what `user` may read and wants to see."""
    narrowed = _narrowed(user, wanted, on=on)
    found = _searched(narrowed, wanted.text) if wanted.text.strip() else None
    shown = (Paginator(found.keys, size) if found else CappedPaginator(narrowed, size)).get_page(page)
    if wanted.sort == BY_DUE and wanted.statuses == RUNNING:
        cases = _by_due(narrowed, wanted, found, shown, on=on)
    else:
        cases = list(_full(narrowed.filter(pk__in=shown.object_list) if found else shown.object_list))
    return CasePage(shown, cases, _open_items(cases), found.is_capped if found else shown.paginator.is_capped)


def _narrowed(user: User, wanted: CaseFilter, *, on: date) -> QuerySet[Case]:
    """Newest first. Only cases that run have open work, so a filter on open work makes the one on the status needless."""
    found = visible_to(user, on=on)
    if wanted.county is not None:
        found = found.filter(county=wanted.county)
    if wanted.concerns_open_work:
        found = found.filter(_any_of("instance_id", ArraySubquery(_items(wanted, on=on).order_by().values("instance"))))
    if wanted.statuses and not (wanted.concerns_open_work and wanted.statuses == RUNNING):
        found = found.filter(instance__status__in=wanted.statuses)
    return found


def _any_of(column: str, keys: ArraySubquery | Value) -> Func:
    """Is the column one of the keys? They are an array, so that the database begins with them, which are few, and not with the newest cases in the
    hope of meeting enough of them."""
    return Func(F(column), keys, template="%(expressions)s)", arg_joiner=" = any(", output_field=BooleanField())


def _items(wanted: CaseFilter, *, on: date) -> QuerySet[WorkItem]:
    found = WorkItem.objects.filter(state=ItemState.OPEN)
    if wanted.body:
        found = found.filter(pk__in=Offer.objects.filter(body=wanted.body).values("item"))
    if wanted.number:
        found = found.filter(number=wanted.number)
    if wanted.nodes is not None:
        found = found.filter(node_id__in=wanted.nodes)
    if wanted.late:
        found = found.filter(due_on__lt=on)
    return found


def _searched(cases: QuerySet[Case], text: str) -> Found:
    """Those of `cases` that say the text themselves or in a document, at most MAX_FOUND_CASES.

    The database cannot tell beforehand whether a word is rare. So it is asked for all hits up to a limit, which is quick by the text's index;
    only if there are more is the word common, and then going through the newest finds enough of them soon. Of the documents that hold a common
    word the latest count.
    """
    query, most = text_query(text), settings.MAX_FOUND_CASES
    documents = Document.objects.filter(search=query)
    own = _hits(Case.objects.filter(search=query), "pk", most)
    of_documents = _hits(documents, "case_id", most)
    is_common = of_documents is None
    if of_documents is None:
        of_documents = set(documents.order_by("-registered_at", "-pk").values_list("case_id", flat=True)[:most])
    keys = Value([*of_documents, *(own or ())], output_field=ArrayField(BigIntegerField()))
    halves = [cases.filter(_any_of("pk", keys))] + ([cases.filter(search=query)] if own is None else [])
    rows = {row for half in halves for row in half.values_list("opened_at", "pk")[: most + 1]}
    found = [pk for _opened_at, pk in sorted(rows, reverse=True)]
    return Found(found[:most], is_common or len(found) > most)


def _hits(rows: QuerySet[Any], key: str, most: int) -> set[int] | None:
    """What `key` is in all of `rows`; None if there are more than `most`."""
    found = list(rows.order_by().values_list(key, flat=True)[: most + 1])
    return set(found) if len(found) <= most else None


def _by_due(narrowed: QuerySet[Case], wanted: CaseFilter, found: Found | None, shown: Page, *, on: date) -> list[Case]:
    """The cases of the page when they stand by the nearest due date of the open work that is asked for, those without a date last.

    The open items are read in that order until enough cases have been met; a case has several items, so some more than the page needs.
    """
    items = _items(wanted, on=on)
    if found:
        items, narrowed = items.filter(instance__case__in=found.keys), narrowed.filter(pk__in=found.keys)
    in_order = items.order_by(F("due_on").asc(nulls_last=True), "instance_id").values_list("instance_id", flat=True)
    needed, size, taken = shown.end_index(), 4 * shown.end_index(), 0
    met: dict[int, None] = {}
    while len(met) < needed:
        batch = list(in_order[taken : taken + size])
        visible = set(narrowed.filter(instance__in=set(batch) - met.keys()).order_by().values_list("instance_id", flat=True))
        met |= dict.fromkeys(instance for instance in batch if instance in visible)
        taken, size = taken + size, 2 * size
        if not batch:
            break
    of_page = list(met)[max(shown.start_index() - 1, 0) : needed]
    by_instance = {case.instance_id: case for case in _full(narrowed.filter(instance__in=of_page))}
    return [by_instance[instance] for instance in of_page]


def _full(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("instance", "county").defer("search", "public_search", "instance__state", "instance__givens")


def _open_items(cases: Sequence[Case]) -> dict[int, list[WorkItem]]:
    """By instance, nearest due date first."""
    found: dict[int, list[WorkItem]] = {}
    instances = [case.instance_id for case in cases if case.instance.status in RUNNING]
    rows = WorkItem.objects.filter(instance__in=instances, state=ItemState.OPEN).select_related("claimed_by")
    for item in rows.order_by(F("due_on").asc(nulls_last=True), "pk"):
        found.setdefault(item.instance_id, []).append(item)
    return found


def running_count(_user: User, *, cases: QuerySet[Case]) -> tuple[int, bool]:
    """How many of `cases`, which the reader may see, are running, and whether there are more than that."""
    paginator = CappedPaginator(cases.filter(instance__status__in=RUNNING), 1)
    return paginator.count, paginator.is_capped


class CountyRoutine(NamedTuple):
    """A published version of a routine, and whose it is."""

    county: County
    routine: Routine


def published_routines(counties: Iterable[County]) -> list[CountyRoutine]:
    """Every published version in the counties, county by county in their order, newest first."""
    known = {county.pk: county for county in counties}
    found = ProcessDefinition.objects.filter(county__in=known).defer("source").order_by("key", "-version")
    order = {pk: place for place, pk in enumerate(known)}
    return [
        CountyRoutine(known[definition.county_id], routine_of(definition))
        for definition in sorted(found, key=lambda definition: order[definition.county_id])
    ]


def working_bodies(counties: Iterable[County], *, on: date) -> list[Body]:
    """The bodies of the counties in which somebody can hold a function, in Swedish order."""
    found: set[Body] = set()
    for county in counties:
        seats = Seat.objects.filter(valid_on(on), in_county(county, "body__")).values("body_id")
        found |= set(Body.objects.filter(valid_on(on), pk__in=seats))
    return sorted(found, key=lambda body: swedish_key(str(body)))
