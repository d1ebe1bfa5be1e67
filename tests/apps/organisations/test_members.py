"""Who may say who holds a seat, and what appointing, ending and standing in leave behind."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import LedgerEntry
from styrkedja.organisations.models import Body, County, Group, Membership, Seat, Substitution
from styrkedja.organisations.policies import can_appoint, seats_to_fill
from styrkedja.organisations.selectors import positions, substitutions_of
from styrkedja.organisations.services import (
    NewMember,
    add_substitute,
    appoint_member,
    compose_working_group,
    end_membership,
    end_substitution,
)
from tests.factories.accounts import make_user
from tests.factories.counties import body, hold, make_county, make_holder, seat

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 9, 16), date(2026, 9, 17)
NOT_ALLOWED = "Bara länets samordnare, gruppens sammankallande eller en systemförvaltare kan ändra vem som innehar platsen. Vänd dig till samordnaren."
Flush = Callable[[], list[LedgerEntry]]


@pytest.fixture
def county(db: None) -> County:
    return make_county()


@pytest.fixture
def other(db: None) -> County:
    return make_county("annatlan", name="Annat län")


@pytest.fixture
def coordinator(county: County) -> User:
    return make_holder(county, "region", "COORDINATOR", username="samordnare")


@pytest.fixture
def chair_seat(county: County) -> Seat:
    return seat(county, "lpo", "CHAIR")


@pytest.fixture
def candidate(db: None) -> User:
    return make_user("kandidat", name="Kandidaten")


@pytest.fixture
def group(county: County) -> Group:
    convener = make_user("sammankallande")
    actor = make_user("lpo-ordforande")
    return compose_working_group(
        actor=actor,
        county=county,
        parent=body(county, "lpo"),
        name="LAG ångest",
        mandate="",
        convener=convener,
        members=[NewMember("Psykolog", "Ånge")],
        at=AT,
    )


def appoint(
    actor: User | None, chosen: Seat, account: User, start: date = TODAY, end: date | None = None, *, replaces: bool = False
) -> Membership:
    return appoint_member(actor=actor, seat=chosen, account=account, valid_from=start, valid_until=end, at=AT, replaces=replaces)


def refused(act: Callable[[], object], flush_ledger: Flush) -> str:
    """The reason why the act is refused; nothing has then changed, and the log says why."""

    def rows() -> list[list[dict[str, object]]]:
        return [list(model._default_manager.order_by("pk").values()) for model in (Membership, Substitution)]

    before, entries = rows(), len(flush_ledger())
    with pytest.raises(Refused) as refusal:
        act()
    assert rows() == before
    [entry] = flush_ledger()[entries:]
    assert (entry.act.endswith("_refused"), json.loads(entry.text.payload)["reason"]) == (True, refusal.value.reason)
    return refusal.value.reason


# Who may


def test_the_truth_table_of_who_may_appoint_where(county: County, other: County, coordinator: User, group: Group) -> None:
    """Rows: who asks. Columns: a seat in the county, in its region, in a group that a case made, in another county, in the nation."""
    nation = Group.objects.create(key="npo", name="NPO", kind="PROGRAMME_GROUP", level="NATIONAL")
    shared = Seat.objects.create(body=nation, function="MEMBER", title="Länets ledamot", county=county)
    seats = [
        seat(county, "lpo", "CHAIR"),
        seat(county, "region", "REGISTRAR"),
        Seat.objects.get(body=group, function="EXPERT"),
        seat(other, "lpo", "CHAIR"),
        shared,
        Seat.objects.create(body=nation, function="CHAIR", title="Ordförande"),
    ]
    stand_in = make_user("ersattare")
    Substitution.objects.create(account=coordinator, substitute=stand_in, valid_from=TODAY, valid_until=TOMORROW)
    rows = {
        "administrator": make_user("forvaltare", administrator=True),
        "closed administrator": make_user("avstangd", administrator=True, active=False),
        "coordinator": coordinator,
        "substitute of the coordinator": stand_in,
        "coordinator of another county": make_holder(other, "region", "COORDINATOR"),
        "convener": User.objects.get(username="sammankallande"),
        "chair": make_holder(county, "lpo", "CHAIR"),
        "nobody": make_user("ingen"),
    }
    yes, no = True, False
    assert {who: [can_appoint(user, one, on=TODAY) for one in seats] for who, user in rows.items()} == {
        "administrator": [yes, yes, yes, yes, yes, yes],
        "closed administrator": [no, no, no, no, no, no],
        "coordinator": [yes, yes, yes, no, yes, no],
        "substitute of the coordinator": [yes, yes, yes, no, yes, no],
        "coordinator of another county": [no, no, no, yes, no, no],
        "convener": [no, no, yes, no, no, no],
        "chair": [no, no, no, no, no, no],
        "nobody": [no, no, no, no, no, no],
    }
    assert not can_appoint(stand_in, seats[0], on=TOMORROW)


def test_asking_about_many_seats_costs_no_more_than_about_one(county: County, coordinator: User, django_assert_num_queries) -> None:
    everyone = list(Seat.objects.select_related("body"))
    with django_assert_num_queries(3):
        assert seats_to_fill(coordinator, everyone, on=TODAY) == {one.pk for one in everyone}


@pytest.mark.parametrize("username", ["chair", "nobody"])
def test_who_may_not_appoint_changes_nothing(username: str, county: County, chair_seat: Seat, candidate: User, flush_ledger: Flush) -> None:
    actor = make_holder(county, "lpo", "PROCESS_LEADER") if username == "chair" else make_user("ingen")
    held = hold(candidate, chair_seat, valid_from=TODAY)
    assert refused(lambda: appoint(actor, chair_seat, actor), flush_ledger) == NOT_ALLOWED
    assert refused(lambda: end_membership(actor=actor, membership=held, valid_until=TOMORROW, at=AT), flush_ledger) == NOT_ALLOWED


# Appointing


def test_an_appointment_holds_for_its_period_and_is_in_the_log(
    coordinator: User, chair_seat: Seat, candidate: User, flush_ledger: Flush
) -> None:
    log = len(flush_ledger())
    appoint(coordinator, chair_seat, candidate, TODAY, date(2027, 1, 1))
    held = {on: positions(candidate, on=on) for on in (date(2026, 9, 15), TODAY, date(2026, 12, 31), date(2027, 1, 1))}
    mine = frozenset({(chair_seat.body_id, "CHAIR")})
    assert list(held.values()) == [frozenset(), mine, mine, frozenset()]
    (entry,) = flush_ledger()[log:]
    assert (entry.act, entry.object_type, entry.object_id) == ("member.appointed", "body", "lpo-exempellan")
    assert '"account":"kandidat"' in entry.text.payload
    assert "kandidat" not in entry.body


def test_a_convener_fills_the_seats_of_the_group(group: Group, candidate: User) -> None:
    convener = User.objects.get(username="sammankallande")
    appoint(convener, Seat.objects.get(body=group, function="EXPERT"), candidate)
    assert positions(candidate, on=TODAY) == {(group.pk, "EXPERT")}


def test_the_program_itself_appoints_when_it_sets_itself_up(chair_seat: Seat, candidate: User) -> None:
    assert appoint(None, chair_seat, candidate).account == candidate


def test_several_may_hold_one_seat(county: County, coordinator: User, candidate: User) -> None:
    shared = seat(county, "region", "REGISTRAR")
    appoint(coordinator, shared, candidate)
    appoint(coordinator, shared, make_user("andra"))
    assert Membership.objects.filter(seat=shared).count() == 2


@pytest.mark.parametrize("start", [TODAY, date(2026, 1, 1), date(2027, 5, 1)])
def test_one_leads_at_a_time(start: date, coordinator: User, chair_seat: Seat, candidate: User, flush_ledger: Flush) -> None:
    appoint(coordinator, chair_seat, candidate, date(2026, 3, 1))
    reason = refused(lambda: appoint(coordinator, chair_seat, make_user("andra"), start), flush_ledger)
    assert reason.startswith("Kandidaten innehar platsen under den tiden, och den innehas av en i taget.")


def test_a_new_chair_takes_over_from_the_former_in_one_act(
    coordinator: User, chair_seat: Seat, candidate: User, flush_ledger: Flush
) -> None:
    former = appoint(coordinator, chair_seat, candidate, date(2026, 1, 1))
    made = appoint(coordinator, chair_seat, make_user("andra"), TOMORROW, replaces=True)
    former.refresh_from_db()
    assert (former.valid_until, made.valid_from, made.valid_until) == (TOMORROW, TOMORROW, None)
    assert [entry.act for entry in flush_ledger()[-2:]] == ["member.ended", "member.appointed"]
    reason = refused(lambda: appoint(coordinator, chair_seat, make_user("tredje"), TODAY, replaces=True), flush_ledger)
    assert reason == "Andra ska inneha platsen från 17 sep 2026. Låt det nya innehavet sluta före den dagen."


def test_the_same_account_may_come_back_after_its_time(coordinator: User, chair_seat: Seat, candidate: User) -> None:
    appoint(coordinator, chair_seat, candidate, TODAY, TOMORROW)
    appoint(coordinator, chair_seat, candidate, TOMORROW)
    assert Membership.objects.filter(seat=chair_seat, account=candidate).count() == 2


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (TODAY, None),
        (date(2026, 12, 31), None),
        (date(2026, 1, 1), TOMORROW),
        (date(2026, 10, 1), date(2026, 10, 2)),
        (date(2026, 1, 1), None),
    ],
)
def test_nobody_holds_a_seat_twice_at_once(
    start: date, end: date | None, coordinator: User, chair_seat: Seat, candidate: User, flush_ledger: Flush
) -> None:
    appoint(coordinator, chair_seat, candidate, TODAY, date(2027, 1, 1))
    reason = refused(lambda: appoint(coordinator, chair_seat, candidate, start, end), flush_ledger)
    assert reason == "Kandidaten innehar redan platsen under den tiden."


@pytest.mark.parametrize("end", [date(2026, 9, 15), TODAY])
def test_a_period_without_a_day_is_refused(end: date, coordinator: User, chair_seat: Seat, candidate: User, flush_ledger: Flush) -> None:
    reason = refused(lambda: appoint(coordinator, chair_seat, candidate, TODAY, end), flush_ledger)
    assert reason == "Slutdatumet ligger före startdatumet. Rätta det ena."


def test_a_closed_account_is_not_appointed(coordinator: User, chair_seat: Seat, flush_ledger: Flush) -> None:
    reason = refused(lambda: appoint(coordinator, chair_seat, make_user("slutat", active=False)), flush_ledger)
    assert reason == "Kontot slutat är avstängt. Välj ett annat."


@pytest.mark.parametrize("gone", ["seat", "body"])
def test_a_seat_that_does_not_exist_then_is_not_filled(
    gone: str, coordinator: User, chair_seat: Seat, candidate: User, flush_ledger: Flush
) -> None:
    rows = Seat.objects.filter(pk=chair_seat.pk) if gone == "seat" else Body.objects.filter(pk=chair_seat.body_id)
    rows.update(valid_until=TODAY)
    reason = refused(lambda: appoint(coordinator, chair_seat, candidate), flush_ledger)
    assert reason == "Platsen Ordförande, LPO Psykisk hälsa finns inte under den tiden."


# Ending


def test_a_membership_that_ends_stays_readable(coordinator: User, chair_seat: Seat, candidate: User, flush_ledger: Flush) -> None:
    held = appoint(coordinator, chair_seat, candidate, date(2026, 1, 1))
    ended = end_membership(actor=coordinator, membership=held, valid_until=TOMORROW, at=AT)
    assert (ended.valid_from, ended.valid_until) == (date(2026, 1, 1), TOMORROW)
    assert [bool(positions(candidate, on=on)) for on in (TODAY, TOMORROW)] == [True, False]
    assert flush_ledger()[-1].act == "member.ended"


def test_an_appointment_that_was_a_mistake_can_be_taken_back_whole(coordinator: User, chair_seat: Seat, candidate: User) -> None:
    held = appoint(coordinator, chair_seat, candidate, TODAY)
    end_membership(actor=coordinator, membership=held, valid_until=TODAY, at=AT)
    assert positions(candidate, on=TODAY) == frozenset()
    assert appoint(coordinator, chair_seat, candidate, TODAY).pk != held.pk


def test_what_has_ended_is_not_ended_again_nor_made_longer(
    coordinator: User, chair_seat: Seat, candidate: User, flush_ledger: Flush
) -> None:
    past = hold(candidate, chair_seat, valid_from=date(2025, 1, 1), valid_until=date(2026, 1, 1))
    coming = hold(make_user("andra"), chair_seat, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))

    def end(membership: Membership, on: date) -> Callable[[], object]:
        return lambda: end_membership(actor=coordinator, membership=membership, valid_until=on, at=AT)

    assert refused(end(past, TODAY), flush_ledger) == "Innehavet upphörde redan den 1 jan 2026."
    assert refused(end(coming, date(2027, 1, 2)), flush_ledger) == "Tiden slutar redan den 1 jan 2027 och kan bara göras kortare."
    assert refused(end(coming, date(2025, 12, 31)), flush_ledger) == "Slutdatumet ligger före startdatumet. Rätta det ena."


# Standing in


def stand_in(actor: User, substitute: User, start: date = TODAY, end: date = TOMORROW) -> Substitution:
    return add_substitute(actor=actor, substitute=substitute, valid_from=start, valid_until=end, reason=" Föräldraledig ", at=AT)


def test_a_substitute_acts_in_all_functions_for_the_period(coordinator: User, candidate: User, flush_ledger: Flush) -> None:
    made = stand_in(coordinator, candidate)
    assert made.reason == "Föräldraledig"
    assert positions(candidate, on=TODAY) == positions(coordinator, on=TODAY) != frozenset()
    assert positions(candidate, on=TOMORROW) == frozenset()
    entry = flush_ledger()[-1]
    assert (entry.act, entry.object_type, entry.object_id) == ("substitute.added", "account", str(coordinator.pk))
    assert substitutions_of(coordinator, on=TODAY) == substitutions_of(candidate, on=TODAY) == [made]
    assert substitutions_of(candidate, on=TOMORROW) == []


def test_substitutions_that_make_no_sense_are_refused(coordinator: User, candidate: User, flush_ledger: Flush) -> None:
    closed = make_user("slutat", active=False)
    stand_in(coordinator, candidate)
    reasons = [
        refused(act, flush_ledger)
        for act in (
            lambda: stand_in(coordinator, candidate, TODAY, TODAY),
            lambda: stand_in(coordinator, candidate, date(2026, 9, 1), TODAY),
            lambda: stand_in(coordinator, coordinator),
            lambda: stand_in(coordinator, closed),
            lambda: stand_in(coordinator, candidate, date(2026, 9, 1), TOMORROW),
        )
    ]
    assert reasons == [
        "Slutdatumet ligger före startdatumet. Rätta det ena.",
        "Perioden har redan passerat. Ange ett senare slutdatum.",
        "Du kan inte vara din egen ersättare.",
        "Kontot slutat är avstängt. Välj ett annat.",
        "Kandidaten är redan din ersättare under den tiden.",
    ]


@pytest.mark.parametrize("who", ["replaced", "substitute", "administrator"])
def test_those_whom_it_concerns_end_a_substitution(who: str, coordinator: User, candidate: User, flush_ledger: Flush) -> None:
    made = stand_in(coordinator, candidate, TODAY, date(2026, 12, 1))
    actor = {"replaced": coordinator, "substitute": candidate}.get(who) or make_user("forvaltare", administrator=True)
    ended = end_substitution(actor=actor, substitution=made, valid_until=TOMORROW, at=AT)
    assert ended.valid_until == TOMORROW
    assert bool(positions(candidate, on=TODAY)) is True
    assert positions(candidate, on=TOMORROW) == frozenset()
    assert flush_ledger()[-1].act == "substitute.ended"


def test_nobody_else_ends_a_substitution(county: County, coordinator: User, candidate: User, flush_ledger: Flush) -> None:
    made = stand_in(coordinator, candidate, TODAY, date(2026, 12, 1))
    for actor in (make_holder(county, "lpo", "CHAIR"), make_user("forvaltare", administrator=True, active=False)):
        reason = refused(lambda actor=actor: end_substitution(actor=actor, substitution=made, valid_until=TOMORROW, at=AT), flush_ledger)
        assert reason == "Bara den som ersätts, ersättaren eller en systemförvaltare kan avsluta ersättningen."


def test_a_substitution_that_is_over_stays_as_it_was(coordinator: User, candidate: User, flush_ledger: Flush) -> None:
    over = Substitution.objects.create(account=coordinator, substitute=candidate, valid_from=date(2026, 1, 1), valid_until=date(2026, 2, 1))
    reason = refused(lambda: end_substitution(actor=coordinator, substitution=over, valid_until=date(2026, 1, 15), at=AT), flush_ledger)
    assert reason == "Ersättningen upphörde redan den 1 feb 2026."
