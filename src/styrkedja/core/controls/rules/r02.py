"""R02: one function answers for each thing, and there is something to do it with."""

from collections.abc import Iterator
from dataclasses import dataclass

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.snapshot import Action, Ref
from styrkedja.core.controls.telling import titles
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    vacant_days: int = threshold(90, Sentence("En ansvarig funktion får stå utan innehavare i högst så många dagar."))


def without_accountable(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        if not goal.accountable:
            yield gap_in(goal, Sentence("Ingen funktion ansvarar för målet."))
    for action in chain.open_actions:
        if not action.accountable:
            yield gap_in(action, Sentence("Ingen funktion ansvarar för åtgärden."))
    for assignment in chain.snapshot.assignments:
        if not assignment.accountable and assignment.reported_on is None:
            yield gap_in(assignment, Sentence("Ingen funktion ansvarar för uppdraget."))


def without_resources(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        if not goal.resources.strip():
            yield gap_in(goal, Sentence("Det framgår inte med vilka resurser målet ska nås."))
    for assignment in chain.snapshot.assignments:
        if not assignment.resources.strip() and assignment.reported_on is None:
            yield gap_in(assignment, Sentence("Det framgår inte med vilka resurser uppdraget ska utföras."))


def actions_without_counterpart(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if action.concerns and not action.counterparts:
            concerned = ", ".join(action.concerns)
            yield gap_in(action, Sentence("Åtgärden berör %(concerned)s, men ingen motpart är namngiven.", concerned=concerned))


def actions_without_resources(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if not action.resources.strip():
            yield gap_in(action, Sentence("Det framgår inte med vilka resurser åtgärden ska genomföras."), part="resources")
        if action.care_level == "":
            yield gap_in(action, Sentence("Det framgår inte på vilken vårdnivå åtgärden genomförs."), part="care_level")


def it_actions_without_leader(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if action.is_it and not action.project_leader:
            yield gap_in(action, Sentence("IT-åtgärden har ingen projektledare."))


def vacant_functions(chain: Chain, limits: Limits) -> Iterator[Gap]:
    answers_for = _answers_for(chain)
    for seat in chain.snapshot.seats:
        if seat.vacant_since and seat.key in answers_for and (chain.on - seat.vacant_since).days > limits.vacant_days:
            explanation = Sentence("Funktionen är ansvarig men har varit utan innehavare sedan %(since)s.", since=seat.vacant_since)
            yield gap_in(seat, explanation, others=tuple(answers_for[seat.key]))


def _answers_for(chain: Chain) -> dict[str, list[Ref]]:
    """By seat: what it answers for."""
    found: dict[str, list[Ref]] = {}
    open_assignments = (assignment for assignment in chain.snapshot.assignments if assignment.reported_on is None)
    for things in (chain.snapshot.goals, chain.open_actions, open_assignments):
        for thing in things:
            for seat in thing.accountable:
                found.setdefault(seat, []).append(thing.ref)
    return found


def incomplete_forums(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for forum in chain.snapshot.forums:
        if not forum.mandate.strip():
            yield gap_in(forum, Sentence("Forumet har inget mandat."), part="mandate")
        if not forum.members:
            yield gap_in(forum, Sentence("Det framgår inte vilka funktioner som ingår i forumet."), part="members")
        if not forum.reports_to:
            yield gap_in(forum, Sentence("Det framgår inte till vem forumet rapporterar."), part="reports_to")


def temporary_money(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if action.funding_until and not action.continuation.strip() and _outlives_its_money(action):
            values = {"until": action.funding_until}
            yield gap_in(
                action, Sentence("Pengarna räcker till och med %(until)s och det är inte bestämt hur åtgärden då fortsätter.", **values)
            )


def _outlives_its_money(action: Action) -> bool:
    return action.funding_until is not None and (action.ends_on is None or action.ends_on > action.funding_until)


def several_accountable(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        if len(goal.accountable) > 1:
            values = {"count": len(goal.accountable), "functions": titles(chain, goal.accountable)}
            yield gap_in(goal, Sentence("%(count)s funktioner har huvudansvaret för målet: %(functions)s.", **values))


def handed_to_nobody(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for assignment in chain.snapshot.assignments:
        if not assignment.receiver:
            yield gap_in(assignment, Sentence("Uppdraget är lämnat vidare utan mottagare."), part="receiver")
        if assignment.due_on is None:
            yield gap_in(assignment, Sentence("Det är inte bestämt när uppdraget ska återrapporteras."), part="due_on")


def incomplete_programmes(chain: Chain, limits: Limits) -> Iterator[Gap]:
    estimated = {action.programme for action in chain.snapshot.actions if action.key in chain.estimates_of_action}
    for programme in chain.snapshot.programmes:
        if not programme.accountable:
            yield gap_in(programme, Sentence("Ingen funktion ansvarar för åtgärdsprogrammet."), part="accountable")
        if programme.starts_on is None or programme.ends_on is None:
            yield gap_in(programme, Sentence("Åtgärdsprogrammet saknar start- eller slutdatum."), part="dates")
        if programme.key not in estimated:
            yield gap_in(programme, Sentence("Ingen av programmets åtgärder har en beräknad effekt."), part="effect")


def actions_without_end(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for action in chain.open_actions:
        if action.ends_on is None:
            yield gap_in(action, Sentence("Det är inte bestämt när åtgärden ska vara klar."))


RULE = Rule(
    id="R02",
    title=Sentence("Ansvar och resurser"),
    source="002",
    quote="det finns utmaningar i omställningsarbetet mot god och nära vård, särskilt gällande styrning, ansvarsfördelning, resurser och IT-stöd",
    severity=Severity.FAULT,
    clears=Sentence("Exakt en funktion ansvarar för varje mål, åtgärd och uppdrag, och det framgår med vilka resurser."),
    limits=Limits(),
    checks=(
        Check(
            "R02a",
            Severity.FAULT,
            Sentence("Ett mål, en öppen åtgärd eller ett öppet uppdrag som ingen funktion ansvarar för."),
            Sentence("En funktion anges som ansvarig."),
            without_accountable,
        ),
        Check(
            "R02b",
            Severity.WARNING,
            Sentence("Ett mål eller ett öppet uppdrag där det inte framgår med vilka resurser."),
            Sentence("Det skrivs in med vilka resurser målet ska nås eller uppdraget utföras."),
            without_resources,
        ),
        Check(
            "A04",
            Severity.WARNING,
            Sentence("En åtgärd som berör kommuner eller privata vårdgivare utan att någon motpart är namngiven."),
            Sentence("Motparten anges i åtgärden."),
            actions_without_counterpart,
        ),
        Check(
            "A08",
            Severity.WARNING,
            Sentence("En öppen åtgärd utan resurser eller utan vårdnivå."),
            Sentence("Åtgärden får en rad om resurser och en vårdnivå."),
            actions_without_resources,
        ),
        Check(
            "A09",
            Severity.WARNING,
            Sentence("En IT-åtgärd utan projektledare."),
            Sentence("En funktion anges som projektledare."),
            it_actions_without_leader,
        ),
        Check(
            "A10",
            Severity.WARNING,
            Sentence("En ansvarig funktion som länge har varit utan innehavare."),
            Sentence("Någon utses att inneha funktionen, eller en annan funktion tar över ansvaret."),
            vacant_functions,
        ),
        Check(
            "A11",
            Severity.WARNING,
            Sentence("Ett forum utan mandat, utan medlemmar eller utan någon att rapportera till."),
            Sentence("Forumets mandat, funktioner och rapportväg skrivs in."),
            incomplete_forums,
        ),
        Check(
            "A16",
            Severity.WARNING,
            Sentence("En åtgärd som pågår längre än dess tillfälliga pengar räcker."),
            Sentence("Det bestäms hur åtgärden fortsätter, eller att den slutar när pengarna gör det."),
            temporary_money,
        ),
        Check(
            "A21",
            Severity.FAULT,
            Sentence("Ett mål som flera funktioner har huvudansvaret för."),
            Sentence("En av funktionerna får huvudansvaret."),
            several_accountable,
        ),
        Check(
            "A23",
            Severity.FAULT,
            Sentence("Ett uppdrag utan mottagare eller utan dag för återrapport."),
            Sentence("Uppdraget får en mottagare och en dag för återrapport."),
            handed_to_nobody,
        ),
        Check(
            "A47",
            Severity.WARNING,
            Sentence("Ett åtgärdsprogram utan ansvarig, start, slut eller beräknad effekt."),
            Sentence("Programmet får en ansvarig funktion, ett start- och slutdatum och minst en åtgärd med beräkning."),
            incomplete_programmes,
        ),
        Check(
            "A62",
            Severity.FAULT,
            Sentence("En öppen åtgärd utan slutdatum."),
            Sentence("Åtgärden får ett slutdatum."),
            actions_without_end,
        ),
    ),
)
