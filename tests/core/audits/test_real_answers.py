"""Two real answers with different structures, a national recommendation, and a routine that is no answer at all."""

import re
from datetime import date

import pytest

from styrkedja.core.audits.reading import Reading
from styrkedja.core.controls.snapshot.kinds import PromiseState, Stance
from styrkedja.core.registry_numbers import RegistryNumber
from tests.core.audits.texts import NAMED, read_file


@pytest.fixture(scope="module")
def numbered() -> Reading:
    """Five numbered recommendations, each with "Svar:" after it (source 003)."""
    return read_file("namndens-svar")


@pytest.fixture(scope="module")
def listed() -> Reading:
    """Four bullets in one chapter, their answers under headings in another (source 002)."""
    return read_file("regionstyrelsens-svar")


@pytest.fixture(scope="module")
def national() -> Reading:
    """A vision and lettered commitments, followed up without answers (source 001)."""
    return read_file("nationell-rekommendation")


def test_the_head_of_a_boards_answer_is_read(numbered: Reading) -> None:
    assert numbered.registry_number is not None
    assert numbered.document_date is not None
    assert numbered.title is not None
    assert numbered.registry_number.number == RegistryNumber("HSN", 1641, 2025)
    assert numbered.registry_number.passage.place.first_line == 4
    assert [one.number for one in numbered.other_registry_numbers] == [RegistryNumber("RS", 342, 2022)]
    assert numbered.document_date.shown == "2025-11-15"
    assert numbered.title.text == "Hälso- och sjukvårdsnämndens svar på granskning av ekonomisk strategi och planering"
    assert (numbered.title.place.first_line, numbered.title.place.last_line) == (18, 20)
    assert numbered.department is not None
    assert numbered.department.text == "Hälso- och sjukvård"
    assert numbered.body == "Hälso- och sjukvårdsnämnden"
    assert [(one.name, one.role) for one in numbered.bodies] == [
        ("Hälso- och sjukvårdsnämnden", "answers"),
        ("Revisorerna", "auditors"),
        ("Regionstyrelsen", "named"),
        ("Regionfullmäktige", "named"),
    ]


def test_five_recommendations_have_their_answers(numbered: Reading) -> None:
    found = [
        (one.number, one.passage.text.split(".")[0], one.passage.place.first_line, one.answers[0].passage.place)
        for one in numbered.recommendations
    ]
    assert [(number, title, line, place.first_line, place.last_line) for number, title, line, place in found] == [
        ("1", "Stärk kopplingen mellan mål och åtgärder", 34, 38, 81),
        ("2", "Förbättra uppföljning och analys", 84, 87, 114),
        ("3", "Förtydliga ansvar och mandat", 117, 120, 144),
        ("4", "Stärk återrapporteringen till politisk nivå", 147, 150, 161),
        ("5", "Öka genomförandekraften i organisationen", 164, 167, 189),
    ]
    assert {answer.joined_by for one in numbered.recommendations for answer in one.answers} == {"label"}
    assert numbered.review.stated_count is not None
    assert numbered.review.stated_count[0] == 5


def test_a_recommendation_goes_on_over_an_empty_line_and_an_answer_over_a_new_page(numbered: Reading) -> None:
    first = numbered.recommendations[0]
    assert first.passage.text.endswith("bidrar till att uppnå ekonomisk balans.")
    assert "samtliga verksamheter tillsammans ska utvecklas mot en gemensam målbild." in first.answers[0].passage.text
    assert first.answers[0].passage.text.startswith("Det ekonomiska läget")


def test_the_programmes_are_points_of_the_first_answer(numbered: Reading) -> None:
    assert [point.text.split(". ")[0] for point in numbered.recommendations[0].answers[0].points] == [
        "Accelererad digitalisering och användning av AI",
        "Rätt storlek, rätt stöd",
        "Inköp och ekonomi samt övriga åtgärder för Ekonomi i balans",
    ]
    assert len(numbered.recommendations[4].answers[0].points) == 4


def test_stances_are_proposed_with_the_sentences_they_rest_on(numbered: Reading) -> None:
    stances = [one.answers[0].stance for one in numbered.recommendations]
    assert [one.stance for one in stances] == [Stance.AGREE, Stance.AGREE, Stance.AGREE, None, Stance.AGREE]
    assert stances[1].grounds[0].text == "Hälso- och sjukvårdsnämnden delar uppfattningen att uppföljningen behöver förbättras."
    assert stances[3].grounds[0].text.startswith("Hälso- och sjukvårdsnämnden ser positivt på")


def test_promised_actions_are_candidates_with_status_owner_and_time(numbered: Reading) -> None:
    found = {one.passage.text[:45]: one for recommendation in numbered.recommendations for one in recommendation.answers[0].promises}
    led = found["Under hösten 2025 har en förstärkt regionledn"]
    assert (led.state, led.when) == (PromiseState.TAKEN, "Under hösten 2025")
    capacity = found["Detta kommer under 2026 prioriteras att säker"]
    assert (capacity.state, capacity.when, capacity.passage.place.first_line) == (PromiseState.PLANNED, "under 2026", 160)
    conflict = found["Nämnden avser arbeta för att undanröja målkon"]
    assert (conflict.state, conflict.owner, conflict.when) == (PromiseState.PLANNED, "Nämnden", "")
    assert found["Gemensam prioritering av åtgärder med störst "].state is None


def test_signatories_are_functions_and_the_closing_words_are_the_boards_conclusion(numbered: Reading) -> None:
    assert [one.text for one in numbered.signatories] == ["Hälso- och sjukvårdsnämndens ordförande", "Hälso- och sjukvårdsdirektör"]
    assert [one.passage.text[:21] for one in numbered.conclusions] == ["Slutligen vill nämnde"]
    assert numbered.recommendations[4].answers[0].passage.text.endswith("hälso- och sjukvårdssystem.")
    assert [one.text for one in numbered.related_answers] == [
        "I lämpliga delar har koordinering skett med Regionstyrelsens svar i samma granskning."
    ]


def test_pages_addresses_and_outline_are_no_text(numbered: Reading) -> None:
    assert [one.kind for one in numbered.furniture] == [
        "page_number",
        "contact",
        "contact",
        "contact",
        "signature",
        "signature",
        "signature",
        "outline",
    ]
    assert [one.passage.text for one in numbered.unplaced] == [
        "[personnamn]",
        "Regionens revisorer har genomfört en granskning av ekonomisk strategi och planering.",
        "Det saknas en samlad plan med ekonomiska beräkningar, vilket försvårar uppföljning och kontroll.",
        "Nedan följer Hälso- och sjukvårdsnämndens svar på revisionens rekommendationer.",
    ]
    assert [str(one) for one in numbered.warnings] == ["Inget beslut om att fastställa svaret hittades i texten."]


def test_four_bullets_are_joined_with_their_answers_in_order(listed: Reading) -> None:
    found = [(one.topic, one.passage.place.first_line, one.answers[0].passage.place) for one in listed.recommendations]
    assert [(topic, line, place.first_line, place.last_line) for topic, line, place in found] == [
        ("målbild och strategi", 68, 123, 138),
        ("resurser i form av kompetens och IT-stöd", 75, 141, 167),
        ("samordning", 79, 168, 189),
        ("återrapportering", 86, 191, 219),
    ]
    assert {answer.joined_by for one in listed.recommendations for answer in one.answers} == {"order"}
    assert any("efter ordningen" in warning for warning in listed.warnings)
    assert [one.number for one in listed.recommendations] == ["1", "2", "3", "4"]
    assert {one.addressees for one in listed.recommendations} == {("Regionstyrelsen",)}
    assert listed.introduction is not None
    assert listed.introduction.text.startswith("För att underlätta genomförandet rekommenderar revisionen")


def test_what_is_held_back_makes_a_stance_partial_and_what_is_added_does_not(listed: Reading) -> None:
    stances = [one.answers[0].stance for one in listed.recommendations]
    assert [one.stance for one in stances] == [Stance.PARTLY, Stance.AGREE, Stance.AGREE, Stance.AGREE]
    assert "men ser en risk" in stances[0].grounds[0].text
    assert "men vill också framhålla" in stances[2].grounds[0].text


def test_the_decision_is_a_range_of_days_with_its_paragraph(listed: Reading) -> None:
    decision = listed.decision
    assert decision is not None
    assert (decision.body, decision.first, decision.last, decision.paragraphs) == (
        "Regionstyrelsen",
        date(2025, 3, 25),
        date(2025, 3, 26),
        (39,),
    )
    assert decision.shown == "2025-03-25--26 § 39"
    assert decision.passage.place.first_line == 227
    assert "fastställt" not in listed.recommendations[3].answers[0].passage.text


def test_an_answer_that_is_split_between_two_bodies_says_so(listed: Reading) -> None:
    assert listed.split_between == ("Regionstyrelsen", "Hälso- och sjukvårdsnämnden")
    assert listed.split_passage is not None
    assert (listed.split_passage.place.first_line, listed.split_passage.place.last_line) == (11, 12)
    assert listed.body == "Regionstyrelsen"
    assert [(one.stance.stance, one.passage.place.first_line) for one in listed.conclusions] == [(Stance.PARTLY, 18)]


def test_headings_stand_once_though_the_outline_repeats_them(listed: Reading) -> None:
    assert [(one.number, one.level) for one in listed.headings] == [
        ("", 9),
        ("1", 1),
        ("1.1", 2),
        ("2", 1),
        ("2.1", 2),
        ("2.2", 2),
        ("2.3", 2),
        ("2.4", 2),
        ("2.5", 2),
    ]
    assert listed.headings[6].passage.text == "Svar på rekommendation om resurser i form av kompetens och IT-stöd"
    assert sum(one.kind == "outline" for one in listed.furniture) == 9
    assert len(listed.general_answer) == 6


def test_a_picture_that_is_not_there_and_a_missing_number_are_told(listed: Reading) -> None:
    assert [(one.text, one.place.first_line) for one in listed.missing_attachments] == [("Se bild nedan", 197)]
    assert listed.registry_number is None
    assert listed.title is None
    assert "Inget diarienummer för dokumentet hittades." in listed.warnings


def test_both_questions_and_assessments_of_the_review_are_found(listed: Reading) -> None:
    assert [one.place.first_line for one in listed.review.questions] == [3, 50]
    assert [one.place.first_line for one in listed.review.assessments] == [6, 53]
    assert listed.review.stated_count is None


def test_a_national_recommendation_has_a_vision_commitments_and_an_earlier_decision(national: Reading) -> None:
    assert national.vision is not None
    assert national.vision.text == "Vår framgång räknas i liv och jämlik hälsa. Tillsammans gör vi varandra framgångsrika"
    assert [one.number for one in national.recommendations] == ["a", "b", "c", "d"]
    assert all(one.passage.text.startswith("Att alla landsting") for one in national.recommendations)
    assert national.decision is not None
    assert (national.decision.body, national.decision.shown) == ("Regionstyrelsen", "2017-10-04 § 223")
    assert [(one.body, one.shown) for one in national.other_decisions] == [("SKL:s förbundsstyrelse", "2017-05")]
    assert national.proposal is not None
    assert national.proposal.text == "Uppföljning av kunskapsbaserad styrning och ledning godkänns."
    assert [one.text for one in national.signatories] == ["Regiondirektör", "Planeringschef"]


def test_a_text_without_answers_says_so_and_invents_none(national: Reading) -> None:
    assert not any(one.answers for one in national.recommendations)
    assert "Texten innehåller inga svar på de enskilda rekommendationerna." in national.warnings
    assert any(one.passage.text.startswith("I rapport till Regionstyrelsen") for one in national.unplaced)


def test_a_routine_gives_no_recommendations_and_keeps_its_steps() -> None:
    routine = read_file("rutin")
    assert (routine.recommendations, routine.conclusions, routine.general_answer) == ((), (), ())
    assert routine.decision is not None
    assert (routine.decision.body, routine.decision.shown) == ("Länsledningen för HälSam", "2024-05-17")
    assert [one.shown for one in routine.other_dates] == ["2024-05-17", "2026-06-05"]
    steps = [one.passage.text for one in routine.unplaced if re.match(r"\d+\. ", one.passage.text)]
    assert len(steps) == 33
    assert "Inga rekommendationer hittades." in routine.warnings


@pytest.mark.parametrize("name", NAMED)
def test_no_name_of_a_person_is_left_anywhere(name: str) -> None:
    kept = repr(read_file(name))
    words = {word for person in NAMED[name] for word in person.split()}
    assert not {word for word in words if word in kept}
    assert not any(warning.startswith("Rader som kan innehålla") for warning in read_file(name).warnings)
