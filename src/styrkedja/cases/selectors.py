"""Cases, documents and the registry, for those who may see them.

Everybody who holds a seat in the county's collaboration may read its cases, and so may an administrator; nobody else sees anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document, FileContent, RegistryCounter, RegistrySeries, StoredFile
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.selectors import entries_about
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors import positions
from styrkedja.organisations.selectors.readers import counties_of, county_keys_of
from styrkedja.workflows.models import ProcessInstance

_SEARCHED = ("search", "public_search")


@dataclass(frozen=True)
class RegistryFilter:
    """What to show of the registry; what is empty narrows nothing. `public`: the wording that the public sees, and search in that alone."""

    series: int | None = None
    year: int | None = None
    direction: str = ""
    text: str = ""
    public: bool = False


def visible_to(user: User, *, on: date) -> QuerySet[Case]:
    """Every case that `user` may read, newest first."""
    found = Case.objects.filter(county__in=county_keys_of(user, on=on))
    return found.defer(*_SEARCHED).order_by("-opened_at", "-pk")


def case_by_id(user: User, case_id: int, *, on: date) -> Case | None:
    return visible_to(user, on=on).select_related("county", "registry_series", "instance__definition").filter(pk=case_id).first()


def case_by_number(user: User, number: str, *, on: date, county: str = "") -> Case | None:
    """By case number or registry number, however the letters are written. `county` is a key, needed only where two counties have the number.

    Raises Refused if several cases have it.
    """
    wanted = " ".join(number.split())
    found = visible_to(user, on=on).filter(Q(number=wanted) | Q(registry_number__iexact=wanted)).select_related("county")
    cases = list(found.filter(county__key=county)[:2] if county else found[:2])
    if len(cases) > 1:
        raise Refused(_("Flera län har ett ärende med nummer %(number)s. Ange även länet.") % {"number": wanted})
    return cases[0] if cases else None


def search_cases(user: User, text: str, *, on: date) -> QuerySet[Case]:
    """Cases whose numbers, wording or documents match `text`."""
    query = text_query(text)
    with_documents = Document.objects.filter(search=query).values("case")
    return visible_to(user, on=on).filter(Q(search=query) | Q(pk__in=with_documents))


def documents(user: User, case: Case, *, on: date) -> QuerySet[Document]:
    """The documents of the case in their order."""
    found = Document.objects.filter(case=case, case__in=visible_to(user, on=on).values("pk"))
    return found.defer(*_SEARCHED).select_related("case", "file").order_by("running_number")


def document_by_id(user: User, document_id: int, *, on: date) -> Document | None:
    found = _registry(user, on=on).select_related("case__county", "registered_by", "item")
    return found.filter(pk=document_id).first()


def registry(user: User, wanted: RegistryFilter, *, on: date) -> QuerySet[Document]:
    """The registered documents, the latest first."""
    found = _registry(user, on=on)
    if wanted.series is not None:
        found = found.filter(case__registry_series=wanted.series)
    if wanted.year is not None:
        found = found.filter(case__registry_year=wanted.year)
    if wanted.direction:
        found = found.filter(direction=wanted.direction)
    if wanted.text.strip():
        found = found.filter(pk__in=_matching(wanted.text, public=wanted.public))
    return found


def _matching(text: str, *, public: bool) -> QuerySet[Document]:
    """The keys of documents that match, or whose case does. A union, so that each half uses its own index."""
    column, query = "public_search" if public else "search", text_query(text)
    own = Document.objects.filter(**{column: query}).values("pk")
    of_case = Document.objects.filter(case__in=Case.objects.filter(**{column: query})).values("pk")
    return own.union(of_case)


def _registry(user: User, *, on: date) -> QuerySet[Document]:
    counties = county_keys_of(user, on=on)
    found = Document.objects.filter(case__county__in=counties).select_related("case", "file")
    return found.defer(*_SEARCHED, *(f"case__{column}" for column in _SEARCHED)).order_by("-registered_at", "-pk")


def text_query(text: str) -> SearchQuery:
    """Swedish words in any form, and "hela fraser", -undantag and or, as people write in search boxes.

    A plain word also finds what begins with it: Swedish writes compounds as one word, and "vård" shall find "vårdprogram".
    """
    query = SearchQuery(text, config="swedish", search_type="websearch")
    words = text.split()
    if "or" in words or not all(word.isalnum() for word in words):
        return query
    return query | SearchQuery(" & ".join(f"{word}:*" for word in words), config="swedish", search_type="raw")


def registry_series(user: User, *, on: date) -> QuerySet[RegistrySeries]:
    """The series of the counties that `user` may read, closed ones too."""
    return (
        RegistrySeries.objects.filter(county__in=counties_of(user, on=on)).select_related("authority", "county").order_by("county", "key")
    )


def registry_years(user: User, *, on: date) -> list[int]:
    """The years in which numbers have been given in the counties that `user` may read, latest first."""
    counters = RegistryCounter.objects.filter(series__county__in=counties_of(user, on=on))
    return list(counters.order_by("-year").values_list("year", flat=True).distinct())


def file_for(user: User, uuid: UUID, *, on: date) -> StoredFile | None:
    """A file of a case that `user` may read, or one that `user` has sent."""
    mine = Q(stored_by=user, instance=None)
    return StoredFile.objects.filter(mine | Q(instance__case__in=visible_to(user, on=on).values("pk")), uuid=uuid).first()


def content_of(file: StoredFile) -> bytes:
    """The bytes of a file that the reader has been found to may see."""
    return bytes(FileContent.objects.values_list("content", flat=True).get(pk=file.pk))


def log_of(user: User, case: Case, *, on: date) -> Iterator[LedgerEntry]:
    """What the log says about the case, its way through the routine and its files, oldest first."""
    if not visible_to(user, on=on).filter(pk=case.pk).exists():
        return iter(())
    files = StoredFile.objects.filter(instance=case.instance_id).values_list("uuid", flat=True)
    return iter(entries_about({"case": [case.pk], "instance": [case.instance_id], "file": list(files)}))


# For services, which check in their own way who may act.


def may_upload(user: User, instance: ProcessInstance | None, *, on: date) -> bool:
    """May `user` leave a file: to a case that can be read, or, before there is one, as holder of any seat?"""
    if instance is None:
        return bool(positions(user, on=on))
    return visible_to(user, on=on).filter(instance=instance).exists()


def case_of_instance(instance_id: int) -> Case:
    return Case.objects.defer(*_SEARCHED).select_related("county").get(instance=instance_id)


def series_of(body: Body) -> RegistrySeries | None:
    """The open series of `body` as an authority; the first by key where it has several."""
    return RegistrySeries.objects.filter(authority=body, closed_on=None).select_related("authority").order_by("key").first()


def file_by_uuid(uuid: UUID | str) -> StoredFile:
    return StoredFile.objects.get(uuid=uuid)


def any_case(county: County) -> bool:
    """Has the county any case at all? For the set-up of a demonstration, which has no reader."""
    return Case.objects.filter(county=county).exists()
