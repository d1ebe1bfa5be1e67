"""R13: decisions stay within their mandates, and one sees whose they are."""

from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.controls.snapshot import Decision, ObjectKind
from styrkedja.core.controls.telling import together
from styrkedja.core.mandates import DecisionLevel, excesses
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.sentences import Sentence


def beyond_mandate(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for decision in chain.snapshot.decisions:
        mandate = chain.mandates.get(decision.mandate or "")
        if mandate and decision.decided_on:
            is_holder = decision.decider is None or decision.decider == mandate.holder
            found = excesses(mandate, subject=decision.subject, amount=decision.amount, on=decision.decided_on, is_holder=is_holder)
            for excess, explanation in found:
                yield gap_in(decision, explanation, part=excess.value, others=(mandate.ref,))


def without_mandate(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for decision in chain.snapshot.decisions:
        if decision.mandate is None and not _is_of_council(chain, decision):
            yield gap_in(decision, Sentence("Beslutet anger inget mandat i reglemente eller delegationsbestämmelser."))
        elif decision.mandate is not None and decision.mandate not in chain.mandates:
            yield gap_in(decision, Sentence("Beslutet anger ett mandat som inte finns."))


def _is_of_council(chain: Chain, decision: Decision) -> bool:
    """The council's own decisions rest on nobody's mandate."""
    decider = decision.decider
    if decider is None or decider.kind is not ObjectKind.BODY:
        return False
    body = chain.bodies.get(decider.key)
    return body is not None and body.body_kind == OrganisationKind.COUNCIL


def without_recipients(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for decision in chain.snapshot.decisions:
        if decision.recipients is not None and not decision.recipients:
            yield gap_in(decision, Sentence("Det framgår inte vem som ska få ett utdrag av beslutet."))


def without_organ_date_or_paragraph(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for decision in chain.snapshot.decisions:
        needs_paragraph = decision.level is not DecisionLevel.ADMINISTRATIVE
        parts = (
            (decision.decider is not None, Sentence("vem som har beslutat")),
            (decision.decided_on is not None, Sentence("datum")),
            (bool(decision.paragraph.strip()) or not needs_paragraph, Sentence("paragraf")),
        )
        if lacking := [words for has, words in parts if not has]:
            yield gap_in(decision, Sentence("Beslutet saknar %(lacking)s.", lacking=together(lacking)))


def unclear_level(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for decision in chain.snapshot.decisions:
        if decision.level is None:
            yield gap_in(decision, Sentence("Det framgår inte om beslutet är politiskt eller ett tjänstemannabeslut."), part="level")
        elif decision.level is DecisionLevel.ADMINISTRATIVE:
            yield from _unclear_delegation(chain, decision)
        elif decision.decider and decision.decider.kind is ObjectKind.SEAT:
            yield gap_in(decision, Sentence("Beslutet anges som politiskt men är fattat av en funktion."), part="decider")


def _unclear_delegation(chain: Chain, decision: Decision) -> Iterator[Gap]:
    mandate = chain.mandates.get(decision.mandate or "")
    if mandate and not mandate.point.strip():
        explanation = Sentence("Tjänstemannabeslutets mandat anger ingen punkt i delegationsbestämmelserna.")
        yield gap_in(decision, explanation, part="point", others=(mandate.ref,))
    if decision.decider and decision.decider.kind is ObjectKind.BODY:
        yield gap_in(decision, Sentence("Beslutet anges som ett tjänstemannabeslut men ingen funktion har fattat det."), part="decider")


RULE = Rule(
    id="R13",
    title=Sentence("Beslut inom mandat"),
    source="003",
    quote="Klargör gränsdragningen mellan politiska beslut och tjänstemannabeslut",
    severity=Severity.FAULT,
    clears=Sentence("Beslutet anger ett mandat och håller sig inom dess ämne, belopp och period."),
    limits=NoLimits(),
    checks=(
        Check(
            "R13a",
            Severity.FAULT,
            Sentence("Ett beslut utanför mandatets ämne, belopp eller period, eller av någon som inte innehar det."),
            Sentence("Beslutet fattas om av den som får, eller mandatet rättas."),
            beyond_mandate,
        ),
        Check(
            "R13b",
            Severity.FAULT,
            Sentence("Ett beslut som inte anger något mandat. Fullmäktiges egna beslut behöver inget."),
            Sentence("Beslutet får det mandat det vilar på."),
            without_mandate,
        ),
        Check(
            "R13c",
            Severity.FAULT,
            Sentence("Ett beslut utan mottagare av utdrag."),
            Sentence("Mottagarna av utdrag skrivs in."),
            without_recipients,
        ),
        Check(
            "A31",
            Severity.FAULT,
            Sentence("Ett beslut utan organ, datum eller, för politiska beslut, paragraf."),
            Sentence("Organ, datum och paragraf skrivs in."),
            without_organ_date_or_paragraph,
        ),
        Check(
            "A53",
            Severity.FAULT,
            Sentence("Ett beslut där det inte framgår om det är politiskt eller delegerat, eller enligt vilken punkt det är delegerat."),
            Sentence("Beslutets nivå och delegationspunkt skrivs in."),
            unclear_level,
        ),
    ),
)
