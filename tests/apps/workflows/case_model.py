"""A model of a case and its people in a few lines: what the services must agree with."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from styrkedja.organisations.models import County
from styrkedja.workflows.models import ProcessDefinition
from tests.factories.workflows import builder, publish

REGISTRAR, CHAIR, COORDINATOR = "REGISTRAR", "CHAIR", "COORDINATOR"
# Who holds what; the last one holds nothing and can only stand in.
HOLDS = {"registrator": REGISTRAR, "kollega": REGISTRAR, "ordforande": CHAIR, "samordnare": COORDINATOR, "utomstaende": ""}
# Node → the function that performs it.
PERFORMS = {"receive": REGISTRAR, "comment": CHAIR, "pause": REGISTRAR, "decide": REGISTRAR}


def routine(county: County) -> ProcessDefinition:
    """receive → comment beside a wait → decide, which ends the case or begins again."""
    chair = f'<s:role id="chair" name="Ordförande" colour="region" function="CHAIR" body="key:lpo-{county.key}"/>'
    until = '<s:field id="until" type="date" name="Vänta till" required="true"/>'
    made = builder(county).extension(chair).start().exclusive("back")
    made.task("receive", number="1", fields=[until], sets={"until": "field:until"}).parallel("fork").parallel("join")
    made.task("comment", number="2", role="chair").wait("pause", "until", number="3")
    made.task("decide", number="4", outcomes=("again", "done"), sets={"verdict": "outcome"}).exclusive("split").end()
    made.path("start", "back", "receive", "fork", "comment", "join", "decide", "split").path("fork", "pause", "join")
    return publish(county, made.flow("split", "back", "verdict == 'again'").flow("split", "done", default=True))


@dataclass
class Item:
    """A work item as the model knows it."""

    pk: int
    node: str
    is_open: bool = True
    version: int = 1
    taker: str = ""
    wakes_on: date | None = None
    due_on: date | None = None
    watched_on: date | None = None


@dataclass
class Stand:
    """The model: where the case stands, who acts for whom until when, and how many times what has been recorded."""

    items: list[Item] = field(default_factory=list)
    substitutes: dict[tuple[str, str], date] = field(default_factory=dict)
    drafts: set[tuple[str, int]] = field(default_factory=set)
    events: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    sent: list[UUID] = field(default_factory=list)
    status: str = "RUNNING"

    def acting_for(self, person: str, on: date) -> set[str]:
        return {person} | {absent for (absent, standing), until in self.substitutes.items() if standing == person and on < until}

    def may(self, person: str, function: str, on: date) -> bool:
        return function in {HOLDS[one] for one in self.acting_for(person, on)}

    def able(self, person: str, item: Item, on: date, *, free: bool) -> bool:
        """May the person do the item; with `free`, nobody may have taken it but those for whom the person acts."""
        return item.is_open and self.may(person, PERFORMS[item.node], on) and (not free or item.taker in {"", *self.acting_for(person, on)})

    def pick(self, number: int) -> Item:
        """Most often an open item, now and then one that is closed."""
        ordered = sorted(self.items, key=lambda item: (not item.is_open, -item.pk))
        return ordered[number % len(ordered)]

    def open_nodes(self) -> set[str]:
        return {item.node for item in self.items if item.is_open}

    def take(self, item: Item, taker: str) -> None:
        item.taker, item.version = taker, item.version + 1

    def close(self, item: Item) -> None:
        item.is_open, item.version = False, item.version + 1
        self.drafts = {draft for draft in self.drafts if draft[1] != item.pk}

    def after(self, item: Item, outcome: str) -> tuple[str, ...]:
        """The item is done: which steps open. This is the routine once more."""
        self.close(item)
        following = {"receive": ("comment", "pause"), "decide": ("receive",) if outcome == "again" else ()}
        opened = following.get(item.node, () if self.open_nodes() else ("decide",))
        if not opened and not self.open_nodes():
            self.status = "ENDED"
        return opened
