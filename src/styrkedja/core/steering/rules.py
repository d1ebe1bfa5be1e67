"""What cannot be true of an object of the chain, field by field.

What is missing is no fault: the controls speak of that. Refused is what nobody can have meant, such as an action that ends before it starts.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from styrkedja.core.sentences import Sentence
from styrkedja.core.steering import audit_rules
from styrkedja.core.steering.order import Values, in_order

MAX_TITLE = 250
MAX_KEY = 100
YEARS = range(2000, 2100)
# A milestone may lie in the year in which a plan is prepared; what is to be reached by then is no goal of the plan.
_PREPARED = {"milestone": timedelta(days=365)}
Faults = dict[str, Sentence]
Node = TypeVar("Node", bound=Hashable)
_KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# Kinds that are called by what they belong to when they have no title of their own.
_UNTITLED = frozenset({"goal-indicator", "goal-conflict", "forum", "estimate", "realisation", "balance-requirement"}) | audit_rules.UNTITLED


def faults(kind: str, values: Values) -> Faults:
    """What is wrong with an object of `kind` that has `values` (all its fields), as Swedish sentences by field; empty if it can stand."""
    found = {"title": _title_fault(kind, values), "key": _key_fault(values)} | _SPECIAL.get(kind, _nothing)(values)
    return {field: fault for field, fault in found.items() if fault is not None}


def cycle(start: Node, parent_of: Callable[[Node], Node | None]) -> tuple[Node, ...]:
    """The ring that `start` stands in when one goes from parent to parent, `start` first; empty if there is none."""
    way = [start]
    while (above := parent_of(way[-1])) is not None:
        if above == start:
            return tuple(way)
        if above in way:
            return ()
        way.append(above)
    return ()


def due_fault(kind: str, due: date | None, starts: date | None) -> Sentence | None:
    """What is wrong with the day by which something of a plan is to be reached, when the plan begins on `starts`; None if it can stand."""
    if due is None or starts is None or due >= starts - _PREPARED.get(kind, timedelta(0)):
        return None
    return Sentence(
        "Dagen %(due)s ligger före planens första dag, %(starts)s. Ange en dag i den tid som planen gäller, eller senare.",
        due=due.isoformat(),
        starts=starts.isoformat(),
    )


def _nothing(_values: Values) -> dict[str, Sentence | None]:
    return {}


def _title_fault(kind: str, values: Values) -> Sentence | None:
    title = str(values.get("title") or "").strip()
    if not title and kind not in _UNTITLED:
        return Sentence("Ange en rubrik.")
    if len(title) > MAX_TITLE:
        return Sentence("Rubriken är %(length)s tecken. Korta den till högst %(limit)s.", length=len(title), limit=MAX_TITLE)
    return None


def _key_fault(values: Values) -> Sentence | None:
    key = str(values.get("key") or "")
    if len(key) > MAX_KEY or (key and not _KEY.fullmatch(key)):
        return Sentence("Nyckeln får ha högst %(limit)s små bokstäver a–z, siffror och bindestreck.", limit=MAX_KEY)
    return None


def _period(values: Values) -> dict[str, Sentence | None]:
    fault = Sentence("Perioden slutar innan den börjar. Rätta den ena dagen.")
    return in_order(values, "valid_from", "valid_until", fault, may_be_equal=False)


def _programme(values: Values) -> dict[str, Sentence | None]:
    return in_order(values, "starts_on", "ends_on", Sentence("Åtgärdsprogrammet slutar innan det startar. Rätta den ena dagen."))


def _action(values: Values) -> dict[str, Sentence | None]:
    found = in_order(values, "starts_on", "ends_on", Sentence("Åtgärden slutar innan den startar. Rätta den ena dagen."))
    return found | in_order(values, "starts_on", "done_on", Sentence("Åtgärden blev klar innan den startade. Rätta den ena dagen."))


def _one_of(values: Values, fault: Sentence) -> dict[str, Sentence | None]:
    return {} if (values.get("goal") is None) != (values.get("action") is None) else {"goal": fault}


def _milestone(values: Values) -> dict[str, Sentence | None]:
    return _one_of(values, Sentence("Ett delmål hör till ett mål eller till en åtgärd. Ange det ena."))


def _obstacle(values: Values) -> dict[str, Sentence | None]:
    found = _one_of(values, Sentence("Ett hinder står i vägen för ett mål eller för en åtgärd. Ange det ena."))
    return found | in_order(values, "reported_on", "resolved_on", Sentence("Hindret undanröjdes innan det anmäldes. Rätta den ena dagen."))


def _assignment(values: Values) -> dict[str, Sentence | None]:
    found = in_order(values, "given_on", "due_on", Sentence("Uppdraget ska vara klart innan det gavs. Rätta den ena dagen."))
    return found | in_order(values, "given_on", "reported_on", Sentence("Uppdraget återrapporterades innan det gavs. Rätta den ena dagen."))


def _goal_indicator(values: Values) -> dict[str, Sentence | None]:
    fault = Sentence("Målvärdet ska vara nått före utgångsvärdets dag. Rätta den ena dagen.")
    return in_order(values, "baseline_on", "target_on", fault)


def _conflict(values: Values) -> dict[str, Sentence | None]:
    same = values.get("first") == values.get("second")
    return {"second": Sentence("En målkonflikt står mellan två olika mål. Välj ett annat mål.")} if same else {}


def _first_day(values: Values, field: str, fault: Sentence) -> dict[str, Sentence | None]:
    found: date | None = values.get(field)
    return {field: fault} if found is not None and found.day != 1 else {}


def _estimate(values: Values) -> dict[str, Sentence | None]:
    found = _first_day(values, "first_effect_on", Sentence("Ange den första effektmånaden som månadens första dag."))
    if (values.get("one_off_ore") or 0) < 0:
        found["one_off_ore"] = Sentence("Engångskostnaden kan inte vara negativ.")
    return found


def _realisation(values: Values) -> dict[str, Sentence | None]:
    return _first_day(values, "month", Sentence("Ange månaden som dess första dag."))


def _requirement(values: Values) -> dict[str, Sentence | None]:
    found = _year(values)
    if (values.get("amount_ore") or 0) < 0:
        found["amount_ore"] = Sentence("Balanskravet kan inte vara negativt.")
    return found


def _year(values: Values) -> dict[str, Sentence | None]:
    if values.get("year") in YEARS:
        return {}
    return {"year": Sentence("Ange ett år mellan %(first)s och %(last)s.", first=YEARS[0], last=YEARS[-1])}


def mandate_faults(values: Values) -> Faults:
    """What is wrong with a mandate, as `faults`."""
    found = {"title": _title_fault("mandate", values), "key": _key_fault(values)} | _period(values)
    if not str(values.get("subject") or "").strip():
        found["subject"] = Sentence("Ange vilket ämne mandatet gäller, till exempel ekonomi.inköp.")
    if (values.get("amount_limit") or 0) < 0:
        found["amount_limit"] = Sentence("Beloppsgränsen kan inte vara negativ.")
    return {field: fault for field, fault in found.items() if fault is not None}


_SPECIAL: Mapping[str, Callable[[Values], dict[str, Sentence | None]]] = {
    "document": _period,
    "goal-indicator": _goal_indicator,
    "milestone": _milestone,
    "assignment": _assignment,
    "programme": _programme,
    "action": _action,
    "obstacle": _obstacle,
    "goal-conflict": _conflict,
    "estimate": _estimate,
    "realisation": _realisation,
    "balance-requirement": _requirement,
    **audit_rules.SPECIAL,
}


def year_faults(year: int, *, low: int | None, net: int, high: int | None) -> Faults:
    """What is wrong with a year of a calculation. The net effect lies in the interval that is given of it."""
    found = {field: fault for field, fault in _year({"year": year}).items() if fault is not None}
    if low is not None and high is not None and high < low:
        found["high_ore"] = Sentence("Intervallets övre gräns är lägre än den undre. Rätta den ena.")
    elif (low is not None and net < low) or (high is not None and net > high):
        found["net_ore"] = Sentence("Nettoeffekten ligger utanför det angivna intervallet.")
    return found
