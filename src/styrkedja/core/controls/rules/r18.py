"""R18: a programme area has what the common structure asks for."""

from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.organisations.programme_areas import Lack, lacks
from styrkedja.core.sentences import Sentence

_TOLD = {
    Lack.NO_HOST: Sentence("Programområdet har ingen värd."),
    Lack.NO_CHAIR: Sentence("Programområdet har ingen plats för ordförande."),
    Lack.VACANT_CHAIR: Sentence("Ingen är utsedd till programområdets ordförande."),
    Lack.NO_PROCESS_LEADER: Sentence("Programområdet har ingen plats för processledare."),
    Lack.VACANT_PROCESS_LEADER: Sentence("Ingen är utsedd till programområdets processledare."),
    Lack.NO_EXPERT_TIME: Sentence("Ingen tid är avsatt för experter i programområdet."),
    Lack.NO_COUNTERPART: Sentence("Programområdet har ingen motsvarighet på den andra nivån."),
}


def incomplete_areas(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for group in chain.snapshot.programme_groups:
        for lack in lacks(group.facts):
            yield gap_in(group, _TOLD[lack], part=lack.value)


RULE = Rule(
    id="R18",
    title=Sentence("Kunskapsorganisation enligt den nationella strukturen"),
    source="001",
    quote="avsätter resurser sjukvårdsregionalt i form av att ta på sig värdskap för ett antal programområden, tillsätter ordförande och processledare för aktuella programområden samt att landstingen och regionerna avsätter tid för experter att delta i arbetet",
    severity=Severity.WARNING,
    clears=Sentence("Programområdet har värd, ordförande, processledare, tid för experter och motsvarighet."),
    limits=NoLimits(),
    checks=(
        Check(
            "R18",
            Severity.WARNING,
            Sentence("Ett programområde utan värd, ordförande, processledare, tid för experter eller motsvarighet."),
            Sentence("Det som saknas läggs till i organisationen."),
            incomplete_areas,
        ),
    ),
)
