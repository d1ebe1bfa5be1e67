"""A workbook or a folder of CSV into the chain: all of it or nothing. Used by `loading`, which reads the tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from styrkedja.accounts.models import User
from styrkedja.core.decisions import written_paragraph
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.registry_numbers import RegistryNumberError
from styrkedja.core.steering.workbook.reading import Row
from styrkedja.decisions import services as decisions
from styrkedja.decisions.models import Decision, DecisionNature
from styrkedja.decisions.services import Grounds
from styrkedja.effects.services import economy
from styrkedja.effects.services.economy import YearAmounts
from styrkedja.steering import services as steering
from styrkedja.steering.models import Adoption, Transfer, TransferKind

Values = dict[str, Any]


@dataclass(frozen=True)
class Handler:
    """How a kind is added and changed; `name` is what the changing service calls the row. `fixed`: fields that cannot be changed."""

    create: Callable[..., Any]
    change: Callable[..., Any]
    name: str
    fixed: tuple[str, ...] = ()


HANDLERS: Mapping[str, Handler] = {
    "target-state": Handler(steering.create_target_state, steering.change_target_state, "target_state"),
    "strategy": Handler(steering.create_strategy, steering.change_strategy, "strategy"),
    "document": Handler(steering.create_document, steering.change_document, "document"),
    "goal-area": Handler(steering.create_goal_area, steering.change_goal_area, "area"),
    "goal": Handler(steering.create_goal, steering.change_goal, "goal"),
    "goal-indicator": Handler(steering.create_goal_indicator, steering.change_goal_indicator, "goal_indicator"),
    "milestone": Handler(steering.create_milestone, steering.change_milestone, "milestone"),
    "assignment": Handler(steering.create_assignment, steering.change_assignment, "assignment"),
    "programme": Handler(steering.create_programme, steering.change_programme, "programme"),
    "action": Handler(steering.create_action, steering.change_action, "action"),
    "obstacle": Handler(steering.create_obstacle, steering.change_obstacle, "obstacle"),
    "goal-conflict": Handler(steering.create_goal_conflict, steering.change_goal_conflict, "conflict", ("first", "second")),
    "forum": Handler(steering.create_forum, steering.change_forum, "forum"),
    "estimate": Handler(economy.create_estimate, economy.change_estimate, "estimate"),
    "realisation": Handler(economy.create_realisation, economy.change_realisation, "realisation", ("action", "month")),
    "balance-requirement": Handler(
        economy.create_balance_requirement, economy.change_balance_requirement, "requirement", ("document", "year")
    ),
    "mandate": Handler(decisions.give_mandate, decisions.change_mandate, "mandate"),
}


def bring_in(*, actor: User | None, row: Row, values: Values, existing: Any, at: datetime) -> tuple[Any, tuple[str, ...] | None]:
    """Writes a row through the services. Answers the object and the fields that were changed; () for a new one, None for nothing changed.

    Raises Refused.
    """
    if row.kind == "adoption":
        return _adopt(values, actor=actor, at=at)
    if row.kind == "transfer":
        return _transfer(values, actor=actor, at=at)
    if row.kind == "decision":
        return _decide(values, existing, actor=actor, at=at)
    handler = HANDLERS[row.kind]
    if row.kind == "estimate":
        values["years"] = [YearAmounts(*year) for year in values["years"]]
    if existing is None:
        return handler.create(actor=actor, at=at, **values), ()
    if handler.name == "conflict":
        values["first"], values["second"] = sorted((values["first"], values["second"]), key=lambda goal: goal.pk)
    differing = differing_fields(existing, values, fixed=handler.fixed)
    if not differing:
        return existing, None
    changed = {name: values[name] for name in differing}
    return handler.change(actor=actor, version=None, at=at, **{handler.name: existing}, **changed), differing


def differing_fields(existing: Any, values: Values, *, fixed: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fields of which a row says something else than what is there. Raises Refused if one of them cannot be changed."""
    found = tuple(name for name, value in values.items() if name != "key" and _differs(existing, name, value))
    if kept := [name for name in found if name in fixed]:
        label = existing._meta.get_field(kept[0]).verbose_name
        raise Refused(f"”{existing}” finns redan med ett annat värde i ”{label}”, som inte kan ändras. Ge raden en ny nyckel.")
    return found


def _differs(existing: Any, name: str, value: Any) -> bool:
    if name == "years":
        return economy.amounts(existing) != list(value)
    field = existing._meta.get_field(name)
    if field.many_to_many:
        return {other.pk for other in getattr(existing, name).all()} != {other.pk for other in value}
    now = getattr(existing, field.attname)
    if field.is_relation:
        return now != (value.pk if value is not None else None)
    return now != value


def _adopt(values: Values, *, actor: User | None, at: datetime) -> tuple[Any, tuple[str, ...] | None]:
    of = {name: values.pop(name, None) for name in ("document", "target_state")}
    given = [row for row in of.values() if row is not None]
    if len(given) != 1:
        raise Refused("Ange antingen ett styrdokument eller en målbild.")
    there = Adoption.objects.filter(**of, body=values["body"], decided_on=values["decided_on"]).first()
    if there is None:
        return steering.adopt(actor=actor, row=given[0], at=at, **values), ()
    if any(_differs(there, name, value) for name, value in _as_stored(values).items()):
        raise Refused("Antagandet finns redan med andra uppgifter och kan inte ändras genom inläsning.")
    return there, None


def _transfer(values: Values, *, actor: User | None, at: datetime) -> tuple[Any, tuple[str, ...] | None]:
    rows = [(values.get("goal"), values.get("new_goal")), (values.get("action"), values.get("new_action"))]
    given = [(row, new) for row, new in rows if row is not None]
    if len(given) != 1:
        raise Refused("Ange antingen ett mål eller en åtgärd.")
    row, new = given[0]
    if row.document_id != values["from_document"].pk:
        raise Refused(f"”{row}” hör inte till planen ”{values['from_document']}”.")
    kind, to_document, reason = TransferKind(values["kind"]), values["to_document"], values.get("reason") or ""
    of = "goal" if values.get("goal") is not None else "action"
    there = Transfer.objects.filter(**{of: row}, to_document=to_document).first()
    if there is None:
        made = steering.record_transfer(actor=actor, kind=kind, row=row, new=new, to_document=to_document, reason=reason, at=at)
        return made, ()
    if (there.kind, getattr(there, f"new_{of}_id"), there.reason) != (kind, new.pk if new else None, reason):
        raise Refused("Överföringen finns redan med andra uppgifter och kan inte ändras genom inläsning.")
    return there, None


def _decide(values: Values, existing: Decision | None, *, actor: User | None, at: datetime) -> tuple[Any, tuple[str, ...] | None]:
    names = ("level", "subject", "amount", "seat", "mandate", "no_estimate_reason", "outside_budget", "exception_reason")
    if existing is not None:
        if any(_differs(existing, name, value) for name, value in _as_stored(values).items() if name != "key"):
            raise Refused("Beslutet finns redan med andra uppgifter. Ett antecknat beslut kan inte ändras.")
        return existing, None
    grounds = Grounds(**{name: values.pop(name) for name in names if values.get(name) is not None})
    values = {name: value for name, value in values.items() if name not in names}
    values["nature"] = DecisionNature(values.get("nature") or DecisionNature.DECISION)
    return decisions.record_decision_outside(actor=actor, grounds=grounds, is_history=True, at=at, **values), ()


def _as_stored(values: Values) -> Values:
    """What is said of a meeting, as the services store it."""
    found = dict(values)
    if found.get("decided_until") == found.get("decided_on"):
        found["decided_until"] = None
    try:
        return found | ({"paragraph": written_paragraph(found["paragraph"])} if "paragraph" in found else {})
    except RegistryNumberError as fault:
        raise Refused(fault.reason) from None
