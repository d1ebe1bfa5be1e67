"""Objects of the chain, straight into the tables: what a test needs to stand there. The services have tests of their own."""

from datetime import date, datetime
from itertools import count
from typing import Any, TypeVar

from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body, County, Organisation, Placement, Seat
from styrkedja.steering.models import Action, ChainObject, Goal, SteeringDocument
from tests.factories.accounts import MADE_AT
from tests.factories.counties import body, make_county

Row = TypeVar("Row", bound=ChainObject)
_NUMBERS = count(1)
# Key (without the county's suffix) → kind, name, parent, functions with a seat there.
BODIES = {
    "fullmaktige": ("COUNCIL", "Regionfullmäktige", "region", ("CHAIR",)),
    "styrelsen": ("EXECUTIVE_BOARD", "Regionstyrelsen", "fullmaktige", ("CHAIR", "CONTROLLER")),
    "namnden": ("COMMITTEE", "Hälso- och sjukvårdsnämnden", "fullmaktige", ("CHAIR", "CONTROLLER")),
    "forvaltningen": ("ADMINISTRATION", "Hälso- och sjukvårdsförvaltningen", "namnden", ("DIRECTOR",)),
    "primarvarden": ("DEPARTMENT", "Primärvården", "forvaltningen", ("HEAD_OF_OPERATIONS",)),
    "alen": ("UNIT", "Ålens hälsocentral", "primarvarden", ("UNIT_MANAGER",)),
    "arnas": ("UNIT", "Arnäs hälsocentral", "primarvarden", ("UNIT_MANAGER",)),
    "odeborg": ("UNIT", "Ödeborgs hälsocentral", "primarvarden", ("UNIT_MANAGER",)),
}
TITLES = {
    "CHAIR": "Ordförande",
    "CONTROLLER": "Controller",
    "DIRECTOR": "Hälso- och sjukvårdsdirektör",
    "HEAD_OF_OPERATIONS": "Verksamhetschef",
    "UNIT_MANAGER": "Enhetschef",
}


def make_region(key: str = "exempellan", *, name: str = "Exempellän") -> County:
    """A county with a council, boards, an administration, a department and three units, each with its functions."""
    county = make_county(key, name=name)
    made: dict[str, Body] = {"region": body(county, "region")}
    for role, (kind, title, parent, functions) in BODIES.items():
        made[role] = Organisation.objects.create(key=f"{role}-{key}", name=title, kind=kind, county=county)
        Placement.objects.create(child=made[role], parent=made[parent])
        for function in functions:
            Seat.objects.create(body=made[role], function=function, title=TITLES[function], county=county)
    return county


def make(model: type[Row], *, county: County, at: datetime = MADE_AT, **values: Any) -> Row:
    """One of `model`, with a key and a title unless they are given; many-to-many values are lists."""
    many = {field.name: values.pop(field.name) for field in model._meta.many_to_many if field.name in values}
    key = values.pop("key", f"{model.KIND}-{next(_NUMBERS)}")
    row = model.objects.create(county=county, **{"key": key, "title": f"Rubrik {key}", "created_at": at, "changed_at": at} | values)
    for name, others in many.items():
        getattr(row, name).set(others)
    return row


def make_plan(county: County, role: str = "styrelsen", *, state: str = "DECIDED", year: int = 2026, **values: Any) -> SteeringDocument:
    """A plan of the body that plays `role`, for a year."""
    period = {"valid_from": date(year, 1, 1), "valid_until": date(year + 1, 1, 1)}
    wanted = {"kind": "COMMITTEE_PLAN", "state": state, "accountable_body": body(county, role)} | period | values
    return make(SteeringDocument, county=county, **wanted)


def make_goal(plan: SteeringDocument, **values: Any) -> Goal:
    return make(Goal, **{"county": plan.county, "document": plan, "accountable_body": plan.accountable_body} | values)


def make_action(plan: SteeringDocument, **values: Any) -> Action:
    return make(Action, **{"county": plan.county, "document": plan, "accountable_body": plan.accountable_body} | values)


def make_indicator(key: str = "medicinsk-tillganglighet", **values: Any) -> Indicator:
    """An indicator as if its file had been loaded."""
    wanted = {
        "title": f"Indikator {key}",
        "kind": "INDICATOR",
        "perspective": "production",
        "direction": "up",
        "unit": "procent",
        "decimals": 1,
    }
    reviewed = {"frequency": "month", "months": 1, "reviewed_on": date(2026, 1, 1), "next_review": date(2027, 1, 1)}
    return Indicator.objects.create(key=key, definition="", definition_hash="0" * 64, **wanted | reviewed | values)
