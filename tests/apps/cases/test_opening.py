from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.services import change_subjects, open_case
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.process.engine import EngineFault
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.presenters import entry_line
from styrkedja.organisations.models import County
from styrkedja.workflows.models import ProcessInstance, WorkItem
from tests.factories.accounts import make_user
from tests.factories.cases import make_case, make_definition
from tests.factories.counties import make_county, make_holder
from tests.factories.threads import at_once

Flush = Callable[[], list[LedgerEntry]]


def test_an_opened_case_has_a_number_and_stands_on_its_first_step(
    county: County, registrar: User, at: datetime, flush_ledger: Flush
) -> None:
    definition = make_definition(county)
    case = open_case(
        actor=registrar,
        county=county,
        definition=definition,
        subject="  Vårdprogram\n för  stroke ",
        public_subject="",
        givens={"urgent": True},
        at=at,
        idempotency_key=uuid4(),
    )
    assert (case.number, case.subject, case.public_subject, case.registry_number) == ("2026-0001", "Vårdprogram för stroke", "", "")
    assert (case.opened_at, case.opened_by, case.instance.definition) == (at, registrar, definition)
    assert [item.number for item in WorkItem.objects.filter(instance=case.instance)] == ["1"]
    [entry] = [entry_line(entry) for entry in flush_ledger() if entry.act == "case.opened"]
    assert (entry.object_type, entry.object_id, entry.account) == ("case", str(case.pk), registrar.pk)
    assert entry.function == "Registrator, Region Exempellän"
    assert entry.details == {
        "number": "2026-0001",
        "subject": "Vårdprogram för stroke",
        "public_subject": "",
        "instance": case.instance_id,
        "givens": {"urgent": True},
        "routine": "provning",
        "version": 1,
    }


def test_numbers_run_by_county_and_by_year_in_swedish_time(county: County, registrar: User) -> None:
    other = make_county("grannlan", name="Grannlän")
    neighbour = make_holder(other, "region", "COORDINATOR")
    new_year_in_sweden = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    opened = [
        make_case(registrar, county),
        make_case(registrar, county),
        make_case(neighbour, other),
        make_case(registrar, county, at=new_year_in_sweden),
        make_case(registrar, county, at=new_year_in_sweden - timedelta(hours=1)),
    ]
    assert [case.number for case in opened] == ["2026-0001", "2026-0002", "2026-0001", "2027-0001", "2026-0003"]


def test_the_same_form_sent_again_answers_the_same_case(county: County, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    definition, key = make_definition(county), uuid4()
    form = {"county": county, "definition": definition, "givens": {"urgent": True}, "at": at, "idempotency_key": key}
    first = open_case(actor=registrar, subject="Stroke", **form)
    entries = len(flush_ledger())
    again = open_case(actor=registrar, subject="Stroke", **form)
    assert again == first
    assert (Case.objects.count(), ProcessInstance.objects.count(), len(flush_ledger())) == (1, 1, entries)


def test_a_form_that_somebody_else_has_sent_opens_nothing(county: County, registrar: User, at: datetime) -> None:
    definition, key = make_definition(county), uuid4()
    form = {"county": county, "definition": definition, "givens": {"urgent": True}, "at": at, "idempotency_key": key}
    open_case(actor=registrar, subject="Stroke", **form)
    other = make_holder(county, "region", "COORDINATOR")
    with pytest.raises(Refused, match="Formuläret har redan använts"):
        open_case(actor=other, subject="Stroke", **form)
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_opens_one_case(county: County, registrar: User, at: datetime) -> None:
    definition, key = make_definition(county), uuid4()

    def click() -> Case:
        return open_case(
            actor=registrar, county=county, definition=definition, subject="Stroke", givens={"urgent": True}, at=at, idempotency_key=key
        )

    first, second, third = at_once(click, click, click)
    assert first == second == third
    assert [case.number for case in Case.objects.all()] == ["2026-0001"]


@pytest.mark.django_db(transaction=True)
def test_cases_opened_at_once_have_numbers_in_one_unbroken_row(county: County, registrar: User) -> None:
    make_definition(county)
    at_once(*([lambda: make_case(registrar, county)] * 8))
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"2026-{number:04}" for number in range(1, 9)]


@pytest.mark.parametrize(
    ("subject", "public_subject", "message"),
    [
        (" ", "", "Ange kort vad ärendet rör."),
        ("å" * 251, "", "Ärendemeningen är 251 tecken. Korta den till högst 250."),
        ("Stroke", "å" * 251, "Den offentliga ärendemeningen är 251 tecken. Korta den till högst 250."),
    ],
)
def test_a_case_without_proper_wording_is_refused(
    subject: str, public_subject: str, message: str, county: County, registrar: User, flush_ledger: Flush
) -> None:
    with pytest.raises(Refused) as refused:
        make_case(registrar, county, subject=subject, public_subject=public_subject)
    assert refused.value.reason == message
    assert (Case.objects.count(), ProcessInstance.objects.count()) == (0, 0)
    assert [entry.act for entry in flush_ledger()] == ["case.opening_refused"]


def test_only_registrar_and_coordinator_of_the_county_open_cases(county: County, chair: User, flush_ledger: Flush) -> None:
    neighbour = make_holder(make_county("grannlan", name="Grannlän"), "region", "REGISTRAR")
    nobody = make_user("ingen")
    administrator = make_user("forvaltare", administrator=True)
    for actor in (chair, neighbour, nobody, administrator):
        with pytest.raises(Refused, match="Bara en registrator eller en samordnare i länet kan öppna ett ärende"):
            make_case(actor, county)
    assert (Case.objects.count(), [entry.act for entry in flush_ledger()]) == (0, ["case.opening_refused"] * 4)


def test_a_routine_of_another_county_is_refused(county: County, registrar: User, at: datetime) -> None:
    foreign = make_definition(make_county("grannlan", name="Grannlän"))
    with pytest.raises(Refused, match="Rutinen Prövning gäller inte i Exempellän"):
        open_case(
            actor=registrar, county=county, definition=foreign, subject="Stroke", givens={"urgent": True}, at=at, idempotency_key=uuid4()
        )
    assert ProcessInstance.objects.count() == 0


def test_a_missing_given_stops_the_opening_and_uses_no_number(county: County, registrar: User, at: datetime) -> None:
    definition = make_definition(county)
    with pytest.raises(EngineFault, match="Är det brådskande"):
        open_case(actor=registrar, county=county, definition=definition, subject="Stroke", givens={}, at=at, idempotency_key=uuid4())
    assert Case.objects.count() == 0
    assert make_case(registrar, county).number == "2026-0001"


def test_new_wording_keeps_the_old_in_the_log(county: County, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    case = make_case(registrar, county, subject="Stroke")
    changed = change_subjects(actor=registrar, case=case, subject="Stroke och TIA", public_subject=" Vårdprogram ", at=at)
    assert (changed.subject, changed.public_subject) == ("Stroke och TIA", "Vårdprogram")
    entry = entry_line(flush_ledger()[-1])
    assert entry.act == "Ärendemeningen ändrades"
    assert entry.details == {
        "before": {"subject": "Stroke", "public_subject": ""},
        "after": {"subject": "Stroke och TIA", "public_subject": "Vårdprogram"},
    }


def test_the_same_wording_again_leaves_no_entry(county: County, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    case = make_case(registrar, county, subject="Stroke")
    before = len(flush_ledger())
    change_subjects(actor=registrar, case=case, subject=" Stroke", public_subject="", at=at)
    assert len(flush_ledger()) == before


@pytest.mark.parametrize(("may", "subject", "message"), [(True, "", "Ange kort vad ärendet rör."), (False, "TIA", "Bara en registrator")])
def test_a_refused_change_of_wording_changes_nothing(
    may: bool, subject: str, message: str, county: County, registrar: User, chair: User, at: datetime, flush_ledger: Flush
) -> None:
    case = make_case(registrar, county, subject="Stroke")
    before = len(flush_ledger())
    with pytest.raises(Refused, match=message):
        change_subjects(actor=registrar if may else chair, case=case, subject=subject, public_subject="", at=at)
    assert Case.objects.get().subject == "Stroke"
    assert [entry.act for entry in flush_ledger()[before:]] == ["case.subjects_change_refused"]
