"""A working group is closed by those who may; what it was stays readable, and it can take up work again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from styrkedja.accounts.models import User
from styrkedja.core.fields import WORKING_GROUPS, FieldSpec, FieldType
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.presenters import entry_line
from styrkedja.organisations.models import County, Group, Placement, Seat
from styrkedja.organisations.policies import can_close_group
from styrkedja.organisations.selectors import body_on, positions
from styrkedja.organisations.services import NewMember, close_group, compose_working_group, reactivate_group
from styrkedja.procedures.selectors.choices import bodies_for_field
from tests.factories.accounts import make_user
from tests.factories.counties import body, make_county, make_holder

FORMED, AT = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
TODAY = date(2026, 9, 16)
Flush = Callable[[], list[LedgerEntry]]


@pytest.fixture
def county(db: None) -> County:
    return make_county()


@pytest.fixture
def convener(db: None) -> User:
    return make_user("sammankallande")


@pytest.fixture
def group(county: County, convener: User) -> Group:
    members = [NewMember("Psykolog", "Ånge")]
    named = {"name": "LAG ångest", "mandate": "Analysera.", "parent": body(county, "lpo")}
    return compose_working_group(actor=make_user("chef"), county=county, convener=convener, members=members, at=FORMED, **named)


@pytest.fixture
def coordinator(county: County) -> User:
    return make_holder(county, "region", "COORDINATOR", username="samordnare")


def test_a_closed_group_is_no_more_but_what_it_was_stays(group: Group, convener: User, coordinator: User, flush_ledger: Flush) -> None:
    assert positions(convener, on=TODAY)
    closed = close_group(actor=coordinator, group=group, reason=" Uppdraget är slutfört. ", at=AT)
    assert closed.valid_until == TODAY
    assert positions(convener, on=TODAY) == frozenset()
    assert positions(convener, on=TODAY - timedelta(days=1))
    assert not Seat.objects.filter(body=group, valid_until__isnull=True).exists()
    assert not Placement.objects.filter(child=group, valid_until__isnull=True).exists()
    before, after = (body_on(coordinator, group.key, on=on) for on in (TODAY - timedelta(days=1), TODAY))
    assert before is not None
    assert after is not None
    assert (before.is_valid, after.is_valid) == (True, False)
    entry = entry_line(flush_ledger()[-1])
    assert (entry.act, entry.object_id) == ("Arbetsgruppen avslutades", group.key)
    assert entry.details == {"group": group.key, "name": "LAG ångest", "reason": "Uppdraget är slutfört."}


@pytest.mark.parametrize("who", ["coordinator", "convener", "administrator", "chair", "stranger", "foreign"])
def test_who_closes_a_group(who: str, group: Group, county: County, convener: User, coordinator: User, flush_ledger: Flush) -> None:
    people: dict[str, Callable[[], User]] = {
        "coordinator": lambda: coordinator,
        "convener": lambda: convener,
        "administrator": lambda: make_user("forvaltare", administrator=True),
        "chair": lambda: make_holder(county, "lpo", "CHAIR"),
        "stranger": lambda: make_user("utomstaende"),
        "foreign": lambda: make_holder(make_county("annatlan", name="Annat län"), "region", "COORDINATOR"),
    }
    actor, entries = people[who](), len(flush_ledger())
    allowed = who in {"coordinator", "convener", "administrator"}
    assert can_close_group(actor, group, on=TODAY) is allowed
    if allowed:
        close_group(actor=actor, group=group, reason="Klart.", at=AT)
        return
    with pytest.raises(Refused, match="Bara länets samordnare"):
        close_group(actor=actor, group=group, reason="Klart.", at=AT)
    assert Group.objects.get(pk=group.pk).valid_until is None
    assert [entry.act for entry in flush_ledger()[entries:]] == ["group.closing_refused"]


def test_what_cannot_be_closed_is_refused_and_stands(group: Group, county: County, coordinator: User, flush_ledger: Flush) -> None:
    lpo = Group.objects.get(pk=body(county, "lpo").pk)
    declared = Group.objects.create(key="lag-i-fil", name="LAG", kind="WORKING_GROUP", level="LOCAL", county=county, declared=True)
    entries = len(flush_ledger())
    for one, reason, message in (
        (lpo, "Klart.", "Bara arbetsgrupper kan avslutas här"),
        (declared, "Klart.", "Gruppen står i länets filer"),
        (group, "  ", "Ange varför gruppen avslutas"),
    ):
        with pytest.raises(Refused, match=message):
            close_group(actor=coordinator, group=one, reason=reason, at=AT)
    assert Group.objects.filter(valid_until__isnull=False).count() == 0
    assert [entry.act for entry in flush_ledger()[entries:]] == ["group.closing_refused"] * 3
    close_group(actor=coordinator, group=group, reason="Klart.", at=AT)
    with pytest.raises(Refused, match="LAG ångest är redan avslutad"):
        close_group(actor=coordinator, group=group, reason="Klart.", at=AT + timedelta(days=1))
    assert Group.objects.get(pk=group.pk).valid_until == TODAY


def test_a_closed_group_can_be_chosen_to_take_up_work_again(group: Group, county: County, convener: User, coordinator: User) -> None:
    earlier, other = (
        FieldSpec("earlier_group", FieldType.GROUP, "Tidigare grupp", of=WORKING_GROUPS),
        FieldSpec("body", FieldType.GROUP, "Organ"),
    )
    assert bodies_for_field(earlier, county) == [(group.key, "LAG ångest")]
    close_group(actor=coordinator, group=group, reason="Klart.", at=AT)
    assert bodies_for_field(earlier, county) == [(group.key, "LAG ångest (avslutad)")]
    assert group.key not in dict(bodies_for_field(other, county))
    later = AT + timedelta(days=30)
    members = [NewMember("Dietist", "Region")]
    group.refresh_from_db()
    reactivate_group(actor=coordinator, group=group, mandate="Igen.", convener=convener, members=members, at=later)
    assert positions(convener, on=later.date())
    assert not positions(convener, on=TODAY)
    seats = Seat.objects.filter(body=group, valid_until__isnull=True).order_by("title").values_list("title", flat=True)
    assert list(seats) == ["Dietist, Region", "Sammankallande"]
