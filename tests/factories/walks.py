"""Cases on the real routine of Västernorrland, opened and carried on by the real services."""

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cli.answers import Answer, Answers
from styrkedja.cli.driving import Driver
from styrkedja.cli.loading import load_folder
from styrkedja.core.process.reader import read
from styrkedja.organisations.models import County, Membership, Seat, Substitution
from styrkedja.procedures.forms import as_post
from styrkedja.workflows.models import ItemState, ProcessDefinition, WorkItem
from tests.factories.accounts import MADE_AT, make_user

DEFINITIONS = Path(__file__).resolve().parents[2] / "definitions"
FOLDER = DEFINITIONS / "counties" / "vasternorrland"
ROUTINE = DEFINITIONS / "routines" / "vasternorrland-kunskapsstod.bpmn"
AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
OLD, MIND = "lpo-aldres-halsa", "lpo-psykisk-halsa"
# Those who do the steps of the roads below.
PEOPLE = ("registrator", "samordnare", "kfvn-samordnare", OLD, MIND)

ARRIVED = Answer("receive_consultation", fields={"arrived_on": "2026-06-08", "sender": "SKR", "answer_due": "2026-10-30"})
FORWARDED = Answer("forward_consultation", fields={"affected_lpos": [OLD, MIND], "lead_lpo": OLD})
REGISTERED = (
    ARRIVED,
    Answer("register_consultation", fields={"document_title": "Remiss: vårdprogram för demens"}),
)
SENT = (
    *REGISTERED,
    FORWARDED,
    Answer("assess_municipal_relevance", outcome="yes"),
    Answer("send_to_association"),
)
AT_ASSESSMENT = (*REGISTERED, FORWARDED)
ANSWERED = (
    *SENT,
    *(Answer(step) for step in ("spread_to_municipalities", "collect_expert_comments", "send_programme_group_summary")),
    Answer("compile_municipal_comments", outcome="with_heads"),
    *(Answer(step) for step in ("send_municipal_summary", "compile_response", "share_response", "submit_response")),
)
AT_PRIORITISATION = (
    *ANSWERED,
    Answer("await_national_decision", outcome="introduce"),
    Answer("register_national_decision"),
    Answer("inform_of_national_decision", fields={"lead_lpo": OLD}),
    Answer("inform_networks"),
)
TO_STAFFING = (*AT_PRIORITISATION, Answer("prioritise", outcome="proceed"))
PARKED = (
    *AT_PRIORITISATION,
    Answer("prioritise", outcome="park"),
    Answer("park_case", fields={"reconsider_on": "2027-03-01"}),
)


@dataclass
class World:
    """The county with its routine; `person` gives the accounts of the demonstration, each made when it is first asked for."""

    county: County
    definition: ProcessDefinition
    people: dict[str, User] = field(default_factory=dict)

    def person(self, username: str) -> User:
        if username not in self.people:
            self.people[username] = _account(username)
        return self.people[username]

    def substitute(self, absent: str, standing_in: str) -> Substitution:
        """One person acts for another, for a year."""
        people = {"account": self.person(absent), "substitute": self.person(standing_in)}
        return Substitution.objects.create(**people, valid_from=AT.date(), valid_until=AT.date() + timedelta(days=365))

    def walk(self, steps: Sequence[Answer] = (), *, subject: str = "Vårdprogram: demens", at: datetime = AT) -> Case:
        """A case that has come as far as the answers take it, a day a step until the day before `at`; whoever holds a function does its steps."""
        for username in PEOPLE:
            self.person(username)
        answers = Answers(
            subject=subject,
            opened_on=None,
            opened_days_ago=None,
            fill=True,
            given={"entry": "consultation"},
            steps=(*steps, *_stops()),
        )
        driver = Driver(self.definition, answers, author=self.person("registrator"), at=at - timedelta(days=len(steps) + 1), appoint=False)
        result = driver.run()
        assert result.incident is None, result.incident
        return Case.objects.order_by("-pk")[0]


@cache
def _stops() -> tuple[Answer, ...]:
    """The driver itself fills in a step that nobody answers, unless the step is answered for some other body: here, one that does not exist."""
    routine = read(ROUTINE.read_bytes(), max_bytes=10**7, max_nodes=2_000).routine
    assert routine is not None
    return tuple(Answer(node.id, item="nobody") for node in routine.steps())


def make_world() -> World:
    """Västernorrland as its files say, with the routine published but not checked again."""
    load_folder(FOLDER, at=MADE_AT)
    county = County.objects.get(key="vasternorrland")
    source = ROUTINE.read_text(encoding="utf-8")
    definition = ProcessDefinition.objects.create(
        county=county,
        key="vasternorrland_kunskapsstod",
        name="Kunskapsstöd inom kunskapsstyrning hälso- och sjukvård",
        version=3,
        source=source,
        sha256=hashlib.sha256(source.encode()).hexdigest(),
        published_at=MADE_AT,
    )
    return World(county, definition)


def _account(username: str) -> User:
    rows = tomllib.loads((FOLDER / "accounts.toml").read_text(encoding="utf-8"))["account"]
    row: dict[str, Any] = next(row for row in rows if row["username"] == username)
    account = make_user(username, name=row["name"])
    for seat in row["seats"]:
        body, _colon, function = seat.partition(":")
        Membership.objects.create(seat=Seat.objects.get(body__key=body, function=function), account=account)
    return account


def item_of(case: Case, node: str, part: str = "") -> WorkItem:
    """The open item of a step, or of one body's part in it."""
    return WorkItem.objects.get(instance=case.instance_id, node_id=node, item=part, state=ItemState.OPEN)


@contextmanager
def world_once(blocker: Any) -> Iterator[World]:
    """A world for all tests of a module: each test's changes are rolled back to it, and it is rolled back at the end."""
    with blocker.unblock(), transaction.atomic():
        world = make_world()
        for username in PEOPLE:
            world.person(username)
        yield world
        transaction.set_rollback(True)


def step_post(item: WorkItem, fields: dict[str, Any] | None = None, outcome: str = "", *, submission: str = "") -> dict[str, Any]:
    """What the browser sends when the form of `item`, as it is now, is filled in so."""
    return {"submission": submission or str(uuid4()), "version": item.version, **as_post(fields or {}, outcome)}


def once(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as a small form sends them that has not been sent before."""
    return {"submission": str(uuid4()), **fields}
