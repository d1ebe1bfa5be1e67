"""A small region in which the controls find nothing, and ways to change one thing in it."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from styrkedja.core.controls.snapshot import (
    Action,
    ActionKind,
    ActionState,
    Answer,
    Assignment,
    AuditReview,
    BalanceRequirement,
    Body,
    Cell,
    Decision,
    DecisionBrief,
    DesiredDirection,
    DocumentKind,
    Estimate,
    Forum,
    Frequency,
    Goal,
    GoalArea,
    GoalIndicator,
    Implementation,
    Indicator,
    Mandate,
    Milestone,
    ObjectKind,
    Obstacle,
    ObstacleKind,
    Programme,
    ProgrammeGroup,
    PromisedAction,
    PromiseState,
    RealisedEffect,
    Recommendation,
    Ref,
    Report,
    ReportingCycle,
    Seat,
    Snapshot,
    StaffingProposal,
    Stance,
    Standing,
    SteeringDocument,
    TimeFrame,
    Vision,
    WorkingGroup,
    YearEffect,
)
from styrkedja.core.mandates import DecisionLevel
from styrkedja.core.organisations.kinds import GroupLevel
from styrkedja.core.organisations.programme_areas import AreaFacts
from styrkedja.core.periods import Period

ON = date(2026, 10, 15)
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)  # the last closed month of values, and of effects
KRONA = 100
MILLION = 1_000_000 * KRONA
DIRECTOR, HEAD = "direktör", "områdeschef"


def body(key: str, kind: str, parent: str | None) -> Body:
    return Body(key=key, name=key.capitalize(), body_kind=kind, parent=parent, county="norrland", principal="regionen")


BODIES = (
    body("regionen", "REGION", None),
    body("fullmäktige", "COUNCIL", "regionen"),
    body("nämnden", "COMMITTEE", "fullmäktige"),
    body("förvaltningen", "ADMINISTRATION", "regionen"),
    body("området", "AREA", "förvaltningen"),
    *(body(f"enhet {number}", "UNIT", "området") for number in (1, 2, 3)),
)
SEATS = (
    Seat(key=DIRECTOR, name="Hälso- och sjukvårdsdirektör", body="förvaltningen"),
    Seat(key=HEAD, name="Områdeschef", body="området"),
)
FORUM = Forum(
    key="rådet",
    name="Lokalt primärvårdsråd",
    body="området",
    mandate="Bereder frågor om primärvården.",
    members=(HEAD,),
    reports_to="förvaltningen",
    follows=(Ref(ObjectKind.GOAL, "nämndmål"),),
)
VISION = Vision(
    key="målbilden",
    name="God och nära vård",
    body="fullmäktige",
    text="Målbilden bygger på två strategier.",
    strategies=("ökad kontinuitet", "ökad tillgänglighet"),
    adopted_by=("fullmäktige",),
    decision="antagandet",
)
REGIONAL_PLAN = SteeringDocument(
    key="regionplanen",
    name="Regionplan 2026–2028",
    body="fullmäktige",
    document_kind=DocumentKind.REGIONAL_PLAN,
    period=Period(date(2026, 1, 1), date(2029, 1, 1)),
    parents=(),
    adopted_by=("fullmäktige",),
    adopted_on=date(2025, 11, 20),
    accountable=(DIRECTOR,),
)
COMMITTEE_PLAN = replace(
    REGIONAL_PLAN,
    key="nämndplanen",
    name="Nämndplan 2026",
    body="nämnden",
    document_kind=DocumentKind.COMMITTEE_PLAN,
    period=Period(date(2026, 1, 1), date(2027, 1, 1)),
    parents=("regionplanen",),
    adopted_by=("nämnden",),
    stated_effect=6 * MILLION,
)
LINK = GoalIndicator(
    indicator="kontinuitet", baseline=Decimal(55), baseline_on=date(2025, 12, 31), target=Decimal(70), target_on=date(2026, 12, 31)
)
REGIONAL_GOAL = Goal(
    key="regionmål",
    name="Invånarna möter samma läkare",
    body="fullmäktige",
    document="regionplanen",
    area="nära vård",
    parent=None,
    accountable=(DIRECTOR,),
    resources="Inom budgetramen.",
    period=Period(date(2026, 1, 1), date(2029, 1, 1)),
    indicators=(LINK,),
    reports=("delårsrapport",),
)
COMMITTEE_GOAL = replace(
    REGIONAL_GOAL,
    key="nämndmål",
    name="70 procent av besöken sker hos fast läkare",
    body="nämnden",
    document="nämndplanen",
    parent="regionmål",
    period=Period(date(2026, 1, 1), date(2027, 1, 1)),
)
MILESTONE = Milestone(
    key="delmålet",
    name="65 procent",
    body="nämnden",
    of=Ref(ObjectKind.GOAL, "nämndmål"),
    due_on=date(2026, 12, 1),
    criterion="Minst 65 procent av besöken sker hos fast läkare.",
    indicator="kontinuitet",
    target=Decimal(65),
    reached_on=None,
    follow_ups=(date(2026, 12, 15),),
)
ASSIGNMENT = Assignment(
    key="uppdraget",
    name="Fast läkare åt alla listade",
    body="nämnden",
    giver="fullmäktige",
    receiver="nämnden",
    accountable=(DIRECTOR,),
    resources="Två heltidstjänster.",
    given_on=date(2026, 1, 15),
    due_on=date(2026, 12, 1),
    report_due_on=None,
    reported_on=None,
    goals=("nämndmål",),
)
PROGRAMME = Programme(
    key="programmet",
    name="Rätt storlek, rätt stöd",
    body="förvaltningen",
    accountable=(DIRECTOR,),
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
)
ACTION = Action(
    key="listningen",
    name="Listning på fast läkare",
    body="förvaltningen",
    text="Alla listade får en fast läkare senast 2026-12-31.",
    action_kind=ActionKind.RESULT_IMPROVING,
    time_frame=TimeFrame.STRUCTURAL,
    state=ActionState.STARTED,
    goals=("nämndmål",),
    indicators=("kontinuitet",),
    unit="området",
    accountable=(HEAD,),
    starts_on=date(2026, 2, 1),
    ends_on=date(2026, 12, 31),
    done_on=None,
    resources="En projektledare på halvtid.",
    document="nämndplanen",
    programme="programmet",
    assignments=("uppdraget",),
    care_level="primärvård",
    concerns=("kommunerna",),
    counterparts=("Socialchefsnätverket",),
)
ESTIMATE = Estimate(
    key="beräkningen",
    name="Färre hyrläkare",
    body="förvaltningen",
    action="listningen",
    effects=(YearEffect(2026, 7 * MILLION, 6 * MILLION, 4 * MILLION, 8 * MILLION),),
    one_off=500_000 * KRONA,
    first_effect_month=date(2026, 4, 1),
    assumptions="Tre hyrläkare ersätts.",
    calculated_by=DIRECTOR,
)
REALISED = tuple(RealisedEffect("listningen", date(2026, month, 1), 600_000 * KRONA, 500_000 * KRONA) for month in range(4, 9))
OBSTACLE = Obstacle(
    key="hindret",
    name="Journalsystemet visar inte fast läkare",
    body="förvaltningen",
    obstacle_kind=ObstacleKind.IT,
    hinders=(Ref(ObjectKind.ACTION, "listningen"),),
    accountable=(DIRECTOR,),
    response="Leverantören levererar i oktober.",
    reported_on=date(2026, 5, 1),
    closed_on=None,
)
REGLEMENTE = Mandate(
    key="reglementet",
    name="Reglemente för nämnden",
    body="nämnden",
    holder=Ref(ObjectKind.BODY, "nämnden"),
    subject="hälso- och sjukvård",
    amount_limit=None,
    valid_from=date(2023, 1, 1),
    valid_until=None,
    may_correct=True,
    corrects=("regionen",),
    document=None,
    point="",
)
DELEGATION = replace(
    REGLEMENTE,
    key="delegationen",
    name="Inköp",
    holder=Ref(ObjectKind.SEAT, DIRECTOR),
    subject="hälso- och sjukvård.inköp",
    amount_limit=MILLION,
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 1, 1),
    may_correct=False,
    corrects=(),
    point="4.2",
)
DECISION = Decision(
    key="nämndbeslutet",
    name="Nämndplan med budget",
    body="nämnden",
    decider=Ref(ObjectKind.BODY, "nämnden"),
    level=DecisionLevel.POLITICAL,
    mandate="reglementet",
    subject="hälso- och sjukvård",
    amount=6 * MILLION,
    decided_on=date(2025, 12, 10),
    paragraph="§ 112",
    registry_number="HSN/1641/2025",
    estimates=("beräkningen",),
    no_estimate_reason="",
    recipients=("Regionstyrelsen",),
)
DELEGATED = replace(
    DECISION,
    key="inköpet",
    name="Inköp av vårdsängar",
    body="förvaltningen",
    decider=Ref(ObjectKind.SEAT, DIRECTOR),
    level=DecisionLevel.ADMINISTRATIVE,
    mandate="delegationen",
    subject="hälso- och sjukvård.inköp",
    amount=900_000 * KRONA,
    decided_on=date(2026, 3, 3),
    paragraph="",
    estimates=(),
    no_estimate_reason="Ersätter utslitna sängar ur investeringsbudgeten.",
)
AUDIT = AuditReview(key="granskningen", name="Ekonomisk strategi och planering", body="nämnden", stated_count=1)
PROMISE = PromisedAction(
    text="Ta fram en samlad plan", state=PromiseState.PLANNED, accountable=(DIRECTOR,), due_on=date(2026, 12, 1), action="listningen"
)
ANSWER = Answer(
    body="nämnden",
    stance=Stance.AGREE,
    text="Nämnden delar bedömningen.",
    reason="",
    alternative="",
    decision="nämndbeslutet",
    promised=(PROMISE,),
)
RECOMMENDATION = Recommendation(
    key="rekommendation 1",
    name="Stärk kopplingen mellan mål och åtgärder",
    body="nämnden",
    audit="granskningen",
    number="1",
    addressees=("nämnden",),
    answers=(ANSWER,),
    answer_due_on=date(2026, 2, 1),
    report_due_on=date(2026, 12, 1),
    reported_on=None,
    report_decision=None,
    remaining_need="",
    closed_on=None,
    areas=("styrning",),
)
REPORT = Report(
    key="delårsrapport",
    name="Delårsrapport april",
    body="nämnden",
    cycle=ReportingCycle.INTERIM,
    period=Period(date(2026, 1, 1), date(2026, 5, 1)),
    due_on=date(2026, 6, 1),
    handed_in_on=date(2026, 5, 28),
    approved_on=date(2026, 6, 15),
    covers=(Ref(ObjectKind.GOAL, "nämndmål"), Ref(ObjectKind.INDICATOR, "kontinuitet")),
    analysis="Kontinuiteten ökar.",
    proposal="Nämnden godkänner rapporten.",
    rows=12,
)
LEVEL_OF = {body.key: body.body_kind for body in BODIES}
MEASURED = ("regionen", "förvaltningen", "området", "enhet 1", "enhet 2", "enhet 3")
INDICATOR = Indicator(
    key="kontinuitet",
    name="Läkarkontinuitet",
    body="förvaltningen",
    unit="%",
    direction=DesiredDirection.UP,
    frequency=Frequency.MONTH,
    source="Primärvårdskvalitet",
    accountable=(DIRECTOR,),
    levels=("REGION", "ADMINISTRATION", "AREA", "UNIT"),
    cells=frozenset(Cell(date(2026, month, 1), LEVEL_OF[body], body) for month in (5, 6, 7) for body in MEASURED),
    standings=(Standing("regionen", "nämndmål", JULY, Decimal(71), Decimal(70), None),),
    is_national=True,
    required_level="UNIT",
    own_definition="",
    coverage="Egen regi och privata utförare",
    elsewhere="Medrave",
)
FACTS = AreaFacts(
    level=GroupLevel.LOCAL, has_host=True, chairs=1, chairs_held=1, leaders=1, leaders_held=1, expert_percent=40, counterparts=1
)

CLEAN = Snapshot(
    on=ON,
    bodies=BODIES,
    seats=SEATS,
    forums=(FORUM,),
    visions=(VISION,),
    documents=(REGIONAL_PLAN, COMMITTEE_PLAN),
    areas=(GoalArea(key="nära vård", name="God och nära vård", body="fullmäktige", document="regionplanen"),),
    goals=(REGIONAL_GOAL, COMMITTEE_GOAL),
    milestones=(MILESTONE,),
    assignments=(ASSIGNMENT,),
    programmes=(PROGRAMME,),
    actions=(ACTION,),
    estimates=(ESTIMATE,),
    realised=REALISED,
    requirements=(BalanceRequirement(document="nämndplanen", year=2026, amount=5 * MILLION),),
    obstacles=(OBSTACLE,),
    mandates=(REGLEMENTE, DELEGATION),
    decisions=(DECISION, DELEGATED),
    audits=(AUDIT,),
    recommendations=(RECOMMENDATION,),
    reports=(REPORT,),
    indicators=(INDICATOR,),
    programme_groups=(ProgrammeGroup(key="primärvård", name="LPO primärvård och levnadsvanor", body="regionen", facts=FACTS),),
    proposals=(StaffingProposal(key="förslaget", name="Arbetsgrupp för sepsis", body="regionen", lines=("Överläkare", "Sjuksköterska")),),
    working_groups=(
        WorkingGroup(
            key="gruppen", name="LAG sepsis", body="regionen", required=("regionen", "kommunerna"), members=("regionen", "kommunerna")
        ),
    ),
    briefs=(
        DecisionBrief(
            key="underlaget",
            name="Sepsis",
            body="regionen",
            consequences="Fler odlingar.",
            responsibility="Områdescheferna.",
            resources="Inom ram.",
            recommendation="Inför helt.",
        ),
    ),
    implementations=(Implementation(key="införandet", name="Sepsis", body="regionen", phase_out="Den tidigare rutinen upphör."),),
)


def changed(key: str, snapshot: Snapshot = CLEAN, **values: Any) -> Snapshot:
    """The snapshot with other values in the thing called `key`, whatever kind it is."""
    for field in fields(snapshot):
        things = getattr(snapshot, field.name)
        if isinstance(things, tuple) and any(getattr(thing, "key", None) == key for thing in things):
            return replace(snapshot, **{field.name: tuple(replace(thing, **values) if thing.key == key else thing for thing in things)})
    raise KeyError(key)


def added(snapshot: Snapshot = CLEAN, **things: Any) -> Snapshot:
    """The snapshot with more things: `added(goals=(goal,))`."""
    return replace(snapshot, **{name: (*getattr(snapshot, name), *more) for name, more in things.items()})
