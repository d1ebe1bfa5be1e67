"""A case on the real routine of Västernorrland, moved to a revised version and back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from styrkedja.cli.answers import Answer
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.workflows.models import ItemState, ProcessDefinition, ProcessInstance, WorkItem
from styrkedja.workflows.services import migrating, publish_definition
from styrkedja.workflows.services.self_check import difference
from tests.core.process.revising import insert_after
from tests.factories.walks import AT, AT_ASSESSMENT, MIND, OLD, World, item_of, world_once

pytestmark = pytest.mark.django_db

HALF_ASSESSED = (*AT_ASSESSMENT, Answer("assess_municipal_relevance", item=OLD, outcome="yes"))


@pytest.fixture(scope="module")
def whole_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with world_once(django_db_blocker) as found:
        yield found


@pytest.fixture
def world(whole_world: World, db: None) -> World:
    return World(whole_world.county, whole_world.definition, dict(whole_world.people))


@pytest.fixture
def revised(world: World) -> ProcessDefinition:
    """Version 4: a new step between the registration of the remiss and its being sent on, and it passes the check."""
    source = insert_after(world.definition.source, "register_consultation", "forward_consultation", version="4")
    definition, _new = publish_definition(actor=None, county=world.county, source=source, kinds=dict(CATALOGUE), at=AT)
    return definition


def stands_at(instance: ProcessInstance) -> list[tuple[str, str]]:
    instance.refresh_from_db()
    assert difference(instance) == ""
    return list(WorkItem.objects.filter(instance=instance, state=ItemState.OPEN).order_by("pk").values_list("node_id", "item"))


def test_a_case_half_way_through_a_step_for_many_goes_back_to_a_new_step_and_forward_again(
    world: World, revised: ProcessDefinition
) -> None:
    case = world.walk(HALF_ASSESSED)
    instance = case.instance
    assert stands_at(instance) == [("assess_municipal_relevance", MIND)]
    open_since = item_of(case, "assess_municipal_relevance", MIND).opened_at
    found = migrating.migrate(actor=None, instance=instance, definition_to=revised, at=AT + timedelta(days=1))
    assert stands_at(instance) == [("inserted", "")]
    assert [kept.done.node_id for kept in found.plan.kept] == ["receive_consultation", "register_consultation"]
    assert [(drop.done.node_id, drop.done.item) for drop in found.plan.redo] == [
        ("forward_consultation", ""),
        ("assess_municipal_relevance", OLD),
    ]
    migrating.revert(actor=None, instance=instance, at=AT + timedelta(days=2))
    assert stands_at(instance) == [("assess_municipal_relevance", MIND)]
    again = item_of(case, "assess_municipal_relevance", MIND)
    assert again.opened_at == AT + timedelta(days=2) > open_since


def test_a_case_before_the_new_step_is_moved_without_any_change(world: World, revised: ProcessDefinition) -> None:
    case = world.walk(AT_ASSESSMENT[:1])
    before = item_of(case, "register_consultation")
    found = migrating.migrate(actor=None, instance=case.instance, definition_to=revised, at=AT + timedelta(days=1))
    assert (found.plan.removed, found.plan.redo) == ((), ())
    after = item_of(case, "register_consultation")
    assert (after.pk, after.due_on, after.opened_at) == (before.pk, before.due_on, before.opened_at)
    assert stands_at(case.instance) == [("register_consultation", "")]
