"""Who may act is asked in three ways: of a person, as rows and as an answer, and of a function. They must always say the same."""

from datetime import date, timedelta
from itertools import product

import pytest

from styrkedja.accounts.models import User
from styrkedja.organisations.models import Body, County, Membership, Seat, Substitution
from styrkedja.organisations.selectors import functions_held, holders_by_position, memberships, position_label, positions
from tests.factories.accounts import make_user
from tests.factories.counties import body, hold, make_county, make_holder, seat

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ON = date(2026, 9, 16)
# Every way in which a period can lie around a day; the end is not part of it.
PERIODS = [(start, end) for start, end in product((None, ON - DAY, ON, ON + DAY), repeat=2) if not start or not end or start <= end]
HOLDS = {period: (period[0] is None or period[0] <= ON) and (period[1] is None or period[1] > ON) for period in PERIODS}
PARTS = ("membership", "seat", "body", "substitution")


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def chair(county: County) -> User:
    return make_holder(county, "lpo", "CHAIR")


@pytest.fixture
def deputy() -> User:
    return make_user("ersattare")


def limit(part: str, period: tuple[date | None, date | None]) -> None:
    rows = {"membership": Membership, "seat": Seat, "body": Body, "substitution": Substitution}[part].objects.all()
    rows.update(valid_from=period[0], valid_until=period[1])


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("period", PERIODS)
def test_the_three_answers_agree_whatever_lies_around_the_day(
    part: str, period: tuple[date | None, date | None], county: County, chair: User, deputy: User
) -> None:
    Substitution.objects.create(account=chair, substitute=deputy)
    limit(part, period)
    position = (body(county, "lpo").pk, "CHAIR")
    holds = HOLDS[period]
    for user, acts in ((chair, holds or part == "substitution"), (deputy, holds)):
        assert positions(user, on=ON) == ({position} if acts else frozenset())
        assert set(memberships(user, on=ON).values_list("seat__body", "seat__function")) == positions(user, on=ON)
        assert (user in holders_by_position([position], on=ON).get(position, [])) == acts


def test_who_is_a_substitute_keeps_the_own_functions(county: County, chair: User) -> None:
    registrar = make_holder(county, "region", "REGISTRAR")
    Substitution.objects.create(account=chair, substitute=registrar)
    assert positions(registrar, on=ON) == {(body(county, "lpo").pk, "CHAIR"), (body(county, "region").pk, "REGISTRAR")}
    assert positions(chair, on=ON) == {(body(county, "lpo").pk, "CHAIR")}


def test_who_stands_in_for_a_substitute_does_not_inherit_further(chair: User, deputy: User) -> None:
    Substitution.objects.create(account=chair, substitute=deputy)
    third = make_user("tredje")
    Substitution.objects.create(account=deputy, substitute=third)
    assert positions(third, on=ON) == frozenset()


def test_a_closed_account_acts_nowhere(chair: User) -> None:
    chair.is_active = False
    chair.save()
    assert positions(chair, on=ON) == frozenset()


def test_a_function_is_called_what_its_seat_is_called_that_day(county: County) -> None:
    held = seat(county, "lpo", "CHAIR")
    position = (held.body_id, "CHAIR")
    assert position_label(position, on=ON) == "Ordförande, LPO Psykisk hälsa"
    Seat.objects.filter(pk=held.pk).update(valid_until=ON)
    Seat.objects.create(body=held.body, function="CHAIR", title="Ordförande (växlande)", valid_from=ON)
    assert position_label(position, on=ON) == "Ordförande (växlande), LPO Psykisk hälsa"
    assert position_label(position, on=ON - DAY) == "Ordförande, LPO Psykisk hälsa"


def test_a_function_with_two_titles_is_called_the_same_wherever_it_is_asked(county: County, chair: User) -> None:
    lpo = body(county, "lpo")
    for title in ("Äldste ordförande", "Avgående ordförande", "Zonordförande"):
        Seat.objects.create(body=lpo, function="CHAIR", title=title)
    Seat.objects.create(body=lpo, function="CHAIR", title="Abborrordförande", valid_until=ON)
    position = (lpo.pk, "CHAIR")
    assert functions_held(chair, on=ON) == {position: "Avgående ordförande, LPO Psykisk hälsa"}
    assert functions_held(chair, on=ON)[position] == position_label(position, on=ON)


def test_a_body_is_called_by_its_short_name_where_it_has_one(county: County) -> None:
    registrar = make_holder(county, "region", "REGISTRAR")
    position = (body(county, "region").pk, "REGISTRAR")
    Body.objects.filter(pk=position[0]).update(short_name="RX", name="Region Exempel")
    assert functions_held(registrar, on=ON) == {position: "Registrator, RX"}
    assert functions_held(registrar, on=ON)[position] == position_label(position, on=ON)


def test_who_holds_two_functions_is_found_for_each_and_nobody_for_a_mixture_of_them(county: County, chair: User) -> None:
    hold(chair, seat(county, "region", "REGISTRAR"))
    lpo, region = body(county, "lpo").pk, body(county, "region").pk
    asked = [(lpo, "CHAIR"), (region, "REGISTRAR"), (lpo, "PROCESS_LEADER")]
    assert holders_by_position(asked, on=ON) == {(lpo, "CHAIR"): [chair], (region, "REGISTRAR"): [chair]}
    assert holders_by_position([(region, "CHAIR"), (lpo, "REGISTRAR")], on=ON) == {}
    assert holders_by_position([], on=ON) == {}


def test_a_function_without_a_seat_is_called_by_its_code(county: County) -> None:
    assert position_label((body(county, "lpo").pk, "EXPERT"), on=ON) == "EXPERT, LPO Psykisk hälsa"
