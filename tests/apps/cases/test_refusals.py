"""What is refused on cases and in the structure changes nothing, and is on record by whom it was tried and why."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import Model

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document
from styrkedja.cases.services import assign_registry_number, change_subjects, open_case, register_document
from styrkedja.cases.services.closing import close_case
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import PendingEntry
from styrkedja.organisations.models import Membership, Substitution
from styrkedja.organisations.services import add_substitute, appoint_member, end_membership
from styrkedja.workflows.models import HistoryEvent, ProcessInstance
from styrkedja.workflows.services.migrating import migrate
from tests.factories.cases import AT, make_case, make_series
from tests.factories.counties import make_county, make_holder, seat

pytestmark = pytest.mark.django_db

TODAY = AT.date()
DOCUMENT = {"direction": "IN", "dated_on": TODAY, "title": "Remiss", "counterpart": "SKR", "file": None}


@pytest.fixture
def case() -> Case:
    county = make_county()
    return make_case(make_holder(county, "region", "REGISTRAR", username="registrator"), county)


@pytest.fixture
def stranger(case: Case) -> User:
    return make_holder(case.county, "kommun", "HEAD_OF_OPERATIONS", username="verksamhetschef")


# By act: the attempt, and what the log says that it was made on.
ATTEMPTS: dict[str, tuple[Callable[[Case, User], object], Callable[[Case, User], tuple[str, object]]]] = {
    "case.opening_refused": (
        lambda case, who: open_case(
            actor=who, county=case.county, definition=case.instance.definition, subject="Nytt", givens={"urgent": False}, at=AT
        ),
        lambda case, _who: ("county", case.county.key),
    ),
    "case.subjects_change_refused": (
        lambda case, who: change_subjects(actor=who, case=case, subject="Annat", public_subject="", at=AT),
        lambda case, _who: ("case", case.pk),
    ),
    "case.closing_refused": (
        lambda case, who: close_case(actor=who, case=case, reason="Inte längre aktuellt.", at=AT),
        lambda case, _who: ("case", case.pk),
    ),
    "case.registration_refused": (
        lambda case, who: assign_registry_number(actor=who, case=case, series=make_series(case.county), at=AT),
        lambda case, _who: ("case", case.pk),
    ),
    "document.registration_refused": (
        lambda case, who: register_document(actor=who, case=case, at=AT, **DOCUMENT),
        lambda case, _who: ("case", case.pk),
    ),
    "case.migration_refused": (
        lambda case, who: migrate(actor=who, instance=case.instance, definition_to=case.instance.definition, at=AT),
        lambda case, _who: ("instance", case.instance_id),
    ),
    "member.appointment_refused": (
        lambda case, who: appoint_member(
            actor=who, seat=seat(case.county, "region", "REGISTRAR"), account=who, valid_from=TODAY, valid_until=None, at=AT
        ),
        lambda case, _who: ("body", seat(case.county, "region", "REGISTRAR").body.key),
    ),
    "member.end_refused": (
        lambda case, who: end_membership(actor=who, membership=Membership.objects.get(account=case.opened_by), valid_until=TODAY, at=AT),
        lambda case, _who: ("body", seat(case.county, "region", "REGISTRAR").body.key),
    ),
    "substitute.addition_refused": (
        lambda _case, who: add_substitute(actor=who, substitute=who, valid_from=TODAY, valid_until=date(2030, 1, 1), reason="", at=AT),
        lambda _case, who: ("account", who.pk),
    ),
}


KEPT: tuple[type[Model], ...] = (Case, Document, HistoryEvent, Membership, ProcessInstance, Substitution)


def everything() -> list[object]:
    return [list(model._default_manager.order_by("pk").values()) for model in KEPT]


@pytest.mark.parametrize("act", ATTEMPTS)
def test_what_is_refused_changes_nothing_and_is_on_record(act: str, case: Case, stranger: User) -> None:
    attempt, about = ATTEMPTS[act]
    before, recorded = everything(), PendingEntry.objects.count()
    with pytest.raises(Refused) as refused:
        attempt(case, stranger)
    assert everything() == before
    [(body, payload)] = PendingEntry.objects.order_by("pk").values_list("body", "payload")[recorded:]
    entry = json.loads(body)
    object_type, object_id = about(case, stranger)
    assert (entry["act"], entry["account"], entry["object_type"], entry["object_id"]) == (act, stranger.pk, object_type, str(object_id))
    assert json.loads(payload)["reason"] == str(refused.value.reason)
