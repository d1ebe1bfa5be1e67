"""Calculations, realised effects, what a plan must balance: exact figures, refusals, rights, and as it stood."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.versions import Outdated
from styrkedja.decisions.models import Decision
from styrkedja.decisions.services import Grounds, give_mandate
from styrkedja.effects import services
from styrkedja.effects.models import KINDS, BalanceRequirement, EffectEstimate, EffectRealisation, EstimateYear
from styrkedja.effects.selectors import balance, estimates, estimates_at, object_by_key, realisations
from styrkedja.effects.services import YearAmounts
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County
from styrkedja.steering.models import Action, SteeringDocument, TransferKind
from styrkedja.steering.selectors import history
from styrkedja.steering.services import Mapped
from tests.factories.accounts import make_user
from tests.factories.counties import body, make_county, make_holder, seat
from tests.factories.steering import make_action, make_plan

ON = date(2026, 9, 16)
MKR = 100_000_000


@pytest.fixture
def controller(county: County) -> User:
    return make_holder(county, "namnden", "CONTROLLER")


@pytest.fixture
def plan(county: County) -> SteeringDocument:
    return make_plan(county, "namnden", key="plan-2026")


@pytest.fixture
def action(plan: SteeringDocument) -> Action:
    return make_action(plan, key="inkop", title="Samordnade inköp", state="STARTED", starts_on=date(2026, 2, 1))


def estimate(actor: User | None, action: Action, at: datetime, **change: Any) -> EffectEstimate:
    whole = {
        "years": [YearAmounts(2027, 12 * MKR, 10 * MKR, 8 * MKR, 11 * MKR), YearAmounts(2026, 5 * MKR, 4 * MKR)],
        "one_off_ore": MKR,
        "first_effect_on": date(2026, 4, 1),
        "assumptions": "Avtalstroheten når 90 procent.",
    }
    return services.create_estimate(actor=actor, action=action, at=at, **whole | change)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (EffectEstimate, EstimateYear, EffectRealisation, BalanceRequirement, ObjectVersion))


def test_a_calculation_has_its_years_in_order_and_a_key_after_its_action(
    action: Action, controller: User, county: County, at: datetime
) -> None:
    made = estimate(controller, action, at, calculated_by=seat(county, "forvaltningen", "DIRECTOR"), calculated_on=date(2026, 1, 20))
    assert (made.key, made.county, str(made)) == ("inkop", county, "Samordnade inköp")
    assert list(made.years.values_list("year", "gross_ore", "net_ore", "low_ore", "high_ore")) == [
        (2026, 5 * MKR, 4 * MKR, None, None),
        (2027, 12 * MKR, 10 * MKR, 8 * MKR, 11 * MKR),
    ]
    changes = ObjectVersion.objects.get(object_type="estimate").changes
    assert changes["years"] == [None, [[2026, 5 * MKR, 4 * MKR, None, None], [2027, 12 * MKR, 10 * MKR, 8 * MKR, 11 * MKR]]]
    assert changes["one_off_ore"] == [None, MKR]


def test_a_changed_calculation_can_be_read_as_it_stood(action: Action, controller: User, at: datetime) -> None:
    made = estimate(controller, action, at)
    later = at + timedelta(days=2)
    services.change_estimate(actor=controller, estimate=made, version=1, years=[YearAmounts(2026, 3 * MKR, 2 * MKR)], at=later)
    assert list(EstimateYear.objects.values_list("year", "net_ore")) == [(2026, 2 * MKR)]
    [then] = estimates_at(None, at=at + timedelta(days=1), on=ON)
    assert then.links["years"] == [[2026, 5 * MKR, 4 * MKR, None, None], [2027, 12 * MKR, 10 * MKR, 8 * MKR, 11 * MKR]]
    assert (then.row.one_off_ore, then.row.first_effect_on) == (MKR, date(2026, 4, 1))
    [now] = estimates_at(None, at=later, on=ON)
    assert now.links["years"] == [[2026, 3 * MKR, 2 * MKR, None, None]]
    assert estimates_at(None, at=at - timedelta(seconds=1), on=ON) == []
    [change] = history(controller, made, on=ON)[0].changes
    assert change.label == "Effekt per år"
    assert change.after.replace("\u00a0", " ") == "2026: brutto 3 000 000 kr, netto 2 000 000 kr"
    assert change.before.replace("\u00a0", " ").endswith("netto 10 000 000 kr (8 000 000 kr – 11 000 000 kr)")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"years": []}, "Ange effekten för minst ett år."),
        ({"years": [YearAmounts(2026, 1, 1), YearAmounts(2026, 2, 2)]}, "Samma år finns flera gånger i beräkningen."),
        ({"years": [YearAmounts(2026, 1, 5, low=6)]}, "2026: Nettoeffekten ligger utanför det angivna intervallet."),
        ({"years": [YearAmounts(1926, 1, 5)]}, "1926: Ange ett år mellan 2000 och 2099."),
        ({"one_off_ore": -1}, "Engångskostnaden kan inte vara negativ."),
        ({"first_effect_on": date(2026, 4, 2)}, "Ange den första effektmånaden som månadens första dag."),
        ({"key": "STORA"}, "Nyckeln får ha"),
    ],
)
def test_a_calculation_that_cannot_be_is_refused(change: dict[str, Any], said: str, action: Action, controller: User, at: datetime) -> None:
    made = estimate(controller, action, at)
    before = counts()
    with pytest.raises(Refused, match=said):
        estimate(controller, action, at, **change)
    with pytest.raises(Refused, match=said):
        services.change_estimate(actor=controller, estimate=made, version=1, at=at, **change)
    assert counts() == before


def test_two_who_change_a_calculation(action: Action, controller: User, at: datetime) -> None:
    made = estimate(controller, action, at)
    services.change_estimate(actor=controller, estimate=made, version=1, assumptions="Nya", at=at)
    with pytest.raises(Outdated):
        services.change_estimate(actor=controller, estimate=made, version=1, years=[YearAmounts(2026, 1, 1)], at=at)
    assert (EstimateYear.objects.count(), EffectEstimate.objects.get().version) == (2, 2)


def test_an_effect_is_told_once_a_month_also_when_the_year_is_over(county: County, controller: User, at: datetime) -> None:
    old = make_action(make_plan(county, "namnden", year=2024), key="gammal", title="Gammal")
    made = services.create_realisation(actor=controller, action=old, month=date(2024, 11, 1), planned_ore=5 * MKR, at=at)
    assert (made.key, made.realised_ore) == ("gammal-2024-11", None)
    services.change_realisation(actor=controller, realisation=made, version=1, realised_ore=-MKR, evidence="Huvudboken", at=at)
    assert (EffectRealisation.objects.get().realised_ore, EffectRealisation.objects.get().version) == (-MKR, 2)
    before = counts()
    with pytest.raises(Refused, match="Hemtagningseffekten av ”Gammal” för november 2024 finns redan"):
        services.create_realisation(actor=controller, action=old, month=date(2024, 11, 1), at=at)
    with pytest.raises(Refused, match="Ange månaden som dess första dag"):
        services.create_realisation(actor=controller, action=old, month=date(2024, 12, 2), at=at)
    assert counts() == before


def test_a_plans_balance_adds_up_year_by_year(plan: SteeringDocument, action: Action, controller: User, at: datetime) -> None:
    estimate(controller, action, at)
    second = make_action(plan, key="lokaler")
    estimate(controller, second, at, years=[YearAmounts(2026, 3 * MKR, 3 * MKR)])
    stopped = make_action(plan, key="avbruten", state="CANCELLED")
    estimate(controller, stopped, at, years=[YearAmounts(2026, 90 * MKR, 90 * MKR)])
    for year, amount in ((2026, 10 * MKR), (2028, MKR)):
        services.create_balance_requirement(actor=controller, document=plan, year=year, amount_ore=amount, at=at)
    for month, realised, forecast in ((1, MKR, 6 * MKR), (2, None, None), (3, 2 * MKR, 5 * MKR)):
        services.create_realisation(
            actor=controller, action=action, month=date(2026, month, 1), realised_ore=realised, forecast_ore=forecast, at=at
        )
    services.create_realisation(actor=controller, action=second, month=date(2026, 1, 1), realised_ore=5, forecast_ore=7, at=at)
    found = [(row.year, row.required, row.planned, row.realised, row.forecast, row.shortfall) for row in balance(controller, plan, on=ON)]
    assert found == [
        (2026, 10 * MKR, 7 * MKR, 3 * MKR + 5, 5 * MKR + 7, 3 * MKR),
        (2027, None, 10 * MKR, 0, None, 0),
        (2028, MKR, 0, 0, None, MKR),
    ]
    with pytest.raises(Refused, match="för 2026 finns redan"):
        services.create_balance_requirement(actor=controller, document=plan, year=2026, amount_ore=1, at=at)
    requirement = BalanceRequirement.objects.get(year=2028)
    services.change_balance_requirement(actor=controller, requirement=requirement, version=1, amount_ore=0, at=at)
    with pytest.raises(Refused, match="Balanskravet kan inte vara negativt"):
        services.change_balance_requirement(actor=controller, requirement=requirement, version=2, amount_ore=-1, at=at)
    assert BalanceRequirement.objects.get(year=2028).amount_ore == 0


def test_a_plan_counts_what_the_plans_below_it_bring_and_the_last_calculation_of_each(
    county: County, plan: SteeringDocument, action: Action, controller: User, at: datetime
) -> None:
    below = make_plan(county, "namnden", key="under", parent=make_plan(county, "namnden", key="mellan", parent=plan))
    estimate(controller, action, at)
    estimate(controller, action, at, years=[YearAmounts(2026, MKR, MKR)])
    estimate(controller, make_action(below), at, years=[YearAmounts(2026, 2 * MKR, 2 * MKR)])
    assert [(row.year, row.planned) for row in balance(controller, plan, on=ON)] == [(2026, 3 * MKR)]


def test_the_balance_takes_as_many_queries_however_large_the_plan(plan: SteeringDocument, controller: User, at: datetime) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            balance(controller, plan, on=ON)
            list(estimates(controller, on=ON))
            list(realisations(controller, on=ON))
        return len(captured)

    estimate(controller, make_action(plan), at)
    before = queries()
    for _ in range(5):
        made = make_action(plan)
        estimate(controller, made, at)
        services.create_realisation(actor=controller, action=made, month=date(2026, 1, 1), at=at)
    assert queries() == before <= 24


def test_who_sees_and_writes_the_economy_of_a_draft(county: County, controller: User, at: datetime) -> None:
    draft = make_plan(county, "namnden", state="DRAFT")
    hidden = make_action(draft)
    estimate(controller, hidden, at)
    services.create_realisation(actor=controller, action=hidden, month=date(2026, 1, 1), at=at)
    services.create_balance_requirement(actor=controller, document=draft, year=2026, amount_ore=1, at=at)
    board = make_holder(county, "styrelsen", "CONTROLLER")
    elsewhere = make_holder(make_county("annatlan", name="Annat län"), "region", "COORDINATOR")
    for user, sees in ((controller, True), (make_user("sysf", administrator=True), True), (board, False), (elsewhere, False)):
        keys = {kind: model.objects.get().key for kind, model in KINDS.items()}
        assert {kind: object_by_key(user, kind, key, on=ON) is not None for kind, key in keys.items()} == dict.fromkeys(KINDS, sees)
        assert bool(balance(user, draft, on=ON)) is sees
    before = counts()
    with pytest.raises(Refused):
        estimate(board, hidden, at)
    with pytest.raises(Refused):
        services.change_estimate(actor=board, estimate=EffectEstimate.objects.get(), version=None, assumptions="x", at=at)
    with pytest.raises(Refused):
        services.create_balance_requirement(actor=board, document=make_plan(county, "namnden"), year=2026, amount_ore=1, at=at)
    assert counts() == before


def test_a_decision_is_tied_to_the_calculations_behind_it(action: Action, controller: User, county: County, at: datetime) -> None:
    made = estimate(controller, action, at)
    give_mandate(
        actor=None,
        key="m",
        title="Ekonomi",
        level="POLITICAL",
        subject="ekonomi",
        body=body(county, "namnden"),
        given_by=body(county, "fullmaktige"),
        at=at,
    )
    said = {"body": body(county, "namnden"), "registry_number": "HSN/1/2026", "decided_on": ON, "text": "Åtgärden genomförs."}
    grounds = Grounds("POLITICAL", "ekonomi.inköp", amount=4 * MKR)
    decision = services.decide_on_estimates(actor=controller, estimates=[made], grounds=grounds, at=at, **said)
    assert list(decision.estimates.all()) == [made]
    before = (*counts(), Decision.objects.count())
    with pytest.raises(Refused, match="skälet till att beräkning saknas"):
        services.decide_on_estimates(actor=controller, estimates=[], grounds=grounds, at=at, **said)
    assert (*counts(), Decision.objects.count()) == before


def test_calculations_follow_their_actions_into_the_next_year(
    plan: SteeringDocument, action: Action, controller: User, at: datetime
) -> None:
    estimate(controller, action, at)
    coming = make_action(plan, key="kommande", title="Kommande", starts_on=date(2027, 3, 1))
    estimate(controller, coming, at, years=[YearAmounts(2027, 2 * MKR, MKR)])
    over = make_action(plan, key="over", title="Över")
    estimate(controller, over, at, years=[YearAmounts(2026, MKR, MKR)])
    new = services.plan_next_year(
        actor=controller,
        document=plan,
        mapping=[Mapped(row, TransferKind.KEPT) for row in (action, coming, over)],
        title="Plan 2027",
        valid_from=date(2027, 1, 1),
        valid_until=date(2028, 1, 1),
        at=at,
    )
    found = {
        row.action.title: ([(year.year, year.net_ore) for year in row.years.all()], row.one_off_ore)
        for row in estimates(controller, on=ON)
        if row.action.document_id == new.pk
    }
    assert found == {"Samordnade inköp": ([(2027, 10 * MKR)], None), "Kommande": ([(2027, MKR)], MKR)}
    assert EstimateYear.objects.filter(estimate__action__document=plan).count() == 4
