"""R20: what begins says what ends."""

from collections.abc import Iterator

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, NoLimits, Rule, Severity, gap_in
from styrkedja.core.sentences import Sentence


def without_phase_out(chain: Chain, limits: NoLimits) -> Iterator[Gap]:
    for implementation in chain.snapshot.implementations:
        if not implementation.phase_out.strip():
            yield gap_in(implementation, Sentence("Ingen ställning är tagen till vad som ska fasas ut."))


RULE = Rule(
    id="R20",
    title=Sentence("Utfasning vid införande"),
    source="004",
    quote="bör ställning tas till vad som behöver fasas ut och inte längre ska göras",
    severity=Severity.WARNING,
    clears=Sentence("Införandet anger vad som fasas ut, eller att inget gör det."),
    limits=NoLimits(),
    checks=(
        Check(
            "R20",
            Severity.WARNING,
            Sentence("Ett införande utan ställningstagande till vad som ska fasas ut."),
            Sentence("Det skrivs in vad som fasas ut, eller att inget gör det."),
            without_phase_out,
        ),
    ),
)
