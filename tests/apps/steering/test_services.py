"""What the services write, keep, log and refuse. A refusal leaves everything as it was."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from styrkedja.accounts.models import User
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.policies.versions import Outdated
from styrkedja.ledger.models import LedgerEntry, ObjectVersion
from styrkedja.organisations.models import County, Group
from styrkedja.steering import services
from styrkedja.steering.models import KINDS, Action, Adoption, Goal, GoalConflict, SteeringDocument
from styrkedja.steering.selectors import history, stood_at
from tests.factories.counties import body, make_holder, seat
from tests.factories.steering import make_action, make_goal, make_indicator, make_plan

Flush = Callable[[], list[LedgerEntry]]


@pytest.fixture
def controller(county: County) -> User:
    return make_holder(county, "styrelsen", "CONTROLLER")


@pytest.fixture
def plan(county: County) -> SteeringDocument:
    return make_plan(county, key="plan-2026")


def counts() -> dict[str, int]:
    found = {kind: model._default_manager.count() for kind, model in KINDS.items()}
    return found | {"versions": ObjectVersion.objects.count(), "adoptions": Adoption.objects.count()}


def test_a_new_goal_is_kept_logged_and_belongs_to_the_county(
    plan: SteeringDocument, controller: User, county: County, at: datetime, flush_ledger: Flush
) -> None:
    goal = services.create_goal(
        actor=controller,
        title=" Kortare väntan i primärvården ",
        document=plan,
        accountable_body=body(county, "styrelsen"),
        accountable_seat=seat(county, "forvaltningen", "DIRECTOR"),
        due_on=date(2026, 12, 31),
        at=at,
    )
    stored = Goal.objects.get()
    assert (stored.key, stored.title, stored.version, stored.county) == ("kortare-vantan-i-primarvarden", goal.title, 1, county)
    assert stored.title == "Kortare väntan i primärvården"
    version = ObjectVersion.objects.get()
    assert (version.object_type, version.object_id, version.version, version.account) == ("goal", stored.pk, 1, controller.pk)
    assert version.function == "Controller, Regionstyrelsen"
    assert version.changes["due_on"] == [None, "2026-12-31"]
    assert "parent" not in version.changes
    [entry] = flush_ledger()
    assert (entry.act, entry.object_type, entry.object_id) == ("object.created", "goal", str(stored.pk))
    assert json.loads(entry.text.payload) == {"key": stored.key, "version": 1, "changes": version.changes}


def test_a_key_that_is_given_is_kept_and_one_that_is_made_is_nobody_elses(plan: SteeringDocument, controller: User, at: datetime) -> None:
    titles = [services.create_goal(actor=controller, title="God vård", document=plan, at=at).key for _ in range(3)]
    assert titles == ["god-vard", "god-vard-2", "god-vard-3"]
    assert services.create_goal(actor=controller, key="m-1", title="God vård", document=plan, at=at).key == "m-1"
    before = counts()
    with pytest.raises(Refused, match="Nyckeln m-1 finns redan"):
        services.create_goal(actor=controller, key="m-1", title="God vård", document=plan, at=at)
    assert counts() == before


def test_a_change_keeps_what_was_and_the_object_can_be_read_as_it_stood(
    plan: SteeringDocument, controller: User, at: datetime, county: County
) -> None:
    goal = services.create_goal(actor=controller, title="Före", document=plan, resources="En tjänst", at=at)
    other = make_goal(plan, key="annat", title="Annat mål")
    later = at + timedelta(days=3)
    action = services.create_action(actor=controller, title="Åtgärd", document=plan, goals=[goal], at=at)
    services.change_goal(actor=controller, goal=goal, version=1, title="Efter", due_on=date(2026, 11, 1), at=later)
    services.change_action(actor=controller, action=action, version=1, goals=[goal, other], kind="CORRECTIVE", at=later)
    lines = history(controller, goal, on=date(2026, 9, 20))
    assert [(line.version, [(c.label, c.before, c.after) for c in line.changes]) for line in lines[:1]] == [
        (2, [("Rubrik", "Före", "Efter"), ("Ska vara nått", "", "2026-11-01")])
    ]
    [line, _first] = history(controller, action, on=date(2026, 9, 20))
    assert {c.label: (c.before, c.after) for c in line.changes} == {
        "Slag": ("Annan åtgärd", "Korrigerande åtgärd"),
        "Mål": ("Efter", "Efter, Annat mål"),
    }
    rows = list(Goal.objects.filter(pk=goal.pk))
    [then] = stood_at(rows, "goal", at=at + timedelta(days=1))
    assert (then.row.title, then.row.due_on, then.row.resources, then.row.pk) == ("Före", None, "En tjänst", goal.pk)
    [now] = stood_at(rows, "goal", at=later)
    assert (now.row.title, now.row.due_on) == ("Efter", date(2026, 11, 1))
    assert stood_at(rows, "goal", at=at - timedelta(seconds=1)) == []
    [then] = stood_at(Action.objects.all(), "action", at=at)
    assert then.links == {"goals": [goal.pk], "indicators": []}


def test_what_changes_nothing_is_no_version(plan: SteeringDocument, controller: User, at: datetime, flush_ledger: Flush) -> None:
    indicator = services.create_goal_indicator(
        actor=controller, goal=make_goal(plan, key="m-1"), indicator=make_indicator(), target_value=Decimal("80"), at=at
    )
    assert (indicator.key, str(indicator)) == ("m-1-medicinsk-tillganglighet", "Indikator medicinsk-tillganglighet")
    before, entries = counts(), len(flush_ledger())
    same = services.change_goal_indicator(actor=controller, goal_indicator=indicator, version=1, target_value=Decimal("80.00"), at=at)
    assert (same.version, counts(), len(flush_ledger())) == (1, before, entries)


def test_a_goal_has_an_indicator_once(plan: SteeringDocument, controller: User, at: datetime) -> None:
    goal, one, other = make_goal(plan, title="Mål"), make_indicator("en"), make_indicator("annan")
    first = services.create_goal_indicator(actor=controller, goal=goal, indicator=one, at=at)
    second = services.create_goal_indicator(actor=controller, goal=goal, indicator=other, at=at)
    before = counts()
    with pytest.raises(Refused, match="Målet ”Mål” har redan indikatorn ”Indikator en”"):
        services.create_goal_indicator(actor=controller, goal=goal, indicator=one, at=at)
    with pytest.raises(Refused, match="har redan indikatorn ”Indikator en”"):
        services.change_goal_indicator(actor=controller, goal_indicator=second, version=1, indicator=one, at=at)
    assert (counts(), first.indicator) == (before, one)


def test_who_has_not_read_the_latest_is_refused_and_nothing_is_lost(
    plan: SteeringDocument, controller: User, at: datetime, flush_ledger: Flush
) -> None:
    goal = services.create_goal(actor=controller, title="Mål", document=plan, at=at)
    services.change_goal(actor=controller, goal=goal, version=1, text="Den enas text", at=at)
    before, entries = counts(), len(flush_ledger())
    with pytest.raises(Outdated, match="”Mål” har ändrats av någon annan sedan du öppnade sidan"):
        services.change_goal(actor=controller, goal=goal, version=1, text="Den andras text", at=at)
    stored = Goal.objects.get(pk=goal.pk)
    assert (stored.text, stored.version, counts(), len(flush_ledger())) == ("Den enas text", 2, before, entries)


def test_a_ring_of_goals_is_refused(plan: SteeringDocument, controller: User, at: datetime) -> None:
    top = make_goal(plan, title="Topp")
    middle = make_goal(plan, title="Mitt", parent=top)
    bottom = make_goal(plan, title="Botten", parent=middle)
    before = counts()
    with pytest.raises(Refused, match="Kedjan skulle gå runt: Topp → Botten → Mitt → Topp. Välj ett annat överordnat."):
        services.change_goal(actor=controller, goal=top, version=1, parent=bottom, at=at)
    with pytest.raises(Refused, match="Kedjan skulle gå runt: Topp → Topp"):
        services.change_goal(actor=controller, goal=top, version=1, parent=top, at=at)
    assert Goal.objects.get(pk=top.pk).parent is None
    assert counts() == before
    services.change_goal(actor=controller, goal=bottom, version=1, parent=top, at=at)
    assert Goal.objects.get(pk=bottom.pk).parent == top


def test_an_action_that_ends_before_it_starts_is_refused(plan: SteeringDocument, controller: User, at: datetime) -> None:
    action = make_action(plan, starts_on=date(2026, 5, 1))
    before = counts()
    with pytest.raises(Refused, match="Åtgärden slutar innan den startar"):
        services.change_action(actor=controller, action=action, version=1, ends_on=date(2026, 4, 30), at=at)
    with pytest.raises(Refused, match="Åtgärden slutar innan den startar"):
        services.create_action(actor=controller, title="Å", document=plan, starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1), at=at)
    assert (Action.objects.get().ends_on, counts()) == (None, before)


def test_a_text_with_an_identity_number_is_refused_however_it_comes(plan: SteeringDocument, controller: User, at: datetime) -> None:
    before = counts()
    with pytest.raises(Refused) as refused:
        services.create_goal(actor=controller, title="Ring Anna 19121212-1212", document=plan, at=at)
    assert refused.value.reason.startswith("Rubrik: Texten innehåller ett nummer som ser ut som ett personnummer")
    assert "1212" not in refused.value.reason
    assert counts() == before


def test_a_value_that_is_no_choice_and_an_area_of_another_plan_are_refused(
    plan: SteeringDocument, county: County, controller: User, at: datetime
) -> None:
    other = services.create_goal_area(actor=None, title="Ekonomi i balans", document=make_plan(county), at=at)
    before = counts()
    with pytest.raises(Refused, match="”MAYBE” kan inte anges som ”läge”"):
        services.create_goal(actor=controller, title="Mål", document=plan, state="MAYBE", at=at)
    with pytest.raises(Refused, match="Målområdet ”Ekonomi i balans” hör till en annan plan"):
        services.create_goal(actor=controller, title="Mål", document=plan, area=other, at=at)
    with pytest.raises(TypeError, match="Goal has no colour"):
        services.create_goal(actor=controller, title="Mål", document=plan, colour="blå", at=at)
    assert counts() == before


def test_two_goals_are_one_conflict_in_whichever_order(plan: SteeringDocument, controller: User, at: datetime) -> None:
    one, other = make_goal(plan, title="Ett"), make_goal(plan, title="Två")
    services.create_goal_conflict(actor=controller, first=other, second=one, title="Drar isär", at=at)
    with pytest.raises(Refused, match="Målkonflikten mellan ”Ett” och ”Två” finns redan"):
        services.create_goal_conflict(actor=controller, first=one, second=other, at=at)
    with pytest.raises(Refused, match="två olika mål"):
        services.create_goal_conflict(actor=controller, first=one, second=one, at=at)
    conflict = GoalConflict.objects.get()
    assert (conflict.first, conflict.second) == (one, other)
    services.change_goal_conflict(actor=controller, conflict=conflict, version=1, response="Vägs i dialog", at=at)
    assert GoalConflict.objects.get().response == "Vägs i dialog"


def test_a_forum_is_a_group_and_stands_once(plan: SteeringDocument, county: County, at: datetime) -> None:
    group = Group.objects.create(key="fredagsgruppen", name="Fredagsgruppen", kind="FORUM", level="LOCAL", county=county)
    forum = services.create_forum(actor=None, group=group, goals=[make_goal(plan)], reports_to=body(county, "region"), at=at)
    assert (forum.key, str(forum), forum.goals.count()) == ("fredagsgruppen", "Fredagsgruppen", 1)
    with pytest.raises(Refused, match="Vad Fredagsgruppen följer upp finns redan angivet"):
        services.create_forum(actor=None, group=group, at=at)
    services.change_forum(actor=None, forum=forum, version=1, goals=[], at=at)
    assert forum.goals.count() == 0


def test_adoption_decides_a_document_and_a_joint_one_is_adopted_by_several(
    county: County, controller: User, at: datetime, flush_ledger: Flush
) -> None:
    plan = services.create_document(actor=controller, title="Plan", kind="JOINT_PLAN", accountable_body=body(county, "styrelsen"), at=at)
    adoption = services.adopt(
        actor=controller,
        row=plan,
        body=body(county, "styrelsen"),
        decided_on=date(2026, 3, 25),
        decided_until=date(2026, 3, 26),
        paragraph="§39",
        registry_number="RS/12/2026",
        at=at,
    )
    assert (adoption.paragraph, adoption.decided_until, adoption.registry_number) == ("§ 39", date(2026, 3, 26), "RS/12/2026")
    services.adopt(actor=controller, row=plan, body=body(county, "kommun"), decided_on=date(2026, 4, 2), at=at)
    stored = SteeringDocument.objects.get()
    assert (stored.state, stored.version, stored.adoptions.count()) == ("DECIDED", 3, 2)
    changes = ObjectVersion.objects.get(object_type="document", version=2).changes
    assert changes["state"] == ["DRAFT", "DECIDED"]
    assert changes["adoptions"] == [[], [f"2026-03-25 § 39 RS/12/2026 styrelsen-{county.key}"]]
    assert history(controller, stored, on=date(2026, 9, 16))[1].changes[1].label == "Antaganden"
    before, entries = counts(), len(flush_ledger())
    for refused, said in (
        ({"decided_on": date(2026, 4, 5), "body": body(county, "kommun")}, "finns redan antecknat, den 2026-04-02"),
        ({"decided_on": date(2026, 4, 3), "body": body(county, "alen")}, "Ålens hälsocentral antar inte ”Plan”"),
        ({"decided_on": date(1950, 12, 1)}, "tidigast 2000-01-01"),
        ({"decided_on": date(2027, 4, 2)}, "ligger i framtiden"),
        ({"decided_on": date(2026, 4, 3), "paragraph": "trettionio"}, "ingen paragraf"),
        ({"decided_on": date(2026, 4, 3), "registry_number": "?"}, "inget diarienummer"),
    ):
        with pytest.raises(Refused, match=said):
            services.adopt(**{"actor": controller, "row": plan, "body": body(county, "styrelsen"), "at": at} | refused)
    assert (counts(), len(flush_ledger())) == (before, entries)


def test_what_was_reached_and_reported_in_a_year_that_is_over_can_still_be_told(county: County, controller: User, at: datetime) -> None:
    old = make_plan(county, year=2024)
    goal = make_goal(old)
    milestone = services.create_milestone(actor=controller, title="Delmål", goal=goal, due_on=date(2024, 10, 1), at=at)
    assignment = services.create_assignment(actor=controller, title="Uppdrag", document=old, given_on=date(2024, 1, 10), at=at)
    services.reach_milestone(actor=controller, milestone=milestone, version=1, reached_on=date(2024, 11, 3), comment="Sent", at=at)
    services.report_back(actor=controller, assignment=assignment, version=1, reported_on=date(2025, 2, 1), report="Genomfört.", at=at)
    milestone.refresh_from_db()
    assignment.refresh_from_db()
    assert (milestone.reached_on, milestone.comment, milestone.version) == (date(2024, 11, 3), "Sent", 2)
    assert (assignment.reported_on, assignment.report) == (date(2025, 2, 1), "Genomfört.")
    before = counts()
    with pytest.raises(Refused, match="framtiden"):
        services.reach_milestone(actor=controller, milestone=milestone, version=2, reached_on=date(2030, 1, 1), at=at)
    with pytest.raises(Refused, match="Skriv vad som återrapporterades"):
        services.report_back(actor=controller, assignment=assignment, version=2, reported_on=date(2025, 2, 1), report=" ", at=at)
    assert counts() == before
