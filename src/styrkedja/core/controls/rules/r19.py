"""R19: working groups are made up of functions and of all parties, and what they leave can be decided on."""

from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.persons import names_person
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.controls.telling import together
from styrkedja.core.sentences import Sentence


def persons_in_proposals(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for proposal in chain.snapshot.proposals:
        lines = [str(number) for number, line in enumerate(proposal.lines, start=1) if names_person(line)]
        if lines:
            # The name itself is not repeated: a finding is kept for long and read by many.
            yield gap_in(proposal, Sentence("Förslaget namnger en person på rad %(lines)s.", lines=", ".join(lines)))


def missing_parties(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for group in chain.snapshot.working_groups:
        if missing := [party for party in group.required if party not in group.members]:
            yield gap_in(group, Sentence("Arbetsgruppen saknar %(parties)s.", parties=", ".join(missing)))


def incomplete_briefs(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for brief in chain.snapshot.briefs:
        parts = (
            (brief.consequences, Sentence("konsekvenser")),
            (brief.responsibility, Sentence("ansvar")),
            (brief.resources, Sentence("resurser")),
            (brief.recommendation, Sentence("en rekommendation om beslut")),
        )
        if lacking := [words for text, words in parts if not text.strip()]:
            yield gap_in(brief, Sentence("Underlaget saknar %(lacking)s.", lacking=together(lacking)))


RULE = Rule(
    id="R19",
    title=Sentence("Arbetsgrupper och beslutsunderlag"),
    source="004",
    quote="Oavsett ska LPO endast föreslå funktioner för resurssättningen, inte personer.",
    severity=Severity.FAULT,
    clears=Sentence("Förslaget namnger bara funktioner, alla parter är med, och underlaget har alla sina delar."),
    limits=NoLimits(),
    checks=(
        Check(
            "R19a",
            Severity.FAULT,
            Sentence("Ett förslag till resurssättning som namnger en person."),
            Sentence("Namnet ersätts med en funktion."),
            persons_in_proposals,
        ),
        Check(
            "R19b",
            Severity.FAULT,
            Sentence("En lokal arbetsgrupp där en part som ska vara med saknas."),
            Sentence("En funktion från parten tas med i gruppen."),
            missing_parties,
        ),
        Check(
            "R19c",
            Severity.FAULT,
            Sentence("Ett beslutsunderlag utan konsekvenser, ansvar, resurser eller rekommendation."),
            Sentence("Underlaget kompletteras."),
            incomplete_briefs,
        ),
    ),
)
