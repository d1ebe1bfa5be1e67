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

from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cli.answers import Answer, Answers
from styrkedja.cli.driving import Driver
from styrkedja.cli.loading import load_folder
from styrkedja.core.process.reader import read
from styrkedja.organisations.models import County, Membership, Seat
from styrkedja.workflows.models import ItemState, ProcessDefinition, WorkItem
from tests.factories.accounts import MADE_AT, make_user

DEFINITIONS = Path(__file__).resolve().parents[2] / "definitions"
FOLDER = DEFINITIONS / "counties" / "vasternorrland"
ROUTINE = DEFINITIONS / "routines" / "vasternorrland-kunskapsstod.bpmn"
AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
OLD, MIND = "lpo-aldres-halsa", "lpo-psykisk-halsa"

ARRIVED = Answer("receive_consultation", fields={"arrived_on": "2026-06-08", "sender": "SKR", "answer_due": "2026-10-30"})
FORWARDED = Answer("forward_consultation", fields={"affected_lpos": [OLD, MIND], "lead_lpo": OLD})
REGISTERED = (
    ARRIVED,
    Answer("register_consultation", fields={"document_title": "Remiss: vårdprogram för demens"}),
)
# The straight road as far as the steps that are done by two LPO at once.
ASSESSED = (*REGISTERED, FORWARDED, Answer("assess_municipal_relevance", item=OLD, outcome="yes"))
SENT = (
    *REGISTERED,
    FORWARDED,
    Answer("assess_municipal_relevance", outcome="yes"),
    Answer("send_to_association"),
)
AT_ASSESSMENT = (*REGISTERED, FORWARDED)


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

    def walk(self, steps: Sequence[Answer] = (), *, subject: str = "Vårdprogram: demens", at: datetime = AT) -> Case:
        """A case that has come as far as the answers take it, a day a step until `at`; whoever holds a function does its steps."""
        for username in ("registrator", "samordnare", "kfvn-samordnare", OLD, MIND):
            self.person(username)
        answers = Answers(
            subject=subject,
            opened_on=None,
            opened_days_ago=None,
            fill=True,
            given={"entry": "consultation"},
            steps=(*steps, *_stops()),
        )
        driver = Driver(self.definition, answers, author=self.person("registrator"), at=at - timedelta(days=len(steps)), appoint=False)
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
        version=2,
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
        yield make_world()
        transaction.set_rollback(True)
