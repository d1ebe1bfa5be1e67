"""Who may do what with a task: every role against every route, and what is left when it is refused."""

import json
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from styrkedja.cases.models import Case
from styrkedja.ledger.models import PendingEntry
from styrkedja.workflows.models import Draft, HistoryEvent, WorkItem
from tests.factories.accounts import make_user
from tests.factories.walks import AT_ASSESSMENT, OLD, World, item_of, once, step_post

SIGNED_OUT, OUTSIDER, ADMINISTRATOR = "signed out", "outsider", "administrator"
HOLDER, SUBSTITUTE, READER, COORDINATOR, OTHER_LPO = OLD, "registrator", "kfvn-registrator", "samordnare", "lpo-psykisk-halsa"
ROLES = (SIGNED_OUT, OUTSIDER, ADMINISTRATOR, READER, OTHER_LPO, COORDINATOR, SUBSTITUTE, HOLDER)

# Route → what each of ROLES is answered. 302 is "done", but for who is signed out: there it leads to signing in.
READS = {
    "": (302, 404, 200, 200, 200, 200, 200, 200),
    "overlat/": (302, 404, 403, 403, 403, 403, 200, 200),
    "datum/": (302, 404, 403, 403, 403, 200, 200, 200),
    "bevakning/": (302, 404, 403, 403, 403, 200, 200, 200),
    "ta/": (302, 405, 405, 405, 405, 405, 405, 405),
    "lamna/": (302, 405, 405, 405, 405, 405, 405, 405),
    "utkast/": (302, 405, 405, 405, 405, 405, 405, 405),
    "avsluta-vantan/": (302, 405, 405, 405, 405, 405, 405, 405),
}
ACTS = {
    "": (302, 404, 403, 403, 403, 403, 302, 302),
    "ta/": (302, 404, 403, 403, 403, 403, 302, 302),
    "lamna/": (302, 404, 403, 403, 403, 403, 302, 302),
    "utkast/": (302, 404, 403, 403, 403, 403, 302, 302),
    "overlat/": (302, 404, 403, 403, 403, 403, 302, 302),
    "datum/": (302, 404, 403, 403, 403, 302, 302, 302),
    "bevakning/": (302, 404, 403, 403, 403, 302, 302, 302),
}


# Route → what a refused act is on record as; a draft is no act.
REFUSALS = {
    "": ["step.refused"],
    "ta/": ["item.claim_refused"],
    "lamna/": ["item.release_refused"],
    "utkast/": [],
    "overlat/": ["item.hand_over_refused"],
    "datum/": ["item.due_change_refused"],
    "bevakning/": ["item.follow_up_refused"],
}


@pytest.fixture(scope="module")
def case(case_at: Callable[..., Case]) -> Case:
    return case_at(AT_ASSESSMENT)


@pytest.fixture
def item(case: Case, world: World) -> WorkItem:
    world.substitute(HOLDER, SUBSTITUTE)
    return item_of(case, "assess_municipal_relevance", OLD)


@pytest.fixture
def browser(world: World, signed_in: Callable[[str], Client]) -> Callable[[str], Client]:
    def make(role: str) -> Client:
        if role == SIGNED_OUT:
            return Client()
        if role not in {OUTSIDER, ADMINISTRATOR}:
            return signed_in(role)
        client = Client()
        account = make_user(role.replace(" ", "-"), administrator=role == ADMINISTRATOR)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


def sent(route: str, role: str, item: WorkItem, world: World) -> dict[str, object]:
    """A form that would be right if it came from the right one."""
    return {
        "": step_post(item, {"grounds": "Berör hemsjukvården."}, "yes"),
        "ta/": {},
        "lamna/": {},
        "utkast/": step_post(item, {"grounds": "Berör"}),
        "overlat/": once({"to": world.person(HOLDER if role == SUBSTITUTE else SUBSTITUTE).pk}),
        "datum/": once({"due_on": "2026-10-05", "reason": "Sammanträdet är flyttat."}),
        "bevakning/": once({"follow_up_on": "2026-10-05"}),
    }[route]


def logged() -> list[str]:
    return [json.loads(body)["act"] for body in PendingEntry.objects.order_by("pk").values_list("body", flat=True)]


def situation(item: WorkItem) -> tuple[object, ...]:
    item.refresh_from_db()
    left = (item.state, item.version, item.claimed_by_id, item.due_on, item.follow_up_on)
    return (*left, HistoryEvent.objects.count(), Draft.objects.count())


@pytest.mark.parametrize("route", READS)
def test_who_may_open_which_page(route: str, item: WorkItem, browser: Callable[[str], Client]) -> None:
    before = situation(item)
    found = {role: browser(role).get(f"/uppgifter/{item.pk}/{route}").status_code for role in ROLES}
    assert found == dict(zip(ROLES, READS[route], strict=True))
    assert situation(item) == before


@pytest.mark.parametrize("route", ACTS)
def test_who_may_act_and_that_a_refused_act_changes_nothing_and_is_on_record(
    route: str, item: WorkItem, world: World, browser: Callable[[str], Client]
) -> None:
    if route == "lamna/":
        browser(HOLDER).post(f"/uppgifter/{item.pk}/ta/")
    before, entries = situation(item), len(logged())
    answers, changed = {}, set()
    for role in ROLES:
        with transaction.atomic():
            item.refresh_from_db()
            answers[role] = browser(role).post(f"/uppgifter/{item.pk}/{route}", sent(route, role, item, world))
            changed |= {role} if situation(item) != before else set()
            if answers[role].status_code == 403:
                assert logged()[entries:] == REFUSALS[route]
            transaction.set_rollback(True)
    assert {role: answer.status_code for role, answer in answers.items()} == dict(zip(ROLES, ACTS[route], strict=True))
    assert changed == {role for role, answer in answers.items() if answer.status_code == 302} - {SIGNED_OUT}
    assert answers[SIGNED_OUT].headers["Location"].startswith("/konto/logga-in/")
