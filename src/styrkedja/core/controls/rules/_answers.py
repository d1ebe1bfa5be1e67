"""What R16 asks of the answers to auditors and national bodies."""

from collections import Counter
from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Gap, gap_in
from styrkedja.core.controls.snapshot import Answer, PromisedAction, PromiseState, Recommendation, Stance
from styrkedja.core.controls.telling import together
from styrkedja.core.sentences import Sentence


def _open(chain: Chain) -> Iterator[Recommendation]:
    return (recommendation for recommendation in chain.snapshot.recommendations if recommendation.closed_on is None)


def _answered(chain: Chain) -> Iterator[tuple[Recommendation, Answer]]:
    return ((recommendation, answer) for recommendation in _open(chain) for answer in recommendation.answers)


def _gap(recommendation: Recommendation, body: str, explanation: Sentence, part: str = "") -> Gap:
    return gap_in(recommendation, explanation, bodies=(body,), part=f"{body}:{part}" if part else body)


def unanswered(chain: Chain, limits: object) -> Iterator[Gap]:
    for recommendation in _open(chain):
        due = recommendation.answer_due_on
        if due and chain.on <= due:
            continue
        answers = {answer.body: answer for answer in recommendation.answers}
        for body in recommendation.addressees:
            answer = answers.get(body)
            if answer is None or not answer.text.strip():
                values = {"body": chain.body_name(body)}
                if due:
                    explanation = Sentence("%(body)s har inte svarat. Svaret skulle ha lämnats %(due)s.", due=due, **values)
                else:
                    explanation = Sentence("%(body)s har inte svarat.", **values)
                yield _gap(recommendation, body, explanation)
            elif answer.stance is None:
                explanation = Sentence("Svaret säger inte om %(body)s delar rekommendationen.", body=chain.body_name(body))
                yield _gap(recommendation, body, explanation)


def answers_without_decision(chain: Chain, limits: object) -> Iterator[Gap]:
    for recommendation, answer in _answered(chain):
        if answer.text.strip() and answer.decision is None:
            explanation = Sentence(
                "Det framgår inte när och genom vilket beslut %(body)s fastställde svaret.", body=chain.body_name(answer.body)
            )
            yield _gap(recommendation, answer.body, explanation)


def agreed_without_action(chain: Chain, limits: object) -> Iterator[Gap]:
    for recommendation, answer in _answered(chain):
        if answer.stance in (Stance.AGREE, Stance.PARTLY) and not answer.promised:
            explanation = Sentence("%(body)s delar rekommendationen men lovar ingen åtgärd.", body=chain.body_name(answer.body))
            yield _gap(recommendation, answer.body, explanation)


def declined_without_alternative(chain: Chain, limits: object) -> Iterator[Gap]:
    for recommendation, answer in _answered(chain):
        if answer.stance is Stance.DISAGREE:
            parts = ((answer.reason, Sentence("skäl")), (answer.alternative, Sentence("alternativ åtgärd")))
            if lacking := [words for text, words in parts if not text.strip()]:
                values = {"body": chain.body_name(answer.body), "lacking": together(lacking)}
                explanation = Sentence("%(body)s delar inte rekommendationen, men svaret saknar %(lacking)s.", **values)
                yield _gap(recommendation, answer.body, explanation)


def promises_without_owner_or_date(chain: Chain, limits: object) -> Iterator[Gap]:
    for recommendation, answer in _answered(chain):
        for number, promise in enumerate(answer.promised, start=1):
            if promise.state is PromiseState.TAKEN:
                continue
            parts = ((bool(promise.accountable), Sentence("ansvarig funktion")), (promise.due_on is not None, Sentence("datum")))
            if lacking := [words for has, words in parts if not has]:
                values = {"text": promise.text, "lacking": together(lacking)}
                explanation = Sentence("Den utlovade åtgärden ”%(text)s” saknar %(lacking)s.", **values)
                yield _gap(recommendation, answer.body, explanation, str(number))


def broken_promises(chain: Chain, recommendation: Recommendation, answer: Answer) -> Iterator[Gap]:
    """Promises that are past their day and that the chain does not hold as actions, so that nothing else would say so."""
    for number, promise in enumerate(answer.promised, start=1):
        if _is_broken(chain, promise):
            values = {"text": promise.text, "due": promise.due_on}
            explanation = Sentence("Den utlovade åtgärden ”%(text)s” skulle ha varit klar %(due)s.", **values)
            yield _gap(recommendation, answer.body, explanation, str(number))


def _is_broken(chain: Chain, promise: PromisedAction) -> bool:
    is_past = promise.due_on is not None and promise.due_on < chain.on
    return is_past and promise.state is PromiseState.PLANNED and promise.action is None


def miscounted(chain: Chain, limits: object) -> Iterator[Gap]:
    counted = Counter(recommendation.audit for recommendation in chain.snapshot.recommendations)
    for audit in chain.snapshot.audits:
        if audit.stated_count is not None and audit.stated_count != counted[audit.key]:
            values = {"stated": audit.stated_count, "listed": counted[audit.key]}
            yield gap_in(
                audit, Sentence("Antalet rekommendationer är %(stated)s enligt granskningen, men %(listed)s är införda.", **values)
            )
    for recommendation, answer in _answered(chain):
        for number, promise in enumerate(answer.promised, start=1):
            if promise.state is None:
                explanation = Sentence("Det framgår inte om åtgärden ”%(text)s” är vidtagen eller planerad.", text=promise.text)
                yield _gap(recommendation, answer.body, explanation, str(number))


def areas_without_action(chain: Chain, limits: object) -> Iterator[Gap]:
    promised: dict[tuple[str, str], bool] = {}
    for recommendation in chain.snapshot.recommendations:
        if recommendation.areas == ():
            yield gap_in(recommendation, Sentence("Rekommendationen är inte förd till något område."), also_in=recommendation.addressees)
        has_action = any(answer.promised for answer in recommendation.answers)
        for area in recommendation.areas or ():
            place = (recommendation.audit, area)
            promised[place] = promised.get(place, False) or has_action
    audits = {audit.key: audit for audit in chain.snapshot.audits}
    for (key, area), has_action in promised.items():
        if not has_action and key in audits:
            yield gap_in(audits[key], Sentence("Ingen åtgärd är utlovad inom området ”%(area)s”.", area=area), part=area)


def not_followed_to_the_end(chain: Chain, limits: object) -> Iterator[Gap]:
    for recommendation in _open(chain):
        if recommendation.reported_on is None:
            continue
        values = {"day": recommendation.reported_on}
        if recommendation.report_decision is None:
            explanation = Sentence("Åtgärderna återrapporterades %(day)s, men inget är beslutat utifrån återrapporten.", **values)
            yield gap_in(recommendation, explanation, part="decision", also_in=recommendation.addressees)
        elif not recommendation.remaining_need.strip():
            explanation = Sentence("Åtgärderna återrapporterades %(day)s, men det är inte utrett vilka behov som kvarstår.", **values)
            yield gap_in(recommendation, explanation, part="need", also_in=recommendation.addressees)
