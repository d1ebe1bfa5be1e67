"""What a step's form takes, where the routine narrows it: on steps 3, 10 and 13 of the real routine."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from styrkedja.cases.models import Case
from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.process.model import Node
from styrkedja.procedures.forms import StepForm, step_form
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.procedures.services import perform_step
from styrkedja.workflows.models import ItemState
from styrkedja.workflows.programs import routine_of
from tests.factories.walks import AT, MIND, OLD, TO_STAFFING, World, item_of

REFUSED = "Välj ett organ som också finns bland ”Berörda LPO”."


def node_of(world: World, node: str) -> Node:
    return routine_of(world.definition).nodes[node]


def filled(world: World, node: Node, **data: Any) -> StepForm:
    assert node.step is not None
    form = step_form(node, CATALOGUE[node.step.kind], county=world.county, data={"submission": "", **data}, on=AT.date())
    form.fields["submission"].required = False
    return form


def faults(form: StepForm) -> dict[str, list[str]]:
    return {name: list(map(str, found)) for name, found in form.errors.items()}


@pytest.mark.parametrize("step", ["forward_consultation", "inform_of_national_decision"])
def test_the_lpo_that_leads_is_one_of_the_affected(world: World, step: str) -> None:
    form = filled(world, node_of(world, step), affected_lpos=[OLD, MIND], lead_lpo=OLD, message="Se bilagan.", recipients="LPO")
    assert {"lead_lpo", "affected_lpos"}.isdisjoint(faults(form))
    assert form.cleaned_data["lead_lpo"] == OLD


@pytest.mark.parametrize("step", ["forward_consultation", "inform_of_national_decision"])
def test_an_lpo_that_is_not_affected_cannot_lead(world: World, step: str) -> None:
    form = filled(world, node_of(world, step), affected_lpos=[MIND], lead_lpo=OLD)
    assert faults(form)["lead_lpo"] == [REFUSED]
    assert "lead_lpo" not in form.cleaned_data


def test_nothing_is_said_of_the_one_that_leads_while_the_affected_are_not_chosen(world: World) -> None:
    form = filled(world, node_of(world, "forward_consultation"), lead_lpo=OLD)
    assert faults(form)["affected_lpos"] == ["Detta fält måste fyllas i."]
    assert "lead_lpo" not in faults(form)


def test_nothing_can_be_chosen_among_nothing(world: World) -> None:
    """Where the other field may be left empty."""
    node = node_of(world, "forward_consultation")
    assert node.step is not None
    fields = tuple(replace(field, required=False) for field in node.step.fields)
    form = filled(world, replace(node, step=replace(node.step, fields=fields)), lead_lpo=OLD)
    assert faults(form)["lead_lpo"] == [REFUSED]


@pytest.mark.parametrize(("chosen", "refused"), [([OLD], []), ([OLD, MIND], [REFUSED])])
def test_of_several_chosen_each_is_among_the_others(world: World, chosen: list[str], refused: list[str]) -> None:
    node = node_of(world, "forward_consultation")
    assert node.step is not None
    extra = FieldSpec("told", FieldType.GROUPS, "Underrättade", of="list:lpo", among="affected_lpos")
    several = replace(node, step=replace(node.step, fields=(*node.step.fields, extra)))
    form = filled(world, several, affected_lpos=[OLD], lead_lpo=OLD, told=chosen)
    assert faults(form).get("told", []) == refused


def test_a_case_goes_to_a_deciding_body_and_to_no_other_group(world: World) -> None:
    node = node_of(world, "route_case")
    choices = dict(filled(world, node).fields["body"].choices)
    assert choices == {"": "Välj", "lansledningen": "Länsledningen för HälSam", "styrgrupp": "Styrgrupp inom Länsledningen"}
    form = filled(world, node, body=OLD, outcome="steering_group")
    assert faults(form)["body"] == [f"Välj ett giltigt alternativ. {OLD} finns inte bland tillgängliga alternativ."]
    assert faults(filled(world, node, body="styrgrupp", outcome="steering_group")) == {}


STAFFING = {"brief": "Underlag", "functions-0-function": "Sjuksköterska", "functions-0-organisation": "Ånge", "functions-0-count": "2"}


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"staffing": "reactivate"}, "earlier_group", "Fältet behövs efter det du valde i ”Arbetsgrupp”."),
        ({"staffing": "reactivate_extended"}, "earlier_group", "Fältet behövs efter det du valde i ”Arbetsgrupp”."),
        ({"functions-0-count": "-3"}, "functions", "Rad 1, Antal: Talet får inte vara mindre än 1."),
        ({"functions-0-count": "0"}, "functions", "Rad 1, Antal: Talet får inte vara mindre än 1."),
        ({"functions-0-function": "Anna Andersson"}, "functions", "Rad 1, Funktion: Ange en funktion, inte en person."),
    ],
)
def test_a_proposal_for_staffing_is_of_functions_and_of_the_group_it_speaks_of(
    world: World, change: dict[str, str], field: str, fault: str
) -> None:
    node = node_of(world, "propose_staffing")
    assert faults(filled(world, node, **STAFFING | {"staffing": "new"})) == {}
    assert faults(filled(world, node, **STAFFING | {"staffing": "new"} | change)) == {field: [fault]}


def test_what_the_form_refuses_the_step_refuses_too(case_at: Callable[..., Case], world: World) -> None:
    """Whoever comes by another door than the form meets the same rules."""
    item = item_of(case_at(TO_STAFFING), "propose_staffing")
    row = {"function": "Sjuksköterska", "organisation": "Ånge", "count": 2}
    good = {"brief": "Underlag", "staffing": "new", "functions": [row]}
    for change in ({"staffing": "reactivate"}, {"functions": [row | {"count": -3}]}, {"functions": [row | {"function": "Anna Andersson"}]}):
        with pytest.raises(Refused):
            perform_step(actor=world.person(OLD), item=item, version=item.version, outcome="", data=good | change, at=AT)
    item.refresh_from_db()
    assert item.state == ItemState.OPEN
