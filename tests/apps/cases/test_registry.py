from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Direction, Document, RegistrySeries
from styrkedja.cases.selectors import series_of
from styrkedja.cases.services import assign_registry_number, load_registry_series, register_document
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.presenters import entry_line
from styrkedja.organisations.models import County
from styrkedja.workflows.models import WorkItem
from tests.factories.accounts import make_user
from tests.factories.cases import make_case, make_definition, make_file, make_series
from tests.factories.counties import body, make_county, make_holder
from tests.factories.threads import at_once

Flush = Callable[[], list[LedgerEntry]]


@dataclass(frozen=True)
class Row:
    key: str
    authority: str
    name: str = "Diarium"
    format: str = "{series}/{number}/{year}"


def register(actor: User, case: Case, at: datetime, **change: Any) -> Document:
    whole = {"direction": Direction.RECEIVED, "dated_on": date(2026, 9, 15), "title": "Remiss", "counterpart": "SKR", "file": None}
    return register_document(actor=actor, case=case, at=at, **whole | change)


def test_numbers_run_by_series_and_year_in_the_format_of_the_series(county: County, registrar: User) -> None:
    rvn, ks = make_series(county), make_series(county, "KFVN", format="{series} {year}/{number:03}", role="kommun")
    new_year_in_sweden = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    given = []
    for series, at in [(rvn, None), (rvn, None), (ks, None), (rvn, new_year_in_sweden), (ks, None)]:
        case = make_case(registrar, county)
        given.append(assign_registry_number(actor=registrar, case=case, series=series, at=at or case.opened_at).registry_number)
        assert (case.registry_number, case.registry_series) == (given[-1], series)
    assert given == ["RVN/1/2026", "RVN/2/2026", "KFVN 2026/001", "RVN/1/2027", "KFVN 2026/002"]


def test_a_number_is_on_record_with_its_authority(county: County, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    case = make_case(registrar, county)
    assign_registry_number(actor=registrar, case=case, series=make_series(county), at=at)
    stored = Case.objects.get(pk=case.pk)
    assert (stored.registry_number, stored.registry_year, stored.registry_running) == ("RVN/1/2026", 2026, 1)
    assert str(stored) == "RVN/1/2026 Nationellt vårdprogram för stroke"
    entry = entry_line(flush_ledger()[-1])
    assert (entry.act, entry.function) == ("Ärendet fick diarienummer", "Registrator, Region Exempellän")
    assert entry.details == {"registry_number": "RVN/1/2026", "series": "RVN", "authority": "region-exempellan"}


def test_a_case_gets_one_number_only(county: County, registrar: User, at: datetime) -> None:
    case, series = make_case(registrar, county), make_series(county)
    assign_registry_number(actor=registrar, case=case, series=series, at=at)
    with pytest.raises(Refused, match="Ärendet har redan diarienummer RVN/1/2026"):
        assign_registry_number(actor=registrar, case=case, series=series, at=at)
    assert series.counters.get().last == 1


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("closed", "Diarieserien RVN är stängd och ger inga nya nummer."),
        ("foreign", "Diarieserien RVN hör inte till ärendets län."),
        ("chair", "Bara en registrator eller en samordnare i länet kan diarieföra"),
        ("format", "Platshållaren {number} saknas."),
    ],
)
def test_a_refused_number_is_not_used(
    fault: str, message: str, county: County, registrar: User, chair: User, at: datetime, flush_ledger: Flush
) -> None:
    case = make_case(registrar, county)
    series = make_series(make_county("grannlan", name="Grannlän") if fault == "foreign" else county)
    if fault == "closed":
        RegistrySeries.objects.update(closed_on=date(2026, 9, 16))
    if fault == "format":
        RegistrySeries.objects.update(format="{series}/{year}")
    series.refresh_from_db()
    entries = len(flush_ledger())
    with pytest.raises(Refused) as refused:
        assign_registry_number(actor=chair if fault == "chair" else registrar, case=case, series=series, at=at)
    assert message in refused.value.reason
    assert Case.objects.get().registry_number == ""
    assert series.counters.count() == 0
    assert [entry.act for entry in flush_ledger()[entries:]] == ["case.registration_refused"]


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_are_unbroken_and_unique(county: County, registrar: User, at: datetime) -> None:
    series = make_series(county)
    cases = [make_case(registrar, county) for _number in range(10)]
    at_once(*(lambda case=case: assign_registry_number(actor=registrar, case=case, series=series, at=at) for case in cases))
    assert sorted(Case.objects.values_list("registry_running", flat=True)) == list(range(1, 11))
    assert len(set(Case.objects.values_list("registry_number", flat=True))) == 10


@pytest.mark.django_db(transaction=True)
def test_one_case_asked_for_at_once_gets_one_number(county: County, registrar: User, at: datetime) -> None:
    series, case = make_series(county), make_case(registrar, county)

    def ask() -> str:
        try:
            return assign_registry_number(actor=registrar, case=Case.objects.get(pk=case.pk), series=series, at=at).registry_number
        except Refused as refused:
            return refused.reason

    said = sorted(str(answer) for answer in at_once(ask, ask, ask))
    assert said == ["RVN/1/2026", *["Ärendet har redan diarienummer RVN/1/2026."] * 2]
    assert series.counters.get().last == 1


def test_a_document_says_what_the_law_asks_for(county: County, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    case, file = make_case(registrar, county), make_file(registrar)
    assign_registry_number(actor=registrar, case=case, series=make_series(county), at=at)
    document = register(registrar, case, at, title=" Remiss:\nvårdprogram ", counterpart=" SKR ", public_title=" ", file=file)
    assert document.reference == "RVN/1/2026:1"
    assert (document.direction, document.dated_on, document.counterpart) == ("RECEIVED", date(2026, 9, 15), "SKR")
    assert (document.title, document.public_title, document.registered_at) == ("Remiss: vårdprogram", "", at)
    assert (document.registered_by, document.function, document.item) == (registrar, "Registrator, Region Exempellän", None)
    file.refresh_from_db()
    assert file.instance == case.instance
    entry = entry_line(flush_ledger()[-1])
    assert (entry.act, entry.object_type, entry.object_id) == ("Handlingen diariefördes", "case", str(case.pk))
    assert entry.details == {
        "document": document.pk,
        "number": 1,
        "direction": "RECEIVED",
        "dated_on": "2026-09-15",
        "title": "Remiss: vårdprogram",
        "public_title": "",
        "counterpart": "SKR",
        "file": str(file.uuid),
        "sha256": file.sha256,
    }


def test_before_the_registry_number_the_case_number_designates_the_document(county: County, registrar: User, at: datetime) -> None:
    case = make_case(registrar, county)
    assert [register(registrar, case, at).reference, register(registrar, case, at).reference] == ["2026-0001:1", "2026-0001:2"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dated_on": None}, "Ange vilken dag handlingen kom in."),
        ({"dated_on": date(2026, 9, 17)}, "Datumet ligger i framtiden."),
        ({"counterpart": " "}, "Ange vem handlingen kom från."),
        ({"title": "\n"}, "Ange kort vad handlingen rör."),
        ({"direction": "INTERNAL"}, "Ange om handlingen är inkommen, expedierad eller upprättad."),
        ({"title": "", "counterpart": ""}, "Ange vem handlingen kom från. Ange kort vad handlingen rör."),
    ],
)
def test_a_document_that_lacks_a_part_is_refused(
    change: dict[str, Any], message: str, county: County, registrar: User, at: datetime, flush_ledger: Flush
) -> None:
    case, file = make_case(registrar, county), make_file(registrar)
    entries = len(flush_ledger())
    with pytest.raises(Refused) as refused:
        register(registrar, case, at, file=file, **change)
    assert message in refused.value.reason
    file.refresh_from_db()
    assert (Document.objects.count(), file.instance) == (0, None)
    assert [entry.act for entry in flush_ledger()[entries:]] == ["document.registration_refused"]


def test_who_may_not_keep_the_registry_registers_nothing_by_hand(county: County, registrar: User, chair: User, at: datetime) -> None:
    case = make_case(registrar, county)
    neighbour = make_holder(make_county("grannlan", name="Grannlän"), "region", "REGISTRAR")
    for actor in (chair, neighbour, make_user("forvaltare", administrator=True)):
        with pytest.raises(Refused, match="Bara en registrator eller en samordnare i länet kan diarieföra"):
            register(actor, case, at)
    assert Document.objects.count() == 0


def test_the_performer_of_a_step_registers_what_the_step_is_about(county: County, registrar: User, chair: User, at: datetime) -> None:
    case = make_case(registrar, county)
    item = WorkItem.objects.get(instance=case.instance)
    document = register(chair, case, at, item=item, function="Ordförande, LPO Psykisk hälsa")
    assert (document.item, document.registered_by, document.function) == (item, chair, "Ordförande, LPO Psykisk hälsa")


def test_a_step_of_another_case_opens_no_door(county: County, registrar: User, chair: User, at: datetime) -> None:
    case, other = make_case(registrar, county), make_case(registrar, county)
    item = WorkItem.objects.get(instance=other.instance)
    with pytest.raises(ValueError, match="another case"):
        register(chair, case, at, item=item)
    with pytest.raises(ValueError, match="another case"):
        assign_registry_number(actor=chair, case=case, series=make_series(county), at=at, item=item)
    assert Document.objects.count() == 0


def test_a_file_of_somebody_else_or_of_another_case_cannot_be_taken(county: County, registrar: User, chair: User, at: datetime) -> None:
    case, other = make_case(registrar, county), make_case(registrar, county)
    foreign, used = make_file(chair, name="Annans.pdf"), make_file(registrar, name="Använd.pdf")
    register(registrar, other, at, file=used)
    for file in (foreign, used):
        with pytest.raises(Refused, match=f"Filen {file.name} hör inte till ärendet"):
            register(registrar, case, at, file=file)
    assert not Document.objects.filter(case=case).exists()
    assert [register(registrar, other, at, file=used).running_number for _time in range(2)] == [2, 3]


def test_the_same_form_sent_again_enters_one_document(county: County, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    case, key = make_case(registrar, county), uuid4()
    first = register(registrar, case, at, idempotency_key=key)
    entries = len(flush_ledger())
    assert register(registrar, case, at, idempotency_key=key) == first
    assert (Document.objects.count(), len(flush_ledger())) == (1, entries)


@pytest.mark.django_db(transaction=True)
def test_documents_entered_at_once_have_numbers_in_one_unbroken_row(county: County, registrar: User, at: datetime) -> None:
    case = make_case(registrar, county)
    at_once(*([lambda: register(registrar, case, at)] * 8))
    assert list(Document.objects.values_list("running_number", flat=True)) == list(range(1, 9))


def test_series_follow_the_file_of_the_county(county: County, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    region, kommun = body(county, "region"), body(county, "kommun")
    first = [Row("RS", region.key), Row("KS", kommun.key)]
    assert load_registry_series(actor=None, county=county, rows=first, at=at) == ["Ny diarieserie: RS", "Ny diarieserie: KS"]
    assert load_registry_series(actor=None, county=county, rows=first, at=at) == []
    second = [Row("RS", region.key, format="{series} {year}-{number:04}"), Row("HSN", region.key)]
    assert load_registry_series(actor=None, county=county, rows=second, at=at) == [
        "Ändrad diarieserie: RS",
        "Ny diarieserie: HSN",
        "Stängd diarieserie: KS",
    ]
    assert RegistrySeries.objects.get(key="KS").closed_on == date(2026, 9, 16)
    assert load_registry_series(actor=None, county=county, rows=[*second, Row("KS", region.key)], at=at) == ["Ändrad diarieserie: KS"]
    ks = RegistrySeries.objects.get(key="KS")
    assert (ks.closed_on, ks.authority.key) == (None, region.key)
    entries = [entry_line(entry) for entry in flush_ledger()]
    assert [entry.act for entry in entries] == ["Diarieserierna lästes in"] * 3
    assert entries[0].details == {"changes": ["Ny diarieserie: RS", "Ny diarieserie: KS"]}


def test_a_county_leaves_the_series_of_its_neighbour_alone(county: County, at: datetime) -> None:
    neighbour = make_county("grannlan", name="Grannlän")
    make_series(neighbour, "RS")
    load_registry_series(actor=None, county=county, rows=[Row("RS", body(county, "region").key)], at=at)
    load_registry_series(actor=None, county=county, rows=[], at=at)
    assert {(series.county.key, series.closed_on) for series in RegistrySeries.objects.all()} == {
        ("exempellan", date(2026, 9, 16)),
        ("grannlan", None),
    }


def test_the_series_of_an_authority_is_its_first_open_one(county: County) -> None:
    region = body(county, "region")
    assert series_of(region) is None
    make_series(county, "RS")
    make_series(county, "HSN")
    assert str(series_of(region)) == "HSN"
    RegistrySeries.objects.filter(key="HSN").update(closed_on=date(2026, 1, 1))
    assert str(series_of(region)) == "RS"


def test_two_counties_may_give_the_same_number(county: County, registrar: User, at: datetime) -> None:
    neighbour = make_county("grannlan", name="Grannlän")
    other = make_holder(neighbour, "region", "REGISTRAR")
    make_definition(neighbour)
    numbers = [
        assign_registry_number(actor=actor, case=make_case(actor, where), series=make_series(where, "RS"), at=at).registry_number
        for actor, where in [(registrar, county), (other, neighbour)]
    ]
    assert numbers == ["RS/1/2026", "RS/1/2026"]
