import pytest

from styrkedja.core.wording import is_firm, vague_sentences


def words(text: str) -> list[list[str]]:
    return [[word for _span, word in found.words] for found in vague_sentences(text)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nämnden avser att stärka uppföljningen.", ["avser"]),
        ("Nämnden ämnar utöver ovanstående också verka för att utveckla insatser.", ["ämnar", "verka för"]),
        ("Nämnden eftersträvar tydlighet.", ["eftersträvar"]),
        ("Nämnden avser arbeta för att undanröja hinder.", ["avser", "arbeta för att"]),
        ("Det finns en ambition att förbättra återrapporteringen.", ["finns en ambition"]),
        ("Styrelsen har ambitionen att bli bättre.", ["har ambitionen"]),
        ("Styrelsen ser med tillförsikt fram emot utvecklingen.", ["ser med tillförsikt"]),
        ("Nämnden ser positivt på förslaget.", ["ser positivt på"]),
        ("Arbetet med Färdplan 2030 kan vara till hjälp.", ["kan vara till hjälp"]),
        ("Frågan tas vidare och lyfts in i översynen.", ["tas vidare", "lyfts in i"]),
        ("Rutinen justeras vid behov och följs löpande upp.", ["vid behov", "löpande"]),
        ("Arbetet är ständigt pågående.", ["ständigt pågående"]),
        ("Området är fortsatt högt prioriterat.", ["fortsatt högt prioriterat"]),
        ("Kapaciteten behöver därför utvecklas.", ["behöver därför utvecklas"]),
        ("Detta kan utvecklas ytterligare.", ["kan utvecklas ytterligare"]),
        ("Planerna bör samordnas i lämpliga delar.", ["bör", "i lämpliga delar"]),
        ("Styrelsen delar till viss del bedömningen.", ["till viss del"]),
        ("Frågan tas\nvidare.", ["tas\nvidare"]),
    ],
)
def test_a_vague_sentence_is_found_with_its_words(sentence: str, expected: list[str]) -> None:
    assert words(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nämnden avser att stärka uppföljningen senast 2026-03-01.",
        "Nämnden avser att stärka uppföljningen under 2026.",
        "Ekonomidirektören avser att ta fram en plan.",
        "Nämnden avser att följa upp 12 indikatorer.",
        "Nämnden avser att följa upp tre indikatorer.",
        "Regionledningen ansvarar för att frågan tas vidare.",
    ],
)
def test_a_date_an_owner_or_a_number_makes_a_sentence_firm(sentence: str) -> None:
    assert is_firm(sentence)
    assert words(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Nämnden delar bedömningen.",
        "Vad avser ekonomin är läget svårt.",
        "Frågor avseende stöd besvaras.",
        "Barn och unga prioriteras.",
        "",
    ],
)
def test_what_promises_nothing_vague_is_let_be(sentence: str) -> None:
    assert words(sentence) == []


def test_the_place_is_in_the_whole_text() -> None:
    text = "Arbetet är klart. Frågan tas vidare. Rapporten lämnas 2026-03-01.\n\nDetta bör göras."
    found = vague_sentences(text)
    assert [one.text for one in found] == ["Frågan tas vidare.", "Detta bör göras."]
    assert [one.span.of(text) for one in found] == [one.text for one in found]
    assert [span.of(text) for one in found for span, _word in one.words] == ["tas vidare", "bör"]
