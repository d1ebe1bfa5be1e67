"""The small region with many faults at once, of every rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from styrkedja.core.controls.snapshot import BalanceRequirement, GoalConflict, Snapshot, Standing
from tests.core.controls.region import ACTION, CLEAN, COMMITTEE_GOAL, DIRECTOR, FACTS, INDICATOR, JULY, MILLION, REALISED, added, changed

CHANGES = (
    ("målbilden", {"text": "Den bygger på fem strategier."}),
    ("nämndplanen", {"accountable": (), "stated_effect": 8 * MILLION, "named_documents": ("Färdplan 2030",)}),
    ("nämndmål", {"parent": None, "resources": "", "reports": ()}),
    ("delmålet", {"due_on": date(2026, 3, 1), "criterion": "", "target": None}),
    ("uppdraget", {"due_on": date(2026, 9, 1), "accountable": ()}),
    ("programmet", {"accountable": ()}),
    ("listningen", {"text": "Vi ämnar verka för listning.", "time_frame": None, "counterparts": ()}),
    ("beräkningen", {"assumptions": ""}),
    ("hindret", {"response": ""}),
    ("reglementet", {"may_correct": False}),
    ("nämndbeslutet", {"mandate": None, "paragraph": "", "estimates": ()}),
    ("inköpet", {"amount": 2 * MILLION, "outside_budget": True}),
    ("granskningen", {"stated_count": 5}),
    ("rekommendation 1", {"answers": (), "report_due_on": date(2026, 6, 1)}),
    ("delårsrapport", {"approved_on": None, "analysis": ""}),
    ("kontinuitet", {"source": "", "standings": (Standing("området", "nämndmål", JULY, Decimal(52), Decimal(70), date(2022, 1, 1)),)}),
    ("primärvård", {"facts": replace(FACTS, has_host=False, chairs_held=0)}),
    ("förslaget", {"lines": ("Anna Exempelsson",)}),
    ("gruppen", {"members": ()}),
    ("underlaget", {"resources": ""}),
    ("införandet", {"phase_out": ""}),
)
DOUBLE = replace(
    ACTION, key="dubbleringen", name="Listning hos fast läkare", accountable=(DIRECTOR,), indicators=(), goals=(), programme=None
)
WITHOUT_UNIT_2 = replace(
    INDICATOR,
    key="väntetid",
    name="Väntetid",
    required_level=None,
    cells=frozenset(cell for cell in INDICATOR.cells if cell.body != "enhet 2" and (cell.level == "UNIT" or cell.body == "regionen")),
)
BARE_GOAL = replace(
    COMMITTEE_GOAL,
    key="väntemål",
    name="Kortare väntan",
    indicators=tuple(replace(link, indicator="väntetid", target=None) for link in COMMITTEE_GOAL.indicators),
)
ONE_LEVEL = replace(INDICATOR, key="hembesök", name="Hembesök", cells=frozenset(cell for cell in INDICATOR.cells if cell.level == "REGION"))
AT_ONE_LEVEL = replace(BARE_GOAL, key="hemmål", indicators=tuple(replace(link, indicator="hembesök") for link in BARE_GOAL.indicators))


def _faulty() -> Snapshot:
    snapshot = replace(
        CLEAN, realised=REALISED[:-1], requirements=(BalanceRequirement(document="nämndplanen", year=2026, amount=9 * MILLION),)
    )
    for key, values in CHANGES:
        snapshot = changed(key, snapshot, **values)
    conflict = GoalConflict(
        key="konflikten", name="Mål mot mål", body="nämnden", goals=("nämndmål", "väntemål"), accountable=(), decision=None
    )
    return added(
        snapshot, actions=(DOUBLE,), goals=(BARE_GOAL, AT_ONE_LEVEL), indicators=(WITHOUT_UNIT_2, ONE_LEVEL), conflicts=(conflict,)
    )


FAULTY = _faulty()
