"""What cannot be true of reviews, recommendations, answers and reports; `rules.faults` asks."""

from collections.abc import Callable, Mapping

from styrkedja.core.sentences import Sentence
from styrkedja.core.steering.order import Found, Values, in_order


def _review(values: Values) -> Found:
    fault = Sentence("Svaret ska lämnas innan granskningen kom in. Rätta den ena dagen.")
    return in_order(values, "received_on", "answer_due_on", fault)


def _recommendation(values: Values) -> Found:
    found = _written(values, Sentence("Skriv vad som rekommenderas."))
    if not str(values.get("number") or "").strip():
        found["number"] = Sentence("Ange rekommendationens nummer eller bokstav.")
    found |= in_order(
        values,
        "reported_on",
        "report_decided_on",
        Sentence("Beslutet om återrapporten fattades innan återrapporten lämnades. Rätta den ena dagen."),
    )
    found |= _range(values, "report_decided_on", "report_decided_until")
    if values.get("report_decided_on") is not None and values.get("reported_on") is None:
        found["reported_on"] = Sentence("Beslutet gäller en återrapport. Ange när den lämnades.")
    return found


def _response(values: Values) -> Found:
    return _range(values, "decided_on", "decided_until")


def _promise(values: Values) -> Found:
    return _written(values, Sentence("Skriv vilken åtgärd som utlovas."))


def _follow_up(values: Values) -> Found:
    found = _written(values, Sentence("Skriv vad som har hänt."))
    if values.get("followed_up_on") is None:
        found["followed_up_on"] = Sentence("Ange vilken dag uppföljningen gäller.")
    return found


def _report(values: Values) -> Found:
    found = in_order(values, "starts_on", "ends_on", Sentence("Rapportens period slutar innan den börjar. Rätta den ena dagen."))
    for name, fault in (("starts_on", Sentence("Ange periodens första dag.")), ("ends_on", Sentence("Ange periodens sista dag."))):
        if values.get(name) is None:
            found[name] = fault
    found |= in_order(values, "handed_in_on", "approved_on", Sentence("Rapporten godkändes innan den lämnades. Rätta den ena dagen."))
    if values.get("approved_on") is not None and values.get("handed_in_on") is None:
        found["handed_in_on"] = Sentence("Rapporten är godkänd. Ange när den lämnades.")
    return found


def _written(values: Values, fault: Sentence) -> Found:
    return {} if str(values.get("text") or "").strip() else {"text": fault}


def _range(values: Values, first: str, last: str) -> Found:
    return in_order(values, first, last, Sentence("Sammanträdets sista dag ligger före den första. Rätta datumen."))


SPECIAL: Mapping[str, Callable[[Values], Found]] = {
    "audit-review": _review,
    "audit-recommendation": _recommendation,
    "audit-response": _response,
    "promised-action": _promise,
    "follow-up": _follow_up,
    "progress-report": _report,
}
UNTITLED = frozenset({"audit-recommendation", "audit-response", "recommendation-answer", "promised-action", "follow-up", "progress-report"})
