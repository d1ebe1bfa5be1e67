"""What a step writes besides its own record: documents, decisions, groups. Each is called inside the transaction of the step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.accounts.selectors import account_by_username
from styrkedja.cases.models import Case, Direction, StoredFile
from styrkedja.cases.selectors import case_of_instance, file_by_uuid, series_of
from styrkedja.cases.services import assign_registry_number, register_document
from styrkedja.core.mandates import ore
from styrkedja.core.organisations.kinds import GroupKind
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.process.model import Node
from styrkedja.decisions.models import DecisionNature
from styrkedja.decisions.services import Grounds, record_decision
from styrkedja.effects.models import EffectEstimate
from styrkedja.effects.selectors import undecided_estimates
from styrkedja.effects.services import decide_on_estimates
from styrkedja.organisations.models import Body, Group, Seat
from styrkedja.organisations.selectors import bodies_by_key, body_by_id, group_by_key, seats_of
from styrkedja.organisations.services.groups import NewMember, compose_working_group, reactivate_group
from styrkedja.ui.clock import day
from styrkedja.workflows.models import WorkItem
from styrkedja.workflows.services import Acting


@dataclass(frozen=True)
class StepContext:
    """The step that is being done: by whom, in which function, in which case. What not every kind needs is fetched when it is asked for."""

    actor: User
    acting: Acting
    item: WorkItem
    node: Node
    outcome: str
    at: datetime

    @property
    def function(self) -> str:
        """What the function is called in which the step is done."""
        return self.acting.label

    @cached_property
    def case(self) -> Case:
        return case_of_instance(self.item.instance_id)

    @cached_property
    def body(self) -> Body:
        """The body in whose name the step is done."""
        if self.node.step and self.node.step.each and self.item.item in (found := bodies_by_key([self.item.item])):
            return found[self.item.item]
        return body_by_id(self.acting.position[0])


def _file(value: Any) -> StoredFile | None:
    return file_by_uuid(value["file"]) if value else None


def register(context: StepContext, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Step 2 and 9: the case gets its number and the document is entered as received."""
    case = context.case
    if not case.registry_number:
        series = series_of(context.body)
        if series is None:
            raise Refused(
                _("%(body)s har ingen diarieserie. Lägg till en i länets fil county.toml och läs in länet på nytt.")
                % {"body": context.body}
            )
        assign_registry_number(actor=context.actor, case=case, series=series, item=context.item, function=context.function, at=context.at)
    _document(context, Direction.RECEIVED, data["document_title"], data["received_on"], data["counterpart"], data.get("document_file"))
    return {}


def submit(context: StepContext, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Step 7: what is sent is entered as dispatched."""
    _document(context, Direction.DISPATCHED, data["document_title"], data["sent_on"], data["recipient"], data.get("document_file"))
    return {}


def draw_up(context: StepContext, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A file that was attached to a step becomes a document drawn up in the case."""
    for field, value in data.items():
        if isinstance(value, dict) and "file" in value and field != "received_file":
            _document(context, Direction.DRAWN_UP, context.node.name, day(context.at).isoformat(), "", value)
    return {}


def _document(context: StepContext, direction: Direction, title: str, dated_on: str, counterpart: str, file: Any) -> None:
    register_document(
        actor=context.actor,
        case=context.case,
        direction=direction,
        dated_on=date.fromisoformat(dated_on),
        title=title,
        counterpart=counterpart,
        file=_file(file),
        item=context.item,
        function=context.function,
        at=context.at,
    )


def decide(context: StepContext, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A decision of the performing body, on the mandate and the calculations that are told, which it is checked against where they are loaded."""
    said = _said(context, data, DecisionNature.DECISION, data["decision_text"])
    chosen, grounds = _estimates(context, data), _grounds(context, data)
    decide_on_estimates(actor=context.actor, case=context.case, estimates=chosen, grounds=grounds, at=context.at, **said)
    return {}


def recommend(context: StepContext, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A recommendation of the performing body to the principals."""
    said = _said(context, data, DecisionNature.RECOMMENDATION, data["recommendation_text"])
    record_decision(actor=context.actor, case=context.case, at=context.at, **said)
    return {}


def route(context: StepContext, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Step 13: where the outcome names a kind of group (`steering_group`), the chosen body must be of that kind."""
    kind = context.outcome.upper()
    if kind in set(GroupKind) and group_by_key(data["body"]).kind != kind:
        raise Refused(_("Utfallet och det valda organet stämmer inte överens. Välj ett organ av det slag som utfallet anger."))
    return {}


def _said(context: StepContext, data: Mapping[str, Any], nature: DecisionNature, text: str) -> dict[str, Any]:
    """What was decided, as `record_decision` takes it."""
    until = data.get("decided_until")
    outcomes = {option.value: option.name for option in context.node.step.outcomes} if context.node.step else {}
    return {
        "nature": nature,
        "body": context.body,
        "decided_on": date.fromisoformat(data["decided_on"]),
        "decided_until": date.fromisoformat(until) if until else None,
        "paragraph": data.get("paragraph") or "",
        "outcome": outcomes.get(context.outcome, ""),
        "text": text,
        "minutes": _file(data.get("minutes_file")),
        "item": context.item,
        "function": context.function,
    }


def _grounds(context: StepContext, data: Mapping[str, Any]) -> Grounds:
    amount = data.get("decision_amount")
    in_ore = None if amount is None else ore(amount)
    if amount is not None and in_ore is None:
        raise Refused(_("Ange beloppet i kronor med högst två decimaler."))
    return Grounds(
        level=data.get("decision_level", ""),
        subject=data.get("mandate_subject", ""),
        amount=in_ore,
        seat=_delegate(context, data["delegate"]) if data.get("delegate") else None,
        no_estimate_reason=data.get("no_estimate_reason", ""),
        outside_budget=bool(data.get("outside_budget")),
        exception_reason=data.get("exception_reason", ""),
    )


def _delegate(context: StepContext, function: str) -> Seat:
    """The seat of that function in the deciding body."""
    found = seats_of(context.body, function=function, on=day(context.at)).first()
    if found is None:
        raise Refused(_("%(body)s har inte den funktion som beslutet ska ha fattats av.") % {"body": context.body})
    return found


def _estimates(context: StepContext, data: Mapping[str, Any]) -> list[EffectEstimate]:
    keys = data.get("estimates") or []
    found = list(undecided_estimates(context.actor, context.case.county, on=day(context.at)).filter(key__in=keys)) if keys else []
    if len(found) < len(set(keys)):
        raise Refused(_("En vald beräkning har redan ett beslut. Öppna uppgiften igen och välj på nytt."))
    return found


def compose_group(context: StepContext, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Step 16: the working group exists from now on, and its convener does the group's steps. Leaves the group's key as `group`."""
    convener = _account(data["convener"], _("Sammankallande"))
    members = [
        NewMember(row["function"], row["organisation"], _account(row["account"], row["function"]) if row.get("account") else None)
        for row in data["members"]
    ]
    earlier = data.get("earlier_group")
    if earlier:
        group: Group = reactivate_group(
            actor=context.actor,
            group=group_by_key(earlier),
            mandate=data["mandate"],
            convener=convener,
            members=members,
            at=context.at,
            function=context.function,
        )
        return {"group": group.key}
    group = compose_working_group(
        actor=context.actor,
        county=context.case.county,
        parent=context.body,
        name=data["group_name"],
        mandate=data["mandate"],
        convener=convener,
        members=members,
        at=context.at,
        function=context.function,
    )
    return {"group": group.key}


def _account(username: str, where: str) -> User:
    account = account_by_username(username)
    if account is None:
        raise Refused(_("%(where)s: det finns inget konto med användarnamnet %(username)s.") % {"where": where, "username": username})
    return account
