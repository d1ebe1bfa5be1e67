from dataclasses import replace
from datetime import date

import pytest

from styrkedja.core.controls.snapshot import Action, ActionState, ObjectKind, Ref, Transfer
from tests.core.controls.region import ACTION, DIRECTOR, HEAD, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

ONE = replace(ACTION, key="den ena", name="Inför digitala vårdbesök vid hälsocentralerna", indicators=(), unit=None)
OTHER = replace(ONE, key="den andra", name="Digitala vårdbesök införs på alla hälsocentraler", accountable=(DIRECTOR,), body="nämnden")
ALONE = replace(OTHER, goals=("regionmål 2",))
CARRIED = Transfer(
    document="nämndplanen",
    previous=Ref(ObjectKind.ACTION, "den ena"),
    previous_name=ONE.name,
    into=(Ref(ObjectKind.ACTION, "den andra"),),
    reason="",
    is_decided=True,
)
SAME_PLACE = replace(ACTION, key="kvällstider", name="Fler kvällstider hos läkare", accountable=(DIRECTOR,))


def pair(**of_the_other: object) -> Near:
    """Two actions in nearly the same words, one of them changed so that they are not the same work."""
    return Near(", ".join(of_the_other), added(actions=(ONE, replace(OTHER, **of_the_other))))


def named(one: str, other: str) -> tuple[Action, Action]:
    return replace(ONE, name=one, text=""), replace(OTHER, name=other, text="")


TABLE = [
    Case("nearly the same words, a shared goal", added(actions=(ONE, OTHER)), [("A22", "den andra")], added(actions=(ONE,))),
    Case("nearly the same words alone", added(actions=(ONE, ALONE)), [("A22", "den andra")], added(actions=(ALONE,))),
    Case(
        "in a unit and above it",
        added(actions=(replace(ONE, unit="enhet 1"), replace(OTHER, unit="området"))),
        [("A22", "den andra")],
        added(actions=(replace(ONE, unit="enhet 1"), replace(OTHER, unit="enhet 2"))),
    ),
    Case(
        "a heading that says too little is helped by its description",
        added(
            actions=(replace(ONE, name="Listning", text="Fast läkare åt äldre"), replace(OTHER, name="Listning", text="Äldre: fast läkare"))
        ),
        [("A22", "den andra")],
        added(
            actions=(replace(ONE, name="Listning", text="Fast läkare åt äldre"), replace(OTHER, name="Listning", text="Nytt datasystem"))
        ),
    ),
    Case("same goal, indicator and unit", added(actions=(SAME_PLACE,)), [("R05b", "nämndmål")]),
    Case("two functions for an action", changed("listningen", accountable=(HEAD, DIRECTOR)), [("R05a", "listningen")]),
    Case("two functions for an assignment", changed("uppdraget", accountable=(HEAD, DIRECTOR)), [("R05a", "uppdraget")]),
    pair(accountable=(HEAD,)),
    pair(accountable=(HEAD, DIRECTOR), state=ActionState.DONE),
    pair(state=ActionState.CANCELLED),
    pair(starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 1)),
    pair(parent="den ena"),
    pair(name="Fast läkarkontakt på särskilt boende"),
    Near("carried over into the next plan", added(actions=(ONE, OTHER), transfers=(CARRIED,))),
    Near("two carry out a third", added(actions=(replace(ONE, parent="listningen"), replace(OTHER, parent="listningen")))),
    Near("other units", added(actions=(replace(ONE, unit="enhet 1"), replace(OTHER, unit="enhet 2")))),
    Near("more here, less there", added(actions=named("Öka antalet vårdplatser på sjukhuset", "Minska antalet vårdplatser på sjukhuset"))),
    Near("begin here, end there", added(actions=named("Öppna jourmottagningen i Åre", "Stäng jourmottagningen i Åre"))),
    Near("each about its own", added(actions=named("Inför vårdförlopp för hjärtsvikt", "Inför vårdförlopp för stroke"))),
    Near("too few words", added(actions=named("Översyn av taxor", "Översyn av taxor"))),
    Near("the same owner in one place", added(actions=(replace(SAME_PLACE, accountable=(HEAD,)),))),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r05_nobody_does_what_another_does(case: Case | Near) -> None:
    check_table("R05", case)
