"""Drives one case through a routine with given answers, by the real services and forms: for trial walks and for demonstration cases."""

import re
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.accounts.services import create_account
from styrkedja.cases.models import Case
from styrkedja.cases.services import open_case
from styrkedja.cli.answers import Answer, AnswerFault, Answers, sample
from styrkedja.core.fields import FieldSpec, FieldType
from styrkedja.core.policies.work_items import performing_position
from styrkedja.core.process.engine import EngineFault
from styrkedja.organisations.selectors import holders, positions, seats_of
from styrkedja.organisations.services.groups import appoint_member
from styrkedja.procedures.forms import as_post, asked, step_form
from styrkedja.procedures.kinds.base import fields_of
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.procedures.selectors import bodies_for_field, function_options, initial_values
from styrkedja.procedures.selectors.deciding import Rules, rules_of_step
from styrkedja.procedures.services import StepStopped, perform_step
from styrkedja.ui.clock import day
from styrkedja.workflows.models import ProcessDefinition, WorkItem
from styrkedja.workflows.programs import routine_of
from styrkedja.workflows.selectors import offers_of, open_items
from styrkedja.workflows.services import end_wait

MORNING = 8
MAX_STEPS = 1_000
_RELATIVE = re.compile(r"[+-]\d{1,4}")


@dataclass(frozen=True)
class Passed:
    """One step of the pathway."""

    number: str
    id: str
    name: str
    item: str
    performer: str
    outcome: str
    on: str


@dataclass
class Walk:
    """What a walk came to. `state` is done, waiting or incident."""

    pathway: list[Passed] = field(default_factory=list)
    state: str = "waiting"
    end: dict[str, str] | None = None
    waiting: list[dict[str, str]] = field(default_factory=list)
    incident: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def as_text(self) -> str:
        lines = [
            f"{passed.on}  {passed.number:<14} {passed.name}"
            + (f" ({passed.item})" if passed.item else "")
            + f" – {passed.performer}"
            + (f": {passed.outcome}" if passed.outcome else "")
            for passed in self.pathway
        ]
        if self.end:
            lines.append(f"Klart: {self.end['name']} ({self.end['id']}).")
        elif self.incident:
            lines.append(f"Stopp: {self.incident}")
        lines += [f"Väntar: steg {row['number']} {row['name']} – {row['performer']}" for row in self.waiting]
        return "\n".join(lines)


class Driver:
    """One case on its way: where the clock stands and which answers are used up. `author` opens the case and stands in sample answers."""

    def __init__(self, definition: ProcessDefinition, answers: Answers, *, author: User, at: datetime, appoint: bool) -> None:
        self.definition = definition
        self.answers = answers
        self.author = author
        self.at = at
        self.appoint = appoint
        self.walk = Walk()

    def run(self) -> Walk:
        """Opens a case and takes it as far as the answers go."""
        try:
            case = open_case(
                actor=self.author,
                county=self.definition.county,
                definition=self.definition,
                subject=self.answers.subject,
                givens=dict(self.answers.given),
                at=self.at,
                idempotency_key=None,
            )
        except EngineFault as fault:
            self.walk.state, self.walk.incident = "incident", fault.reason
            return self.walk
        return self.go_on(case)

    def go_on(self, case: Case) -> Walk:
        """Takes a case that has been opened before as far as the answers go."""
        try:
            while len(self.walk.pathway) < MAX_STEPS and self._next(case):
                pass
        except StepStopped as fault:
            self.walk.state, self.walk.incident = "incident", fault.reason
            return self.walk
        self._conclude(case)
        return self.walk

    def _next(self, case: Case) -> bool:
        """Does the first open step that has an answer; False when there is none."""
        for item in open_items(case.instance).order_by("pk"):
            answer = self._answer(item)
            if answer is None:
                continue
            self.at += timedelta(days=answer.days)
            if item.is_wait:
                self._wait(item)
            else:
                self._do(case, item, answer)
            return True
        return False

    def _answer(self, item: WorkItem) -> Answer | None:
        if {item.node_id, item.number} & self.answers.stop:
            return None
        visit = int(item.token.partition("#")[2].partition("/")[0])
        found = self.answers.for_step(node_id=item.node_id, number=item.number, item=item.item, visit=visit)
        if found is not None or item.is_wait:
            return found
        step = routine_of(self.definition).nodes[item.node_id].step
        asked = any(answer.step in {item.node_id, item.number} for answer in self.answers.steps)
        fillable = self.answers.fill and step is not None and not step.outcomes and not asked
        return Answer(item.node_id) if fillable else None

    def _wait(self, item: WorkItem) -> None:
        wakes = item.wakes_on or day(self.at)
        self.at = max(self.at, datetime(wakes.year, wakes.month, wakes.day, MORNING, tzinfo=UTC))
        end_wait(actor=None, item_id=item.pk, at=self.at)
        self._passed(item, "", item.waiting_for)

    def _do(self, case: Case, item: WorkItem, answer: Answer) -> None:
        node = routine_of(self.definition).nodes[item.node_id]
        kind = CATALOGUE[item.kind]
        actor = self._performer(item)
        county = self.definition.county
        rules = self._rules(item, actor)
        initial = {**(rules.initial if rules else {}), **initial_values(kind, case.instance)}
        blank = step_form(node, kind, county=county, asked=asked(rules), initial=initial)
        known = {spec.id for spec in fields_of(node, kind)}
        unknown = [name for name in answer.fields if name not in known]
        if unknown:
            raise AnswerFault(f"Steg {item.number} ({item.node_id}) har inget fält {unknown[0]}.")
        given = {name: value for name, value in initial.items() if name not in blank.carried} | dict(answer.fields)
        given |= {spec.id: _dated(spec, given[spec.id], day(self.at)) for spec in blank.specs if spec.id in given}
        values = (self._samples(blank.specs, given, day(self.at)) if self.answers.fill else {}) | given
        sent = {"submission": "", **as_post(values, answer.outcome)}
        form = step_form(node, kind, county=county, asked=asked(rules), initial=initial, data=sent, on=day(self.at))
        form.fields["submission"].required = False
        if not form.is_valid():
            problems = [
                f"Steg {item.number} ({item.node_id}), {form.fields[name].label}: {' '.join(map(str, errors))}"
                for name, errors in form.errors.items()
            ]
            raise AnswerFault(*problems)
        data = {**form.as_data(), **form.carried}
        event = perform_step(actor=actor, item=item, version=item.version, outcome=form.outcome, data=data, at=self.at)
        self._passed(item, event.outcome, event.function)

    def _rules(self, item: WorkItem, actor: User) -> Rules | None:
        on = day(self.at)
        return rules_of_step(actor, item, self.definition.county, performing_position(offers_of(item), positions(actor, on=on)), on=on)

    def _samples(self, specs: tuple[FieldSpec, ...], given: dict[str, Any], on: date) -> dict[str, Any]:
        county, account = self.definition.county, self.author.username
        wanted = [spec for spec in specs if spec.required and spec.id not in given and spec.type is not FieldType.FILE]
        functions = function_options(county)
        answered = dict(given)
        for spec in wanted:
            among = answered.get(spec.among)
            bodies = [body for body in bodies_for_field(spec, county) if among is None or body[0] in among]
            chosen = [answered[other.id] for other in specs if other.among == spec.id and other.id in answered]
            spec = _undemanding(spec, specs)
            answered[spec.id] = chosen or sample(spec, bodies=bodies, functions=functions, on=on, account=account)
        return answered

    def _performer(self, item: WorkItem) -> User:
        """A holder of the performing function; one is appointed where the seat stands empty, as a county does when it starts."""
        for offer in item.offers.select_related("body").order_by("pk"):
            found = holders(body=offer.body, functions=[offer.function], on=day(self.at))
            if found:
                return found[0]
        for offer in item.offers.select_related("body").order_by("pk") if self.appoint else ():
            seat = seats_of(offer.body, function=offer.function, on=day(self.at)).first()
            if seat is not None:
                name = f"{offer.body.key}-{offer.function.lower()}"
                account = create_account(actor=None, username=name, name=str(seat), password=None, at=self.at)
                appoint_member(actor=None, seat=seat, account=account, valid_from=day(self.at), valid_until=None, at=self.at)
                return account
        raise StepStopped(f"Ingen kan utföra steg {item.number}: ingen är {item.performer}.")

    def _passed(self, item: WorkItem, outcome: str, performer: str) -> None:
        on = day(self.at).isoformat()
        self.walk.pathway.append(Passed(item.number, item.node_id, item.name, item.item, performer, outcome, on))

    def _conclude(self, case: Case) -> None:
        instance = case.instance
        instance.refresh_from_db()
        if instance.end_event:
            node = routine_of(self.definition).nodes[instance.end_event]
            self.walk.state, self.walk.end = "done", {"id": node.id, "name": node.name}
        self.walk.waiting = [
            {
                "number": item.number,
                "id": item.node_id,
                "name": item.name,
                "item": item.item,
                "performer": item.performer,
                "due_on": item.due_on.isoformat() if item.due_on else "",
                "wakes_on": item.wakes_on.isoformat() if item.wakes_on else "",
            }
            for item in open_items(instance)
        ]


def _undemanding(spec: FieldSpec, specs: tuple[FieldSpec, ...]) -> FieldSpec:
    """The field without those of its choices that demand an answer elsewhere, unless there are no others."""
    demanding = {value for other in specs if other.needed_when[:1] == (spec.id,) for value in other.needed_when[1:]}
    return replace(spec, options=tuple(option for option in spec.options if option.value not in demanding) or spec.options)


def _dated(spec: FieldSpec, value: Any, on: date) -> Any:
    """The answer with its dates, those in the rows of a table too, as dates."""
    if spec.type is FieldType.TABLE:
        days = {column.id for column in spec.columns if column.type is FieldType.DATE}
        return [{name: _absolute(inner, on) if name in days else inner for name, inner in row.items()} for row in value]
    return _absolute(value, on) if spec.type is FieldType.DATE else value


def _absolute(value: Any, on: date) -> Any:
    """A date given as days from the day of the step ("+45") as a date; anything else as it is."""
    if isinstance(value, str) and _RELATIVE.fullmatch(value):
        return (on + timedelta(days=int(value))).isoformat()
    return value
