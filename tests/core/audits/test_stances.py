import pytest

from styrkedja.core.audits.reading.promises import is_promise, state_of
from styrkedja.core.audits.reading.stances import leans, stance_of, stance_of_sentence
from styrkedja.core.controls.snapshot.kinds import PromiseState, Stance

AGREE, PARTLY, DISAGREE = Stance.AGREE, Stance.PARTLY, Stance.DISAGREE


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Nämnden delar revisorernas bedömning.", AGREE),
        ("Nämnden delar helt revisionens uppfattning.", AGREE),
        ("I denna del delar nämnden revisionens slutsats.", AGREE),
        ("Regionstyrelsen instämmer.", AGREE),
        ("Regionstyrelsen instämmer i allt väsentligt i revisorernas bedömning.", AGREE),
        ("Nämnden håller med om att avtalen behöver följas upp.", AGREE),
        ("Styrelsen ställer sig bakom rekommendationen.", AGREE),
        ("Nämnden tillstyrker rekommendationen.", AGREE),
        ("Styrelsen delar bedömningen, men vill också framhålla att arbete pågår.", AGREE),
        ("Styrelsen delar\nbedömningen.", AGREE),
        ("Nämnden delar delvis revisorernas bedömning.", PARTLY),
        ("Nämnden delar till viss del revisorernas bedömning.", PARTLY),
        ("Nämnden instämmer i huvudsak.", PARTLY),
        ("Nämnden instämmer i stora delar i revisionens bedömning.", PARTLY),
        ("Nämnden delar inte helt revisionens bedömning.", PARTLY),
        ("Styrelsen delar uppfattningen men ser en risk med en beslutad strategi.", PARTLY),
        ("Nämnden delar inte revisorernas bedömning.", DISAGREE),
        ("Nämnden delar således inte revisorernas slutsats.", DISAGREE),
        ("Nämnden kan inte instämma i bedömningen.", DISAGREE),
        ("Nämnden håller inte med om detta.", DISAGREE),
        ("Nämnden har en annan uppfattning än revisorerna.", DISAGREE),
        ("Nämnden avvisar rekommendationen.", DISAGREE),
        ("Nämnden ser positivt på att stärka återkopplingen.", None),
        ("Nämnden noterar revisorernas synpunkter.", None),
        ("Arbetet pågår.", None),
        ("Alla delar samma utmaning att följa upp.", None),
        ("Viktiga delar i systemet är uppföljning och analys.", None),
        ("Revisorerna delar inte nämndens bedömning.", None),
        ("I lämpliga delar har koordinering skett med Regionstyrelsens svar.", None),
    ],
)
def test_a_sentence_takes_a_stance(sentence: str, stance: Stance | None) -> None:
    assert stance_of_sentence(sentence) is stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Nämnden delar bedömningen om avtal. Nämnden delar inte bedömningen om personal.", PARTLY),
        ("Nämnden noterar synpunkten. Nämnden delar bedömningen.", AGREE),
        ("Arbetet pågår.", None),
        ("", None),
    ],
)
def test_the_stance_of_a_text_follows_from_its_sentences(text: str, stance: Stance) -> None:
    assert stance_of(text) is stance


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nämnden ser positivt på att stärka återkopplingen.", True),
        ("Nämnden noterar revisorernas synpunkter.", True),
        ("Arbetet pågår.", False),
    ],
)
def test_a_sentence_may_lean_without_taking_a_stance(sentence: str, expected: bool) -> None:
    assert leans(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("Nämnden avser att anställa en controller.", PromiseState.PLANNED),
        ("En plan kommer att tas fram under våren.", PromiseState.PLANNED),
        ("Regiondirektören ska ta fram en rutin.", PromiseState.PLANNED),
        ("En uppföljning redovisas senast 2026-03-01.", PromiseState.PLANNED),
        ("Frågan tas vidare till berörda aktörer.", PromiseState.PLANNED),
        ("Nämnden behöver därför utveckla sin kapacitet.", PromiseState.PLANNED),
        ("Nämnden har gett förvaltningen i uppdrag att följa upp.", PromiseState.TAKEN),
        ("En ny rutin har tagits fram.", PromiseState.TAKEN),
        ("Under hösten inrättades en ledningsgrupp.", PromiseState.TAKEN),
        ("Arbetet med rutinen pågår.", None),
        ("En översyn är påbörjad.", None),
    ],
)
def test_a_sentence_may_promise_an_action_and_what_is_under_way_has_no_state(sentence: str, state: PromiseState | None) -> None:
    assert is_promise(sentence)
    assert state_of(sentence) is state


@pytest.mark.parametrize(
    "sentence",
    [
        "Revisionen rekommenderar att en plan ska tas fram under 2026.",
        "Effekten ska mätas i planen.",
        "Sveriges kommuner och regioner har tagit fram parametrar.",
        "Detta kommer sig av att resurserna är få.",
        "Nämnden delar uppfattningen att uppföljningen behöver förbättras.",
        "Läget är svårt.",
    ],
)
def test_what_others_do_and_how_things_are_promises_nothing(sentence: str) -> None:
    assert not is_promise(sentence)
