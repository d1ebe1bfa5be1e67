"""A region for the controls to look at: plans on three levels, goals, actions, indicators and decisions, most of it in order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from styrkedja.core.controls.snapshot import (
    Action,
    ActionKind,
    ActionState,
    Body,
    Cell,
    Decision,
    DesiredDirection,
    DocumentKind,
    Estimate,
    Frequency,
    Goal,
    GoalIndicator,
    Indicator,
    Mandate,
    Milestone,
    ObjectKind,
    RealisedEffect,
    Ref,
    Seat,
    Snapshot,
    Standing,
    SteeringDocument,
    TimeFrame,
    YearEffect,
)
from styrkedja.core.mandates import DecisionLevel
from styrkedja.core.periods import Period

ON = date(2026, 10, 15)
GOALS, ACTIONS, INDICATORS, DECISIONS, UNITS = 2_000, 10_000, 5_000, 20_000, 300
MONTHS = tuple(date(2026, month, 1) for month in range(1, 10))
_YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
_VERBS = [
    "Inför",
    "Minska",
    "Öka",
    "Samordna",
    "Utveckla",
    "Digitalisera",
    "Standardisera",
    "Avveckla",
    "Upphandla",
    "Utbilda",
    "Effektivisera",
    "Flytta",
    "Kartlägg",
    "Förenkla",
]
_OBJECTS = [
    "läkemedel",
    "vård",
    "tolk",
    "hygien",
    "schema",
    "jour",
    "remiss",
    "journal",
    "fall",
    "sår",
    "smärta",
    "diabetes",
    "hjärt",
    "lung",
    "njur",
    "stroke",
    "cancer",
    "tand",
    "ögon",
    "hörsel",
    "barn",
    "äldre",
    "psykiatri",
    "rehab",
    "hemsjuk",
    "ambulans",
    "akut",
    "operations",
    "röntgen",
    "labb",
    "hjälpmedels",
    "kost",
    "städ",
    "energi",
    "lokal",
    "inköps",
    "lager",
    "personal",
    "bemannings",
    "kompetens",
    "forsknings",
    "miljö",
    "patient",
]
_THINGS = [
    "planering",
    "genomgång",
    "uppföljning",
    "modell",
    "avtal",
    "rutin",
    "hantering",
    "mottagning",
    "process",
    "register",
    "prognos",
    "kostnad",
    "kö",
    "bedömning",
    "samordning",
    "utbildning",
]
_REST = "med kommunerna|för äldre patienter|inom slutenvården|på hälsocentralerna|med digitalt stöd|under hela året|i glesbygd|för nyanställda|på helger|inför sommaren"


class Region:
    """Draws a region whose size is `scale` of the whole; the same for the same scale. The vocabulary does not grow with it."""

    def __init__(self, scale: float) -> None:
        self.chance = Random(20_261_015)
        self.scale = scale
        self._last: Action | None = None
        self.units = [f"enhet {number}" for number in range(self.count(UNITS))]
        self.areas = [f"område {number}" for number in range(max(1, len(self.units) // 15))]
        self.seats = [f"chef {body}" for body in ("nämnden", *self.areas, *self.units)]
        self.goals = [f"mål {number}" for number in range(self.count(GOALS))]
        self.indicators = [f"indikator {number}" for number in range(self.count(INDICATORS))]
        self.actions = [f"åtgärd {number}" for number in range(self.count(ACTIONS))]

    def count(self, whole: int) -> int:
        return max(1, round(whole * self.scale))

    def snapshot(self) -> Snapshot:
        return Snapshot(
            on=ON,
            bodies=tuple(self._bodies()),
            seats=tuple(Seat(key=key, name=key.capitalize(), body=key.removeprefix("chef ")) for key in self.seats),
            documents=tuple(self._documents()),
            goals=tuple(map(self._goal, range(len(self.goals)))),
            milestones=tuple(map(self._milestone, self.goals)),
            actions=tuple(map(self._action, self.actions)),
            estimates=tuple(self._estimate(key) for key in self.actions if self._is_true_for(0.9)),
            realised=tuple(RealisedEffect(key, month, 1_000_00, 900_00) for key in self.actions[::2] for month in MONTHS),
            mandates=tuple(self._mandates()),
            decisions=tuple(map(self._decision, range(self.count(DECISIONS)))),
            indicators=tuple(map(self._indicator, self.indicators)),
        )

    def _is_true_for(self, share: float) -> bool:
        return self.chance.random() < share

    def _bodies(self) -> Iterator[Body]:
        def body(key: str, kind: str, parent: str | None) -> Body:
            return Body(key=key, name=key.capitalize(), body_kind=kind, parent=parent, county="länet", principal="regionen")

        yield body("regionen", "REGION", None)
        yield body("nämnden", "COMMITTEE", "regionen")
        for area in self.areas:
            yield body(area, "AREA", "regionen")
        for number, unit in enumerate(self.units):
            yield body(unit, "UNIT", self.areas[number % len(self.areas)])

    def _documents(self) -> Iterator[SteeringDocument]:
        plans = (
            ("regionplan", None, DocumentKind.REGIONAL_PLAN),
            ("nämndplan", "regionplan", DocumentKind.COMMITTEE_PLAN),
            ("verksamhetsplan", "nämndplan", DocumentKind.OPERATIONAL_PLAN),
        )
        for key, parent, kind in plans:
            parents = (parent,) if parent else ()
            yield SteeringDocument(
                key=key,
                name=key,
                body="nämnden",
                document_kind=kind,
                period=_YEAR,
                parents=parents,
                adopted_by=("nämnden",),
                adopted_on=date(2025, 12, 1),
                accountable=self.seats[:1],
            )

    def _goal(self, number: int) -> Goal:
        """One goal in ten is the region's, three the committee's, six the units'; each takes up one of those above."""
        tenth = max(1, len(self.goals) // 10)
        level = 0 if number < tenth else 1 if number < 4 * tenth else 2
        above = {0: None, 1: number % tenth, 2: tenth + number % max(1, min(3 * tenth, len(self.goals) - tenth))}[level]
        keys = self.chance.sample(self.indicators, 2)
        return Goal(
            key=self.goals[number],
            name=f"{self._words()} {number}",
            body="nämnden" if level < 2 else self.units[number % len(self.units)],
            document=("regionplan", "nämndplan", "verksamhetsplan")[level],
            area=None,
            parent=None if above is None else self.goals[above],
            accountable=(self.chance.choice(self.seats),) if self._is_true_for(0.98) else (),
            resources="Inom ram.",
            period=_YEAR,
            indicators=tuple(
                GoalIndicator(
                    indicator=key, baseline=Decimal(50), baseline_on=date(2025, 12, 31), target=Decimal(60), target_on=date(2026, 12, 31)
                )
                for key in keys
            ),
        )

    def _milestone(self, goal: str) -> Milestone:
        due = date(2026, 3, 1) + timedelta(days=self.chance.randrange(300))
        return Milestone(
            key=f"delmål {goal}",
            name="Halvvägs",
            body="nämnden",
            of=Ref(ObjectKind.GOAL, goal),
            due_on=due,
            criterion="Minst 55 procent.",
            indicator=None,
            target=None,
            reached_on=due if due < ON else None,
        )

    def _words(self) -> str:
        chance = self.chance
        return f"{chance.choice(_VERBS)} {chance.choice(_OBJECTS)}{chance.choice(_THINGS)} och {chance.choice(_OBJECTS)}{chance.choice(_THINGS)} {chance.choice(_REST.split('|'))}"

    def _action(self, key: str) -> Action:
        """One in a hundred does what the one before it does, with another owner."""
        if self._last is not None and self._is_true_for(0.01):
            return replace(self._last, key=key, accountable=(self.chance.choice(self.seats),))
        self._last = self._new_action(key)
        return self._last

    def _new_action(self, key: str) -> Action:
        chance = self.chance
        started = self._is_true_for(0.7)
        return Action(
            key=key,
            name=self._words(),
            body="nämnden",
            text="Vi ska verka för förändring löpande." if self._is_true_for(0.1) else "Görs klart till 2026-12-31.",
            action_kind=ActionKind.RESULT_IMPROVING,
            time_frame=TimeFrame.STRUCTURAL,
            state=ActionState.STARTED if started else ActionState.PLANNED,
            goals=tuple(chance.sample(self.goals, 2)) if self._is_true_for(0.97) else (),
            indicators=(chance.choice(self.indicators),),
            unit=chance.choice(self.units) if self._is_true_for(0.9) else chance.choice(self.areas),
            accountable=(chance.choice(self.seats),),
            starts_on=date(2026, 2, 1) if started else date(2026, 11, 1),
            ends_on=date(2026, 12, 31),
            done_on=None,
            resources="Inom ram.",
            document="verksamhetsplan",
            programme=None,
        )

    def _estimate(self, action: str) -> Estimate:
        effects = (YearEffect(2026, 1_000_000_00, 900_000_00, 500_000_00, 1_200_000_00),)
        return Estimate(
            key=f"beräkning {action}",
            name=action,
            body="nämnden",
            action=action,
            effects=effects,
            one_off=0,
            first_effect_month=date(2026, 4, 1),
            assumptions="Som i fjol.",
            calculated_by=self.seats[0],
        )

    def _mandates(self) -> Iterator[Mandate]:
        for seat in self.seats:
            yield Mandate(
                key=f"mandat {seat}", name="Inköp", body="nämnden", holder=Ref(ObjectKind.SEAT, seat), subject="ekonomi.inköp", amount_limit=1_000_000_00, valid_from=date(2026, 1, 1), valid_until=None,
                may_correct=True, corrects=(), document=None, point="4.2",
            )  # fmt: skip

    def _decision(self, number: int) -> Decision:
        seat = self.chance.choice(self.seats)
        return Decision(
            key=f"beslut {number}",
            name="Inköp",
            body="nämnden",
            decider=Ref(ObjectKind.SEAT, seat),
            level=DecisionLevel.ADMINISTRATIVE,
            mandate=f"mandat {seat}" if self._is_true_for(0.98) else None,
            subject="ekonomi.inköp",
            amount=self.chance.randrange(1_020_000_00),
            decided_on=date(2026, 1, 1) + timedelta(days=self.chance.randrange(280)),
            paragraph="",
            registry_number=f"HSN/{number}/2026",
            estimates=(),
            no_estimate_reason="Ryms i budget." if self._is_true_for(0.97) else "",
        )

    def _indicator(self, key: str) -> Indicator:
        """Measured in the region, one of its areas and the units there, for four months."""
        chance, area = self.chance, self.chance.randrange(len(self.areas))
        units = self.units[area :: len(self.areas)]
        measured = [unit for unit in units if self._is_true_for(0.98)]
        places = [("REGION", "regionen"), ("AREA", self.areas[area]), *(("UNIT", unit) for unit in measured)]
        missed = MONTHS[chance.randrange(9)] if self._is_true_for(0.1) else None
        return Indicator(
            key=key,
            name=key,
            body="nämnden",
            unit="%",
            direction=DesiredDirection.UP,
            frequency=Frequency.MONTH,
            source="Datalagret",
            accountable=(self.seats[0],),
            levels=("REGION", "AREA", "UNIT"),
            cells=frozenset(Cell(month, level, body) for month in MONTHS[4:8] for level, body in places),
            standings=tuple(Standing(unit, None, MONTHS[7], Decimal(50), Decimal(60), missed) for unit in units[:3]),
        )
